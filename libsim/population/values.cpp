// Values as the files write them: codes and labels of enumerations, dates, and back to text.
#include "libsim/population/values.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "libsim/base/date.hpp"
#include "libsim/base/text.hpp"

namespace labacces {

std::optional<double> enum_code(const VariableInfo& variable, std::string_view text) {
  for (const std::vector<std::string>* names : {&variable.items, &variable.item_labels}) {
    const auto found = std::find(names->begin(), names->end(), text);
    if (found != names->end()) return static_cast<double>(found - names->begin());
  }
  return std::nullopt;
}

std::optional<double> date_value(std::string_view text) {
  const std::optional<Day> day = parse_day(text);
  return day ? std::optional<double>(day->days) : std::nullopt;
}

std::optional<double> yes_no_value(std::string_view text) {
  constexpr std::array<std::string_view, 4> yes{"1", "true", "yes", "oui"};
  constexpr std::array<std::string_view, 4> no{"0", "false", "no", "non"};
  if (std::find(yes.begin(), yes.end(), text) != yes.end()) return 1.0;
  if (std::find(no.begin(), no.end(), text) != no.end()) return 0.0;
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower == text ? std::nullopt : yes_no_value(lower);
}

std::string expected_value(const VariableInfo& variable) {
  switch (variable.kind) {
    case ValueKind::number:
      return "expected a number";
    case ValueKind::yes_no:
      return "expected true or false";
    case ValueKind::date:
      return "expected a date such as 1990-01-31";
    case ValueKind::enumeration:
      return "expected one of " + join(variable.items, ", ");
  }
  return {};
}

std::string value_text(const VariableInfo& variable, double value) {
  switch (variable.kind) {
    case ValueKind::number:
      return shortest(value == 0 ? 0.0 : value);  // no "-0"
    case ValueKind::yes_no:
      return value != 0 ? "true" : "false";
    case ValueKind::date:
      return to_string(Day{static_cast<std::int32_t>(value)});
    case ValueKind::enumeration:
      if (value >= 0 && value < static_cast<double>(variable.items.size()))
        return variable.items[static_cast<std::size_t>(value)];
      return shortest(value);
  }
  return {};
}

}  // namespace labacces
