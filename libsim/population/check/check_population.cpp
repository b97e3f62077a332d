#include "libsim/population/check/check_population.hpp"

#include <algorithm>
#include <tuple>

#include "libsim/population/check/findings.hpp"
#include "libsim/population/check/monthly_values.hpp"
#include "libsim/population/units/people.hpp"

namespace labacces {
namespace check {
namespace {
constexpr std::size_t first_rows = 10;
}

CheckFinding& Findings::finding(const Kind& kind, Level entity, const std::string& variable) {
  const auto [entry, is_new] = findings_.try_emplace({kind.name, variable});
  if (is_new) {
    const std::string text = variable.empty() ? kind.text : variable + ": " + kind.text;
    entry->second = {kind.name, kind.level, entity, variable, text, 0, {}, {}};
  }
  return entry->second;
}

void Findings::add(const Kind& kind, std::size_t row, const std::string& variable) {
  add_about(kind, kind.entity, row, variable);
}

void Findings::add_about(const Kind& kind, Level entity, std::size_t row, const std::string& variable) {
  CheckFinding& one = finding(kind, entity, variable);
  ++one.count;
  // The ten that come first in the file, whatever the order in which they are found.
  const std::vector<std::int32_t>& read_as = population_.original_rows(entity);
  const auto earlier = [&](std::int32_t a, std::int32_t b) {
    return read_as[static_cast<std::size_t>(a)] < read_as[static_cast<std::size_t>(b)];
  };
  const auto added = static_cast<std::int32_t>(row);
  if (one.first.size() == first_rows && !earlier(added, one.first.back())) return;
  one.first.insert(std::upper_bound(one.first.begin(), one.first.end(), added, earlier), added);
  if (one.first.size() > first_rows) one.first.pop_back();
}

CheckFinding& Findings::add_whole(const Kind& kind, const std::string& variable, const std::string& text) {
  CheckFinding& one = finding(kind, kind.entity, variable);
  one.text = text;
  return one;
}

std::vector<CheckFinding> Findings::list() const {
  std::vector<CheckFinding> result;
  for (const auto& [key, found] : findings_) result.push_back(found);
  std::stable_sort(result.begin(), result.end(), [](const CheckFinding& a, const CheckFinding& b) { return a.level < b.level; });
  return result;
}

std::vector<std::optional<int>> ages_on(const Population& population, Day day) {
  std::vector<std::optional<int>> ages(population.count(Level::individu));
  const VariableData* births = population.find("date_naissance");
  const Column* column = births == nullptr ? nullptr : column_of(population, *births, Period::eternity());
  if (column == nullptr) return ages;
  for (std::size_t row = 0; row < ages.size(); ++row) {
    if (is_given(*column, row)) ages[row] = units::age_on(Day{static_cast<std::int32_t>(column->cells()[row])}, day);
  }
  return ages;
}

}  // namespace check

std::string_view name_of(CheckLevel level) {
  switch (level) {
    case CheckLevel::error:
      return "error";
    case CheckLevel::warning:
      return "warning";
    case CheckLevel::note:
      return "note";
  }
  return "";
}

std::vector<CheckFinding> check_population(const Population& population, const Schema& schema, const CheckOptions& options) {
  check::Findings findings(population);
  check::check_units(population, schema, options, findings);
  check::check_persons(population, schema, options, findings);
  check::check_amounts(population, schema, findings);
  check::check_dwellings(population, schema, options, findings);
  check::check_needed(population, schema, options, findings);
  return findings.list();
}

}  // namespace labacces
