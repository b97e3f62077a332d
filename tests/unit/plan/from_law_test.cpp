#include "libsim/plan/from_law.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libsim/base/error.hpp"
#include "libsim/law/load_law.hpp"
#include "libsim/plan/inputs_read.hpp"
#include "tests/unit/plan/small_population.hpp"
#include "tests/unit/plan/small_world.hpp"

namespace labacces::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

law::Law law_of(const std::string& body) { return law::load_law_or_throw({{"test.law", "program test \"Test\"\n" + body}}); }

Period month(int year, int number) { return Period::month(Month::of(year, number)); }

Values result(const law::Law& law, const Population& population, const std::string& variable, Period period) {
  const std::vector<const law::Law*> laws{&law};
  const std::vector<Request> requests{{variable, period}};
  const Graph graph = build_graph(laws, requests, population);
  return execute(schedule(graph), SmallWorld{&population})[0];
}

std::string complaint(const law::Law& law, const Population& population, const std::vector<Request>& requests) {
  const std::vector<const law::Law*> laws{&law};
  try {
    build_graph(laws, requests, population);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

const std::vector<double> seven{1, 2, 3, 4, 5, 6, 7};

TEST(FromLaw, versions_and_parameters_are_those_of_the_month) {
  const law::Law law = law_of(R"(
input x of individu monthly : EUR/month default 0
param rate "r" : share
  2023-01-01 10 % ref "a"
  2024-03-01 20 % ref "b"
rule y of individu monthly : EUR/month
  ref "c"
  from 2023-01-01 = x * rate
  from 2024-06-01 = x * rate * 2
)");
  const Population people = SmallPopulation().add("x", Level::individu, Period::eternity(), {100, 0, 0, 0, 0, 0, 200}).build();
  EXPECT_EQ(result(law, people, "y", month(2024, 2))[0], 10);
  EXPECT_EQ(result(law, people, "y", month(2024, 3))[0], 20);
  EXPECT_EQ(result(law, people, "y", month(2024, 6))[6], 80);
}

TEST(FromLaw, a_month_wins_over_its_year_over_eternity_cell_by_cell) {
  const law::Law law = law_of(R"(
input flow of individu monthly : EUR/month default 99
input state of individu monthly : count default 99
)");
  SmallPopulation people;
  for (const char* name : {"flow", "state"}) {
    people.add(name, Level::individu, Period::eternity(), seven, {1, 1, 1, 1, 1, 1, 0})
        .add(name, Level::individu, Period::year(2024), {1200, 1200, 1200, 1200, 0, 0, 0}, {1, 1, 1, 1, 0, 0, 0})
        .add(name, Level::individu, month(2024, 2), {-1, -2, 0, 0, 0, 0, 0}, {1, 1, 0, 0, 0, 0, 0});
  }
  const Population population = people.build();
  EXPECT_THAT(result(law, population, "flow", month(2024, 2)), ElementsAre(-1, -2, 100, 100, 5, 6, 99));
  EXPECT_THAT(result(law, population, "flow", month(2024, 3)), ElementsAre(100, 100, 100, 100, 5, 6, 99));
  EXPECT_THAT(result(law, population, "flow", month(2023, 3)), ElementsAre(1, 2, 3, 4, 5, 6, 99));
  EXPECT_THAT(result(law, population, "state", month(2024, 2)), ElementsAre(-1, -2, 1200, 1200, 5, 6, 99));
}

constexpr const char* of_three_months = R"(
input x of individu monthly : EUR/month default 5
input z of individu monthly : EUR/month default 0
rule y of individu monthly : EUR/month
  ref "c"
  from 2020-01-01 = mean(x, months -3 .. -1) + z
)";

TEST(FromLaw, defaults_used_are_recorded_once_with_their_first_period) {
  const law::Law law = law_of(of_three_months);
  const Population people = SmallPopulation().add("z", Level::individu, Period::eternity(), seven, {1, 1, 1, 1, 1, 1, 0}).build();
  const std::vector<const law::Law*> laws{&law};
  const std::vector<Request> requests{{"y", month(2024, 2)}, {"y", month(2024, 1)}};
  const Graph graph = build_graph(laws, requests, people);
  ASSERT_EQ(graph.defaults_used.size(), 2U);
  EXPECT_EQ(graph.defaults_used[0].variable, "x");
  EXPECT_EQ(graph.defaults_used[0].value, 5.0);
  EXPECT_EQ(graph.defaults_used[0].period, "2023-10");
  EXPECT_TRUE(graph.defaults_used[0].whole_column);
  EXPECT_FALSE(graph.defaults_used[1].whole_column);
}

TEST(FromLaw, periods_that_the_data_lack_are_told_unless_they_are_long_ago) {
  const law::Law law = law_of(std::string(of_three_months) + "    + x at month -50\n");
  const Population people = SmallPopulation()
                                .add("x", Level::individu, month(2023, 12), seven, {1, 1, 1, 1, 1, 1, 0})
                                .add("x", Level::individu, month(2023, 11), seven)
                                .build();
  const std::vector<const law::Law*> laws{&law};
  const std::vector<Request> requests{{"y", month(2024, 3)}, {"y", month(2024, 1)}};
  const Graph graph = build_graph(laws, requests, people);
  // Not 2019-11: long ago; not 2023-12: some have it; not z: there are no data at all.
  EXPECT_THAT(
      gaps_told(graph.gaps),
      ElementsAre(
          "x: the data have other periods, but no value for 2023-10, 2024-01 to 2024-02, where the law's rule or default holds"));
}

TEST(FromLaw, all_missing_inputs_are_named_in_one_error) {
  const law::Law law = law_of(R"(
input x of individu monthly : EUR/month
input loyer of menage monthly : EUR/month
rule y of menage monthly : EUR/month
  ref "c"
  from 2020-01-01 = sum(member.x) - loyer
)");
  const Population people = SmallPopulation().add("x", Level::individu, month(2024, 1), seven, {1, 1, 1, 1, 1, 0, 1}).build();
  const std::string message = complaint(law, people, {{"y", month(2024, 1)}, {"y", month(2024, 2)}});
  EXPECT_THAT(
      message,
      HasSubstr("missing input 'x' (individu, EUR/month) for 2024-01 to 2024-02: no value for individu '6'; rule 'y' needs it"));
  EXPECT_THAT(message,
              HasSubstr("missing input 'loyer' (menage, EUR/month) for 2024-01 to 2024-02: the data have no such column"));
  EXPECT_THAT(message, HasSubstr("people.csv"));
}

TEST(FromLaw, layers_that_cover_every_unit_together_need_no_default) {
  const law::Law law = law_of("input x of individu monthly : EUR/month\n");
  const Population people = SmallPopulation()
                                .add("x", Level::individu, Period::eternity(), seven, {0, 0, 1, 1, 1, 1, 1})
                                .add("x", Level::individu, month(2024, 1), {8, 9, 0, 0, 0, 0, 0}, {1, 1, 0, 0, 0, 0, 0})
                                .build();
  EXPECT_THAT(result(law, people, "x", month(2024, 1)), ElementsAre(8, 9, 3, 4, 5, 6, 7));
  EXPECT_THAT(complaint(law, people, {{"x", month(2024, 2)}}), HasSubstr("no value for individu '1'"));
}

TEST(FromLaw, asking_what_is_not_there_is_an_error_with_the_nearest_name_or_version) {
  const law::Law law = law_of(R"(
input x of individu monthly : EUR/month default 0
rule montant of individu monthly : EUR/month
  ref "c"
  from 2020-01-01 = x
  from 2025-01-01 ends
rule annuel of individu yearly : EUR/year
  ref "c"
  from 2020-01-01 = sum(x, year 0)
rule oui of individu monthly : yes_no
  ref "c"
  from 2020-01-01 = x > 0
)");
  const Population people = SmallPopulation().build();
  EXPECT_THAT(complaint(law, people, {{"montan", month(2024, 1)}}), HasSubstr("did you mean 'montant'?"));
  EXPECT_THAT(complaint(law, people, {{"montant", month(2019, 12)}}),
              HasSubstr("rule 'montant' is not in force on 2019-12-01: its first version starts on 2020-01-01"));
  EXPECT_THAT(complaint(law, people, {{"montant", month(2025, 1)}}), HasSubstr("ends on 2025-01-01"));
  EXPECT_THAT(complaint(law, people, {{"annuel", month(2024, 1)}}), HasSubstr("it is yearly; ask for a year"));
  EXPECT_THAT(complaint(law, people, {{"oui", Period::year(2024)}}), HasSubstr("ask for a month"));
  EXPECT_THAT(complaint(law, people, {{"x", Period::eternity()}}), HasSubstr("it is monthly"));
}

TEST(FromLaw, a_monthly_amount_asked_for_a_year_is_the_sum_of_its_months) {
  const law::Law law = law_of("input x of individu monthly : EUR/month default 10\n");
  const Population people = SmallPopulation().add("x", Level::individu, month(2024, 5), {1, 2, 3, 4, 5, 6, 7}).build();
  EXPECT_THAT(result(law, people, "x", Period::year(2024)), ElementsAre(111, 112, 113, 114, 115, 116, 117));
}

TEST(FromLaw, values_given_for_a_rule_replace_it_unit_by_unit) {
  const law::Law law = law_of(R"(
input x of individu monthly : EUR/month
rule y of individu monthly : EUR/month
  ref "c"
  from 2020-01-01 = x + 1 EUR/month
rule z of individu monthly : EUR/month
  ref "c"
  from 2020-01-01 = y * 2
)");
  SmallPopulation people;
  people.add("y", Level::individu, Period::year(2023), {120, 120, 120, 120, 120, 120, 120});
  people.add("y", Level::individu, month(2024, 1), {50, 0, 0, 0, 0, 0, 0}, {1, 0, 0, 0, 0, 0, 0});
  EXPECT_THAT(result(law, people.build(), "z", month(2023, 6)), ElementsAre(20, 20, 20, 20, 20, 20, 20)) << "x is not needed";
  people.add("x", Level::individu, Period::eternity(), seven);
  EXPECT_THAT(result(law, people.build(), "z", month(2024, 1)), ElementsAre(100, 6, 8, 10, 12, 14, 16));
}

TEST(FromLaw, aggregates_over_members_with_roles_and_conditions) {
  const law::Law law = law_of(R"(
input x of individu monthly : count default 0
rule total of famille monthly : count
  ref "c"
  from 2020-01-01 = sum(member.x where member is enfant)
rule biggest of famille monthly : count
  ref "c"
  from 2020-01-01 = max(member.x where member is enfant, otherwise 0 - 1)
rule least of menage monthly : count
  ref "c"
  from 2020-01-01 = min(member.x)
rule some of famille monthly : yes_no
  ref "c"
  from 2020-01-01 = any(member.x > 3 and member is parent)
rule every of famille monthly : yes_no
  ref "c"
  from 2020-01-01 = all(member.x > 3 where member is enfant)
rule head_count of menage monthly : count
  ref "c"
  from 2020-01-01 = count(member.x > 1)
rule place of individu monthly : count
  ref "c"
  from 2020-01-01 = rank(0 - x in menage where x > 1)
)");
  const Population people = SmallPopulation().add("x", Level::individu, Period::eternity(), seven).build();
  const Period now = month(2024, 1);
  EXPECT_THAT(result(law, people, "total", now), ElementsAre(7, 0, 0, 0));
  EXPECT_THAT(result(law, people, "biggest", now), ElementsAre(4, -1, -1, -1));
  EXPECT_THAT(result(law, people, "least", now), ElementsAre(1, 6, 7));
  EXPECT_THAT(result(law, people, "some", now), ElementsAre(0, 1, 1, 1));
  EXPECT_THAT(result(law, people, "every", now), ElementsAre(0, 1, 1, 1));
  EXPECT_THAT(result(law, people, "head_count", now), ElementsAre(4, 1, 1));
  EXPECT_THAT(result(law, people, "place", now), ElementsAre(0, 4, 3, 2, 1, 1, 1));
}

TEST(FromLaw, times_windows_and_ages) {
  const law::Law law = law_of(R"(
input x of individu monthly : EUR/month default 1
input naissance of individu eternal : date
rule earlier of individu monthly : EUR/month
  ref "c"
  from 2020-01-01 = x at month -1
rule average of individu monthly : EUR/month
  ref "c"
  from 2020-01-01 = mean(x, months -3 .. -1)
rule last_year of individu yearly : EUR/year
  ref "c"
  from 2019-01-01 = sum(x, year -1)
rule july of individu monthly : EUR/month
  ref "c"
  from 2020-01-01 = (x at month 7 of year -1) + monthly(last_year at year 0)
rule years_old of individu monthly : years
  ref "c"
  from 2020-01-01 = age(naissance)
)");
  SmallPopulation people;
  people.add("x", Level::individu, month(2023, 12), {10, 10, 10, 10, 10, 10, 10})
      .add("x", Level::individu, month(2023, 7), {4, 4, 4, 4, 4, 4, 4});
  const double birth = Day::of(2000, 2, 2).days;
  people.add("naissance", Level::individu, Period::eternity(), {birth, birth - 1, birth, birth, birth, birth, birth});
  const Population population = people.build();
  EXPECT_EQ(result(law, population, "earlier", month(2024, 1))[0], 10);
  EXPECT_EQ(result(law, population, "average", month(2024, 2))[0], 4);
  EXPECT_EQ(result(law, population, "last_year", Period::year(2024))[0], 24);
  EXPECT_EQ(result(law, population, "july", month(2024, 3))[0], 6);
  EXPECT_THAT(result(law, population, "years_old", month(2024, 2)), ElementsAre(23, 24, 23, 23, 23, 23, 23));
}

TEST(FromLaw, long_windows_give_the_sum_of_their_months_and_share_parts_when_they_slide) {
  const law::Law law = law_of(R"(
input x of individu monthly : EUR/month
rule total of individu monthly : EUR/year
  ref "c"
  from 2020-01-01 = sum(x, months -12 .. -1)
)");
  SmallPopulation people;
  for (Month at = Month::of(2022, 1); at < Month::of(2025, 1); at = at + 1) {
    people.add("x", Level::individu, Period::month(at), std::vector<double>(7, at.month() * at.month()));
  }
  const Population population = people.build();
  std::vector<Request> requests;
  for (int number = 1; number <= 12; ++number) requests.push_back({"total", month(2024, number)});
  const std::vector<const law::Law*> laws{&law};
  const Plan plan = schedule(build_graph(laws, requests, population));
  for (const Values& values : execute(plan, SmallWorld{&population})) EXPECT_EQ(values[0], 650.0);
  EXPECT_LT(plan.instructions.size(), 45U) << "twelve windows of twelve months would take 132 additions one by one";
}

TEST(FromLaw, a_component_through_time_depends_on_its_anchor_only) {
  const law::Law law = law_of(R"(
input x of individu monthly : EUR/month default 100
rule a of individu monthly : EUR/month
  ref "c"
  past 2 months start 0
  from 2020-01-01 = x + (b at month -1)
rule b of individu monthly : EUR/month
  ref "c"
  past 2 months start 8
  from 2020-01-01 = a * 0.5
)");
  if (law.variables()[*law.find_variable("a")].component < 0) GTEST_SKIP() << "components are not found yet";
  const Population people = SmallPopulation().build();
  // a(M) = 100 + b(M-1); b(M-1) = a(M-1)/2; a(M-1) = 100 + b(M-2); a(M-2) = 100 + b(M-3) = 100 + 8.
  const double expected = 100 + 0.5 * (100 + 0.5 * (100 + 8));
  EXPECT_EQ(result(law, people, "a", month(2024, 1))[0], expected);
  const std::vector<const law::Law*> laws{&law};
  const std::vector<Request> requests{{"a", month(2023, 12)}, {"b", month(2024, 1)}, {"a", month(2024, 1)}};
  const Graph graph = build_graph(laws, requests, people);
  EXPECT_EQ(graph.node(graph.outputs[2].node).number, expected);
  EXPECT_EQ(graph.outputs[0].node, graph.outputs[2].node) << "the same amounts, folded to one constant";
}

TEST(FromLaw, months_and_scenarios_share_what_is_equal) {
  const std::string text = R"(
input x of individu monthly : EUR/month default 0
param rate "r" : share
  2020-01-01 10 % ref "a"
rule y of individu monthly : EUR/month
  ref "c"
  from 2020-01-01 = max(x * rate - 5 EUR/month, 0)
)";
  const law::Law law = law_of(text), same = law_of(text);
  const Population people = SmallPopulation().add("x", Level::individu, Period::year(2024), seven).build();
  const std::vector<const law::Law*> laws{&law, &same};
  const std::vector<Request> requests{{"y", month(2024, 1)}, {"y", month(2024, 9)}};
  const Graph graph = build_graph(laws, requests, people);
  ASSERT_EQ(graph.outputs.size(), 4U);
  EXPECT_EQ(graph.outputs[3].node, graph.outputs[0].node);
  EXPECT_EQ(schedule(graph).instructions.size(), 4U) << "x / 12, times rate, less 5, at least 0";
}

TEST(FromLaw, what_a_constant_decides_is_not_looked_at) {
  const law::Law law = law_of(R"(
input x of individu monthly : EUR/month
rule y of individu monthly : EUR/month
  ref "c"
  from 2020-01-01 = if this_year >= 2023 then 1 EUR/month else x
)");
  EXPECT_EQ(result(law, SmallPopulation().build(), "y", month(2024, 1))[0], 1);
}

TEST(FromLaw, names_tell_version_and_lets) {
  const law::Law law = law_of(R"(
input x of individu monthly : EUR/month default 0
rule y of individu monthly : EUR/month
  ref "c"
  let double_x = x * 2
  from 2020-01-01 = x
  from 2022-01-01 = double_x + 1 EUR/month
)");
  const Population people = SmallPopulation().add("x", Level::individu, Period::eternity(), seven).build();
  const std::vector<const law::Law*> laws{&law};
  const std::vector<Request> requests{{"y", month(2024, 1)}};
  const Graph graph = build_graph(laws, requests, people);
  const std::uint32_t y = *law.find_variable("y");
  int rules = 0, lets = 0;
  for (const NodeName& name : graph.names) {
    if (name.variable != y) continue;
    EXPECT_EQ(name.version, 1);
    EXPECT_EQ(name.period, Month::of(2024, 1).index);
    (name.let < 0 ? rules : lets) += 1;
  }
  EXPECT_EQ(rules, 1);
  EXPECT_EQ(lets, 1);
}

TEST(FromLaw, chains_of_thousands_of_rules_do_not_overflow_the_stack) {
  std::string text =
      "input x of individu monthly : count default 0\nrule r0 of individu monthly : count\n  ref \"c\"\n  from 2020-01-01 = x\n";
  for (int i = 1; i < 20'000; ++i) {
    text += "rule r" + std::to_string(i) + " of individu monthly : count\n  ref \"c\"\n  from 2020-01-01 = r" +
            std::to_string(i - 1) + " + 1\n";
  }
  const law::Law law = law_of(text);
  const Population people = SmallPopulation().add("x", Level::individu, Period::eternity(), seven).build();
  EXPECT_EQ(result(law, people, "r19999", month(2024, 1))[0], 20'000);
}

}  // namespace
}  // namespace labacces::plan
