// The limits of age and pay in the rules on families and tax units, each with its article.
#pragma once

#include <array>

#include "libsim/base/date.hpp"

namespace labacces::units {

inline constexpr int partner_from = 15;         ///< Code pénal 227-25; younger persons in a couple are an error of the data
inline constexpr int age_of_majority = 18;      ///< CGI 196, CSS L842-2: a minor is at somebody's charge
inline constexpr int disabled_adult_from = 20;  ///< CSS L821-1, R821-1: the AAH follows the AEEH, and is a right of one's own
inline constexpr int rsa_child_under =
    25;  ///< CASF R262-3; the widest of the limits: CSS R512-2 has 20, R522-1 and CCH R823-4 have 21
inline constexpr int attached_under = 21;          ///< CGI 6 3
inline constexpr int attached_student_under = 25;  ///< CGI 6 3
inline constexpr double pay_limit_share = 0.55;    ///< CSS R512-2: a child paid more is at nobody's charge
inline constexpr double pay_limit_hours = 169;     ///< CSS R512-2: hours a month at the gross minimum wage

/// Gross hourly minimum wage from a day on, EUR (Code du travail L3231-2 s.). The law has the same values: a test compares them.
struct MinimumWage {
  int year, month;
  double hourly;
};
inline constexpr std::array<MinimumWage, 16> minimum_wages{{
    {2016, 1, 9.67},    // décret 2015-1688
    {2017, 1, 9.76},    // décret 2016-1818
    {2018, 1, 9.88},    // décret 2017-1719
    {2019, 1, 10.03},   // décret 2018-1173
    {2020, 1, 10.15},   // décret 2019-1387
    {2021, 1, 10.25},   // décret 2020-1598
    {2021, 10, 10.48},  // arrêté du 27/09/2021
    {2022, 1, 10.57},   // décret 2021-1741
    {2022, 5, 10.85},   // arrêté du 19/05/2022
    {2022, 8, 11.07},   // arrêté du 29/07/2022
    {2023, 1, 11.27},   // décret 2022-1608
    {2023, 5, 11.52},   // arrêté du 26/04/2023
    {2024, 1, 11.65},   // décret 2023-1216
    {2024, 11, 11.88},  // décret 2024-951
    {2026, 1, 12.02},   // décret 2025-1228
    {2026, 6, 12.31},   // arrêté du 22/05/2026
}};

/// RSA of one person from a day on, EUR a month (montant forfaitaire, CASF L262-2). The law has the same values: a test compares them.
struct RsaAmount {
  int year, month;
  double monthly;
};
inline constexpr std::array<RsaAmount, 13> rsa_amounts{{
    {2016, 9, 535.17},  // décret 2016-1276
    {2017, 4, 536.78},  // décret 2017-739
    {2017, 9, 545.48},  // décret 2017-739
    {2018, 4, 550.93},  // décret 2018-324
    {2019, 4, 559.74},  // décret 2019-400
    {2020, 4, 564.78},  // décret 2020-490
    {2021, 4, 565.34},  // décret 2021-530
    {2022, 4, 575.52},  // décret 2022-699
    {2022, 7, 598.54},  // loi 2022-1158, art. 9
    {2023, 4, 607.75},  // décret 2023-340
    {2024, 4, 635.71},  // décret 2024-396
    {2025, 4, 646.52},  // décret 2025-293
    {2026, 4, 651.69},  // décret 2026-220
}};
inline constexpr int rsa_child_alone_from =
    21;  ///< CSS R522-1, CCH R823-4: from this age on the RSA and what follows it count children
inline constexpr double rsa_increase_share = 0.4;  ///< CASF R262-1: what a child adds to the montant forfaitaire, at most

/// Net pay a month from which a child is at nobody's charge for the RSA: more than she adds to it (CASF R262-3). Before 2016 the first value.
inline double rsa_child_limit(Month month) {
  double monthly = rsa_amounts.front().monthly;
  for (const RsaAmount& amount : rsa_amounts) {
    if (Month::of(amount.year, amount.month) <= month) monthly = amount.monthly;
  }
  return rsa_increase_share * monthly;
}

/// Net pay a month above which a child is at nobody's charge (CSS R512-2). Before 2016 the first value holds.
inline double pay_limit(Month month) {
  double hourly = minimum_wages.front().hourly;
  for (const MinimumWage& wage : minimum_wages) {
    if (Month::of(wage.year, wage.month) <= month) hourly = wage.hourly;
  }
  return pay_limit_share * pay_limit_hours * hourly;
}

/// Years of age that inference takes for likely where the data have no links. Assumptions, not law (INSEE: mothers are 31 on average at a
/// birth, 2023).
inline constexpr double parent_older_by = 16, mother_older_by_at_most = 45, father_older_by_at_most = 60, usual_parent_gap = 30;
inline constexpr double partners_differ_by_at_most = 15, spouses_differ_by_at_most = 30;

}  // namespace labacces::units
