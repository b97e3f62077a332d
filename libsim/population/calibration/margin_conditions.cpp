#include "libsim/population/calibration/margin_conditions.hpp"

#include <algorithm>

#include "libsim/base/text.hpp"

namespace labacces::calibration {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::optional<double> end_of(std::string_view text, const NamedAmount& named) {
  if (const auto number = parse_number(text)) return number;
  return named(text);
}

}  // namespace

std::optional<ValueClass> read_class(std::string_view written, const NamedAmount& named, std::string& reason) {
  const std::string_view text = trim(written);
  ValueClass out;
  out.text = std::string(text);
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) {
    for (const std::string_view item : split(text, '|')) {
      if (!is_name(trim(item)) && !parse_number(trim(item))) {
        reason =
            "an item, such as d22, items, such as d22|d29, or a range, such as 20..59, was expected, found '" + out.text + "'";
        return std::nullopt;
      }
      out.items.emplace_back(trim(item));
    }
    return out;
  }
  const std::string_view lower = trim(text.substr(0, dots));
  std::string_view upper = trim(text.substr(dots + 2));
  out.below = !upper.empty() && upper.front() == '<';
  if (out.below) upper = trim(upper.substr(1));
  for (const auto& [end, value] : {std::pair{lower, &out.from}, std::pair{upper, &out.to}}) {
    if (end.empty()) continue;
    const auto number = end_of(end, named);
    if (!number) {
      reason = "'" + std::string(end) + "' is no number and no amount named in this file, in the range '" + out.text + "'";
      return std::nullopt;
    }
    *value = *number;
  }
  if ((lower.empty() && upper.empty()) || out.from > out.to || (out.below && out.from == out.to)) {
    reason = "the range '" + out.text + "' holds no number";
    if (lower.empty() && upper.empty()) reason = "the range '" + out.text + "' has no end";
    return std::nullopt;
  }
  return out;
}

std::optional<Condition> read_condition(std::string_view written, const NamedAmount& named, std::string& reason) {
  const std::string_view text = trim(written);
  const auto is_end = [](char c) { return c == ' ' || c == '='; };
  const auto end = static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_end) - text.begin());
  std::string_view rest = trim(text.substr(end));
  const bool equals = !rest.empty() && rest.front() == '=';
  if (equals) rest = trim(rest.substr(1));
  const bool ranged = rest.find("..") != std::string_view::npos;
  if (!is_name(text.substr(0, end)) || rest.empty() || equals == ranged) {
    reason = "a condition was expected, such as \"departement = d22\" or \"age 20..59\", found \"" + std::string(text) + "\"";
    return std::nullopt;
  }
  const auto values = read_class(rest, named, reason);
  if (!values) return std::nullopt;
  return Condition{std::string(text.substr(0, end)), *values, {}};
}

}  // namespace labacces::calibration
