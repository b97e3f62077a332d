// Reforms: what they change, and what they refuse.
#include "libsim/law/reform.hpp"

#include <gtest/gtest.h>

#include "libsim/law/load_law.hpp"

namespace labacces::law {
namespace {

constexpr const char* base_text = R"(program p "Base"
param a : EUR/month
  2019-01-01 100
  2020-01-01 110
  2022-01-01 120
  2030-01-01 ends
table t by n : share
  2019-01-01 1 -> 10 %, 2+ -> 20 %
scale s marginal by EUR/month : share
  2019-01-01 0 -> 0 %, 100 -> 10 %
input salaire of individu monthly : EUR/month default 0
rule x of famille monthly : EUR/month "Le droit"
  ref "article 1"
  from 2019-01-01 = a * lookup(t, count(member.salaire > 0), 0)
  from 2030-01-01 ends
)";

LoadedLaw load(const std::string& items, bool apply = true) {
  const std::vector<std::string> names = apply ? std::vector<std::string>{"r"} : std::vector<std::string>{};
  return load_law({LawText{"base.law", base_text}, LawText{"r.law", "reform r \"Réforme\"\n" + items}}, names);
}

double value_of(const LoadedLaw& loaded, Month month) {
  const auto* const version = Law::in_force(loaded.law->params()[*loaded.law->find_param("p.a")].versions, month);
  return version == nullptr ? -1.0 : version->value;
}

void expect_error(const std::string& items, const std::string& message) {
  for (const bool apply : {true, false}) {
    const std::string errors = render(load(items, apply).diagnostics);
    EXPECT_NE(errors.find(message), std::string::npos) << "expected: " << message << "\nfound:\n" << errors;
  }
}

TEST(Reform, set_with_before_changes_each_value_from_its_date_on) {
  const LoadedLaw loaded = load("  set p.a from 2021-07-01 = before * 2 + 1\n");
  ASSERT_TRUE(loaded.law) << render(loaded.diagnostics);
  EXPECT_EQ(value_of(loaded, Month::of(2021, 6)), 110.0);
  EXPECT_EQ(value_of(loaded, Month::of(2021, 7)), 221.0);
  EXPECT_EQ(value_of(loaded, Month::of(2022, 1)), 241.0);
  EXPECT_EQ(value_of(loaded, Month::of(2030, 1)), -1.0);
  ASSERT_EQ(loaded.law->changes().size(), 1U);
  EXPECT_EQ(loaded.law->changes()[0].reform, "r");
  EXPECT_EQ(loaded.law->changes()[0].what, "set p.a from 2021-07-01 = before * 2 + 1");
}

TEST(Reform, set_until_a_date_gives_the_old_value_back) {
  const LoadedLaw loaded = load("  set p.a from 2021-07-01 ends 2022-03-01 = 700\n");
  ASSERT_TRUE(loaded.law) << render(loaded.diagnostics);
  EXPECT_EQ(value_of(loaded, Month::of(2021, 6)), 110.0);
  EXPECT_EQ(value_of(loaded, Month::of(2022, 2)), 700.0);
  EXPECT_EQ(value_of(loaded, Month::of(2022, 3)), 120.0);
}

TEST(Reform, set_gives_a_table_new_rows_and_a_scale_new_brackets) {
  const LoadedLaw loaded =
      load("  set p.t from 2020-01-01 = 1 -> 50 %, 2+ -> 60 %\n  set p.s from 2020-01-01 = 0 -> 5 %, 200 -> 20 %\n");
  ASSERT_TRUE(loaded.law) << render(loaded.diagnostics);
  const Table& table = loaded.law->tables()[0];
  ASSERT_EQ(table.versions.size(), 2U);
  EXPECT_DOUBLE_EQ(table.versions[1].value[0].value, 0.5);
  EXPECT_DOUBLE_EQ(loaded.law->scales()[0].versions[1].value[1].threshold, 200.0);
}

TEST(Reform, drop_ends_a_rule) {
  const LoadedLaw loaded = load("  drop x from 2021-01-01\n");
  ASSERT_TRUE(loaded.law) << render(loaded.diagnostics);
  EXPECT_EQ(loaded.law->variables()[*loaded.law->find_variable("x")].versions.back().in_force.end, Month::of(2021, 1));
}

TEST(Reform, a_dropped_parameter_that_a_rule_needs_is_a_gap) {
  const std::string errors = render(load("  drop p.a from 2021-01-01\n").diagnostics);
  EXPECT_NE(errors.find("param 'p.a' is not in force from 2021-01 to 2029-12, and rule 'x'"), std::string::npos) << errors;
}

TEST(Reform, replace_keeps_the_earlier_versions_and_sees_the_names_of_the_program) {
  const LoadedLaw loaded = load(R"(  add param bonus : EUR/month
    2020-01-01 5
  replace rule x of famille monthly : EUR/month
    from 2023-01-01 = a + bonus
    from 2030-01-01 ends
)");
  ASSERT_TRUE(loaded.law) << render(loaded.diagnostics);
  const Variable& x = loaded.law->variables()[*loaded.law->find_variable("x")];
  ASSERT_EQ(x.versions.size(), 2U);
  EXPECT_EQ(x.versions[0].in_force.end, Month::of(2023, 1));
  EXPECT_EQ(x.label, "Le droit");
  EXPECT_TRUE(loaded.law->find_param("r.bonus"));
}

TEST(Reform, a_reform_that_is_not_named_is_checked_and_changes_nothing) {
  const LoadedLaw loaded = load("  set p.a from 2021-07-01 = 1\n", false);
  ASSERT_TRUE(loaded.law);
  EXPECT_EQ(value_of(loaded, Month::of(2021, 7)), 110.0);
  EXPECT_TRUE(loaded.law->changes().empty());
}

TEST(Reform, mistakes_are_told) {
  expect_error("  set p.aa from 2021-07-01 = 1\n", "the law has nothing named 'p.aa'");
  expect_error("  set p.aa from 2021-07-01 = 1\n", "did you mean 'p.a'?");
  expect_error("  set p.a from 2022-01-01 = 120\n", "this changes nothing");
  expect_error("  set p.a from 2018-01-01 = before * 2\n", "there is no value before");
  expect_error("  set p.a from 2021-01-01 ends 2020-01-01 = 3\n", "this change ends before it begins");
  expect_error("  set p.a from 2021-01-01 = salaire\n", "made of numbers and 'before' only");
  expect_error("  set p.a from 2021-01-01 = 3 EUR/year\n", "this value is EUR/month, not EUR/year");
  expect_error("  set p.a from 2021-01-01 = before / 0\n", "not a finite number");
  expect_error("  set p.t from 2021-01-01 = 3\n", "one number cannot stand for all");
  expect_error("  set x from 2021-01-01 = 3\n", "'x' is a rule");
  expect_error("  drop p.a from 2031-01-01\n", "is not in force from 2031-01-01 on");
  expect_error("  drop salaire from 2021-01-01\n", "'salaire' is an input");
  expect_error("  replace rule y of famille monthly : EUR/month\n    from 2021-01-01 = 0\n", "the law has nothing named 'y'");
  expect_error("  replace rule x of menage monthly : EUR/month\n    from 2021-01-01 = 0\n", "keeps its level, period and type");
  expect_error("  add rule x of famille monthly : EUR/month\n    from 2021-01-01 = 0\n", "'x' is declared twice");
}

TEST(Reform, an_unknown_reform_is_told_with_the_nearest_name) {
  const LoadedLaw loaded = load_law(
      {LawText{"base.law", base_text}, LawText{"r.law", "reform rsa_plus\n  set p.a from 2020-01-01 = 1\n"}}, {"rsa_plu"});
  EXPECT_FALSE(loaded.law);
  EXPECT_NE(render(loaded.diagnostics).find("did you mean 'rsa_plus'?"), std::string::npos) << render(loaded.diagnostics);
}

}  // namespace
}  // namespace labacces::law
