// The synthetic population's model: the published tables, as the draws read them.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "libsim/population/synthetic/data_table.hpp"
#include "libsim/population/synthetic/household.hpp"

namespace labacces::synthetic {

inline constexpr std::size_t reference_age_bands = 7;

/// Of one type of commune in a territory.
struct Place {
  double share = 0.0, zone_1 = 0.0, zone_2 = 0.0;
};

/// A département of Brittany, or another region.
struct Territory {
  std::string code, label, region, departement;  ///< region and departement: codes of the law's enumerations
  std::array<double, household_type_count> households{};
  std::array<double, 3> age_tilt{};  ///< under 40, 40 to 64, 65 and more
  std::array<Place, commune_count> places{};
  double owner_odds = 1.0, hlm_odds = 1.0;
  double wages = 1.0, unemployment = 1.0, pensions = 1.0, capital = 1.0, rents = 1.0;  ///< factors
  double all_households() const;
};

struct UnionShares {
  double married, pacs;
};
struct MonthlyMoves {
  double stable_loss, short_loss, finding;
};
struct SelfEmployedKind {
  double share, median, sigma, without_profit;
};
struct Rents {
  double empty_private, furnished, hlm;
};
struct Surface {
  double first, other, sigma;
};

struct Model {
  std::vector<Territory> territories;
  std::array<std::pair<int, int>, reference_age_bands> bands{};  ///< first and last age
  std::array<std::array<double, reference_age_bands>, household_type_count> reference_age{};
  std::array<double, 4> children_of_couple{}, children_of_lone_parent{};
  AgeTable unions;        ///< married, pacs
  AgeTable living_alone;  ///< woman single, divorced, man single, divorced
  double reference_person_woman, lone_parent_woman_under_50, lone_parent_woman_from_50, grandparent_at_home, recent_separation,
      student_attached;
  double alimony_received, alimony_per_child, alimony_paid;
  double own_family_pay_under_21, own_family_pay_from_21;  ///< pay a month with which a child at home is a family of its own
  double young_parents_power, middle_parents_power;        ///< ages of 25 to 39, and of 40 to 54, with children: 25 + 15 u^power
  AgeTable still_at_home;                                  ///< children with their parents
  int parent_age_gap_from, parent_age_gap_to, youngest_left;
  double lone_parent_woman_at(int age) const { return age < 50 ? lone_parent_woman_under_50 : lone_parent_woman_from_50; }

  AgeTable diploma_woman, diploma_man;
  AgeTable activity;  ///< employed, unemployed, retired, student, other
  std::array<double, diploma_count> unemployed_by_diploma{}, other_by_diploma{};
  std::array<double, household_type_count> unemployed_by_type{}, other_by_type{};
  double other_woman, other_man, unemployed_young_with_parents, unemployed_young_apart;
  AgeTable students;    ///< with parents, alone, in a couple
  AgeTable disability;  ///< severe, partial
  AgeTable digital_age;
  std::array<double, diploma_count> digital_odds{};
  double same_diploma, household_correlation, disabled_out_of_work, invalidity_disabled, invalidity_other, invalidity_median,
      invalidity_sigma, grant_share, weak_digital_share;

  std::array<double, diploma_count> wage_above_floor{};
  std::array<double, household_type_count> wage_by_type{};
  AgeTable wage_age, short_jobs;
  AgeTable
      apprentices;  ///< share of those employed under 30 who live with their parents; pay of the three years, of the gross minimum wage
  double gross_minimum_wage, apprentices_apart;
  double part_time_woman, part_time_woman_from, part_time_woman_to, part_time_man, part_time_man_from, part_time_man_to;
  std::array<MonthlyMoves, diploma_count> moves{};
  std::array<SelfEmployedKind, 4> self_employed{};  ///< micro, craft, liberal, farm
  double net_minimum_wage, wage_floor, wage_spread, wage_woman, wage_man, short_hours_from, short_hours_to, taxable_to_net,
      gross_to_net;
  double allowance_share, allowance_to_wage, solidarity_allowance, unemployed_wage;
  int allowance_months, allowance_months_from_57;
  std::vector<std::pair<int, double>> prices;

  AgeTable pension_woman, pension_man;  ///< median, sigma
  std::array<double, diploma_count> pension_by_diploma{};
  double short_career_woman, short_career_man, short_career_woman_alone, short_career_man_alone, short_career_from_age,
      pension_woman_alone, survivor_share_woman, survivor_share_man, survivor_woman, survivor_man, survivor_sigma, small_pension,
      small_pension_sigma, small_pension_alone, small_pension_alone_sigma, lowest_pension, pension_taxable_to_net,
      pension_gross_to_net;

  std::array<std::pair<double, double>, commune_count> distance{};  ///< median, sigma
  AgeTable tenure_single, tenure_couple, tenure_family, tenure_lone;
  std::array<std::pair<double, double>, commune_count> tenure_by_commune{};  ///< odds of owning, of HLM
  std::array<Rents, commune_count> rents{};
  Surface surface_owner, surface_hlm, surface_private, surface_furnished;
  double owner_income, hlm_income, owner_income_old, income_middle, rent_spread, buying_under_40, buying_under_50,
      buying_under_60, buying_later, loan_share_of_income, helped_loan;
  int loan_years;
  AgeTable capital;  ///< interest share, median, sigma, rent share, median, sigma, livret median

  /// Factor from amounts of 2025 to those of a year (the table's ends hold beyond it).
  double price(int year) const;
};

/// The model that the tables compiled into the library make, read once.
const Model& model();

}  // namespace labacces::synthetic
