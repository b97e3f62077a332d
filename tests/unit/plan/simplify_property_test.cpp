// Random trees over a small population: the graph, simplified, gives what the tree says; the plan gives what the graph says.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "tests/unit/plan/small_population.hpp"
#include "tests/unit/plan/small_world.hpp"

namespace labacces::plan {
namespace {

/// Grows a graph, and beside each node the values that its unsimplified tree has.
class Grower {
 public:
  Grower(const Population& population, unsigned seed) : world_{&population}, random_(seed) {
    for (std::uint32_t i = 0; i < population.columns().size(); ++i) {
      const Level level = i < 3 ? Level::individu : i < 5 ? Level::famille : Level::menage;
      put({.op = NodeOp::input, .level = level, .payload = i}, population.columns()[i].values);
    }
    for (const std::uint32_t bits : {0b001U, 0b011U, 0b100U}) grow({.op = NodeOp::role, .from = Level::famille, .payload = bits});
    table_ = graph.add_table({{{1, 1, 0, 0, 0.5}, {2, 3, 0, 0, 4.0}}});
    scale_ = graph.add_scale({0, {-2, 0, 3}, {0.5, 1, 2}});
  }

  void step() {
    static constexpr std::array ops{
        NodeOp::add,          NodeOp::subtract,   NodeOp::multiply,    NodeOp::divide_or,  NodeOp::negate,     NodeOp::absolute,
        NodeOp::minimum,      NodeOp::maximum,    NodeOp::less,        NodeOp::less_equal, NodeOp::equal,      NodeOp::not_equal,
        NodeOp::logical_and,  NodeOp::logical_or, NodeOp::logical_not, NodeOp::select,     NodeOp::select,     NodeOp::round_half,
        NodeOp::table,        NodeOp::scale,      NodeOp::member_sum,  NodeOp::member_min, NodeOp::member_max, NodeOp::to_members,
        NodeOp::of_principal, NodeOp::rank};
    Node node{.op = ops[random_() % ops.size()]};
    const bool truths = node.op == NodeOp::logical_and || node.op == NodeOp::logical_or || node.op == NodeOp::logical_not;
    const Level level = static_cast<Level>(random_() % level_count);
    const Level group = group_levels[random_() % 3];
    node.level = level;
    switch (node.op) {
      case NodeOp::member_sum:
      case NodeOp::member_min:
      case NodeOp::member_max:
      case NodeOp::of_principal:
        node.level = group;
        node.a = pick(Level::individu, false);
        break;
      case NodeOp::to_members:
        node.level = Level::individu;
        node.from = group;
        node.a = pick(group, false);
        break;
      case NodeOp::rank:
        node.level = Level::individu;
        node.from = group;
        node.a = pick(Level::individu, false);
        node.b = pick(Level::individu, true);
        break;
      default:
        node.payload = node.op == NodeOp::table ? table_ : node.op == NodeOp::scale ? scale_ : 0;
        node.number = node.op == NodeOp::round_half ? 0.5 : 0.0;
        node.a = pick(level, truths || node.op == NodeOp::select);
        if (node.op != NodeOp::table && node.op != NodeOp::scale && node.op != NodeOp::round_half) node.b = pick(level, truths);
        if (node.op == NodeOp::select || node.op == NodeOp::divide_or || node.op == NodeOp::table) node.c = pick(level, false);
        if (node.op == NodeOp::negate || node.op == NodeOp::absolute || node.op == NodeOp::logical_not) node.b = no_node;
    }
    grow(node);
  }

  void check() {
    const std::vector<Values> computed = compute(graph, world_);
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const Node& node = graph.node(nodes_[i]);
      for (std::size_t j = 0; j < values_[i].size(); ++j) {
        const double found = node.op == NodeOp::constant ? node.number : computed[static_cast<std::size_t>(nodes_[i])][j];
        ASSERT_EQ(found, values_[i][j]) << "node " << i << " row " << j;
      }
      const Level level = levels_[i];
      if (i % 3 == 0) graph.outputs.push_back({.period = static_cast<std::int32_t>(i % 5), .level = level, .node = nodes_[i]});
    }
    const std::vector<Values> outputs = execute(schedule(graph), world_);
    for (std::size_t i = 0; i < graph.outputs.size(); ++i) {
      EXPECT_EQ(outputs[i], values_[3 * i]) << "output " << i;
    }
    const Plan kept = schedule(graph, true);
    EXPECT_EQ(execute(kept, world_), outputs);
  }

  Graph graph;

 private:
  void put(const Node& node, Values values) {
    const NodeId id = graph.add(node);
    nodes_.push_back(id);
    levels_.push_back(node.level);
    values_.push_back(std::move(values));
  }

  void grow(const Node& node) {
    const auto operand = [&](NodeId index) { return index == no_node ? Values{} : values_[static_cast<std::size_t>(index)]; };
    Values values = world_.apply(node.op, node.level, node.from, node.payload, node.number, operand(node.a), operand(node.b),
                                 operand(node.c), graph.tables(), graph.scales());
    for (const double value : values) {
      if (!(std::abs(value) < 1e6)) return;  // keeps products small, so that sums stay exact
    }
    const auto real = [&](NodeId index) { return index == no_node ? no_node : nodes_[static_cast<std::size_t>(index)]; };
    Node translated = node;
    translated.a = real(node.a);
    translated.b = real(node.b);
    translated.c = real(node.c);
    put(translated, std::move(values));
  }

  /// Number of a grown value of the level (as a NodeId into this list), now and then a new constant; a truth when wanted.
  NodeId pick(Level level, bool truth) {
    if (random_() % 6 == 0) {
      const double value = truth ? static_cast<double>(random_() % 2) : static_cast<double>(random_() % 5) - 1.0;
      nodes_.push_back(graph.constant(value));
      levels_.push_back(level);
      values_.emplace_back(world_.count(level), value);
      return static_cast<NodeId>(nodes_.size() - 1);
    }
    for (int attempt = 0; attempt < 1000; ++attempt) {
      const std::size_t i = random_() % nodes_.size();
      if (levels_[i] != level) continue;
      const auto is_truth = [](double value) { return value == 0.0 || value == 1.0; };
      if (truth && !(graph.facts(nodes_[i]).is_truth && std::all_of(values_[i].begin(), values_[i].end(), is_truth))) continue;
      return static_cast<NodeId>(i);
    }
    nodes_.push_back(graph.constant(1.0));
    levels_.push_back(level);
    values_.emplace_back(world_.count(level), 1.0);
    return static_cast<NodeId>(nodes_.size() - 1);
  }

  SmallWorld world_;
  std::mt19937 random_;
  std::vector<NodeId> nodes_;
  std::vector<Level> levels_;
  std::vector<Values> values_;
  std::uint32_t table_ = 0, scale_ = 0;
};

TEST(SimplifyProperty, simplified_graphs_and_their_plans_give_what_the_trees_say) {
  SmallPopulation people;
  people.add("x", Level::individu, Period::eternity(), {1, 2, 3, 4, 0, -1, 2})
      .add("y", Level::individu, Period::eternity(), {0, 0, 1, 1, 5, 2, 2})
      .add("z", Level::individu, Period::eternity(), {-3, 2, 0, 1, 1, 0.5, 2})
      .add("f", Level::famille, Period::eternity(), {1, 0, 2, -2})
      .add("g", Level::famille, Period::eternity(), {3, 1, 0.5, 0})
      .add("m", Level::menage, Period::eternity(), {2, 0, 1});
  const Population population = people.build();
  const char* chosen = std::getenv("LABACCES_TEST_SEED");
  const unsigned first = chosen == nullptr ? 1U : static_cast<unsigned>(std::atoi(chosen));
  for (unsigned seed = first; seed < first + 400; ++seed) {
    SCOPED_TRACE("LABACCES_TEST_SEED=" + std::to_string(seed));
    Grower grower(population, seed);
    for (int i = 0; i < 60; ++i) grower.step();
    grower.check();
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace labacces::plan
