#include "libsim/law/measure.hpp"

#include <algorithm>
#include <utility>

namespace labacces::law {

namespace {

constexpr std::array<std::string_view, 5> singular{"EUR", "hour", "day", "month", "year"};
constexpr std::array<std::string_view, 5> plural{"EUR", "hours", "days", "months", "years"};

std::int8_t clamped(int exponent) { return static_cast<std::int8_t>(std::clamp(exponent, -100, 100)); }

std::optional<Measure> unit_named(std::string_view word) {
  if (word == "share" || word == "count") return dimensionless;
  for (std::size_t i = 0; i < singular.size(); ++i) {
    if (word == singular[i] || word == plural[i]) {
      Measure unit;
      unit.exponents[i] = 1;
      return unit;
    }
  }
  return std::nullopt;
}

void append_power(std::string& text, std::size_t unit, int power, bool alone) {
  for (int i = 0; i < power; ++i) {
    if (!text.empty() && text.back() != '/') text += '*';
    text += alone && power == 1 ? plural[unit] : singular[unit];
  }
}

}  // namespace

Measure Measure::operator*(const Measure& other) const {
  Measure result;
  for (std::size_t i = 0; i < exponents.size(); ++i) result.exponents[i] = clamped(exponents[i] + other.exponents[i]);
  return result;
}

Measure Measure::operator/(const Measure& other) const {
  Measure result;
  for (std::size_t i = 0; i < exponents.size(); ++i) result.exponents[i] = clamped(exponents[i] - other.exponents[i]);
  return result;
}

std::string to_string(const Measure& measure) {
  if (measure.dimensionless()) return "share";
  std::string above;
  const auto units_above = std::count_if(measure.exponents.begin(), measure.exponents.end(), [](int e) { return e > 0; });
  const bool any_below = std::any_of(measure.exponents.begin(), measure.exponents.end(), [](int e) { return e < 0; });
  for (std::size_t i = 0; i < measure.exponents.size(); ++i) {
    append_power(above, i, measure.exponents[i], units_above == 1 && !any_below);
  }
  if (above.empty()) above = "1";
  for (std::size_t i = 0; i < measure.exponents.size(); ++i) {
    for (int k = 0; k < -measure.exponents[i]; ++k) {
      above += '/';
      above += singular[i];
    }
  }
  return above;
}

std::optional<Measure> parse_measure(std::string_view text) {
  Measure result;
  bool divide = false;
  while (true) {
    const std::size_t end = std::min(text.find_first_of("*/"), text.size());
    std::string_view word = text.substr(0, end);
    while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
    while (!word.empty() && word.back() == ' ') word.remove_suffix(1);
    const auto unit = word == "1" ? std::optional<Measure>(dimensionless) : unit_named(word);
    if (!unit) return std::nullopt;
    result = divide ? result / *unit : result * *unit;
    if (end == text.size()) return result;
    divide = text[end] == '/';
    text.remove_prefix(end + 1);
  }
}

}  // namespace labacces::law
