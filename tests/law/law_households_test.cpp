// Random households with every input, against what OpenFisca-France 176.0.7 computes for them (docs/differences.md).
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "libsim/base/file.hpp"
#include "libsim/population/situation.hpp"
#include "libsim/scenario/calculate.hpp"
#include "tests/law/french_law.hpp"

namespace labacces {
namespace {

using Json = nlohmann::json;

const std::string folder = std::string(LABACCES_SOURCE_DIR) + "/tests/law/households/";

double number(const Json& value) { return value.is_boolean() ? static_cast<double>(value.get<bool>()) : value.get<double>(); }

/// Share of values, of those where either side is not zero, that agree within one euro a month.
double agreement(const std::string& name, const std::set<std::string>& variables, const law::Law& law = french_law()) {
  const std::string stem = folder + name;
  const Situation situation = read_situation(stem + ".situation.json", read_file(stem + ".situation.json"), law.schema());
  const Json computed = Json::parse(scenario::calculate(law, situation).text);
  const Json expected = Json::parse(read_file(stem + ".expected.json"));
  std::size_t agree = 0, all = 0;
  for (const auto& [entity, units] : expected.items()) {
    for (const auto& [id, values] : units.items()) {
      for (const auto& [variable, periods] : values.items()) {
        if (!variables.contains(variable)) continue;
        for (const auto& [period, value] : periods.items()) {
          const double want = number(value);
          const double got = number(computed.at(entity).at(id).at(variable).at(period));
          if (std::abs(want) < 0.005 && std::abs(got) < 0.005) continue;
          ++all;
          if (std::abs(want - got) <= (period.size() == 4 ? 12.0 : 1.0) + 1e-9) ++agree;
        }
      }
    }
  }
  EXPECT_GT(all, 100U);
  return static_cast<double>(agree) / static_cast<double>(all);
}

const std::set<std::string> seven{"rsa", "ppa", "aide_logement", "af", "cf", "asf", "paje_base"};
const std::set<std::string> inside{"aah", "asi", "aspa", "rsa_socle", "rsa_forfait_logement", "rsa_base_ressources", "ppa_base_ressources",
                                   "ppa_forfait_logement", "prestations_familiales_base_ressources", "aide_logement_loyer_retenu"};

const std::set<std::string> taxes{"impot_revenu_restant_a_payer", "rfr"};

// A child of h80 is three on 22 January (CSS R552-3): its allocation de base is a complément familial here, two of these values.
TEST(LawHouseholds, seven_benefits_agree_in_january_2024) { EXPECT_GE(agreement("y2024-01", seven), 0.980); }
TEST(LawHouseholds, seven_benefits_agree_in_june_2025) { EXPECT_GE(agreement("y2025-06", seven), 0.982); }
TEST(LawHouseholds, what_stands_behind_them_agrees_in_january_2024) { EXPECT_GE(agreement("y2024-01", inside), 0.997); }
// The allocation de base of a newborn, which a lone parent keeps (CASF R262-11 2°), is in four of these values.
TEST(LawHouseholds, what_stands_behind_them_agrees_in_june_2025) { EXPECT_GE(agreement("y2025-06", inside), 0.993); }
TEST(LawHouseholds, income_taxes_agree_in_january_2024) { EXPECT_GE(agreement("y2024-01", taxes), 0.986); }
TEST(LawHouseholds, income_taxes_agree_in_june_2025) { EXPECT_GE(agreement("y2025-06", taxes), 0.965); }

/// The law as OpenFisca-France reads it where it departs from the texts.
law::Law as_openfisca_reads_it() {
  std::vector<law::LawText> texts{{folder + "lecture_openfisca.law", read_file(folder + "lecture_openfisca.law")}};
  for (const EmbeddedFile& file : embedded_law("france")) texts.push_back({std::string(file.name), std::string(file.text)});
  return law::load_law_or_throw(std::move(texts), {"lecture_openfisca"});
}

const std::set<std::string> health_and_energy{"cmu_c", "css_participation_forfaitaire", "cheque_energie"};

TEST(LawHouseholds, health_and_energy_differ_by_the_readings_that_are_listed_and_by_nothing_else) {
  const law::Law law = as_openfisca_reads_it();
  EXPECT_GE(agreement("y2024-01", health_and_energy, law), 0.99);
  EXPECT_GE(agreement("y2025-06", health_and_energy, law), 0.98);
}

const std::set<std::string> family{"af", "cf", "asf", "paje_base", "ars"};

TEST(LawHouseholds, family_benefits_differ_by_the_readings_that_are_listed_and_by_nothing_else) {
  const law::Law law = as_openfisca_reads_it();
  EXPECT_EQ(agreement("y2024-01", family, law), 1.0);
  EXPECT_EQ(agreement("y2025-06", family, law), 1.0);
}

TEST(LawHouseholds, income_taxes_differ_by_the_readings_that_are_listed_and_by_nothing_else) {
  const law::Law law = as_openfisca_reads_it();
  EXPECT_EQ(agreement("y2024-01", taxes, law), 1.0);
  EXPECT_EQ(agreement("y2025-06", taxes, law), 1.0);
}

// What is left comes from RSA, prime d'activité and housing aid around a birth and at the minimum paid.
TEST(LawHouseholds, disposable_income_differs_by_its_benefits) {
  const law::Law law = as_openfisca_reads_it();
  EXPECT_GE(agreement("y2024-01", {"revenu_disponible"}, law), 0.966);
  EXPECT_GE(agreement("y2025-06", {"revenu_disponible"}, law), 0.973);
}

}  // namespace
}  // namespace labacces
