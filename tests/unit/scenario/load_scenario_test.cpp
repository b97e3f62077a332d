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
  const Scenario scenario =
      parse_scenario("s.json", R"({"extends": "builtin:base", "name": "x", "take_up": {"rsa": {"rate": 0.9}}, "seed": 5})");
  const Scenario base = base_scenario();
  EXPECT_EQ(scenario.benefits, base.benefits);
  EXPECT_EQ(scenario.take_up.size(), base.take_up.size());
  EXPECT_EQ(takeup::find_behaviour(scenario.take_up, "rsa")->rate, 0.9);
  EXPECT_EQ(takeup::find_behaviour(scenario.take_up, "ppa")->rate, takeup::find_behaviour(base.take_up, "ppa")->rate);
  EXPECT_EQ(scenario.seed, 5U);
}

TEST(Scenarios, fewer_benefits_leave_the_rates_of_the_others_behind) {
  const Scenario scenario = parse_scenario("s.json", R"({"extends": "builtin:base", "benefits": ["rsa"]})");
  ASSERT_EQ(scenario.take_up.size(), 1U);
  EXPECT_EQ(scenario.take_up[0].benefit, "rsa");
}

TEST(Scenarios, parameters_written_in_the_scenario_hold_from_their_dates) {
  const Scenario scenario = parse_scenario(
      "s.json", R"({"extends": "builtin:base", "reforms": [{"rsa.montant_de_base": {"2024-01-01": 700, "2025-01-01": 710.5}}]})");
  const law::Law law = scenario_law(scenario);
  EXPECT_EQ(value_of(law, "rsa.montant_de_base", Month::of(2023, 12)), 607.75);
  EXPECT_EQ(value_of(law, "rsa.montant_de_base", Month::of(2024, 6)), 700.0);
  EXPECT_EQ(value_of(law, "rsa.montant_de_base", Month::of(2026, 6)), 710.5);
}

TEST(Scenarios, mistakes_are_told_with_their_place_and_the_nearest_name) {
  EXPECT_EQ(message_of(R"({"extends": "builtin:base", "reform": []})"),
            "s.json: reform: error: unknown key 'reform' (did you mean 'reforms'?)");
  EXPECT_EQ(message_of(R"({"extends": "builtin:base", "reforms": [3]})"),
            "s.json: reforms/0: error: a .law file or parameters were expected: \"more.law\" or {\"rsa.montant_de_base\": "
            "{\"2025-01-01\": 700}}");
  EXPECT_EQ(message_of(R"({"extends": "builtin:base", "reforms": [{"rsa.montant_de_base": 700}]})"),
            "s.json: reforms/0/rsa.montant_de_base: error: dated values were expected: {\"2025-01-01\": 700}");
  EXPECT_EQ(message_of(R"({"extends": "builtin:base", "reforms": [{"rsa.montant_de_base": {"2025": 700}}]})"),
            "s.json: reforms/0/rsa.montant_de_base/2025: error: a date was expected, such as 2025-01-01");
  EXPECT_EQ(message_of(R"({"extends": "builtin:base", "reforms": [{"rsa.montant de base": {"2025-01-01": 700}}]})"),
            "s.json: reforms/0/rsa.montant de base: error: a parameter's path was expected, such as rsa.montant_de_base");
  EXPECT_EQ(message_of(R"({"extends": "builtin:base", "take_up": {"rsaa": {"rate": 1}}})"),
            "s.json: take_up/rsaa: error: 'rsaa' is not among the benefits (did you mean 'rsa'?)");
  EXPECT_NE(message_of(R"({"extends": "builtin:base", "reforms": [{"rsa.montant_de_bas": {"2025-01-01": 700}}]})")
                .find("rsa.montant_de_bas"),
            std::string::npos);
  EXPECT_NE(
      message_of(R"({"extends": "builtin:base", "reforms": [{"rsa.montant_de_bas": {"2025-01-01": 700}}]})").find("reforms/0"),
      std::string::npos);
}

TEST(Scenarios, behaviours_are_read_with_all_that_they_have) {
  const Scenario scenario =
      parse_scenario("s.json", R"({"extends": "builtin:base", "under_reform": "persist", "correlations": [["rsa", "ppa", 0.5]],
    "take_up": {"rsa": {"model": "logit", "intercept": -3, "amount": {"form": "log", "coefficient": 0.7}, "duration": 0.1, "persistence": 0.9,
                        "traits": [{"variable": "statut_occupation_logement", "item": "locataire_hlm", "coefficient": 0.3}]},
                "ppa": {"model": "threshold", "cost": 600, "spread": 1.2, "gateways": {"rsa": 1.5}},
                "aide_logement": {"model": "observed", "receipt": "loyer", "rate": 0.1},
                "af": {"rate": 0.9, "cells": [{"variable": "departement", "item": "d29", "rate": 0.8}]}}})");
  const takeup::Behaviour& rsa = *takeup::find_behaviour(scenario.take_up, "rsa");
  EXPECT_EQ(rsa.model, takeup::Model::logit);
  EXPECT_EQ(rsa.form, takeup::AmountForm::log);
  EXPECT_EQ(rsa.persistence, 0.9);
  EXPECT_EQ(rsa.traits[0].item, "locataire_hlm");
  EXPECT_EQ(takeup::find_behaviour(scenario.take_up, "ppa")->gateways[0].effect, 1.5);
  EXPECT_EQ(takeup::find_behaviour(scenario.take_up, "af")->cells[0].rate, 0.8);
  EXPECT_EQ(scenario.correlations[0].value, 0.5);
  EXPECT_EQ(scenario.under_reform, takeup::UnderReform::persist);
}

TEST(Scenarios, mistakes_in_behaviours_are_told_with_their_place) {
  const auto with = [](const std::string& block) { return R"({"extends": "builtin:base", "take_up": {"rsa": )" + block + "}}"; };
  EXPECT_EQ(
      message_of(with(R"({"model": "logits"})")),
      "s.json: take_up/rsa/model: error: 'logits' is none of rate, logit, probit, threshold, observed (did you mean 'logit'?)");
  EXPECT_EQ(message_of(with(R"({"model": "logit"})")), "s.json: take_up/rsa: error: 'intercept' is missing: a number");
  EXPECT_EQ(message_of(with(R"({"model": "logit", "intercept": 1, "trait": []})")),
            "s.json: take_up/rsa/trait: error: unknown key 'trait' (did you mean 'traits'?)");
  EXPECT_EQ(message_of(with(R"({"rate": 1.2})")),
            "s.json: take_up/rsa/rate: error: a probability lies between 0 and 1, found 1.2");
  EXPECT_EQ(message_of(with(R"({"model": "threshold", "cost": 0, "spread": 1})")),
            "s.json: take_up/rsa/cost: error: a number above 0 was expected, found 0");
  EXPECT_EQ(message_of(with(R"({"rate": 1, "gateways": {"ppa": 1}})")),
            "s.json: take_up/rsa/gateways/ppa: error: a gateway is a benefit that stands before 'rsa' under benefits");
  EXPECT_EQ(message_of(R"({"extends": "builtin:base", "correlations": [["rsa", "ppa", 1.5]]})"),
            "s.json: correlations/0/2: error: a correlation between -1 and 1 was expected, found 1.5");
  EXPECT_EQ(
      message_of(R"({"extends": "builtin:base", "under_reform": "persists"})"),
      "s.json: under_reform: error: 'persists' is none of redraw, persist, newly_eligible, automatic (did you mean 'persist'?)");
}

}  // namespace
}  // namespace labacces::scenario
