// A tiny country for tests of the plan: groups given by hand, and the slowest possible ways to compute a graph and a plan.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "libsim/plan/plan.hpp"
#include "libsim/plan/scalar.hpp"
#include "libsim/population/population.hpp"

namespace labacces::plan {

using Values = std::vector<double>;

struct SmallWorld {
  const Population* population = nullptr;

  std::size_t count(Level level) const { return population->count(level); }
  const Membership& links(Level group) const { return population->membership(group); }

  Values over_members(NodeOp op, Level group, const Values& a) const {
    Values result(count(group), 0.0);
    std::vector<std::uint8_t> seen(count(group), 0);
    for (std::size_t i = 0; i < count(Level::individu); ++i) {
      const auto unit = static_cast<std::size_t>(links(group).unit_of[i]);
      double& out = result[unit];
      if (op == NodeOp::member_sum) {
        out += a[i];
      } else if (seen[unit] == 0) {
        out = a[i];
      } else {
        out = op == NodeOp::member_min ? std::min(out, a[i]) : std::max(out, a[i]);
      }
      seen[unit] = 1;
    }
    return result;
  }

  Values ranks(Level group, const Values& key, const Values& holds) const {
    Values result(key.size(), 0.0);
    for (std::size_t i = 0; i < key.size(); ++i) {
      if (holds[i] == 0.0) continue;
      result[i] = 1.0;
      for (std::size_t j = 0; j < key.size(); ++j) {
        if (links(group).unit_of[i] != links(group).unit_of[j] || holds[j] == 0.0) continue;
        if (key[j] < key[i] || (key[j] == key[i] && j < i)) result[i] += 1.0;
      }
    }
    return result;
  }

  /// One operation on whole columns; a, b, c have the rows of their levels (b and c may be empty).
  Values apply(NodeOp op, Level level, Level from, std::uint32_t payload, double number, const Values& a, const Values& b,
               const Values& c, const std::vector<TableData>& tables, const std::vector<ScaleData>& scales) const {
    Values result(count(level), 0.0);
    const auto cell = [](const Values& values, std::size_t i) { return values.empty() ? 0.0 : values[i]; };
    for (std::size_t i = 0; i < result.size(); ++i) {
      switch (op) {
        case NodeOp::input_given: {
          const Column& column = population->columns()[payload];
          result[i] = column.given.empty() || column.given[i] != 0 ? 1.0 : 0.0;
          break;
        }
        case NodeOp::to_members:
          result[i] = a[static_cast<std::size_t>(links(from).unit_of[i])];
          break;
        case NodeOp::of_principal:
          result[i] = a[static_cast<std::size_t>(links(level).principal_of[i])];
          break;
        case NodeOp::role:
          result[i] = static_cast<double>((payload >> links(from).role_of[i]) & 1U);
          break;
        case NodeOp::table:
          result[i] = look_up(tables[payload], a[i], cell(b, i), cell(c, i));
          break;
        case NodeOp::scale:
          result[i] = apply_scale(scales[payload], a[i]);
          break;
        case NodeOp::member_sum:
        case NodeOp::member_min:
        case NodeOp::member_max:
          return over_members(op, level, a);
        case NodeOp::rank:
          return ranks(from, a, b.empty() ? Values(a.size(), 1.0) : b);
        default:
          result[i] = evaluate(op, number, cell(a, i), cell(b, i), cell(c, i));
          break;
      }
    }
    return result;
  }
};

/// Level of the rows that an operation reads.
inline Level read_level(NodeOp op, Level level, Level from) {
  switch (op) {
    case NodeOp::member_sum:
    case NodeOp::member_min:
    case NodeOp::member_max:
    case NodeOp::of_principal:
      return Level::individu;
    case NodeOp::to_members:
      return from;
    default:
      return level;
  }
}

/// Value of every node, in order.
inline std::vector<Values> compute(const Graph& graph, const SmallWorld& world) {
  std::vector<Values> all;
  for (const Node& node : graph.nodes()) {
    if (node.op == NodeOp::constant) {
      all.emplace_back();
      continue;
    }
    if (node.op == NodeOp::input) {
      all.push_back(world.population->columns()[node.payload].values);
      continue;
    }
    const auto operand = [&](NodeId id) {
      if (id == no_node) return Values{};
      if (graph.node(id).op != NodeOp::constant) return all[static_cast<std::size_t>(id)];
      return Values(world.count(read_level(node.op, node.level, node.from)), graph.node(id).number);
    };
    all.push_back(world.apply(node.op, node.level, node.from, node.payload, node.number, operand(node.a), operand(node.b),
                              operand(node.c), graph.tables(), graph.scales()));
  }
  return all;
}

/// Outputs of a plan, run one instruction at a time on whole columns.
inline std::vector<Values> execute(const Plan& plan, const SmallWorld& world) {
  std::vector<Values> registers(plan.register_count);
  const auto read = [&](const Operand& operand, std::size_t rows) {
    switch (operand.kind) {
      case Operand::Kind::none:
        break;
      case Operand::Kind::scratch:
        return registers[operand.index];
      case Operand::Kind::constant:
        return Values(rows, plan.constants[operand.index]);
      case Operand::Kind::column:
        return world.population->columns()[operand.index].values;
    }
    return Values{};
  };
  for (const Instruction& step : plan.instructions) {
    const std::size_t rows = world.count(read_level(step.op, step.level, step.from));
    registers[step.out] = world.apply(step.op, step.level, step.from, step.payload, step.number, read(step.a, rows),
                                      read(step.b, rows), read(step.c, rows), plan.tables, plan.scales);
  }
  std::vector<Values> outputs;
  for (const PlanOutput& output : plan.outputs) outputs.push_back(read(output.source, world.count(output.level)));
  return outputs;
}

}  // namespace labacces::plan
