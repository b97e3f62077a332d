#include <gtest/gtest.h>

#include <string>

#include "libsim/base/date.hpp"
#include "libsim/base/error.hpp"
#include "libsim/law/law.hpp"
#include "libsim/scenario/run_scenario.hpp"

namespace labacces::scenario {
namespace {

/// The one line of what is wrong with a scenario text.
std::string message_of(const std::string& text) {
  try {
    const Scenario scenario = parse_scenario("s.json", text);
    (void)scenario_law(scenario);
  } catch (const Error& error) {
    const std::string what = error.what();
    return what.substr(0, what.find('\n'));
  }
  return "no error";
}

double value_of(const law::Law& law, const std::string& name, Month month) {
  for (const law::Param& param : law.params()) {
    const auto* version = law::Law::in_force(param.versions, month);
    if (param.name == name && version != nullptr) return version->value;
  }
  return -1.0;
}

TEST(Scenarios, one_that_extends_another_says_only_what_it_changes) {
  const Scenario scenario = parse_scenario("s.json", R"({"extends": "builtin:base", "name": "x", "take_up": {"rsa": {"rate": 0.9}}, "seed": 5})");
  const Scenario base = base_scenario();
  EXPECT_EQ(scenario.benefits, base.benefits);
  EXPECT_EQ(scenario.take_up.size(), base.take_up.size());
  EXPECT_EQ(takeup::find_rate(scenario.take_up, "rsa")->rate, 0.9);
  EXPECT_EQ(takeup::find_rate(scenario.take_up, "ppa")->rate, takeup::find_rate(base.take_up, "ppa")->rate);
  EXPECT_EQ(scenario.seed, 5U);
}

TEST(Scenarios, fewer_benefits_leave_the_rates_of_the_others_behind) {
  const Scenario scenario = parse_scenario("s.json", R"({"extends": "builtin:base", "benefits": ["rsa"]})");
  ASSERT_EQ(scenario.take_up.size(), 1U);
  EXPECT_EQ(scenario.take_up[0].benefit, "rsa");
}

TEST(Scenarios, parameters_written_in_the_scenario_hold_from_their_dates) {
  const Scenario scenario =
      parse_scenario("s.json", R"({"extends": "builtin:base", "reforms": [{"rsa.montant_de_base": {"2024-01-01": 700, "2025-01-01": 710.5}}]})");
  const law::Law law = scenario_law(scenario);
  EXPECT_EQ(value_of(law, "rsa.montant_de_base", Month::of(2023, 12)), 607.75);
  EXPECT_EQ(value_of(law, "rsa.montant_de_base", Month::of(2024, 6)), 700.0);
  EXPECT_EQ(value_of(law, "rsa.montant_de_base", Month::of(2026, 6)), 710.5);
}

TEST(Scenarios, mistakes_are_told_with_their_place_and_the_nearest_name) {
  EXPECT_EQ(message_of(R"({"extends": "builtin:base", "reform": []})"), "s.json: reform: error: unknown key 'reform' (did you mean 'reforms'?)");
  EXPECT_EQ(message_of(R"({"extends": "builtin:base", "reforms": [3]})"),
            "s.json: reforms/0: error: a .law file or parameters were expected: \"more.law\" or {\"rsa.montant_de_base\": {\"2025-01-01\": 700}}");
  EXPECT_EQ(message_of(R"({"extends": "builtin:base", "reforms": [{"rsa.montant_de_base": 700}]})"),
            "s.json: reforms/0/rsa.montant_de_base: error: dated values were expected: {\"2025-01-01\": 700}");
  EXPECT_EQ(message_of(R"({"extends": "builtin:base", "reforms": [{"rsa.montant_de_base": {"2025": 700}}]})"),
            "s.json: reforms/0/rsa.montant_de_base/2025: error: a date was expected, such as 2025-01-01");
  EXPECT_EQ(message_of(R"({"extends": "builtin:base", "reforms": [{"rsa.montant de base": {"2025-01-01": 700}}]})"),
            "s.json: reforms/0/rsa.montant de base: error: a parameter's path was expected, such as rsa.montant_de_base");
  EXPECT_EQ(message_of(R"({"extends": "builtin:base", "take_up": {"rsaa": {"rate": 1}}})"),
            "s.json: take_up/rsaa: error: 'rsaa' is not among the benefits (did you mean 'rsa'?)");
  EXPECT_NE(message_of(R"({"extends": "builtin:base", "reforms": [{"rsa.montant_de_bas": {"2025-01-01": 700}}]})").find("rsa.montant_de_bas"), std::string::npos);
  EXPECT_NE(message_of(R"({"extends": "builtin:base", "reforms": [{"rsa.montant_de_bas": {"2025-01-01": 700}}]})").find("reforms/0"), std::string::npos);
}

}  // namespace
}  // namespace labacces::scenario
