// Columns while a file is read: cells come in any order, for any period.
#include "libsim/population/column_set.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace labacces {
namespace {

constexpr std::uint16_t for_ever = std::numeric_limits<std::uint16_t>::max();

/// Amounts by year that are not flows per month ("EUR/year") are divided over the years of a longer span.
bool divides(const VariableInfo& variable) {
  return variable.is_flow || (variable.kind == ValueKind::number && variable.measure == "EUR/year");
}

}  // namespace

bool add_period_column(PopulationTables& tables, const std::string& variable, Level level, Period period, Column column) {
  auto data = std::find_if(tables.variables.begin(), tables.variables.end(),
                           [&](const VariableData& known) { return known.name == variable; });
  if (data == tables.variables.end()) data = tables.variables.insert(data, {variable, level, {}});
  for (const PeriodColumn& known : data->periods) {
    if (known.period == period) return false;
  }
  data->periods.push_back({period, static_cast<std::uint32_t>(tables.columns.size())});
  tables.columns.push_back(std::move(column));
  return true;
}

ColumnSet::Variable& ColumnSet::variable_of(const VariableInfo& variable) {
  const auto [entry, is_new] = index_.emplace(&variable, variables_.size());
  if (is_new) {
    variables_.emplace_back();
    variables_.back().info = &variable;
  }
  return variables_[entry->second];
}

PutResult ColumnSet::store(const VariableInfo& variable, Period period, std::uint16_t length, std::size_t row, double value) {
  Cells& cells = variable_of(variable).cells[period];
  if (cells.lengths.empty()) {
    cells.lengths.assign(rows_, 0);
    cells.column.values.assign(rows_, 0.0);
  }
  if (cells.lengths[row] == length) return PutResult::given_twice;
  if (cells.lengths[row] != 0 && cells.lengths[row] < length) return PutResult::stored;
  cells.lengths[row] = length;
  cells.column.values[row] = value;
  return PutResult::stored;
}

PutResult ColumnSet::put(const VariableInfo& variable, TimeSpan span, std::size_t row, double value) {
  const auto length = static_cast<std::uint16_t>(span.is_eternity() ? for_ever : span.months);
  if (span.is_eternity() || variable.periodicity == Periodicity::eternal) {
    return store(variable, Period::eternity(), for_ever, row, value);
  }
  if (const int years = span.civil_years(); years > 0) {
    if (divides(variable)) value /= years;
    for (int year = 0; year < years; ++year) {
      const PutResult result = store(variable, Period::year(span.first.year() + year), length, row, value);
      if (result != PutResult::stored) return result;
    }
    return PutResult::stored;
  }
  if (variable.periodicity == Periodicity::yearly) return PutResult::needs_whole_years;
  if (divides(variable)) value /= span.months;
  for (int month = 0; month < span.months; ++month) {
    const PutResult result = store(variable, Period::month(span.first + month), length, row, value);
    if (result != PutResult::stored) return result;
  }
  return PutResult::stored;
}

void ColumnSet::move_into(PopulationTables& tables) {
  for (Variable& variable : variables_) {
    VariableData data{variable.info->name, level_, {}};
    for (auto& [period, cells] : variable.cells) {
      if (std::find(cells.lengths.begin(), cells.lengths.end(), 0) != cells.lengths.end()) {
        cells.column.given.resize(rows_);
        std::transform(cells.lengths.begin(), cells.lengths.end(), cells.column.given.begin(),
                       [](std::uint16_t length) { return static_cast<std::uint8_t>(length != 0); });
      }
      data.periods.push_back({period, static_cast<std::uint32_t>(tables.columns.size())});
      tables.columns.push_back(std::move(cells.column));
    }
    tables.variables.push_back(std::move(data));
  }
  variables_.clear();
  index_.clear();
}

}  // namespace labacces
