#include "libsim/plan/graph.hpp"

#include <gtest/gtest.h>

#include "libsim/base/date.hpp"
#include "libsim/plan/scalar.hpp"

namespace labacces::plan {
namespace {

class GraphTest : public ::testing::Test {
 protected:
  NodeId column(std::uint32_t index, Level level = Level::individu) {
    return graph.add({.op = NodeOp::input, .level = level, .payload = index});
  }
  NodeId row(NodeOp op, NodeId a, NodeId b = no_node, NodeId c = no_node) {
    return graph.add({.op = op, .a = a, .b = b, .c = c});
  }
  NodeId number(double value) { return graph.constant(value); }
  NodeId members(NodeOp op, NodeId a) { return graph.add({.op = op, .level = Level::famille, .a = a}); }
  NodeId down(NodeId a) {
    return graph.add({.op = NodeOp::to_members, .level = Level::individu, .from = Level::famille, .a = a});
  }
  NodeId in_roles(std::uint32_t bits) { return graph.add({.op = NodeOp::role, .from = Level::famille, .payload = bits}); }
  NodeId age(NodeId date, Month month) {
    const NodeId months = row(NodeOp::subtract, number(month.index), row(NodeOp::month_index, date));
    return graph.add({.op = NodeOp::floor_div, .a = months, .number = 12.0});
  }

  Graph graph;
};

TEST_F(GraphTest, equal_nodes_are_the_same_node_whatever_the_order_of_a_sum) {
  EXPECT_EQ(row(NodeOp::add, column(0), column(1)), row(NodeOp::add, column(1), column(0)));
  EXPECT_NE(row(NodeOp::subtract, column(0), column(1)), row(NodeOp::subtract, column(1), column(0)));
}

TEST_F(GraphTest, order_of_operands_does_not_depend_on_what_was_made_before) {
  const NodeId sum = row(NodeOp::add, column(3), column(4));
  Graph other;
  other.add({.op = NodeOp::input, .payload = 4});
  const NodeId same = other.add({.op = NodeOp::add,
                                 .a = other.add({.op = NodeOp::input, .payload = 4}),
                                 .b = other.add({.op = NodeOp::input, .payload = 3})});
  EXPECT_EQ(graph.node(graph.node(sum).a).payload, other.node(other.node(same).a).payload);
  EXPECT_EQ(graph.facts(sum).hash, other.facts(same).hash);
}

TEST_F(GraphTest, scalars_fold_to_constants_at_once) {
  const NodeId rounded = graph.add({.op = NodeOp::round_half, .a = number(1.005), .number = 0.01});
  EXPECT_EQ(graph.node(rounded).op, NodeOp::constant);
  EXPECT_DOUBLE_EQ(graph.node(rounded).number, 1.01);
  const std::uint32_t table = graph.add_table({{{1, 1, 0, 0, 0.12}, {2, 2, 0, 0, 0.16}, {3, 2147483647, 0, 0, 0.165}}});
  EXPECT_EQ(graph.add({.op = NodeOp::table, .payload = table, .a = number(7)}), number(0.165));
}

TEST_F(GraphTest, neutral_elements_vanish) {
  const NodeId x = column(0);
  EXPECT_EQ(row(NodeOp::add, number(0), x), x);
  EXPECT_EQ(row(NodeOp::multiply, x, number(1)), x);
  EXPECT_EQ(row(NodeOp::multiply, x, number(0)), number(0));
  EXPECT_EQ(row(NodeOp::divide, x, number(1)), x);
  EXPECT_EQ(row(NodeOp::negate, row(NodeOp::negate, x)), x);
  EXPECT_EQ(row(NodeOp::maximum, x, x), x);
  EXPECT_EQ(row(NodeOp::subtract, x, x), number(0));
}

TEST_F(GraphTest, bounds_decide_extremes_and_comparisons) {
  const NodeId positive = row(NodeOp::maximum, column(0), number(0));
  EXPECT_EQ(row(NodeOp::maximum, positive, number(0)), positive);
  const NodeId total = members(NodeOp::member_sum, positive);
  EXPECT_EQ(row(NodeOp::maximum, total, number(-3)), total);
  EXPECT_EQ(row(NodeOp::less, total, number(0)), number(0));
  EXPECT_NE(row(NodeOp::less, total, number(1)), number(0));
}

TEST_F(GraphTest, choices_with_a_known_condition_or_equal_branches_vanish) {
  const NodeId condition = row(NodeOp::less, column(0), column(1));
  EXPECT_EQ(row(NodeOp::select, number(1), column(0), column(1)), column(0));
  EXPECT_EQ(row(NodeOp::select, condition, column(2), column(2)), column(2));
  EXPECT_EQ(row(NodeOp::select, condition, number(1), number(0)), condition);
  EXPECT_EQ(row(NodeOp::select, condition, number(0), number(1)), row(NodeOp::logical_not, condition));
}

TEST_F(GraphTest, not_turns_comparisons_and_roles_over) {
  EXPECT_EQ(row(NodeOp::logical_not, row(NodeOp::less, column(0), column(1))), row(NodeOp::less_equal, column(1), column(0)));
  EXPECT_EQ(row(NodeOp::logical_not, in_roles(0b100)), in_roles(0b011));
  EXPECT_EQ(row(NodeOp::logical_and, in_roles(0b011), in_roles(0b001)), in_roles(0b001));
  EXPECT_EQ(in_roles(0b111), number(1));
}

TEST_F(GraphTest, a_claim_about_an_age_is_one_comparison_of_a_column_that_all_months_share) {
  const NodeId birth = column(0);
  const Month january = Month::of(2024, 1);
  const NodeId under20 = row(NodeOp::less, age(birth, january), number(20));
  EXPECT_EQ(under20, row(NodeOp::less, number(january.index - 240), row(NodeOp::month_index, birth)));
  EXPECT_EQ(under20, row(NodeOp::less_equal, age(birth, january), number(19)));
  EXPECT_EQ(under20, row(NodeOp::logical_not, row(NodeOp::less_equal, number(20), age(birth, january))));
  EXPECT_EQ(row(NodeOp::less, number(19), age(birth, january)), row(NodeOp::logical_not, under20));
}

TEST_F(GraphTest, claims_about_ages_hold_on_each_day_of_birth) {
  for (int day = 9000; day < 9000 + 1500; ++day) {
    for (const double limit : {18.0, 18.5}) {
      Graph small;
      const Month month = Month::of(2013, 5);
      const NodeId birth = small.add({.op = NodeOp::input, .payload = 0});
      const NodeId months = small.add(
          {.op = NodeOp::subtract, .a = small.constant(month.index), .b = small.add({.op = NodeOp::month_index, .a = birth})});
      const NodeId years = small.add({.op = NodeOp::floor_div, .a = months, .number = 12.0});
      const double born = evaluate(NodeOp::month_index, 0, day, 0, 0);
      const double age = evaluate(NodeOp::floor_div, 12.0, month.index - born, 0, 0);
      const Node claim = small.node(small.add({.op = NodeOp::less_equal, .a = years, .b = small.constant(limit)}));
      ASSERT_EQ(claim.op, NodeOp::less);  // edge < month of birth
      EXPECT_EQ(small.node(claim.a).number < born, age <= limit) << day;
    }
  }
}

TEST_F(GraphTest, a_group_condition_on_members_is_asked_once_a_group) {
  const NodeId condition = row(NodeOp::less, column(0, Level::famille), number(5));
  const NodeId chosen = row(NodeOp::select, down(condition), column(1), number(0));
  EXPECT_EQ(members(NodeOp::member_sum, chosen),
            row(NodeOp::select, condition, members(NodeOp::member_sum, column(1)), number(0)));
  EXPECT_EQ(members(NodeOp::member_max, down(condition)), condition);
  EXPECT_EQ(graph.add({.op = NodeOp::of_principal, .level = Level::famille, .a = down(condition)}), condition);
}

TEST_F(GraphTest, sum_of_a_constant_over_members_is_their_number_times_it) {
  EXPECT_EQ(members(NodeOp::member_sum, number(0)), number(0));
  EXPECT_EQ(members(NodeOp::member_sum, number(3)), row(NodeOp::multiply, members(NodeOp::member_sum, number(1)), number(3)));
}

TEST_F(GraphTest, equal_tables_and_scales_are_kept_once) {
  const std::uint32_t first = graph.add_scale({0, {0, 100}, {0.1, 0.2}});
  EXPECT_EQ(graph.add_scale({0, {0, 100}, {0.1, 0.2}}), first);
  EXPECT_NE(graph.add_scale({1, {0, 100}, {0.1, 0.2}}), first);
}

TEST(Scalar, scales_by_kind) {
  ScaleData scale{0, {0, 100, 200}, {0.1, 0.2, 0.5}};
  EXPECT_DOUBLE_EQ(apply_scale(scale, 250), 10 + 20 + 25);
  EXPECT_DOUBLE_EQ(apply_scale(scale, 100), 10);
  scale.kind = 1;
  EXPECT_DOUBLE_EQ(apply_scale(scale, 150), 30);
  scale.kind = 2;
  EXPECT_DOUBLE_EQ(apply_scale(scale, 200), 0.5);
  EXPECT_DOUBLE_EQ(apply_scale(scale, -1), 0.0);
}

TEST(Scalar, months_added_to_the_31st_end_with_the_month) {
  const double day = Day::of(2024, 1, 31).days;
  EXPECT_EQ(evaluate(NodeOp::add_months, 0, day, 1, 0), Day::of(2024, 2, 29).days);
  EXPECT_EQ(evaluate(NodeOp::add_months, 0, day, -2, 0), Day::of(2023, 11, 30).days);
}

}  // namespace
}  // namespace labacces::plan
