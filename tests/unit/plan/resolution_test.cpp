// Decisions in the graph: what is paid in place of rules, month by month and in an order.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "libsim/base/error.hpp"
#include "libsim/engine/run.hpp"
#include "libsim/law/load_law.hpp"
#include "libsim/law/same_month.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/plan/plan.hpp"
#include "tests/unit/plan/small_population.hpp"

namespace labacces::plan {
namespace {

const Month january = Month::of(2024, 1);

/// A minimum less the aid of the month; an aid that is higher where the minimum was paid the month before.
law::Law law_of_two() {
  return law::load_law_or_throw({{"test.law", R"(program test "Test"
input wage of individu monthly : EUR/month default 0
rule resources of individu monthly : EUR/month
  ref "a"
  from 2020-01-01 = wage + aid
rule minimum of individu monthly : EUR/month
  ref "b"
  past 2 months start 0
  from 2020-01-01 = max(600 EUR/month - resources, 0)
rule aid of individu monthly : EUR/month
  ref "c"
  from 2020-01-01 = if minimum at month -1 > 0 then 200 EUR/month else 50 EUR/month
rule whole of individu monthly : EUR/month
  ref "d"
  from 2020-01-01 = wage + minimum + aid
)"}});
}

Resolution resolution(std::uint32_t scenario, std::size_t first_output, std::uint32_t meaning = 0) {
  Resolution out{scenario, {"aid", "minimum"}, {"minimum", "aid", "whole"}, january, january + 1, {}};
  out.decide = [=](std::size_t place, std::size_t month) {
    const std::size_t right = first_output + (place == 0 ? 1 : 0) * 2 + month;
    const auto name = static_cast<std::uint32_t>(scenario * 4 + place * 2 + month);
    return Decision{static_cast<std::uint32_t>(meaning * 4 + place * 2 + month), name, {right}};
  };
  return out;
}

/// Outputs when the units claim whose row is in `claiming`, aid and minimum alike.
std::vector<std::vector<double>> outputs(const Graph& graph, const Population& people, const std::set<std::size_t>& claiming) {
  engine::RunOptions options{.threads = 1, .rows_per_chunk = 2};
  options.decide = [&](std::uint32_t, const engine::ChunkView& view, std::span<double> out) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = claiming.contains(view.first[0] + i) ? 1.0 : 0.0;
  };
  return engine::run(schedule(graph), people, options);
}

TEST(Resolution, a_right_is_worked_out_from_what_was_paid_before_it) {
  const law::Law law = law_of_two();
  const std::vector<const law::Law*> laws{&law};
  const Population people = SmallPopulation().build();
  const std::vector<Resolution> asked{resolution(0, 0)};
  const Graph graph = build_graph(laws, {}, people, asked);
  const auto found = outputs(graph, people, {0});
  // Row 0 claims, row 1 does not. December is at full take-up: everybody has 600 - 200 then, so the aid of January is 200.
  const auto at = [&](std::size_t benefit, std::size_t month, std::size_t row) { return found[benefit * 2 + month][row]; };
  EXPECT_EQ(at(1, 0, 0), 200);
  EXPECT_EQ(at(1, 0, 1), 200);
  EXPECT_EQ(at(0, 0, 0), 400) << "the aid is paid";
  EXPECT_EQ(at(0, 0, 1), 600) << "the aid is not paid, the right is the whole minimum";
  EXPECT_EQ(at(1, 1, 0), 200);
  EXPECT_EQ(at(1, 1, 1), 50) << "no minimum was paid in January";
  EXPECT_EQ(at(2, 1, 0), 600);
  EXPECT_EQ(at(2, 1, 1), 0) << "nothing is paid";
}

TEST(Resolution, amounts_before_the_first_month_are_noted_and_shown_last) {
  const law::Law law = law_of_two();
  const std::vector<const law::Law*> laws{&law};
  const Population people = SmallPopulation().add("wage", Level::individu, Period::eternity(), {0, 0, 0, 0, 0, 0, 900}).build();
  const std::vector<Resolution> asked{resolution(0, 0)};
  const Graph graph = build_graph(laws, {}, people, asked);
  ASSERT_EQ(graph.outputs.size(), output_count(asked[0]) + graph.assumed.size());
  const auto december = std::find_if(graph.assumed.begin(), graph.assumed.end(), [&](const AmountAssumed& amount) {
    return amount.month == january - 1 && law.variables()[amount.variable].name == "minimum";
  });
  ASSERT_NE(december, graph.assumed.end());
  const auto found = outputs(graph, people, {});
  const auto& column = found[output_count(asked[0]) + static_cast<std::size_t>(december - graph.assumed.begin())];
  EXPECT_EQ(column[0], 400);
  EXPECT_EQ(column[6], 0);
}

TEST(Resolution, decisions_of_one_meaning_on_the_same_rights_are_one_node) {
  const law::Law law = law_of_two();
  const std::vector<const law::Law*> laws{&law, &law};
  const Population people = SmallPopulation().build();
  const std::size_t each = output_count(resolution(0, 0));
  const auto built = [&](std::uint32_t meaning) {
    const std::vector<Resolution> asked{resolution(0, 0), resolution(1, each, meaning)};
    return build_graph(laws, {}, people, asked);
  };
  const Graph alike = built(0);
  for (std::size_t i = 0; i < each; ++i) EXPECT_EQ(alike.outputs[i].node, alike.outputs[each + i].node) << i;
  const Graph other = built(1);
  EXPECT_NE(other.outputs[6].node, other.outputs[each + 6].node);
  EXPECT_EQ(other.outputs[2].node, other.outputs[each + 2].node) << "the first right waits for no decision";
}

TEST(Resolution, an_instruction_that_decides_stands_after_what_it_reads) {
  const law::Law law = law_of_two();
  const std::vector<const law::Law*> laws{&law};
  const Population people = SmallPopulation().add("wage", Level::individu, Period::eternity(), {1, 2, 3, 4, 5, 6, 7}).build();
  const std::vector<Resolution> asked{resolution(0, 0)};
  const Graph graph = build_graph(laws, {}, people, asked);
  const Plan plan = schedule(graph);
  std::size_t decisions = 0;
  for (std::size_t i = 0; i < plan.instructions.size(); ++i) {
    if (plan.instructions[i].op != NodeOp::decision) continue;
    ++decisions;
    for (const NodeId read : graph.decision(graph.node(plan.computed[i])).reads) {
      const auto done = std::find(plan.computed.begin(), plan.computed.begin() + static_cast<std::ptrdiff_t>(i), read);
      EXPECT_TRUE(graph.node(read).op == NodeOp::constant || done != plan.computed.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  EXPECT_EQ(decisions, 4U);
  EXPECT_THROW(engine::run(plan, people, {.threads = 1}), Defect) << "nobody to decide";
}

TEST(SameMonth, the_path_leads_over_readings_of_the_month_alone) {
  const law::Law law = law_of_two();
  const law::SameMonth readings(law);
  const auto path = [&](const char* from, const char* to) {
    std::vector<std::string> names;
    for (const std::uint32_t rule : readings.path(*law.find_variable(from), *law.find_variable(to), january))
      names.push_back(law.variables()[rule].name);
    return names;
  };
  EXPECT_EQ(path("minimum", "aid"), (std::vector<std::string>{"minimum", "resources", "aid"}));
  EXPECT_TRUE(path("aid", "minimum").empty()) << "the month before";
  EXPECT_TRUE(path("aid", "aid").empty());
}

}  // namespace
}  // namespace labacces::plan
