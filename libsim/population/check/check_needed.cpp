// Inputs that the results asked read: not there, not for everybody, not for every month.
#include <algorithm>
#include <string>
#include <vector>

#include "libsim/base/text.hpp"
#include "libsim/population/check/findings.hpp"
#include "libsim/population/check/monthly_values.hpp"

namespace labacces::check {
namespace {

constexpr Kind missing{"input_missing", CheckLevel::error, Level::individu, ""};
constexpr Kind missing_for_some{"input_missing_for_some", CheckLevel::error, Level::individu,
                                "no value in a period that is read, and the law has no default"};
constexpr Kind defaults{"default_holds", CheckLevel::note, Level::individu, ""};
constexpr Kind short_history{"history_too_short", CheckLevel::warning, Level::individu, ""};
constexpr Kind default_for_some{"default_for_some", CheckLevel::note, Level::individu,
                                "no value in a period that is read: the law's default holds"};

std::string period_name(const VariableInfo& info, std::int32_t period) {
  return info.periodicity == Periodicity::yearly ? std::to_string(period) : to_string(Month{period});
}

/// Whether a column may hold for a period that is read.
bool covers(Period column, const VariableInfo& info, std::int32_t period) {
  switch (column.kind) {
    case Period::Kind::eternity:
      return true;
    case Period::Kind::year:
      return column.value == (info.periodicity == Periodicity::yearly ? period : Month{period}.year());
    case Period::Kind::month:
      return info.periodicity == Periodicity::monthly && column.value == period;
  }
  return false;
}

/// The periods read for which no column holds, and rows that have no value in one of the others.
struct Coverage {
  std::vector<std::int32_t> periods_without;
  std::vector<std::uint8_t> row_without;
};

Coverage coverage_of(const Population& population, const VariableData& data, const VariableInfo& info,
                     const NeededInput& needed) {
  Coverage coverage;
  const std::size_t rows = population.count(data.level);
  coverage.row_without.assign(rows, 0);
  for (std::int32_t period = needed.first; period <= needed.last; ++period) {
    std::vector<const Column*> columns;
    for (const PeriodColumn& one : data.periods) {
      if (covers(one.period, info, period)) columns.push_back(&population.columns()[one.column]);
    }
    if (columns.empty()) coverage.periods_without.push_back(period);
    if (columns.empty() || std::any_of(columns.begin(), columns.end(), [](const Column* column) { return column->complete(); }))
      continue;
    for (std::size_t row = 0; row < rows; ++row) {
      if (std::none_of(columns.begin(), columns.end(), [row](const Column* column) { return is_given(*column, row); }))
        coverage.row_without[row] = 1;
    }
  }
  return coverage;
}

}  // namespace

void check_needed(const Population& population, const Schema& schema, const CheckOptions& options, Findings& findings) {
  std::vector<std::string> by_default;
  for (const NeededInput& needed : options.needed) {
    const VariableInfo* info = schema.find(needed.variable);
    if (info == nullptr) continue;
    const VariableData* data = population.find(needed.variable);
    const bool has_default = info->default_value.has_value() || !info->is_input;
    if (data == nullptr) {
      if (has_default) by_default.push_back(needed.variable);
      if (!has_default)
        findings.add_whole(missing, needed.variable,
                           needed.variable + ": not in the data, and read by " + join(needed.read_by, ", "));
      continue;
    }
    const Coverage coverage = coverage_of(population, *data, *info, needed);
    if (!coverage.periods_without.empty()) {
      findings.add_whole(has_default ? short_history : missing, needed.variable,
                         needed.variable + ": read from " + period_name(*info, needed.first) + " to " +
                             period_name(*info, needed.last) + ", and not in the data for " +
                             std::to_string(coverage.periods_without.size()) + " of these, " +
                             period_name(*info, coverage.periods_without.front()) + " to " +
                             period_name(*info, coverage.periods_without.back()));
    }
    for (std::size_t row = 0; row < coverage.row_without.size(); ++row) {
      if (coverage.row_without[row] != 0)
        findings.add_about(has_default ? default_for_some : missing_for_some, data->level, row, needed.variable);
    }
  }
  if (by_default.empty()) return;
  const bool one = by_default.size() == 1;
  findings
      .add_whole(defaults, {},
                 std::to_string(by_default.size()) + (one ? " input is read and is" : " inputs are read and are") +
                     " not in the data, where the law's default holds")
      .names = by_default;
}

}  // namespace labacces::check
