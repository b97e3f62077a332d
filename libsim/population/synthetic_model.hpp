// The constants of the synthetic Brittany, each with its source. "Assumption" marks what no table at hand gives.
#pragma once

#include <array>
#include <cstdint>

namespace labacces::synthetic {

enum class HouseholdType : std::uint8_t { single_man, single_woman, other_without_family, couple, couple_with_children, lone_parent };
inline constexpr std::size_t household_type_count = 6;
enum class Departement : std::uint8_t { d22, d29, d35, d56 };
inline constexpr std::size_t departement_count = 4;

/// Households by département and type. INSEE, RP2021 FAM T1 (29, 35; 22: RP2020); 56: the region (RP2021) less the others.
inline constexpr std::array<std::array<double, household_type_count>, departement_count> households_by_type{{
    {45990, 60823, 3359, 85785, 63026, 22193},
    {81235, 101427, 6479, 120061, 96709, 35072},
    {87254, 105631, 10262, 131719, 125966, 39166},
    {62745, 82413, 4054, 108445, 80595, 28714},
}};

/// Age of the reference person by household type: upper bounds and shares. Assumption, set so that the four ages of INSEE's population
/// estimates (under 20, 20-59, 60-74, 75 and more) come out of the right order.
struct AgeBand {
  int from, to;
  double share;
};
inline constexpr std::array<std::array<AgeBand, 5>, household_type_count> ages{{
    {{{18, 24, 0.11}, {25, 39, 0.23}, {40, 59, 0.29}, {60, 74, 0.25}, {75, 94, 0.12}}},
    {{{18, 24, 0.10}, {25, 39, 0.11}, {40, 59, 0.18}, {60, 74, 0.29}, {75, 96, 0.32}}},
    {{{18, 24, 0.42}, {25, 39, 0.27}, {40, 59, 0.15}, {60, 74, 0.10}, {75, 90, 0.06}}},
    {{{20, 24, 0.04}, {25, 39, 0.12}, {40, 59, 0.20}, {60, 74, 0.46}, {75, 92, 0.18}}},
    {{{22, 27, 0.03}, {28, 34, 0.17}, {35, 44, 0.43}, {45, 54, 0.29}, {55, 62, 0.08}}},
    {{{20, 27, 0.06}, {28, 34, 0.15}, {35, 44, 0.36}, {45, 54, 0.33}, {55, 62, 0.10}}},
}};

/// Age of a parent at the first birth: the sum of two uniform draws from these bounds, mean 29 (INSEE: mean age of mothers at the first
/// birth 29.1 in 2023), and the age at which children leave. The spread and the latter: assumption.
inline constexpr int first_birth_from = 10, first_birth_to = 19, oldest_child_at_home = 24;
/// Children of this age and more who do not study fill in their own tax return (CGI 6: 21 years, 25 for students).
inline constexpr int own_tax_unit_from = 21;

/// Number of children in families with children: 1, 2, 3, 4. Assumption that gives INSEE's mean sizes (3.86 persons in a couple's
/// family, 2.57 in a lone parent's: RP2021 FAM T1).
inline constexpr std::array<double, 4> children_of_couple{0.40, 0.42, 0.14, 0.04};
inline constexpr std::array<double, 4> children_of_lone_parent{0.57, 0.31, 0.10, 0.02};

/// Activity by age. INSEE, RP2021 POP5, Brittany: employed, unemployed, retired, student, other.
struct ActivityRow {
  int to_age;
  double employed, unemployed, retired, student, other;
};
inline constexpr std::array<ActivityRow, 6> activity{{
    {19, 28370, 8992, 0, 166644, 6607},
    {24, 100266, 23595, 0, 44803, 9493},
    {39, 456050, 56261, 191, 5459, 34204},
    {54, 561736, 43332, 2977, 1, 47223},
    {64, 225300, 21843, 158711, 0, 44578},
    {200, 16405, 1034, 743304, 0, 16788},
}};

/// Couples: share married and in a PACS; the others live together unmarried. INSEE, France 2020, all couples, rounded.
inline constexpr double married_share = 0.71;
inline constexpr double pacs_share = 0.09;

/// Net monthly full-time wage in 2025, EUR: lognormal. Order of INSEE's distribution of full-time net wages (Brittany is a little below
/// France); the part under the minimum wage is moved up to it.
inline constexpr double wage_median_man = 2280, wage_median_woman = 2080, wage_sigma = 0.38;
inline constexpr double minimum_net_wage_2025 = 1426.30;
inline constexpr double part_time_man = 0.08, part_time_woman = 0.27;
/// Ratios to the net wage. Order of the private sector's contributions: taxable adds the part of CSG and CRDS that is not deductible.
inline constexpr double taxable_to_net = 1.036, gross_to_net = 1.263;
/// Yearly growth of amounts around 2025. Assumption.
inline constexpr double growth = 0.02;

/// Net monthly pension in 2025, EUR: lognormal. Order of DREES, Les retraités et les retraites (own rights and survivors').
inline constexpr double pension_median_man = 1750, pension_median_woman = 1330, pension_sigma = 0.42;
inline constexpr double pension_taxable_to_net = 1.03, pension_gross_to_net = 1.09;

/// Monthly moves between work and unemployment. Assumption: a stable part, and a part in short jobs.
inline constexpr double short_jobs_share = 0.14;
inline constexpr double stable_loss = 0.003, short_loss = 0.07, finding = 0.09;
/// Share of the unemployed with an allowance, the allowance as a share of the net wage, and how long it is paid. Assumption.
inline constexpr double allowance_share = 0.60, allowance_to_wage = 0.68;
inline constexpr int allowance_months = 18;

/// Disability, 20 to 64: rate of 80 % and more; 50 to 79 % with lasting restriction of access to work; invalidity pension. Set to the
/// order of the AAH persons of Brittany (62,614 at the end of 2017).
inline constexpr double severe_disability = 0.018, partial_disability = 0.016, invalidity = 0.016;

/// Students of 18 to 24 who live alone or share a flat, beyond the rates by age; grant holders among students. Assumption.
inline constexpr double student_alone_share = 0.62, grant_share = 0.38;

/// Tenure: owner, HLM tenant, private tenant, housed free. Region: two in three owners, 23 % private and 10 % HLM (DREAL Bretagne, 2020).
/// By kind of household: assumption around these.
struct TenureRow {
  double owner, hlm, private_tenant;
};
inline constexpr TenureRow tenure_young{0.12, 0.10, 0.75};
inline constexpr TenureRow tenure_lone_parent{0.36, 0.29, 0.33};
inline constexpr TenureRow tenure_family{0.77, 0.07, 0.15};
inline constexpr TenureRow tenure_couple{0.72, 0.06, 0.20};
inline constexpr TenureRow tenure_single{0.53, 0.14, 0.30};
inline constexpr TenureRow tenure_old{0.81, 0.08, 0.09};
inline constexpr double low_income = 1150;          ///< EUR a month and consumption unit
inline constexpr double low_income_owner = 0.62;    ///< factor on the chance to own
inline constexpr double other_income_owner = 1.14;  ///< the same above it, so that the shares by kind are met
inline constexpr double buying_before_60 = 0.55;    ///< owners who still pay a loan
inline constexpr double furnished_young = 0.35, furnished_other = 0.07;

/// Rents, EUR a month and square metre, and surfaces. Order of the observatories of rents in Brittany. Assumption.
inline constexpr double private_rent_zone_2 = 11.2, private_rent_zone_3 = 8.9, hlm_rent = 6.0;
/// Share of households in zone 2 (the others are in zone 3; Brittany has no zone 1). Assumption by the size of the large towns.
inline constexpr std::array<double, departement_count> zone_2_share{0.12, 0.35, 0.50, 0.30};

/// Lone parents: alimony received (share, EUR a month and child), separation of less than eighteen months. Assumption.
inline constexpr double alimony_share = 0.70, alimony_per_child = 200, recent_separation = 0.12;

}  // namespace labacces::synthetic
