#include "libsim/population/uprating/uprate.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "libsim/population/population_builder.hpp"

namespace labacces::uprating {
namespace {

/// The year that a column is of.
std::optional<int> year_of(Period period) {
  switch (period.kind) {
    case Period::Kind::eternity:
      return std::nullopt;
    case Period::Kind::year:
      return period.value;
    case Period::Kind::month:
      return Month{period.value}.year();
  }
  return std::nullopt;
}

Period moved(Period period, int years) {
  if (period.kind == Period::Kind::year) return Period::year(period.value + years);
  if (period.kind == Period::Kind::month) return Period::month(Month{period.value} + 12 * years);
  return period;
}

double moved_day(double days, int years) {
  const Day day{static_cast<std::int32_t>(days)};
  const bool leap_day = day.month() == 2 && day.day() == 29;
  const int year = day.year() + years;
  const bool leap_year = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return static_cast<double>(Day::of(year, day.month(), leap_day && !leap_year ? 28 : day.day()).days);
}

/// The column with each given value changed.
Column changed(const Column& from, const std::function<double(double)>& change) {
  Column out{std::vector<double>(from.cells().begin(), from.cells().end()), from.given};
  for (std::size_t row = 0; row < out.values.size(); ++row) {
    if (out.given.empty() || out.given[row] != 0) out.values[row] = change(out.values[row]);
  }
  return out;
}

}  // namespace

std::optional<int> last_year_of(const Population& population) {
  std::optional<int> last;
  for (const VariableData& data : population.variables()) {
    for (const PeriodColumn& item : data.periods) {
      const std::optional<int> year = year_of(item.period);
      if (year && (!last || *year > *last)) last = year;
    }
  }
  return last;
}

Uprated uprated(const std::shared_ptr<const Population>& base, const Schema& schema, const Indices& indices, int from, int to) {
  const int years = to - from;
  Uprated out;
  out.from = from;
  out.to = to;
  PopulationTables tables = tables_of(base);
  const auto replace = [&](PeriodColumn& item, const std::function<double(double)>& change) {
    Column column = changed(tables.columns[item.column], change);
    item.column = static_cast<std::uint32_t>(tables.columns.size());  // other variables may share the old column
    tables.columns.push_back(std::move(column));
  };
  for (VariableData& data : tables.variables) {
    const VariableInfo* info = schema.find(data.name);
    const bool amount = info != nullptr && info->measure.starts_with("EUR");
    const bool date = info != nullptr && info->kind == ValueKind::date;
    std::optional<UpratedVariable> done;
    for (PeriodColumn& item : data.periods) {
      const int year = year_of(item.period).value_or(from);
      if (amount) {
        const std::string& index = indices.index_of(data.name);
        const double factor = indices.factor(index, year, year + years);
        replace(item, [factor](double value) { return value * factor; });
        if (!done || year >= done->from) done = UpratedVariable{data.name, index, year, year + years, factor};
      }
      if (date) replace(item, [years](double days) { return moved_day(days, years); });
      item.period = moved(item.period, years);
    }
    if (done) out.amounts.push_back(std::move(*done));
    if (date) out.dates.push_back(data.name);
  }
  tables.source += " (uprated from " + std::to_string(from) + " to " + std::to_string(to) + ")";
  out.population = PopulationBuilder::build(std::move(tables));
  return out;
}

}  // namespace labacces::uprating
