// One person: birth, age against activity, activity against incomes.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "libsim/population/check/codes.hpp"
#include "libsim/population/check/findings.hpp"
#include "libsim/population/check/monthly_values.hpp"
#include "libsim/population/units/unit_rules.hpp"

namespace labacces::check {
namespace {

constexpr int oldest_ever = 122;  // Jeanne Calment, 1875-1997
constexpr int very_old = 105;
constexpr int months_before_birth = 9;
constexpr double working_hours = 151.67;  // a month at 35 hours (Code du travail L3121-27)
constexpr double net_of_gross = 0.79;     // net pay at the minimum wage, about, as a share of gross

constexpr Kind no_birth{"birth_missing", CheckLevel::error, Level::individu, "date_naissance is not given"};
constexpr Kind born_later{"birth_in_future", CheckLevel::error, Level::individu, "born more than nine months after the period"};
constexpr Kind unborn{"not_born_yet", CheckLevel::note, Level::individu,
                      "born in the nine months after the period: a child expected"};
constexpr Kind too_old{"age_over_122", CheckLevel::error, Level::individu, "older than anybody has been known to be"};
constexpr Kind old{"age_over_105", CheckLevel::warning, Level::individu, "older than 105"};
constexpr Kind future{"date_in_future", CheckLevel::warning, Level::individu, "a day after the period"};
constexpr Kind child_at_work{"activity_of_a_child", CheckLevel::warning, Level::individu,
                             "a person under 14 is at work, unemployed or retired"};
constexpr Kind child_paid{"pay_of_a_child", CheckLevel::warning, Level::individu, "a person under 14 has pay in the period"};
constexpr Kind old_student{"student_of_60", CheckLevel::warning, Level::individu, "a student of 60 or more"};
constexpr Kind young_retired{"retired_under_50", CheckLevel::warning, Level::individu, "retired before 50"};
constexpr Kind old_unemployed{"unemployed_over_70", CheckLevel::warning, Level::individu, "unemployed over 70"};
constexpr Kind unpaid{"employed_without_pay", CheckLevel::warning, Level::individu,
                      "at work in the period, with neither pay nor earnings of self-employment that month or year"};
constexpr Kind no_pension{"retired_without_pension", CheckLevel::warning, Level::individu,
                          "retired, 67 or more, with no pension in the period"};
constexpr Kind paid_out_of_work{"full_pay_without_work", CheckLevel::note, Level::individu,
                                "unemployed or inactive, with the pay of a month's full time work at the minimum wage or more"};
constexpr Kind net_over_gross{"net_pay_over_gross", CheckLevel::warning, Level::individu,
                              "net pay is more than gross pay in the period"};

/// Amounts of one kind: what a person has of any of them in the month.
class Amounts {
 public:
  Amounts(const Population& population, const Schema& schema, std::initializer_list<std::string_view> names, Month month) {
    for (const std::string_view name : names) {
      MonthlyValues values(population, schema, name, month);
      if (values.in_data()) values_.push_back(values);
    }
  }
  bool in_data() const { return !values_.empty(); }
  double largest(std::size_t row) const {
    double result = 0.0;
    for (const MonthlyValues& values : values_) result = std::max(result, values.amount(row));
    return result;
  }
  bool any(std::size_t row) const {
    return std::any_of(values_.begin(), values_.end(), [row](const MonthlyValues& values) { return values.amount(row) != 0.0; });
  }

 private:
  std::vector<MonthlyValues> values_;
};

void check_births(const Population& population, Day day, Findings& findings) {
  const std::vector<std::optional<int>> ages = ages_on(population, day);
  const Day expected = first_day(day.month_of() + months_before_birth + 1);
  const MonthlyValues births(population, Schema{}, "date_naissance", Month{});
  const bool in_data = births.in_data();
  for (std::size_t row = 0; row < ages.size(); ++row) {
    if (!ages[row]) {
      if (in_data) findings.add(no_birth, row);
    } else if (births.amount(row) >= expected.days) {
      findings.add(born_later, row);
    } else if (births.amount(row) > day.days) {
      findings.add(unborn, row);
    } else if (*ages[row] > oldest_ever) {
      findings.add(too_old, row);
    } else if (*ages[row] > very_old) {
      findings.add(old, row);
    }
  }
}

/// Days of other variables that come after the month of the period. 9999-12-31 is how the law writes "never".
void check_dates(const Population& population, const Schema& schema, Month month, Findings& findings) {
  const double end = first_day(month + 1).days;
  const double never_day = Day::of(9999, 12, 31).days;
  for (const VariableData& variable : population.variables()) {
    const VariableInfo* info = schema.find(variable.name);
    if (info == nullptr || info->kind != ValueKind::date || variable.name == "date_naissance") continue;
    for (const PeriodColumn& period : variable.periods) {
      const Column& column = population.columns()[period.column];
      const std::span<const double> cells = column.cells();
      for (std::size_t row = 0; row < cells.size(); ++row) {
        if (is_given(column, row) && cells[row] >= end && cells[row] != never_day)
          findings.add_about(future, variable.level, row, variable.name);
      }
    }
  }
}

}  // namespace

void check_persons(const Population& population, const Schema& schema, const CheckOptions& options, Findings& findings) {
  const Month month = options.period;
  check_births(population, first_day(month), findings);
  check_dates(population, schema, month, findings);

  const std::vector<std::optional<int>> ages = ages_on(population, first_day(month));
  const MonthlyValues activity(population, schema, "activite", month);
  const MonthlyValues net(population, schema, "salaire_net", month);
  const MonthlyValues gross(population, schema, "salaire_de_base", month);
  const Amounts pay(
      population, schema,
      {"salaire_net", "salaire_imposable", "salaire_de_base", "remuneration_apprenti", "traitement_indiciaire_brut"}, month);
  const Amounts other_work(
      population, schema,
      {"indemnites_journalieres", "indemnites_chomage_partiel", "revenus_stage_formation_pro",
       "rpns_auto_entrepreneur_ca_achat_revente", "rpns_auto_entrepreneur_ca_bic", "rpns_auto_entrepreneur_ca_bnc",
       "rpns_micro_entreprise_ca_bic_vente_imp", "rpns_micro_entreprise_ca_bic_service_imp", "rpns_micro_entreprise_ca_bnc_imp",
       "rpns_revenus_microba_agricole", "rpns_autres_revenus", "rpns_benefice_exploitant_agricole", "rpns_imposables",
       "aah_base_ressources_activite_milieu_protege"},
      month);
  const Amounts pension(population, schema, {"retraite_brute", "retraite_nette", "retraite_imposable", "pensions_invalidite"},
                        month);
  const IsOneOf at_work(schema, "activite", {"actif"});
  const IsOneOf student(schema, "activite", {"etudiant"});
  const IsOneOf retired(schema, "activite", {"retraite"});
  const IsOneOf unemployed(schema, "activite", {"chomeur"});
  const IsOneOf out_of_work(schema, "activite", {"chomeur", "inactif"});
  const double full_pay =
      units::pay_limit(month) / units::pay_limit_share / units::pay_limit_hours * working_hours * net_of_gross;
  for (std::size_t row = 0; row < ages.size(); ++row) {
    const std::optional<double> does = activity.at(row);
    const bool known = ages[row].has_value();
    const int age = ages[row].value_or(0);
    if (known && age < 14 && (at_work(does) || unemployed(does) || retired(does))) findings.add(child_at_work, row);
    if (known && age < 14 && pay.any(row)) findings.add(child_paid, row);
    if (known && age >= 60 && student(does)) findings.add(old_student, row);
    if (known && age >= 14 && age < 50 && retired(does)) findings.add(young_retired, row);
    if (known && age > 70 && unemployed(does)) findings.add(old_unemployed, row);
    if (pay.in_data() && at_work(does) && !pay.any(row) && !other_work.any(row)) findings.add(unpaid, row);
    if (pension.in_data() && known && age >= 67 && retired(does) && !pension.any(row)) findings.add(no_pension, row);
    if (out_of_work(does) && pay.largest(row) >= full_pay) findings.add(paid_out_of_work, row);
    if (const std::optional<double> base = gross.at(row); base && *base > 0.0 && net.amount(row) > *base)
      findings.add(net_over_gross, row);
  }
}

}  // namespace labacces::check
