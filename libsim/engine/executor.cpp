#include "libsim/engine/executor.hpp"

#include <algorithm>
#include <bit>

#include "libsim/base/error.hpp"

namespace labacces::engine {
namespace {

using plan::Instruction;
using plan::NodeOp;
using plan::Operand;

constexpr double zero = 0.0;
constexpr std::size_t doubles_per_line = 8;

bool is_row_op(NodeOp op) { return plan::may_work_in_place(op); }

/// The group whose links an instruction follows; individu when it follows none.
Level links_followed(const Instruction& instruction) {
  switch (instruction.op) {
    case NodeOp::member_sum:
    case NodeOp::member_min:
    case NodeOp::member_max:
    case NodeOp::of_principal:
      return instruction.level;
    case NodeOp::to_members:
    case NodeOp::rank:
      return instruction.from;
    default:
      return Level::individu;
  }
}

}  // namespace

struct alignas(64) Executor::CacheLine {
  double values[doubles_per_line];
};

Executor::Executor(const plan::Plan& plan, const Population& population, std::size_t capacity, const KernelTable& table)
    : plan_(plan), population_(population), table_(table), capacity_(capacity) {
  check_plan();
  // One line more than needed: registers that start a power of two apart would fall into the same sets of the cache.
  const std::size_t lines = (capacity + doubles_per_line - 1) / doubles_per_line + 1;
  stride_ = lines * doubles_per_line;
  scratch_ = std::make_unique_for_overwrite<CacheLine[]>(lines * plan.register_count);
  prepare_links();
  for (const plan::TableData& data : plan.tables) tables_.emplace_back(data);
  steps_.reserve(plan.instructions.size());
  for (const Instruction& instruction : plan.instructions) steps_.push_back(step_of(instruction));
  for (const plan::PlanOutput& output : plan.outputs) output_sources_.push_back(source(output.source, output.level, true));
  output_views_.resize(plan.outputs.size());
}

Executor::~Executor() = default;

void Executor::check_plan() const {
  const auto check_operand = [this](const Operand& operand, Level level) {
    switch (operand.kind) {
      case Operand::Kind::none:
        return;
      case Operand::Kind::scratch:
        SIM_CHECK(operand.index < plan_.register_count, "a plan stays in its registers");
        return;
      case Operand::Kind::constant:
        SIM_CHECK(operand.index < plan_.constants.size(), "a plan has its constants");
        return;
      case Operand::Kind::column:
        SIM_CHECK(operand.index < population_.columns().size(), "a plan reads the columns of its population");
        SIM_CHECK(population_.columns()[operand.index].size() == population_.count(level), "a column has its level's rows");
        return;
    }
  };
  for (const Instruction& instruction : plan_.instructions) {
    const Level level = level_read(instruction);
    check_operand(instruction.a, level);
    check_operand(instruction.b, level);
    check_operand(instruction.c, level);
    SIM_CHECK(instruction.out < plan_.register_count, "a plan stays in its registers");
    if (instruction.op == NodeOp::table) SIM_CHECK(instruction.payload < plan_.tables.size(), "a plan has its tables");
    if (instruction.op == NodeOp::scale) SIM_CHECK(instruction.payload < plan_.scales.size(), "a plan has its scales");
    if (instruction.op == NodeOp::input_given) check_operand({Operand::Kind::column, instruction.payload}, instruction.level);
    SIM_CHECK(instruction.op != NodeOp::constant && instruction.op != NodeOp::input, "constants and columns are operands");
  }
  for (const plan::PlanOutput& output : plan_.outputs) check_operand(output.source, output.level);
}

double* Executor::register_at(std::uint32_t index) const {
  return scratch_.get()->values + stride_ * index;  // CacheLine has no padding: registers are one run of doubles
}

/// A column that holds one constant, for operations that take columns only. Filled once, not once a chunk.
const double* Executor::filled(double value) const {
  const auto same = [value](const auto& entry) {
    return std::bit_cast<std::uint64_t>(entry.first) == std::bit_cast<std::uint64_t>(value);
  };
  const auto known = std::find_if(filled_.begin(), filled_.end(), same);
  if (known != filled_.end()) return known->second.get();
  auto column = std::make_unique_for_overwrite<double[]>(capacity_);
  std::fill_n(column.get(), capacity_, value);
  filled_.emplace_back(value, std::move(column));
  return filled_.back().second.get();
}

Executor::Source Executor::source(const Operand& operand, Level level, bool as_column) const {
  switch (operand.kind) {
    case Operand::Kind::none:
      return {as_column ? nullptr : &zero, fixed};
    case Operand::Kind::scratch:
      return {register_at(operand.index), fixed};
    case Operand::Kind::constant: {
      const double& value = plan_.constants[operand.index];
      return {as_column ? filled(value) : &value, fixed};
    }
    case Operand::Kind::column:
      return {population_.columns()[operand.index].cells().data(), static_cast<std::uint8_t>(index_of(level))};
  }
  return {};
}

Level Executor::level_read(const Instruction& instruction) const {
  switch (instruction.op) {
    case NodeOp::member_sum:
    case NodeOp::member_min:
    case NodeOp::member_max:
    case NodeOp::of_principal:
    case NodeOp::rank:
      return Level::individu;
    case NodeOp::to_members:
      return instruction.from;
    default:
      return instruction.level;
  }
}

void Executor::prepare_links() {
  std::array<bool, level_count> needed{}, with_members{};
  for (const Instruction& instruction : plan_.instructions) {
    const std::size_t group = index_of(links_followed(instruction));
    needed[group] = group != index_of(Level::individu);
    with_members[group] = with_members[group] || instruction.op == NodeOp::rank;
  }
  for (std::size_t group = 0; group < level_count; ++group) {
    if (needed[group]) links_[group] = std::make_unique<GroupLinks>(capacity_, with_members[group]);
  }
}

Executor::Step Executor::step_of(const Instruction& instruction) const {
  const bool row_op = is_row_op(instruction.op);
  const Level level = level_read(instruction);
  const Source a = source(instruction.a, level, !row_op);
  Source b = source(instruction.b, level, !row_op);
  Source c = source(instruction.c, level, !row_op);
  if (instruction.op == NodeOp::table && b.base == nullptr) b = {filled(0.0), fixed};
  if (instruction.op == NodeOp::table && c.base == nullptr) c = {filled(0.0), fixed};
  Step step{.out = register_at(instruction.out),
            .a = a.base,
            .b = b.base,
            .c = c.base,
            .number = instruction.number,
            .payload = instruction.payload,
            .op = instruction.op,
            .level = static_cast<std::uint8_t>(index_of(instruction.level)),
            .from = static_cast<std::uint8_t>(index_of(instruction.from)),
            .slot_a = a.slot,
            .slot_b = b.slot,
            .slot_c = c.slot};
  if (!row_op) return step;
  const auto is_constant = [](const Operand& operand) {
    return operand.kind == Operand::Kind::constant || operand.kind == Operand::Kind::none;
  };
  const std::size_t shape =
      (is_constant(instruction.a) ? 1U : 0U) | (is_constant(instruction.b) ? 2U : 0U) | (is_constant(instruction.c) ? 4U : 0U);
  step.kernel = table_.kernel(instruction.op, shape);
  SIM_CHECK(step.kernel != nullptr, "every operation of one row has its kernels");
  return step;
}

void Executor::run(const Chunk& chunk, const Decide& decide) noexcept {
  size_ = chunk.size;
  std::copy(chunk.first.begin(), chunk.first.end(), first_.begin());
  for (const Level group : group_levels) {
    if (links_[index_of(group)]) links_[index_of(group)]->load(population_, group, chunk);
  }
  for (std::size_t i = 0; i < output_sources_.size(); ++i) {
    const Source& source = output_sources_[i];
    output_views_[i] = {source.base + first_[source.slot], size_[index_of(plan_.outputs[i].level)]};
  }
  for (const Step& step : steps_) {
    const double* const a = step.a + first_[step.slot_a];
    const double* const b = step.b + first_[step.slot_b];
    const double* const c = step.c + first_[step.slot_c];
    if (step.kernel != nullptr) {
      step.kernel(step.out, a, b, c, step.number, size_[step.level]);
    } else {
      run_between_levels(step, a, b, c, decide);
    }
  }
}

void Executor::run_between_levels(const Step& step, const double* a, const double* b, const double* c,
                                  const Decide& decide) noexcept {
  const LevelKernels& loops = table_.levels;
  const std::size_t persons = size_[index_of(Level::individu)];
  const std::size_t rows = size_[step.level];
  const std::size_t first = first_[step.level];
  switch (step.op) {
    case NodeOp::member_sum:
      return loops.member_sum(step.out, rows, a, links_[step.level]->unit_of(), persons);
    case NodeOp::member_min:
      return loops.member_min(step.out, rows, a, links_[step.level]->unit_of(), persons);
    case NodeOp::member_max:
      return loops.member_max(step.out, rows, a, links_[step.level]->unit_of(), persons);
    case NodeOp::to_members:
      return loops.gather(step.out, a, links_[step.from]->unit_of(), persons);
    case NodeOp::of_principal:
      return loops.gather(step.out, a, links_[step.level]->principal_of(), rows);
    case NodeOp::rank:
      return links_[step.from]->rank(step.out, a, b);
    case NodeOp::role: {
      const Membership& links = population_.membership(static_cast<Level>(step.from));
      return loops.role(step.out, links.role_of.data() + first_[index_of(Level::individu)], step.payload, persons);
    }
    case NodeOp::table:
      return tables_[step.payload].look_up(loops, step.out, a, b, c, rows);
    case NodeOp::scale:
      return apply_scale(loops, plan_.scales[step.payload], step.out, a, rows);
    case NodeOp::input_given: {
      const std::vector<std::uint8_t>& given = population_.columns()[step.payload].given;
      if (given.empty()) {
        std::fill_n(step.out, rows, 1.0);
      } else {
        loops.truth_of_bytes(step.out, given.data() + first, rows);
      }
      return;
    }
    case NodeOp::decision:
      return decide(step.payload, {step.out, rows});
    default:
      return;  // check_plan let no other in
  }
}

std::span<const double> Executor::values(const Operand& operand, Level level) const {
  const std::size_t size = size_[index_of(level)];
  if (operand.kind == Operand::Kind::none) return {};
  if (operand.kind == Operand::Kind::constant) return {filled(plan_.constants[operand.index]), size};
  const Source found = source(operand, level, true);
  return {found.base + first_[found.slot], size};
}

}  // namespace labacces::engine
