// Each kind of inconsistency: a small file that has it, and the kinds, counts and first ids that the check gives.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "libsim/population/check/check_population.hpp"
#include "libsim/population/csv_population.hpp"
#include "tests/unit/population/small_schema.hpp"

namespace labacces {
namespace {

VariableInfo enumeration(std::string name, Level level, std::vector<std::string> items) {
  VariableInfo info = variable(std::move(name), level, ValueKind::enumeration, Periodicity::monthly, "enum");
  info.item_labels = items;
  info.items = std::move(items);
  return info;
}

/// More of the names of the French law.
Schema schema_of_checks() {
  Schema schema;
  const Schema small = small_schema();
  for (VariableInfo info : small.variables()) {
    if (info.name == "statut_occupation_logement") continue;
    schema.add(info);
  }
  schema.add(enumeration("statut_occupation_logement", Level::menage,
                         {"proprietaire", "locataire_hlm", "locataire_vide", "loge_gratuitement"}));
  schema.add(enumeration("statut_marital", Level::individu, {"celibataire", "marie", "pacse"}));
  schema.add(enumeration("zone_apl", Level::menage, {"zone_1", "zone_2"}));
  schema.add(enumeration("departement", Level::menage, {"d35", "autre"}));
  for (const char* name : {"salaire_de_base", "retraite_nette", "revenus_capital"})
    schema.add(variable(name, Level::individu, ValueKind::number, Periodicity::monthly, "EUR/month"));
  schema.add(variable("date_debut_chomage", Level::individu, ValueKind::date, Periodicity::eternal, "date"));
  schema.add(variable("handicap", Level::individu, ValueKind::yes_no, Periodicity::monthly, "yes_no"));
  return schema;
}

std::vector<CheckFinding> check(const std::string& csv, CheckOptions options = {}) {
  options.period = Month::of(2025, 6);
  const Schema schema = schema_of_checks();
  const Population population =
      read_csv_texts({.source = "people.csv", .files = {{Level::individu, {"people.csv", csv}}}}, schema);
  return check_population(population, schema, options);
}

/// "error kind 2, ..." of all but the note that there are no weights.
std::string kinds(const std::vector<CheckFinding>& findings) {
  std::string result;
  for (const CheckFinding& one : findings) {
    if (one.kind == "no_weights") continue;
    result += (result.empty() ? "" : ", ") + std::string(name_of(one.level)) + " " + one.kind +
              (one.variable.empty() ? "" : " " + one.variable) + " " + std::to_string(one.count);
  }
  return result;
}

const std::string links = "id,idmen,quimen,idfam,quifam,idfoy,quifoy,date_naissance";
/// Persons of one dwelling, family and tax unit: "role birth values...".
std::string household(const std::string& columns, const std::vector<std::string>& persons) {
  std::string csv = links + columns + "\n";
  int id = 1;
  for (const std::string& person : persons) {
    const std::string role = person.substr(0, 1);
    csv += std::to_string(id++) + ",1," + role + ",1," + role + ",1," + role + "," + person.substr(2) + "\n";
  }
  return csv;
}
std::string found(const std::string& columns, const std::vector<std::string>& persons) {
  return kinds(check(household(columns, persons)));
}

TEST(PopulationCheck, a_sound_household_has_nothing_to_tell_but_that_it_has_no_weight) {
  const auto findings =
      check(household(",activite,salaire_net", {"0 1980-01-01,actif,1800", "1 1982-01-01,inactif,0", "2 2015-01-01,,"}));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].kind, "no_weights");
  EXPECT_EQ(findings[0].count, 0U);
}

// ---------------------------------------------------------------- units

TEST(PopulationCheck, ages_of_children_and_parents) {
  EXPECT_EQ(found("", {"0 1980-01-01", "2 1979-01-01"}),
            "error child_older_than_parents 1, warning dependant_over_age 1, warning family_child_of_25 1");
  EXPECT_EQ(found("", {"0 2000-01-01", "2 2011-06-01"}), "warning parent_under_12_years_older 1");
  EXPECT_EQ(found("", {"0 2000-01-01", "1 2014-01-01", "2 2020-01-01"}),
            "warning child_declares 1, warning child_heads_family 1");
}

TEST(PopulationCheck, a_child_who_is_a_family_among_adults) {
  const std::string csv = links + "\n1,1,0,1,0,1,0,1980-01-01\n2,1,2,2,0,1,2,2015-01-01\n";
  EXPECT_EQ(kinds(check(csv)), "error child_in_no_family 1");
}

TEST(PopulationCheck, a_dwelling_without_adults) { EXPECT_EQ(found("", {"0 2008-01-01"}), "warning dwelling_without_adult 1"); }

TEST(PopulationCheck, dependants_over_age_unless_they_study_or_are_disabled) {
  EXPECT_EQ(found("", {"0 1975-01-01", "2 2003-12-31"}), "warning dependant_over_age 1");
  EXPECT_EQ(found(",activite", {"0 1975-01-01,", "2 2003-12-31,etudiant"}), "");
  EXPECT_EQ(found(",handicap", {"0 1975-01-01,", "2 2003-12-31,1"}), "");
}

TEST(PopulationCheck, couples_against_marital_status) {
  EXPECT_EQ(found(",statut_marital", {"0 1980-01-01,celibataire", "1 1980-01-01,celibataire"}),
            "warning unmarried_in_one_tax_unit 1");
  const std::string apart = links + ",statut_marital\n1,1,0,1,0,1,0,1980-01-01,marie\n2,1,1,1,1,2,0,1980-01-01,marie\n";
  EXPECT_EQ(kinds(check(apart)), "warning spouses_in_two_tax_units 1");
  EXPECT_EQ(found(",statut_marital", {"0 1980-01-01,celibataire", "2 2015-01-01,marie"}), "error married_child 1");
}

TEST(PopulationCheck, units_over_several_dwellings) {
  const std::string csv = links + "\n1,1,0,1,0,1,0,1980-01-01\n2,2,0,1,1,1,1,1980-01-01\n3,2,2,1,2,1,2,2015-01-01\n";
  EXPECT_EQ(kinds(check(csv)),
            "warning couple_in_two_dwellings 1, note family_child_elsewhere 1, note tax_unit_over_dwellings 1");
}

// ---------------------------------------------------------------- persons

TEST(PopulationCheck, births_that_cannot_be) {
  EXPECT_EQ(found("", {"0 1902-01-01"}), "error age_over_122 1");
  EXPECT_EQ(found("", {"0 1919-01-01"}), "warning age_over_105 1");
  EXPECT_EQ(found("", {"0 1980-01-01", "2 2025-12-01"}), "note not_born_yet 1");
  EXPECT_EQ(found("", {"0 1980-01-01", "2 2026-12-01"}), "error birth_in_future 1");
  EXPECT_EQ(found("", {"0 1980-01-01", "2 "}), "error birth_missing 1");
}

TEST(PopulationCheck, other_dates_in_the_future) {
  EXPECT_EQ(found(",date_debut_chomage", {"0 1980-01-01,2025-07-01", "1 1980-01-01,9999-12-31"}),
            "warning date_in_future date_debut_chomage 1");
}

TEST(PopulationCheck, activity_against_age_and_incomes) {
  EXPECT_EQ(found(",activite", {"0 1965-01-01,etudiant"}), "warning student_of_60 1");
  EXPECT_EQ(found(",activite", {"0 1980-01-01,retraite"}), "warning retired_under_50 1");
  EXPECT_EQ(found(",activite", {"0 1950-01-01,chomeur"}), "warning unemployed_over_70 1");
  EXPECT_EQ(found(",activite,salaire_net", {"0 1980-01-01,actif,0"}), "warning employed_without_pay 1");
  EXPECT_EQ(found(",activite", {"0 1980-01-01,actif"}), "");  // no column of pay: nothing is known
  EXPECT_EQ(found(",activite,retraite_nette", {"0 1950-01-01,retraite,"}), "warning retired_without_pension 1");
  EXPECT_EQ(found(",activite,salaire_net", {"0 1980-01-01,inactif,2000"}), "note full_pay_without_work 1");
  EXPECT_EQ(found(",activite,salaire_net", {"0 1980-01-01,inactif,0", "2 2015-01-01,actif,100"}),
            "warning activity_of_a_child 1, warning pay_of_a_child 1");
  EXPECT_EQ(found(",salaire_net,salaire_de_base", {"0 1980-01-01,2000,1900"}), "warning net_pay_over_gross 1");
}

// ---------------------------------------------------------------- amounts

TEST(PopulationCheck, amounts_out_of_range) {
  EXPECT_EQ(found(",salaire_net", {"0 1980-01-01,-5"}), "error negative_amount salaire_net 1");
  EXPECT_EQ(found(",revenus_capital", {"0 1980-01-01,-5"}), "");  // a loss
  EXPECT_EQ(found(",salaire_net@2024", {"0 1980-01-01,600001"}), "warning extreme_amount salaire_net 1");
  EXPECT_EQ(found(",taux_incapacite", {"0 1980-01-01,80"}), "error share_out_of_range taux_incapacite 1");
  EXPECT_EQ(found(",loyer", {"0 1980-01-01,-300"}), "error negative_amount loyer 1");
}

TEST(PopulationCheck, histories_with_holes_and_leaps) {
  EXPECT_EQ(found(",salaire_net@2024-01,salaire_net@2024-02,salaire_net@2024-03", {"0 1980-01-01,1500,,1500"}),
            "warning month_missing salaire_net 1");
  EXPECT_EQ(found(",salaire_net@2024-01,salaire_net@2024-03", {"0 1980-01-01,1500,1500"}), "warning month_missing salaire_net 1");
  EXPECT_EQ(found(",salaire_net@2024,salaire_net@2024-01,salaire_net@2024-03", {"0 1980-01-01,18000,1500,1500"}), "");
  EXPECT_EQ(found(",salaire_net@2024-01,salaire_net@2024-02", {"0 1980-01-01,15,1501"}), "warning income_jump salaire_net 1");
  EXPECT_EQ(found(",salaire_net@2024-01,salaire_net@2024-02", {"0 1980-01-01,0,1501"}), "");
}

TEST(PopulationCheck, a_year_that_is_not_the_sum_of_its_months) {
  std::string columns = ",salaire_net@2024";
  std::string values = "0 1980-01-01,12000";
  for (int month = 1; month <= 12; ++month) {
    columns += ",salaire_net@2024-" + std::string(month < 10 ? "0" : "") + std::to_string(month);
    values += ",1000";
  }
  EXPECT_EQ(found(columns, {values}), "");
  values.replace(values.find("12000"), 5, "15000");
  EXPECT_EQ(found(columns, {values}), "warning year_differs_from_months salaire_net 1");
}

// ---------------------------------------------------------------- dwellings and weights

TEST(PopulationCheck, tenure_rent_and_zone) {
  EXPECT_EQ(found(",statut_occupation_logement,loyer", {"0 1980-01-01,locataire_vide,0"}), "warning tenant_without_rent 1");
  EXPECT_EQ(found(",statut_occupation_logement,loyer", {"0 1980-01-01,proprietaire,500"}), "warning rent_without_lease 1");
  EXPECT_EQ(found(",zone_apl,departement", {"0 1980-01-01,zone_1,d35"}), "error zone_1_outside_paris 1");
  EXPECT_EQ(found(",zone_apl,departement", {"0 1980-01-01,zone_1,autre"}), "");
}

std::string weighted(const std::vector<std::string>& weights) {
  std::string csv = links + ",wprm\n";
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const std::string id = std::to_string(i + 1);
    csv += id + "," + id + ",0," + id + ",0," + id + ",0,1980-01-01," + weights[i] + "\n";
  }
  return csv;
}

TEST(PopulationCheck, weights) {
  EXPECT_EQ(kinds(check(weighted({"2", "3", "0", "301"}))), "warning extreme_weight 1, warning weight_of_zero 1");
  EXPECT_EQ(kinds(check(weighted({"0", "0"}))), "error no_weight_at_all 0");
  EXPECT_EQ(kinds(check(weighted({"2", "2"}), {.replicates = {{2, 2}, {1, 3}, {9, 9}}})),
            "warning replicate_is_the_weight 0, warning replicate_total_differs 0");
}

// ---------------------------------------------------------------- inputs needed

TEST(PopulationCheck, inputs_that_are_read_and_are_not_there) {
  const std::vector<NeededInput> needed{{"salaire_net", Month::of(2025, 3).index, Month::of(2025, 5).index, {"rsa"}},
                                        {"loyer", Month::of(2025, 5).index, Month::of(2025, 5).index, {"rsa"}}};
  const auto findings = check(household(",salaire_net@2025-04,salaire_net@2025-05", {"0 1980-01-01,1,1"}), {.needed = needed});
  // small_schema has inputs without a default.
  EXPECT_EQ(kinds(findings), "error input_missing loyer 0, error input_missing salaire_net 0");
  EXPECT_NE(findings[1].text.find("2025-03 to 2025-03"), std::string::npos) << findings[1].text;
  EXPECT_EQ(kinds(check(household(",salaire_net@2025,loyer", {"0 1980-01-01,12,1", "1 1980-01-01,,1"}), {.needed = needed})),
            "error input_missing_for_some salaire_net 1");
}

// ---------------------------------------------------------------- what a finding holds

TEST(PopulationCheck, the_first_ten_are_those_of_the_file_and_all_are_counted) {
  std::string csv = links + "\n";
  for (int i = 30; i > 0; --i) {
    const std::string id = std::to_string(i);
    csv += id + "," + id + ",0," + id + ",0," + id + ",0,1902-01-01\n";
  }
  const auto findings = check(csv);
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings[0].count, 30U);
  ASSERT_EQ(findings[0].first.size(), 10U);
  EXPECT_EQ(findings[0].first[0], 29);  // id 30 comes first in the file and last in canonical order
  EXPECT_EQ(findings[0].first[9], 20);
}

}  // namespace
}  // namespace labacces
