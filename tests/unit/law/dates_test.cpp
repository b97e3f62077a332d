// Completeness, cycles, divisors and tables: what is checked at every date.
#include <gtest/gtest.h>

#include "libsim/law/load_law.hpp"

namespace labacces::law {
namespace {

constexpr const char* inputs_text = R"(input salaire of individu monthly : EUR/month default 0
input enfants of famille monthly : count default 0
input revenu_annuel of famille yearly : EUR/year default 0
)";

LoadedLaw load(const std::string& text) {
  return load_law({LawText{"inputs.law", inputs_text}, LawText{"test.law", "program p\n" + text}});
}
std::string errors_of(const std::string& text) { return render(load(text).diagnostics); }

void expect_error(const std::string& text, const std::string& message) {
  const std::string errors = errors_of(text);
  EXPECT_NE(errors.find(message), std::string::npos) << "expected: " << message << "\nfound:\n" << errors;
}
void expect_good(const std::string& text) { EXPECT_EQ(errors_of(text), ""); }

TEST(Completeness, a_parameter_that_starts_after_the_rule_is_a_gap) {
  expect_error(R"(
param a : EUR/month
  2019-04-01 100
rule x of famille monthly : EUR/month
  from 2019-01-01 = a
)",
               "param 'p.a' is not in force from 2019-01 to 2019-03, and rule 'x' (version of 2019-01-01) reads it then: the "
               "first version starts 2019-04");
}

TEST(Completeness, a_shift_moves_the_months_that_are_needed) {
  constexpr const char* law = R"(
param a : EUR/month
  2018-12-01 100
rule x of famille monthly : EUR/month
  from 2019-01-01 = a at month )";
  expect_good(law + std::string("-1\n"));
  expect_error(law + std::string("-2\n"), "param 'p.a' is not in force in 2018-11, and rule 'x'");
}

TEST(Completeness, a_window_of_a_year_needs_all_its_months) {
  expect_error(R"(
rule a of famille monthly : EUR/month
  from 2018-02-01 = 5 EUR/month
rule x of famille monthly : EUR/year
  from 2019-06-01 = sum(a, year -1)
)",
               "rule 'a' is not in force in 2018-01, and rule 'x'");
}

TEST(Completeness, a_yearly_rule_reads_january_only) {
  expect_good(R"(
param a : EUR/year
  2019-01-01 100
rule x of famille yearly : EUR/year
  from 2019-01-01 = a + revenu_annuel at year -1
rule y of famille monthly : EUR/year
  from 2021-01-01 = x at year -2
)");
}

TEST(Completeness, an_ended_rule_cannot_be_read_after_its_end) {
  expect_error(R"(
rule a of famille monthly : EUR/month
  from 2018-01-01 = 5 EUR/month
  from 2020-01-01 ends
rule x of famille monthly : EUR/month
  from 2019-01-01 = a
)",
               "rule 'a' is not in force from 2020-01 on, and rule 'x' (version of 2019-01-01) reads it then: the last version "
               "ends with 2019-12");
}

TEST(Cycles, a_cycle_within_a_month_prints_its_path) {
  expect_error(R"(
rule a of famille monthly : EUR/month
  from 2018-01-01 = b + 1 EUR/month
rule b of famille monthly : EUR/month
  from 2018-01-01 = c
rule c of famille monthly : EUR/month
  from 2018-01-01 = a
)",
               "rule 'a' needs itself in the same month (2018-01): a -> b -> c -> a");
}

TEST(Cycles, versions_that_never_meet_make_no_cycle) {
  expect_good(R"(
rule a of famille monthly : EUR/month
  from 2018-01-01 = b
  from 2019-01-01 = 5 EUR/month
rule b of famille monthly : EUR/month
  from 2018-01-01 = 5 EUR/month
  from 2019-01-01 = a
)");
}

TEST(Cycles, a_rule_that_reads_its_past_must_say_how_far) {
  expect_error(R"(
rule a of famille monthly : EUR/month
  from 2018-01-01 = b at month -1
rule b of famille monthly : EUR/month
  from 2018-01-01 = a + 1 EUR/month
)",
               "write in rule 'b': past 1 months start 0");
  expect_good(R"(
rule a of famille monthly : EUR/month
  from 2018-01-01 = b at month -1
rule b of famille monthly : EUR/month
  past 1 months start 0
  from 2018-01-01 = a + 1 EUR/month
)");
}

TEST(Cycles, rules_of_one_cycle_through_time_share_a_component) {
  const LoadedLaw loaded = load(R"(
rule a of famille monthly : EUR/month
  from 2018-01-01 = mean(b, months -3 .. -1)
rule b of famille monthly : EUR/month
  past 3 months start 0
  from 2018-01-01 = a + 1 EUR/month
rule c of famille monthly : EUR/month
  from 2018-01-01 = a
)");
  ASSERT_TRUE(loaded.law) << render(loaded.diagnostics);
  const Law& law = *loaded.law;
  const auto component = [&](const char* name) { return law.variables()[*law.find_variable(name)].component; };
  EXPECT_EQ(component("a"), 0);
  EXPECT_EQ(component("b"), 0);
  EXPECT_EQ(component("c"), -1);
  EXPECT_EQ(law.component_count(), 1U);
}

TEST(Cycles, a_year_window_over_a_rule_that_reads_the_year_is_a_cycle) {
  expect_error(R"(
rule a of famille monthly : EUR/month
  from 2018-01-01 = monthly(b at year 0)
rule b of famille yearly : EUR/year
  past 12 months start 0
  from 2018-01-01 = sum(a, year 0)
)",
               "needs itself in the same or a later month");
  expect_good(R"(
rule a of famille monthly : EUR/month
  past 23 months start 0
  from 2018-01-01 = monthly(b at year -1)
rule b of famille yearly : EUR/year
  past 23 months start 0
  from 2018-01-01 = sum(a, year 0)
)");
}

TEST(Divisors, a_parameter_that_is_zero_at_some_date_is_no_divisor) {
  expect_error(R"(
param a : count
  2018-01-01 2
  2019-01-01 0
rule x of famille monthly : EUR/month
  from 2018-01-01 = 5 EUR/month / a
)",
               "this divisor is 0 in 2019-01");
  expect_error("rule x of famille monthly : EUR/month\n  from 2018-01-01 = 5 EUR/month / enfants\n",
               "write divide(a, b, otherwise)");
}

TEST(Tables, an_index_must_be_covered) {
  constexpr const char* table =
      "table t by n : share\n  2018-01-01 1 -> 10 %, 2 -> 20 %, 3+ -> 30 %\nrule x of famille monthly : share\n  from 2018-01-01 "
      "= ";
  expect_error(table + std::string("t[enfants]\n"), "table 'p.t' has no row for n below its first row");
  expect_error(table + std::string("t[count(member.salaire > 0)]\n"), "table 'p.t' has no row for 0");
  expect_good(table + std::string("t[max(enfants, 1)]\n"));
  expect_good(table + std::string("t[2]\n"));
  expect_good(table + std::string("lookup(t, enfants, 0)\n"));
}

}  // namespace
}  // namespace labacces::law
