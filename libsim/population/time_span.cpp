// The periods that users write, as OpenFisca writes them.
#include "libsim/population/time_span.hpp"

#include <algorithm>
#include <charconv>

namespace labacces {
namespace {

constexpr int longest_span = 1200;  // months: a hundred years

std::optional<int> parse_count(std::string_view text) {
  int value = 0;
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || stop != text.data() + text.size() || value < 1 || value > longest_span) return std::nullopt;
  return value;
}

std::optional<Month> parse_year(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() != 4 || text.front() == '0' || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  int year = 0;
  std::from_chars(text.data(), text.data() + text.size(), year);
  return Month::of(year, 1);
}

/// "2024-01:3" after "month:", "2024:2" or "2024-03" after "year:".
std::optional<TimeSpan> parse_with_unit(std::string_view text, int months_in_unit) {
  int count = 1;
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    const std::optional<int> parsed = parse_count(text.substr(colon + 1));
    if (!parsed) return std::nullopt;
    count = *parsed;
    text = text.substr(0, colon);
  }
  std::optional<Month> first = parse_month(text);
  if (!first && months_in_unit == 12) first = parse_year(text);
  if (!first || count * months_in_unit > longest_span) return std::nullopt;
  return TimeSpan{*first, count * months_in_unit};
}

}  // namespace

std::optional<TimeSpan> parse_time_span(std::string_view text) {
  if (text == "ETERNITY" || text == "eternity") return TimeSpan{};
  if (text.starts_with("month:")) return parse_with_unit(text.substr(6), 1);
  if (text.starts_with("year:")) return parse_with_unit(text.substr(5), 12);
  if (const std::optional<Month> month = parse_month(text)) return TimeSpan{*month, 1};
  if (const std::optional<Month> january = parse_year(text)) return TimeSpan{*january, 12};
  return std::nullopt;
}

}  // namespace labacces
