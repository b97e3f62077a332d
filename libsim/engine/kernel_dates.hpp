// Calendar arithmetic of one row, in 32-bit integers and without a branch, so that loops of it vectorise.
#pragma once

#include <cstdint>

namespace labacces::engine {

/// Dates are days since 1970-01-01 held in doubles. Out of the range of days (100 million, some 270,000 years) the nearest day counts.
template <class InstructionSet>
struct RowDates {
  // Counting from 1 March of a year that is a multiple of 400 and before all days in range keeps every number positive.
  static constexpr std::uint32_t years_before = 400'000;
  static constexpr std::uint32_t days_per_era = 146'097;                                     // 400 years
  static constexpr std::uint32_t days_before = years_before / 400 * days_per_era + 719'468;  // 719,468: 0000-03-01 to 1970-01-01

  /// Month 0 = March; day 0 = first; the year begins in March and counts from -years_before.
  struct Civil {
    std::uint32_t year, month, day;
  };

  static std::int32_t within(double x, double limit) {
    const double low = x > -limit ? x : -limit;
    return static_cast<std::int32_t>(low < limit ? low : limit);
  }

  static Civil civil_of(double days) {
    const std::uint32_t z = static_cast<std::uint32_t>(within(days, 100'000'000.0)) + days_before;  // wraps for negative days
    const std::uint32_t era = z / days_per_era;
    const std::uint32_t day_of_era = z - era * days_per_era;
    const std::uint32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::uint32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::uint32_t month = (5 * day_of_year + 2) / 153;
    return {era * 400 + year_of_era, month, day_of_year - (153 * month + 2) / 5};
  }

  /// Months since January of year -years_before.
  static std::uint32_t months_of(const Civil& civil) { return civil.year * 12 + civil.month + 2; }

  /// Days from the origin (1 March -years_before) to the first day of a month counted as in months_of.
  static std::uint32_t days_to(std::uint32_t months) {
    const std::uint32_t since_march = months - 2;
    const std::uint32_t year = since_march / 12;
    const std::uint32_t month = since_march - year * 12;
    const std::uint32_t era = year / 400;
    const std::uint32_t year_of_era = year - era * 400;
    return era * days_per_era + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + (153 * month + 2) / 5;
  }

  static double number(std::uint32_t counted, std::uint32_t origin) {
    return static_cast<double>(static_cast<std::int32_t>(counted - origin));
  }

  static double month_index(double days) {
    const Civil civil = civil_of(days);
    return number(months_of(civil) + (civil.day > 0 ? 1U : 0U), years_before * 12);
  }
  static double month_of(double days) {
    const std::uint32_t month = civil_of(days).month;
    return number(month < 10 ? month + 3 : month - 9, 0);
  }
  static double year_of(double days) {
    const Civil civil = civil_of(days);
    return number(civil.year + (civil.month < 10 ? 0U : 1U), years_before);
  }
  /// The same day of a later month, or its last day when that month is shorter.
  static double add_months(double days, double months) {
    const Civil civil = civil_of(days);
    const std::uint32_t target = months_of(civil) + static_cast<std::uint32_t>(within(months, 1'000'000.0));
    const std::uint32_t start = days_to(target);
    const std::uint32_t last = days_to(target + 1) - start - 1;
    return number(start + (civil.day < last ? civil.day : last), days_before);
  }
};

}  // namespace labacces::engine
