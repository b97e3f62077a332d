#include "libsim/law/builtins.hpp"

#include <algorithm>
#include <array>

namespace labacces::law {

namespace {

constexpr std::size_t any_number = unlimited_arguments;

constexpr std::array<Builtin, 16> table{{
    {"min", Function::min, 2, any_number, "min(a, b, ...)", "the smallest"},
    {"max", Function::max, 2, any_number, "max(a, b, ...)", "the largest"},
    {"abs", Function::abs, 1, 1, "abs(x)", "x without its sign"},
    {"round", Function::round, 2, 2, "round(x, step)", "nearest multiple of step, halves away from zero"},
    {"round_up", Function::round_up, 2, 2, "round_up(x, step)", "smallest multiple of step that is not below x"},
    {"round_down", Function::round_down, 2, 2, "round_down(x, step)", "largest multiple of step that is not above x"},
    {"clamp", Function::clamp, 3, 3, "clamp(x, lowest, highest)", "x kept between two bounds"},
    {"monthly", Function::monthly, 1, 1, "monthly(x)", "an amount a year as an amount a month: divides by 12"},
    {"yearly", Function::yearly, 1, 1, "yearly(x)", "an amount a month as an amount a year: multiplies by 12"},
    {"number", Function::number, 1, 1, "number(yes_no)", "1 for yes, 0 for no"},
    {"age", Function::age, 1, 1, "age(date)", "complete years on the first day of the month"},
    {"age_months", Function::age_months, 1, 1, "age_months(date)", "complete months on the first day of the month"},
    {"add_months", Function::add_months, 2, 2, "add_months(date, n)", "the date n months later"},
    {"month_of", Function::month_of, 1, 1, "month_of(date)", "month of the year, 1 to 12"},
    {"year_of", Function::year_of, 1, 1, "year_of(date)", "the civil year"},
    {"divide", Function::divide3, 3, 3, "divide(a, b, otherwise)", "a / b, or `otherwise` where b is 0"},
}};

constexpr std::array<std::string_view, 7> other_forms{"sum", "any", "all", "count", "mean", "rank", "lookup"};

}  // namespace

std::span<const Builtin> builtins() { return table; }

const Builtin* find_builtin(std::string_view name) {
  const auto* const found = std::find_if(table.begin(), table.end(), [name](const Builtin& row) { return row.name == name; });
  return found == table.end() ? nullptr : found;
}

const Builtin& builtin_of(Function function) { return table[static_cast<std::size_t>(function)]; }

std::vector<std::string> callable_names() {
  std::vector<std::string> names;
  names.reserve(table.size() + other_forms.size());
  for (const Builtin& row : table) names.emplace_back(row.name);
  for (const std::string_view form : other_forms) names.emplace_back(form);
  return names;
}

}  // namespace labacces::law
