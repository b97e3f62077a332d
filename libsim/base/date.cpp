#include "libsim/base/date.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace labacces {
namespace {

std::chrono::year_month_day calendar(Day day) {
  return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{day.days}}};
}

/// Digits text[from, from + count) as a number, or -1.
int digits(std::string_view text, std::size_t from, std::size_t count) {
  int value = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

}  // namespace

Day Day::of(int year, int month, int day) {
  const std::chrono::sys_days days =
      std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month)} / std::chrono::day{static_cast<unsigned>(day)};
  return Day{static_cast<std::int32_t>(days.time_since_epoch().count())};
}

int Day::year() const { return static_cast<int>(calendar(*this).year()); }
int Day::month() const { return static_cast<int>(static_cast<unsigned>(calendar(*this).month())); }
int Day::day() const { return static_cast<int>(static_cast<unsigned>(calendar(*this).day())); }
Month Day::month_of() const { return Month::of(year(), month()); }

Day first_day(Month month) { return Day::of(month.year(), month.month(), 1); }

Month first_month_from(Day day) { return day.day() == 1 ? day.month_of() : day.month_of() + 1; }

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  const int day = digits(text, 8, 2);
  if (year < 1000 || month < 1 || month > 12 || day < 1) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return Day::of(year, month, day);
}

std::optional<Month> parse_month(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  if (year < 1000 || month < 1 || month > 12) return std::nullopt;
  return Month::of(year, month);
}

std::string to_string(Day day) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02d", day.year(), day.month(), day.day());
  return buffer.data();
}

std::string to_string(Month month) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%04d-%02d", month.year(), month.month());
  return buffer.data();
}

}  // namespace labacces
