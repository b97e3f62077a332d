// Calendar months and days as small value types.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace labacces {

/// A calendar month, counted from January of year 0: year * 12 + (month - 1).
struct Month {
  std::int32_t index = 0;

  static constexpr Month of(int year, int month) { return Month{year * 12 + month - 1}; }
  constexpr int year() const { return index >= 0 ? index / 12 : (index - 11) / 12; }
  constexpr int month() const { return index - year() * 12 + 1; }  // 1..12
  constexpr Month operator+(int months) const { return Month{index + months}; }
  constexpr Month operator-(int months) const { return Month{index - months}; }
  constexpr int operator-(Month other) const { return index - other.index; }
  constexpr auto operator<=>(const Month&) const = default;
};

/// A calendar day, counted from 1970-01-01 (proleptic Gregorian).
struct Day {
  std::int32_t days = 0;

  static Day of(int year, int month, int day);
  int year() const;
  int month() const;  // 1..12
  int day() const;    // 1..31
  Month month_of() const;
  constexpr auto operator<=>(const Day&) const = default;
};

/// First day of the month.
Day first_day(Month month);

/// First month whose first day is on or after `day`: a value dated in mid-month is read from the next month on.
Month first_month_from(Day day);

/// "2024-04-01" -> Day; nothing when the text is not exactly that form or not a real day (years 1000 to 9999).
std::optional<Day> parse_day(std::string_view text);

/// "2024-04" -> Month; nothing when the text is not exactly that form.
std::optional<Month> parse_month(std::string_view text);

std::string to_string(Day day);      // 2024-04-01
std::string to_string(Month month);  // 2024-04

/// Months [begin, end); `end` = never when it has no end.
struct MonthInterval {
  Month begin{};
  Month end{std::numeric_limits<std::int32_t>::max()};
  constexpr bool contains(Month m) const { return begin <= m && m < end; }
  constexpr bool operator==(const MonthInterval&) const = default;
};
inline constexpr Month never{std::numeric_limits<std::int32_t>::max()};

}  // namespace labacces
