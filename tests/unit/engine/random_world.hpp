// Random small populations and graphs, and an obvious interpreter of graphs over whole columns, for the tests of the engine.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "libsim/plan/graph.hpp"
#include "libsim/plan/scalar.hpp"
#include "libsim/population/population_builder.hpp"

namespace labacces::engine::testing {

using plan::Graph;
using plan::Node;
using plan::NodeId;
using plan::NodeOp;

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : bits_(seed) {}
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(bits_() % n); }
  bool one_in(std::size_t n) { return below(n) == 0; }
  double amount() { return static_cast<double>(below(400'000)) / 100.0 - 500.0; }

 private:
  std::mt19937_64 bits_;
};

inline constexpr std::size_t columns_per_level = 3;

/// Dwellings of one to six persons in one to three families; some tax units reach into the dwelling before. Three columns a level:
/// complete amounts, amounts with cells missing, yes/no.
inline PopulationTables random_tables(std::size_t dwellings, std::uint64_t seed) {
  Dice dice(seed);
  PopulationTables tables;
  const auto add_unit = [&](Level level, std::size_t dwelling) {
    auto& ids = tables.ids[index_of(level)];
    ids.push_back("m" + std::to_string(dwelling) + "-" + std::to_string(ids.size()));
    return static_cast<std::int32_t>(ids.size() - 1);
  };
  for (std::size_t dwelling = 0; dwelling < dwellings; ++dwelling) {
    const std::int32_t home = add_unit(Level::menage, dwelling);
    const std::size_t persons = 1 + dice.below(6);
    std::array<std::int32_t, level_count> unit{};
    for (std::size_t person = 0; person < persons; ++person) {
      tables.ids[0].push_back("p" + std::to_string(dwelling) + "-" + std::to_string(person));
      for (const Level group : group_levels) {
        const std::size_t g = index_of(group);
        const bool begins = group == Level::menage ? person == 0 : (person == 0 || dice.one_in(3));
        const bool strays = group == Level::foyer_fiscal && dwelling > 0 && person > 0 && dice.one_in(20);
        if (begins && !strays) unit[g] = group == Level::menage ? home : add_unit(group, dwelling);
        tables.unit_of[g].push_back(strays ? static_cast<std::int32_t>(dice.below(static_cast<std::size_t>(unit[g]) + 1))
                                           : unit[g]);
        tables.role_of[g].push_back(static_cast<std::uint8_t>(begins && !strays ? 0 : 1 + dice.below(2)));
      }
    }
  }
  for (std::size_t level = 0; level < level_count; ++level) {
    for (std::size_t kind = 0; kind < columns_per_level; ++kind) {
      Column column;
      for (std::size_t i = 0; i < tables.ids[level].size(); ++i) {
        column.values.push_back(kind == 2 ? static_cast<double>(dice.below(2)) : dice.amount());
        if (kind != 1) continue;
        column.given.push_back(dice.one_in(3) ? 0 : 1);
        if (column.given.back() == 0) column.values.back() = 0.0;
      }
      VariableData variable{.name = std::string(name_of(static_cast<Level>(level))) + std::to_string(kind),
                            .level = static_cast<Level>(level),
                            .periods = {}};
      variable.periods.push_back({Period::eternity(), static_cast<std::uint32_t>(tables.columns.size())});
      tables.columns.push_back(std::move(column));
      tables.variables.push_back(std::move(variable));
    }
  }
  return tables;
}

inline Population random_population(std::size_t dwellings, std::uint64_t seed) {
  return PopulationBuilder::build(random_tables(dwellings, seed));
}

inline NodeId input(Graph& graph, Level level, std::size_t kind) {
  const auto column = static_cast<std::uint32_t>(index_of(level) * columns_per_level + kind);
  return graph.add({.op = NodeOp::input, .level = level, .payload = column, .number = kind == 2 ? 1.0 : 0.0});
}

/// A graph of about `size` nodes that uses every operation, with outputs on all levels.
inline Graph random_graph(std::size_t size, std::uint64_t seed) {
  Dice dice(seed);
  Graph graph;
  std::array<std::vector<NodeId>, level_count> pool;  // nodes to build on, by level
  for (std::size_t level = 0; level < level_count; ++level) {
    for (std::size_t kind = 0; kind < columns_per_level; ++kind)
      pool[level].push_back(input(graph, static_cast<Level>(level), kind));
    pool[level].push_back(graph.add({.op = NodeOp::input_given,
                                     .level = static_cast<Level>(level),
                                     .payload = static_cast<std::uint32_t>(level * columns_per_level + 1)}));
  }
  const auto table = graph.add_table(
      {{{-3, 4, 0, 2, 1.5}, {5, 600, -100, 1, 2.5}, {5, 2000, 2, std::numeric_limits<std::int32_t>::max(), 7.25}}});
  std::array<std::uint32_t, 3> scales{};
  for (std::uint8_t kind = 0; kind < 3; ++kind)
    scales[kind] = graph.add_scale({kind, {-100.0, 0.0, 755.5, 2000.0}, {0.01, 0.1, 0.38, 0.5}});
  const auto pick = [&](std::size_t level) {
    return dice.one_in(5) ? graph.constant(dice.one_in(3) ? 1.0 : dice.amount()) : pool[level][dice.below(pool[level].size())];
  };
  const auto person = index_of(Level::individu);
  while (graph.nodes().size() < size) {
    const std::size_t level = dice.below(level_count);
    const auto as_level = static_cast<Level>(level);
    const Level group = group_levels[dice.below(3)];
    Node node{.level = as_level, .from = as_level, .a = pick(level)};
    const std::size_t choice = dice.below(14);
    std::size_t lands = level;
    if (choice < 6) {
      constexpr NodeOp binary[] = {NodeOp::add,       NodeOp::subtract,    NodeOp::multiply,   NodeOp::minimum,
                                   NodeOp::maximum,   NodeOp::less,        NodeOp::less_equal, NodeOp::equal,
                                   NodeOp::not_equal, NodeOp::logical_and, NodeOp::logical_or};
      node.op = binary[dice.below(std::size(binary))];
      node.b = pick(level);
    } else if (choice < 8) {
      constexpr NodeOp unary[] = {NodeOp::negate,   NodeOp::absolute,   NodeOp::logical_not, NodeOp::round_half,
                                  NodeOp::round_up, NodeOp::round_down, NodeOp::floor_div,   NodeOp::month_index,
                                  NodeOp::month_of, NodeOp::year_of};
      node.op = unary[dice.below(std::size(unary))];
      if (node.op >= NodeOp::round_half && node.op <= NodeOp::floor_div) node.number = node.op == NodeOp::floor_div ? 12.0 : 0.01;
    } else if (choice == 8) {
      node.op = dice.one_in(2) ? NodeOp::select : NodeOp::divide_or;
      node.b = pick(level);
      node.c = pick(level);
    } else if (choice == 9) {
      node.op = dice.one_in(2) ? NodeOp::table : NodeOp::scale;
      node.payload = node.op == NodeOp::table ? table : scales[dice.below(3)];
      if (node.op == NodeOp::table) node.b = pick(level);
      if (node.op == NodeOp::table && dice.one_in(2)) node.c = pick(level);
    } else if (choice == 10) {
      constexpr NodeOp up[] = {NodeOp::member_sum, NodeOp::member_min, NodeOp::member_max};
      lands = index_of(group);
      node = {.op = up[dice.below(3)], .level = group, .from = group, .a = pick(person)};
    } else if (choice == 11) {
      lands = person;
      node = {.op = NodeOp::to_members, .level = Level::individu, .from = group, .a = pick(index_of(group))};
    } else if (choice == 12) {
      lands = index_of(group);
      node = {.op = NodeOp::of_principal, .level = group, .from = group, .a = pick(person)};
    } else if (dice.one_in(2)) {
      lands = person;
      node = {
          .op = NodeOp::role, .level = Level::individu, .from = group, .payload = static_cast<std::uint32_t>(1 + dice.below(6))};
    } else {
      lands = person;
      node = {.op = NodeOp::rank, .level = Level::individu, .from = group, .a = pick(person)};
      if (dice.one_in(2)) node.b = pick(person);
    }
    const NodeId made = graph.add(node);
    if (!graph.node(made).is_scalar) pool[lands].push_back(made);
  }
  for (std::size_t level = 0; level < level_count; ++level) {
    for (std::size_t i = 0; i < 6; ++i) {
      const NodeId node =
          i == 0 ? graph.constant(12.5) : pool[level][pool[level].size() - 1 - dice.below(pool[level].size() / 2)];
      graph.outputs.push_back({.level = static_cast<Level>(level), .node = node});
    }
  }
  return graph;
}

/// Values of every node over the whole population: one plain loop a node, nothing shared with the engine.
class WholeColumns {
 public:
  WholeColumns(const Graph& graph, const Population& population) : graph_(graph), population_(population) {
    for (std::size_t i = 0; i < graph.nodes().size(); ++i) values_.push_back(compute(graph.nodes()[i]));
  }
  /// Value of a node seen from a row of `level` (scalars have one row).
  double at(NodeId id, std::size_t row) const {
    const auto& column = values_[static_cast<std::size_t>(id)];
    return graph_.node(id).is_scalar ? column[0] : column[row];
  }
  std::vector<double> output(const plan::Output& output) const {
    std::vector<double> result;
    for (std::size_t row = 0; row < population_.count(output.level); ++row) result.push_back(at(output.node, row));
    return result;
  }

 private:
  double value(NodeId id, std::size_t row, double none) const { return id == plan::no_node ? none : at(id, row); }

  std::vector<double> compute(const Node& node) const {
    const std::size_t rows = node.is_scalar ? 1 : population_.count(node.level);
    std::vector<double> out;
    for (std::size_t row = 0; row < rows; ++row) out.push_back(cell(node, row));
    return out;
  }
  double cell(const Node& node, std::size_t row) const {
    switch (node.op) {
      case NodeOp::input:
        return population_.columns()[node.payload].values[row];
      case NodeOp::input_given: {
        const Column& column = population_.columns()[node.payload];
        return column.complete() || column.given[row] != 0 ? 1.0 : 0.0;
      }
      case NodeOp::table:
        return plan::look_up(graph_.tables()[node.payload], at(node.a, row), value(node.b, row, 0), value(node.c, row, 0));
      case NodeOp::scale:
        return plan::apply_scale(graph_.scales()[node.payload], at(node.a, row));
      case NodeOp::member_sum:
      case NodeOp::member_min:
      case NodeOp::member_max:
        return aggregate(node, row);
      case NodeOp::to_members:
        return at(node.a, static_cast<std::size_t>(population_.membership(node.from).unit_of[row]));
      case NodeOp::of_principal:
        return at(node.a, static_cast<std::size_t>(population_.membership(node.level).principal_of[row]));
      case NodeOp::role:
        return (node.payload >> population_.membership(node.from).role_of[row] & 1U) != 0 ? 1.0 : 0.0;
      case NodeOp::rank:
        return rank(node, row);
      default:
        return plan::evaluate(node.op, node.number, value(node.a, row, 0), value(node.b, row, 0), value(node.c, row, 0));
    }
  }
  double aggregate(const Node& node, std::size_t unit) const {
    const std::vector<std::int32_t>& unit_of = population_.membership(node.level).unit_of;
    constexpr double infinite = std::numeric_limits<double>::infinity();
    double result = node.op == NodeOp::member_sum ? 0.0 : node.op == NodeOp::member_min ? infinite : -infinite;
    for (std::size_t row = 0; row < unit_of.size(); ++row) {
      if (static_cast<std::size_t>(unit_of[row]) != unit) continue;
      const double x = at(node.a, row);
      result = node.op == NodeOp::member_sum   ? result + x
               : node.op == NodeOp::member_min ? std::min(result, x)
                                               : std::max(result, x);
    }
    return result;
  }
  double rank(const Node& node, std::size_t row) const {
    if (value(node.b, row, 1.0) == 0.0) return 0.0;
    const std::vector<std::int32_t>& unit_of = population_.membership(node.from).unit_of;
    double place = 1.0;
    for (std::size_t other = 0; other < unit_of.size(); ++other) {
      if (unit_of[other] != unit_of[row] || value(node.b, other, 1.0) == 0.0) continue;
      const double mine = at(node.a, row), theirs = at(node.a, other);
      if (theirs < mine || (theirs == mine && other < row)) place += 1.0;
    }
    return place;
  }

  const Graph& graph_;
  const Population& population_;
  std::vector<std::vector<double>> values_;
};

}  // namespace labacces::engine::testing
