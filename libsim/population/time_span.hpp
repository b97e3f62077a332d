// The periods that users write: "2024-01", "2024", "month:2024-01:3", "year:2024", "ETERNITY".
#pragma once

#include <optional>
#include <string_view>

#include "libsim/base/date.hpp"

namespace labacces {

/// A run of months, or for ever (months = 0).
struct TimeSpan {
  Month first{};
  int months = 0;

  constexpr bool is_eternity() const { return months == 0; }
  constexpr bool is_month() const { return months == 1; }
  /// Whole civil years: 1 for "2024", 2 for "year:2024:2", 0 for anything else.
  constexpr int civil_years() const { return !is_eternity() && months % 12 == 0 && first.month() == 1 ? months / 12 : 0; }
  constexpr bool operator==(const TimeSpan&) const = default;
};

/// What a message says was expected of a period.
inline constexpr std::string_view period_forms = "a month '2024-01', a year '2024', months 'month:2024-01:3' or 'ETERNITY'";

/// Nothing when the text is not a period, or is longer than a hundred years.
std::optional<TimeSpan> parse_time_span(std::string_view text);

}  // namespace labacces
