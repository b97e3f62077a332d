// What must hold for the French law as a whole: it compiles at every date of change, and nothing in it is unused.
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "libsim/base/file.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/population/situation.hpp"
#include "libsim/scenario/calculate.hpp"
#include "tests/law/french_law.hpp"

namespace labacces {
namespace {

constexpr const char* one_person = R"({"individus": {"a": {"date_naissance": {"ETERNITY": "1985-02-03"}}}})";

/// Every rule that is in force in `month`, asked for that month (yearly ones for its year).
std::vector<plan::Request> all_rules(const law::Law& law, Month month) {
  std::vector<plan::Request> requests;
  for (const law::Variable& variable : law.variables()) {
    if (variable.is_input || law::Law::in_force(variable.versions, month) == nullptr) continue;
    const bool yearly = variable.periodicity == Periodicity::yearly;
    requests.push_back({variable.name, yearly ? Period::year(month.year()) : Period::month(month)});
  }
  return requests;
}

TEST(FrenchLaw, every_rule_compiles_before_and_after_each_change) {
  const law::Law& law = french_law();
  const Situation situation = read_situation("one", one_person, law.schema());
  const std::array<const law::Law*, 1> laws{&law};
  std::size_t months = 0;
  for (const Month change : law.change_months()) {
    if (change < Month::of(2019, 1)) continue;
    for (const Month month : {change - 1, change}) {
      ++months;
      EXPECT_NO_THROW(plan::build_graph(laws, all_rules(law, month), situation.population)) << to_string(month);
    }
  }
  EXPECT_GT(months, 60U);
}

TEST(FrenchLaw, seven_benefits_hold_from_2019_to_2026) {
  const law::Law& law = french_law();
  const Situation situation = read_situation("one", one_person, law.schema());
  const std::array<const law::Law*, 1> laws{&law};
  for (Month month = Month::of(2019, 1); month <= Month::of(2026, 12); month = month + 1) {
    std::vector<plan::Request> requests;
    for (const char* name : {"rsa", "ppa", "aide_logement", "af", "cf", "asf", "paje_base"})
      requests.push_back({name, Period::month(month)});
    EXPECT_NO_THROW(plan::build_graph(laws, requests, situation.population)) << to_string(month);
  }
}

/// Read by readers and reports, by no rule yet.
bool only_describes(const std::string& input) {
  return std::set<std::string>{"departement",      "region", "commune_type", "distance_guichet_km",
                               "surface_logement", "sexe",   "diplome",      "competences_numeriques"}
      .contains(input);
}

TEST(FrenchLaw, no_parameter_table_scale_or_input_is_unused) {
  const law::Law& law = french_law();
  std::vector<bool> params(law.params().size()), tables(law.tables().size()), scales(law.scales().size()),
      variables(law.variables().size());
  for (std::size_t i = 0; i < law.expr_count(); ++i) {
    const law::Expr& expr = law.expr(law::ExprId{static_cast<std::uint32_t>(i)});
    if (expr.kind == law::ExprKind::param) params[expr.index] = true;
    if (expr.kind == law::ExprKind::table) tables[expr.index] = true;
    if (expr.kind == law::ExprKind::scale) scales[expr.index] = true;
    if (expr.kind == law::ExprKind::variable) variables[expr.index] = true;
  }
  for (std::size_t i = 0; i < params.size(); ++i) EXPECT_TRUE(params[i]) << law.params()[i].name;
  for (std::size_t i = 0; i < tables.size(); ++i) EXPECT_TRUE(tables[i]) << law.tables()[i].name;
  for (std::size_t i = 0; i < scales.size(); ++i) EXPECT_TRUE(scales[i]) << law.scales()[i].name;
  for (std::size_t i = 0; i < variables.size(); ++i) {
    if (law.variables()[i].is_input && !only_describes(law.variables()[i].name)) {
      EXPECT_TRUE(variables[i]) << law.variables()[i].name;
    }
  }
}

TEST(FrenchLaw, health_energy_and_school_hold_from_2019_to_2026) {
  const law::Law& law = french_law();
  const Situation situation = read_situation("one", one_person, law.schema());
  const std::array<const law::Law*, 1> laws{&law};
  for (Month month = Month::of(2019, 1); month <= Month::of(2026, 12); month = month + 1) {
    std::vector<plan::Request> requests{{"cheque_energie", Period::year(month.year())}};
    const char* const paid = month < Month::of(2019, 11) ? "acs" : "css_participation_forfaitaire";
    for (const char* name : {"cmu_c", paid, "bourse_college", "bourse_lycee", "bourses_versees"})
      requests.push_back({name, Period::month(month)});
    EXPECT_NO_THROW(plan::build_graph(laws, requests, situation.population)) << to_string(month);
  }
}

TEST(FrenchLaw, every_value_and_rule_has_a_reference) {
  const law::Law& law = french_law();
  for (const law::Param& param : law.params()) {
    for (const auto& version : param.versions)
      EXPECT_FALSE(param.references.empty() && version.references.empty()) << param.name << " " << to_string(version.since);
  }
  for (const law::Table& table : law.tables()) {
    for (const auto& version : table.versions)
      EXPECT_FALSE(table.references.empty() && version.references.empty()) << table.name << " " << to_string(version.since);
  }
  for (const law::Scale& scale : law.scales()) {
    for (const auto& version : scale.versions)
      EXPECT_FALSE(scale.references.empty() && version.references.empty()) << scale.name << " " << to_string(version.since);
  }
  for (const law::Variable& variable : law.variables()) {
    if (!variable.is_input) {
      EXPECT_FALSE(variable.references.empty()) << variable.name;
    }
  }
}

TEST(FrenchLaw, under_the_strict_reading_a_child_counts_from_birth) {
  constexpr const char* expecting = R"({"individus": {"a": {"date_naissance": {"ETERNITY": "1985-02-03"}},
    "e": {"date_naissance": {"ETERNITY": "2025-09-10"}}}, "familles": {"f": {"parents": ["a"], "enfants": ["e"], "paje_base": {"2025-06": null}}},
    "foyers_fiscaux": {"f": {"declarants": ["a"], "personnes_a_charge": ["e"]}}, "menages": {"m": {"personne_de_reference": ["a"], "enfants": ["e"]}}})";
  const std::string path = std::string(LABACCES_SOURCE_DIR) + "/scenarios/lecture_stricte.law";
  std::vector<law::LawText> texts{{path, read_file(path)}};
  for (const EmbeddedFile& file : embedded_law("france")) texts.push_back({std::string(file.name), std::string(file.text)});
  const law::Law strict = law::load_law_or_throw(std::move(texts), {"lecture_stricte"});
  const auto paje = [&](const law::Law& law) {
    return scenario::calculate(law, read_situation("expecting", expecting, law.schema())).text;
  };
  EXPECT_NE(paje(french_law()).find("197.575"), std::string::npos) << paje(french_law());
  EXPECT_EQ(paje(strict).find("197.575"), std::string::npos) << paje(strict);
}

}  // namespace
}  // namespace labacces
