#include "libsim/scenario/why_not.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "libsim/base/file.hpp"
#include "libsim/population/situation.hpp"
#include "libsim/scenario/explain.hpp"
#include "libsim/scenario/run_scenario.hpp"

namespace labacces::scenario {
namespace {

const law::Law& french() {
  static const law::Law law = scenario_law(base_scenario());
  return law;
}

double right_of(const std::string& situation, const std::string& variable, const std::string& unit, Period period) {
  const Situation read = read_situation("changed", situation, french().schema());
  return explain(french(), read.population, variable, period, unit).values[0].number;
}

std::string one_person(const std::string& birth, int wage, const std::string& more = "") {
  return R"({"individus": {"a": {"date_naissance": {"ETERNITY": ")" + birth + R"("}, "salaire_net": {"2024": )" +
         std::to_string(12 * wage) + R"(, "2025": )" + std::to_string(12 * wage) + "}" + more +
         R"(}}, "familles": {"f": {"parents": ["a"]}}, "foyers_fiscaux": {"t": {"declarants": ["a"]}},
    "menages": {"m": {"personne_de_reference": ["a"], "loyer": {"2025": 6000}, "statut_occupation_logement": {"2025": "locataire_vide"}}}})";
}

TEST(WhyNot, an_open_right_needs_nothing) {
  const WhyNot found = why_not(french(), "s", one_person("1990-01-01", 0), "rsa", Period::month(Month::of(2025, 6)), "f");
  EXPECT_GT(found.right, 0.0);
  EXPECT_TRUE(found.conditions.empty() && found.changes.empty());
}

TEST(WhyNot, who_earns_too_much_is_told_the_highest_wage_that_opens_the_right) {
  const std::string situation = one_person("1990-01-01", 1500);
  const WhyNot found = why_not(french(), "s", situation, "rsa", Period::month(Month::of(2025, 6)), "f");
  EXPECT_EQ(found.right, 0.0);
  ASSERT_FALSE(found.changes.empty());
  const OpeningChange& wage = found.changes[0];
  EXPECT_EQ(wage.what, "salaire_net of a");
  EXPECT_GT(wage.right, 0.0);
  // A hundredth more of the wage closes it again.
  nlohmann::json higher = nlohmann::json::parse(situation);
  for (auto& year : higher["individus"]["a"]["salaire_net"]) year = year.get<double>() * wage.factor * 1.01;
  EXPECT_EQ(right_of(higher.dump(), "rsa", "f", Period::month(Month::of(2025, 6))), 0.0);
}

TEST(WhyNot, who_is_too_young_is_told_the_condition_of_age_with_its_article) {
  const WhyNot found = why_not(french(), "s", one_person("2003-01-01", 0), "rsa", Period::month(Month::of(2025, 6)), "f");
  bool age = false;
  for (const FailedCondition& condition : found.conditions) {
    age = age || (condition.variable == "rsa_condition_individu" && condition.now == "no" && !condition.references.empty());
    EXPECT_GT(condition.right, 0.0) << condition.variable;
  }
  EXPECT_TRUE(age);
  bool child = false;
  for (const OpeningChange& change : found.changes) child = child || change.what == "a child of five more";
  EXPECT_TRUE(child);
}

TEST(WhyNot, a_state_that_closes_the_right_is_named_with_those_that_open_it) {
  const WhyNot found =
      why_not(french(), "s", one_person("1990-01-01", 0, R"(, "activite": {"2024": "etudiant", "2025": "etudiant"})"), "rsa",
              Period::month(Month::of(2025, 6)), "f");
  bool student = false;
  for (const FailedCondition& condition : found.conditions)
    student = student || (condition.variable == "activite" && condition.now == "etudiant" && condition.otherwise == "chomeur");
  EXPECT_TRUE(student);
}

// Applying a change does open the right, for households with wages and rents of all sizes.
TEST(WhyNot, each_change_opens_the_right) {
  int changes = 0;
  for (int wage = 800; wage <= 3200; wage += 600) {
    for (const char* variable : {"rsa", "ppa", "aide_logement"}) {
      const WhyNot found =
          why_not(french(), "s", one_person("1985-05-05", wage), variable, Period::month(Month::of(2025, 6)), "f");
      for (const OpeningChange& change : found.changes) {
        ++changes;
        EXPECT_EQ(right_of(change.situation, variable, "f", Period::month(Month::of(2025, 6))), change.right) << change.what;
        EXPECT_GT(change.right, 0.0) << change.what;
      }
    }
  }
  EXPECT_GT(changes, 8);
}

/// Two households in one file: what is said of the second concerns nobody else.
TEST(WhyNot, other_households_of_the_file_have_no_part) {
  const std::string both =
      R"({"individus": {"rich": {"date_naissance": {"ETERNITY": "1990-01-01"}, "salaire_net": {"2024": 90000, "2025": 90000}},
         "a": {"date_naissance": {"ETERNITY": "1990-01-01"}, "salaire_net": {"2024": 18000, "2025": 18000}}},
      "familles": {"r": {"parents": ["rich"]}, "f": {"parents": "a"}}, "foyers_fiscaux": {"r": {"declarants": ["rich"]}, "t": {"declarants": ["a"]}},
      "menages": {"r": {"personne_de_reference": "rich", "loyer": {"2025": 12000}}, "m": {"personne_de_reference": ["a"]}}})";
  const WhyNot found = why_not(french(), "s", both, "rsa", Period::month(Month::of(2025, 6)), "f");
  ASSERT_FALSE(found.changes.empty());
  for (const OpeningChange& change : found.changes) {
    EXPECT_EQ(change.what.find("rich"), std::string::npos);
    EXPECT_EQ(change.situation.find("rich"), std::string::npos);
    EXPECT_NEAR(right_of(change.situation, "rsa", "f", Period::month(Month::of(2025, 6))), change.right, 1e-9);
  }
  for (const FailedCondition& condition : found.conditions) EXPECT_NE(condition.unit, "rich");
}

}  // namespace
}  // namespace labacces::scenario
