#include <gtest/gtest.h>

#include "libsim/plan/plan.hpp"

namespace labacces::plan {
namespace {

NodeId column(Graph& graph, std::uint32_t index) { return graph.add({.op = NodeOp::input, .payload = index}); }
NodeId add(Graph& graph, NodeId a, NodeId b) { return graph.add({.op = NodeOp::add, .a = a, .b = b}); }

TEST(Schedule, nodes_that_no_output_needs_are_dropped) {
  Graph graph;
  const NodeId sum = add(graph, column(graph, 0), column(graph, 1));
  add(graph, sum, column(graph, 2));
  graph.outputs.push_back({.node = sum});
  const Plan plan = schedule(graph);
  ASSERT_EQ(plan.instructions.size(), 1U);
  EXPECT_EQ(plan.outputs[0].source, (Operand{Operand::Kind::scratch, plan.instructions[0].out}));
}

TEST(Schedule, a_chain_works_in_one_register) {
  Graph graph;
  NodeId sum = add(graph, column(graph, 0), column(graph, 1));
  for (std::uint32_t i = 2; i < 200; ++i) sum = add(graph, sum, column(graph, i));
  graph.outputs.push_back({.node = sum});
  const Plan plan = schedule(graph);
  EXPECT_EQ(plan.instructions.size(), 199U);
  EXPECT_EQ(plan.register_count, 1U);
}

TEST(Schedule, operations_between_levels_never_write_what_they_read) {
  Graph graph;
  const NodeId person = add(graph, column(graph, 0), column(graph, 1));
  const NodeId family = graph.add({.op = NodeOp::member_sum, .level = Level::famille, .a = person});
  graph.outputs.push_back({.level = Level::famille, .node = family});
  for (const Instruction& step : schedule(graph).instructions) {
    if (step.op == NodeOp::member_sum) {
      EXPECT_NE(step.out, step.a.index);
    }
  }
}

TEST(Schedule, outputs_may_be_columns_and_constants) {
  Graph graph;
  graph.outputs.push_back({.node = column(graph, 7)});
  graph.outputs.push_back({.node = graph.constant(5.0)});
  const Plan plan = schedule(graph);
  EXPECT_TRUE(plan.instructions.empty());
  EXPECT_EQ(plan.outputs[0].source, (Operand{Operand::Kind::column, 7}));
  EXPECT_EQ(plan.outputs[1].source.kind, Operand::Kind::constant);
  EXPECT_EQ(plan.constants[plan.outputs[1].source.index], 5.0);
}

TEST(Schedule, an_output_keeps_its_register_to_the_end) {
  Graph graph;
  const NodeId first = add(graph, column(graph, 0), column(graph, 1));
  const NodeId second = add(graph, first, column(graph, 2));
  graph.outputs.push_back({.node = first});
  graph.outputs.push_back({.node = second});
  const Plan plan = schedule(graph);
  EXPECT_NE(plan.outputs[0].source.index, plan.outputs[1].source.index);
}

TEST(Schedule, keeping_all_gives_each_named_node_a_place_of_its_own) {
  Graph graph;
  const NodeId first = add(graph, column(graph, 0), column(graph, 1));
  const NodeId second = add(graph, first, column(graph, 2));
  const NodeId aside = add(graph, first, column(graph, 3));
  graph.outputs.push_back({.node = second});
  graph.names.push_back({.node = aside});
  const Plan plan = schedule(graph, true);
  EXPECT_EQ(plan.register_count, 3U);
  const auto place = [&](NodeId id) { return plan.node_operands[static_cast<std::size_t>(id)]; };
  EXPECT_EQ(place(aside).kind, Operand::Kind::scratch);
  EXPECT_NE(place(first).index, place(second).index);
  EXPECT_EQ(place(column(graph, 3)).kind, Operand::Kind::column);
}

TEST(Schedule, chains_of_a_hundred_thousand_nodes_do_not_overflow_the_stack) {
  Graph graph;
  NodeId node = column(graph, 0);
  for (std::uint32_t i = 0; i < 100'000; ++i)
    node =
        graph.add({.op = i % 2 == 0 ? NodeOp::negate : NodeOp::add, .a = node, .b = i % 2 == 0 ? no_node : graph.constant(0.25)});
  graph.outputs.push_back({.node = node});
  EXPECT_EQ(schedule(graph).register_count, 1U);
}

}  // namespace
}  // namespace labacces::plan
