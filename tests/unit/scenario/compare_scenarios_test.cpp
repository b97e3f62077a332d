#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "libsim/base/error.hpp"
#include "libsim/population/synthetic.hpp"
#include "libsim/report/results.hpp"
#include "libsim/scenario/run_scenario.hpp"

namespace labacces::scenario {
namespace {

Scenario with_parameter(const std::string& name, const std::string& path, double value) {
  Scenario scenario = base_scenario();
  scenario.name = name;
  scenario.period = Month::of(2025, 6);
  if (!path.empty()) scenario.reforms.push_back(reform_of_parameters(name, "changed", {{path, {{Day::of(2023, 1, 1), value}}}}));
  return scenario;
}

/// Scenarios, their laws and a population, ready to be run.
struct Pass {
  explicit Pass(std::vector<Scenario> asked) : scenarios(std::move(asked)) {
    for (const Scenario& scenario : scenarios) laws.push_back(scenario_law(scenario));
    for (const law::Law& law : laws) seen.push_back(&law);
    population = make_synthetic(parse_synthetic("builtin:bretagne?households=600&seed=3"), laws[0].schema(), Month::of(2025, 6));
  }
  Comparison compare(unsigned threads = 2, std::size_t rows = 256) const {
    return compare_scenarios(scenarios, seen, population, {.threads = threads, .rows_per_chunk = rows});
  }
  std::vector<Scenario> scenarios;
  std::vector<law::Law> laws;
  std::vector<const law::Law*> seen;
  Population population;
};

TEST(CompareScenarios, each_scenario_gives_the_bytes_that_it_gives_alone) {
  const Pass pass({with_parameter("base", "", 0), with_parameter("rsa", "rsa.montant_de_base", 700),
                   with_parameter("bmaf", "base.bmaf", 500), with_parameter("age", "rsa.age_min", 20)});
  const Comparison together = pass.compare();
  for (std::size_t i = 0; i < pass.scenarios.size(); ++i) {
    const RunResult alone =
        run_scenario(pass.scenarios[i], pass.laws[i], pass.population, {.threads = 1, .rows_per_chunk = 2048});
    EXPECT_EQ(report::results_json(alone), report::results_json(together.runs[i])) << pass.scenarios[i].name;
  }
  EXPECT_EQ(report::comparison_json(together), report::comparison_json(pass.compare(1, 64)));
}

TEST(CompareScenarios, a_reform_of_the_rsa_leaves_the_family_allowances_as_they_are) {
  const Pass pass({with_parameter("base", "", 0), with_parameter("rsa", "rsa.montant_de_base", 700)});
  const Comparison comparison = pass.compare();
  const auto& benefits = comparison.runs[0].scenario.benefits;
  for (std::size_t b = 0; b < benefits.size(); ++b) {
    const outcomes::Estimate change =
        comparison.differences[0].benefits[b][0][0][0].total(outcomes::NonTakeUpSums::euros, comparison.runs[0].clusters);
    if (benefits[b] == "rsa") {
      EXPECT_GT(change.value, 0.0);
    }
    if (benefits[b] == "af" || benefits[b] == "cf" || benefits[b] == "asf" || benefits[b] == "paje_base") {
      EXPECT_EQ(change.value, 0.0) << benefits[b];
      EXPECT_EQ(change.standard_error, 0.0) << benefits[b];
    }
  }
}

TEST(CompareScenarios, a_reform_and_its_inverse_give_back_the_base) {
  Scenario there_and_back = with_parameter("back", "rsa.age_min", 20);
  there_and_back.reforms.push_back(reform_of_parameters("back", "undone", {{"rsa.age_min", {{Day::of(2023, 1, 1), 25}}}}));
  const Pass pass({with_parameter("base", "", 0), there_and_back});
  Comparison comparison = pass.compare();
  comparison.runs[1].scenario.name = comparison.runs[0].scenario.name;
  EXPECT_EQ(report::results_json(comparison.runs[0]), report::results_json(comparison.runs[1]));
}

TEST(CompareScenarios, with_shared_luck_a_higher_rate_only_adds_takers) {
  Scenario more = with_parameter("more", "", 0);
  for (takeup::Behaviour& rate : more.take_up) rate.rate = std::min(1.0, rate.rate + 0.1);
  const Pass pass({with_parameter("base", "", 0), more});
  const Comparison comparison = pass.compare();
  const auto& all = comparison.differences[0].benefits[0][0][0][0];
  using S = outcomes::NonTakeUpSums;
  EXPECT_EQ(all.total(S::units, comparison.runs[0].clusters).value, 0.0);
  EXPECT_GT(all.total(S::units_paid, comparison.runs[0].clusters).value, 0.0);
  EXPECT_NEAR(all.total(S::units_paid, comparison.runs[0].clusters).value,
              -all.total(S::units_out, comparison.runs[0].clusters).value, 1e-6);
}

TEST(CompareScenarios, a_scenario_with_dependent_luck_and_traits_gives_the_bytes_that_it_gives_alone) {
  Scenario other = parse_scenario(
      "s.json", R"({"extends": "builtin:base", "name": "other", "period": "2025-06", "correlations": [["rsa", "ppa", 0.5]],
    "reforms": [{"rsa.montant_de_base": {"2023-01-01": 700}}],
    "take_up": {"rsa": {"model": "logit", "intercept": -3, "amount": {"form": "log", "coefficient": 0.7}, "duration": 0.1, "persistence": 0.9},
                "ppa": {"rate": 0.5, "gateways": {"rsa": 1}, "cells": [{"variable": "departement", "item": "d29", "rate": 0.3}]}}})");
  const Pass pass({with_parameter("base", "", 0), other});
  const Comparison together = pass.compare();
  EXPECT_EQ(report::results_json(together.runs[1]),
            report::results_json(run_scenario(other, pass.laws[1], pass.population, {.threads = 1})));
}

TEST(CompareScenarios, a_trait_that_the_law_lacks_is_told_with_its_place) {
  Scenario other = with_parameter("other", "", 0);
  other.file = "s.json";
  for (takeup::Behaviour& behaviour : other.take_up) {
    if (behaviour.benefit == "rsa") behaviour.cells = {{"departement", "d299", 0.5}};
  }
  const Pass pass({with_parameter("base", "", 0), other});
  try {
    pass.compare();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()),
              "s.json: take_up/rsa/cells/0: error: 'departement' has no item 'd299' (did you mean 'd29'?)");
  }
}

TEST(CompareScenarios, what_is_not_asked_alike_is_refused) {
  Scenario other = with_parameter("other", "", 0);
  other.seed = 2;
  const Pass pass({with_parameter("base", "", 0), other});
  EXPECT_THROW(pass.compare(), Error);
}

}  // namespace
}  // namespace labacces::scenario
