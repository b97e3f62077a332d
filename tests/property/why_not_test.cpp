// `explain --why-not` on random households: each change that it names does open the right, and the conditions too.
#include <gtest/gtest.h>

#include <array>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>

#include "libsim/base/error.hpp"
#include "libsim/base/parallel.hpp"
#include "libsim/engine/run.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/population/situation.hpp"
#include "libsim/scenario/run_scenario.hpp"
#include "libsim/scenario/why_not.hpp"
#include "tests/property/dice.hpp"
#include "tests/property/property_case.hpp"

namespace labacces::property {
namespace {

using Json = nlohmann::ordered_json;
constexpr int usual_households = 1'000;
const Month month = Month::of(2025, 6);
constexpr std::array rights{"rsa", "ppa", "aide_logement", "af", "cf", "aspa", "paje_base", "cmu_c"};

Json yearly(double amount) { return {{"2023", amount}, {"2024", amount}, {"2025", amount}}; }

/// One or two adults and up to four children, with wages, pensions, rent and states of all sorts.
Json household(Dice& dice) {
  Json out;
  const int adults = dice.between(1, 2);
  const int children = dice.chance(0.4) ? 0 : dice.between(1, 4);
  for (int i = 0; i < adults; ++i) {
    const std::string id = "adult_" + std::to_string(i);
    Json& person = out["individus"][id];
    person["date_naissance"]["ETERNITY"] =
        std::to_string(dice.between(1940, 2006)) + "-0" + std::to_string(dice.between(1, 9)) + "-15";
    if (dice.chance(0.7)) person["salaire_net"] = yearly(12.0 * dice.between(0, 4000));
    if (person.contains("salaire_net") && dice.chance(0.7)) {
      const double net = person["salaire_net"]["2025"];
      person["salaire_imposable"] = yearly(1.04 * net);
    }
    if (dice.chance(0.15)) person["retraite_nette"] = yearly(12.0 * dice.between(200, 2500));
    if (dice.chance(0.15)) person["chomage_net"] = yearly(12.0 * dice.between(200, 2000));
    if (dice.chance(0.2)) {
      const std::string state(dice.pick({"etudiant", "chomeur", "inactif"}));
      person["activite"] = {{"2024", state}, {"2025", state}};
    }
    out["familles"]["f"]["parents"].push_back(id);
    out["foyers_fiscaux"]["t"]["declarants"].push_back(id);
    out["menages"]["m"][i == 0 ? "personne_de_reference" : "conjoint"] = Json::array({id});
  }
  for (int i = 0; i < children; ++i) {
    const std::string id = "child_" + std::to_string(i);
    out["individus"][id]["date_naissance"]["ETERNITY"] = std::to_string(dice.between(2006, 2024)) + "-03-10";
    out["familles"]["f"]["enfants"].push_back(id);
    out["foyers_fiscaux"]["t"]["personnes_a_charge"].push_back(id);
    out["menages"]["m"]["enfants"].push_back(id);
  }
  const bool rents = dice.chance(0.7);
  out["menages"]["m"]["statut_occupation_logement"] = {{"2025", rents ? "locataire_vide" : "proprietaire"}};
  if (rents) out["menages"]["m"]["loyer"] = {{"2025", 12 * dice.between(150, 1200)}};
  return out;
}

/// Computed from the text alone, as `calculate` does.
double right_of(const law::Law& law, const Schema& schema, const std::string& situation, const std::string& variable,
                const std::string& unit) {
  const Population people = read_situation("changed", situation, schema).population;
  const law::Law* laws[] = {&law};
  const plan::Request request{variable, Period::month(month)};
  const std::vector<double> values =
      engine::run(plan::schedule(plan::build_graph(laws, {&request, 1}, people)), people, {.threads = 1})[0];
  const auto& ids = people.ids(law.variables()[*law.find_variable(variable)].level);
  for (std::size_t row = 0; row < ids.size(); ++row) {
    if (ids[row] == unit) return values[row];
  }
  throw Error("there is no unit '" + unit + "'");
}

std::string some_right(Dice& dice) { return rights[static_cast<std::size_t>(dice.below(static_cast<int>(rights.size())))]; }

TEST(WhyNot, applying_a_change_opens_the_right) {
  const int households = case_count(usual_households);
  const law::Law law = scenario::scenario_law(scenario::base_scenario());
  const Schema schema = law.schema();
  std::mutex told;
  int helped = 0, changes = 0;
  for_each_chunk(static_cast<std::size_t>(households), 0, [&](std::size_t i, unsigned) {
    Dice dice(first_seed() + i, "why not");
    const std::string situation = household(dice).dump();
    const std::string variable = some_right(dice);
    const std::string unit = law.variables()[*law.find_variable(variable)].level == Level::individu ? "adult_0" : "f";
    const auto found = scenario::opening_changes(law, "s", situation, variable, Period::month(month), unit);
    for (const scenario::OpeningChange& change : found) {
      const double before = right_of(law, schema, situation, variable, unit);
      const double after = right_of(law, schema, change.situation, variable, unit);
      const std::scoped_lock lock(told);
      EXPECT_EQ(before, 0.0) << variable << ": " << change.what << "\n" << situation;
      EXPECT_GT(after, 0.0) << variable << ": " << change.what << "\n" << situation;
      EXPECT_EQ(after, change.right) << variable << ": " << change.what << "\n" << situation;
    }
    const std::scoped_lock lock(told);
    changes += static_cast<int>(found.size());
    helped += found.empty() ? 0 : 1;
  });
  std::cout << changes << " changes open the right of " << helped << " of " << households << " households\n";
  EXPECT_GT(helped, households / 10);
}

TEST(WhyNot, a_condition_told_opens_the_right) {
  const law::Law law = scenario::scenario_law(scenario::base_scenario());
  std::mutex told;
  std::size_t conditions = 0;
  for_each_chunk(8, 0, [&](std::size_t i, unsigned) {
    Dice dice(first_seed() + i, "why not");
    const std::string situation = household(dice).dump();
    const std::string variable = some_right(dice);
    const scenario::WhyNot found = scenario::why_not(law, "s", situation, variable, Period::month(month), "");
    const std::scoped_lock lock(told);
    conditions += found.conditions.size();
    for (const scenario::FailedCondition& condition : found.conditions) {
      EXPECT_GT(condition.right, 0.0) << variable << ": " << condition.variable << "\n" << situation;
      EXPECT_NE(condition.now, condition.otherwise);
    }
  });
  EXPECT_GT(conditions, 2U);
}

}  // namespace
}  // namespace labacces::property
