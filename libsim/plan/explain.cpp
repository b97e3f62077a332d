#include "libsim/plan/explain.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "libsim/base/text.hpp"
#include "libsim/plan/findings.hpp"

namespace labacces::plan {
namespace {

const law::Variable& variable_of(const NodeName& name, std::span<const law::Law* const> laws) {
  return laws[name.scenario]->variables()[name.variable];
}

const law::Version<law::RuleBody>* version_of(const NodeName& name, std::span<const law::Law* const> laws) {
  return name.version < 0 ? nullptr : &variable_of(name, laws).versions[static_cast<std::size_t>(name.version)];
}

std::string number_text(double value) {
  if (!(std::fabs(value) < 1e15)) return value > 0.0 ? "infinity" : "-infinity";
  if (value == static_cast<double>(static_cast<long long>(value))) return std::to_string(static_cast<long long>(value));
  std::string text = std::to_string(value);
  while (text.back() == '0') text.pop_back();
  return text;
}

/// Names by node, at most a few a node, with references of the first.
class Names {
 public:
  Names(const Graph& graph, std::span<const law::Law* const> laws) : by_node_(graph.nodes().size()), laws_(laws) {
    for (const NodeName& name : graph.names) by_node_[static_cast<std::size_t>(name.node)].push_back(&name);
  }

  std::string comment(NodeId id) const {
    constexpr std::size_t most = 3;
    const auto& names = by_node_[static_cast<std::size_t>(id)];
    std::string text;
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i) text += (i == 0 ? "  # " : ", ") + text_of(*names[i], laws_);
    if (names.size() > most) text += ", and " + std::to_string(names.size() - most) + " more";
    if (names.empty()) return text;
    const law::References references = references_of(*names.front(), laws_);
    for (std::size_t i = 0; i < references.size(); ++i) text += (i == 0 ? " [" : "; ") + references[i];
    if (!references.empty()) text += "]";
    return text;
  }

 private:
  std::vector<std::vector<const NodeName*>> by_node_;
  std::span<const law::Law* const> laws_;
};

/// "max(a, b)" with what only this operation has: step, roles, table, column, group.
template <typename Operands>
std::string operation_text(NodeOp op, Level from, std::uint32_t payload, double number, const Operands& operands) {
  std::string text(name_of(op));
  if (op == NodeOp::role) return text + " " + std::string(labacces::name_of(from)) + " " + std::to_string(payload);
  if (op == NodeOp::input || op == NodeOp::input_given) return text + " " + std::to_string(payload);
  if (op == NodeOp::table || op == NodeOp::scale || op == NodeOp::decision) text += " " + std::to_string(payload);
  text += "(";
  for (std::size_t i = 0; i < operands.size(); ++i) text += (i == 0 ? "" : ", ") + operands[i];
  if (op == NodeOp::round_half || op == NodeOp::round_up || op == NodeOp::round_down || op == NodeOp::floor_div)
    text += ", " + number_text(number);
  if (op == NodeOp::to_members || op == NodeOp::rank) text += ", " + std::string(labacces::name_of(from));
  return text + ")";
}

std::string operand_text(const Operand& operand, const Plan& plan) {
  switch (operand.kind) {
    case Operand::Kind::none:
      break;
    case Operand::Kind::scratch:
      return "r" + std::to_string(operand.index);
    case Operand::Kind::constant:
      return number_text(plan.constants[operand.index]);
    case Operand::Kind::column:
      return "column " + std::to_string(operand.index);
  }
  return "-";
}

std::vector<std::uint8_t> needed_nodes(const Graph& graph) {
  std::vector<std::uint8_t> needed(graph.nodes().size(), 0);
  for (const Output& output : graph.outputs) needed[static_cast<std::size_t>(output.node)] = 1;
  for (std::size_t i = needed.size(); i-- > 0;) {
    if (needed[i] == 0) continue;
    const Node& node = graph.nodes()[i];
    for (const NodeId id : {node.a, node.b, node.c}) {
      if (id != no_node) needed[static_cast<std::size_t>(id)] = 1;
    }
    if (node.op != NodeOp::decision) continue;
    for (const NodeId id : graph.decision(node).reads) needed[static_cast<std::size_t>(id)] = 1;
  }
  return needed;
}

std::string output_text(const Output& output, std::span<const law::Law* const> laws) {
  return text_of({.scenario = output.scenario,
                  .variable = output.variable,
                  .period = output.period,
                  .is_year = output.is_year,
                  .anchor = output.period,
                  .node = output.node},
                 laws);
}

}  // namespace

std::string_view name_of(NodeOp op) {
  switch (op) {
    case NodeOp::constant:
      return "constant";
    case NodeOp::input:
      return "column";
    case NodeOp::input_given:
      return "given in column";
    case NodeOp::add:
      return "+";
    case NodeOp::subtract:
      return "-";
    case NodeOp::multiply:
      return "*";
    case NodeOp::divide:
      return "/";
    case NodeOp::negate:
      return "negative";
    case NodeOp::absolute:
      return "abs";
    case NodeOp::minimum:
      return "min";
    case NodeOp::maximum:
      return "max";
    case NodeOp::less:
      return "<";
    case NodeOp::less_equal:
      return "<=";
    case NodeOp::equal:
      return "==";
    case NodeOp::not_equal:
      return "!=";
    case NodeOp::logical_and:
      return "and";
    case NodeOp::logical_or:
      return "or";
    case NodeOp::logical_not:
      return "not";
    case NodeOp::select:
      return "if then else";
    case NodeOp::divide_or:
      return "divide";
    case NodeOp::round_half:
      return "round";
    case NodeOp::round_up:
      return "round_up";
    case NodeOp::round_down:
      return "round_down";
    case NodeOp::floor_div:
      return "whole part of division";
    case NodeOp::month_index:
      return "month of date";
    case NodeOp::month_of:
      return "month_of";
    case NodeOp::year_of:
      return "year_of";
    case NodeOp::add_months:
      return "add_months";
    case NodeOp::table:
      return "table";
    case NodeOp::scale:
      return "scale";
    case NodeOp::member_sum:
      return "sum over members";
    case NodeOp::member_min:
      return "min over members";
    case NodeOp::member_max:
      return "max over members";
    case NodeOp::to_members:
      return "to members";
    case NodeOp::of_principal:
      return "of principal";
    case NodeOp::role:
      return "role in";
    case NodeOp::rank:
      return "rank";
    case NodeOp::decision:
      return "claims";
  }
  return "?";
}

std::string text_of(const NodeName& name, std::span<const law::Law* const> laws) {
  const law::Variable& variable = variable_of(name, laws);
  std::string text = variable.name;
  if (variable.periodicity != Periodicity::eternal)
    text += " " + (name.is_year ? std::to_string(name.period) : to_string(Month{name.period}));
  if (name.anchor != name.period && variable.component >= 0) text += " (seen from " + to_string(Month{name.anchor}) + ")";
  const auto* version = version_of(name, laws);
  if (name.let >= 0 && version != nullptr) text += ": " + version->value.lets[static_cast<std::size_t>(name.let)].name;
  if (name.scenario > 0) text += " #" + std::to_string(name.scenario + 1);
  return text;
}

law::References references_of(const NodeName& name, std::span<const law::Law* const> laws) {
  const law::Variable& variable = variable_of(name, laws);
  if (variable.is_input) return {};
  const auto* version = version_of(name, laws);
  if (version != nullptr && !version->references.empty()) return version->references;
  if (!variable.references.empty()) return variable.references;
  return laws[name.scenario]->programs()[variable.program].references;
}

std::string origin_of(const NodeName& name, std::span<const law::Law* const> laws) {
  if (variable_of(name, laws).is_input) return "input";
  if (const auto* version = version_of(name, laws)) return "from " + to_string(version->since);
  const law::Variable& variable = variable_of(name, laws);
  const bool before_start = variable.past && !name.is_year && name.period < name.anchor;
  return before_start ? "before the first month" : "given";
}

std::string print_graph(const Graph& graph, std::span<const law::Law* const> laws) {
  const Names names(graph, laws);
  const std::vector<std::uint8_t> needed = needed_nodes(graph);
  std::string text;
  for (std::size_t i = 0; i < graph.nodes().size(); ++i) {
    const Node& node = graph.nodes()[i];
    if (needed[i] == 0 || node.op == NodeOp::constant) continue;
    std::vector<std::string> operands;
    for (const NodeId id : {node.a, node.b, node.c}) {
      if (id == no_node) continue;
      const Node& operand = graph.node(id);
      operands.push_back(operand.op == NodeOp::constant ? number_text(operand.number)
                                                        : "%" + std::to_string(static_cast<std::uint32_t>(id)));
    }
    text += "%" + std::to_string(i) + " = " + operation_text(node.op, node.from, node.payload, node.number, operands) + "  " +
            std::string(labacces::name_of(node.level)) + names.comment(static_cast<NodeId>(i)) + "\n";
  }
  for (const Output& output : graph.outputs) {
    const Node& node = graph.node(output.node);
    text +=
        "output " + output_text(output, laws) + " = " +
        (node.op == NodeOp::constant ? number_text(node.number) : "%" + std::to_string(static_cast<std::uint32_t>(output.node))) +
        "\n";
  }
  return text;
}

std::string print_plan(const Graph& graph, const Plan& plan, std::span<const law::Law* const> laws) {
  const Names names(graph, laws);
  std::array<std::size_t, level_count> counts{};
  std::string text;
  for (std::size_t i = 0; i < plan.instructions.size(); ++i) {
    const Instruction& step = plan.instructions[i];
    ++counts[index_of(step.level)];
    std::vector<std::string> operands;
    for (const Operand& operand : {step.a, step.b, step.c}) {
      if (operand.kind != Operand::Kind::none) operands.push_back(operand_text(operand, plan));
    }
    text += "r" + std::to_string(step.out) + " = " + operation_text(step.op, step.from, step.payload, step.number, operands) +
            "  " + std::string(labacces::name_of(step.level)) + names.comment(plan.computed[i]) + "\n";
  }
  for (std::size_t i = 0; i < plan.outputs.size(); ++i) {
    text += "output " + output_text(graph.outputs[i], laws) + " = " + operand_text(plan.outputs[i].source, plan) + "\n";
  }
  text += std::to_string(plan.instructions.size()) + " instructions (";
  for (std::size_t level = 0; level < level_count; ++level) {
    text += (level == 0 ? "" : ", ") + std::to_string(counts[level]) + " " +
            std::string(labacces::name_of(static_cast<Level>(level)));
  }
  return text + "), " + std::to_string(plan.register_count) + " registers\n";
}

}  // namespace labacces::plan
