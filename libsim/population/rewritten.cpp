// A population with one variable changed, once or in many copies.
#include "libsim/population/rewritten.hpp"

#include <algorithm>
#include <utility>

#include "libsim/population/population_builder.hpp"

namespace labacces {
namespace {

/// Units of all copies, with ids in the order of the copies.
void add_units(const Population& base, std::size_t copies, PopulationTables& tables) {
  const std::size_t width = std::to_string(copies - 1).size();
  for (std::size_t copy = 0; copy < copies; ++copy) {
    std::string prefix = std::to_string(copy);
    prefix = std::string(width - prefix.size(), '0') + prefix + "/";
    for (std::size_t level = 0; level < level_count; ++level) {
      const IdList& ids = base.ids(static_cast<Level>(level));
      if (copies == 1) {
        tables.ids[level] = ids;
        continue;
      }
      for (const std::string& id : ids) tables.ids[level].push_back(prefix + id);
    }
    for (const Level group : group_levels) {
      const auto first = static_cast<std::int32_t>(copy * base.count(group));
      const Membership& membership = base.membership(group);
      for (const std::int32_t unit : membership.unit_of) tables.unit_of[index_of(group)].push_back(first + unit);
      std::vector<std::uint8_t>& roles = tables.role_of[index_of(group)];
      roles.insert(roles.end(), membership.role_of.begin(), membership.role_of.end());
    }
    tables.weights.insert(tables.weights.end(), base.weights().begin(), base.weights().end());
  }
}

template <typename T>
std::vector<T> repeated(std::span<const T> values, std::size_t copies) {
  std::vector<T> out;
  out.reserve(values.size() * copies);
  for (std::size_t copy = 0; copy < copies; ++copy) out.insert(out.end(), values.begin(), values.end());
  return out;
}

Column kept(const std::shared_ptr<const Population>& base, const Column& column, std::size_t copies) {
  if (copies == 1) return lent_by(base, column);
  return {repeated(column.cells(), copies), repeated<std::uint8_t>(column.given, copies)};
}

}  // namespace

Population rewritten(const std::shared_ptr<const Population>& base, const VariableInfo& variable, std::size_t copies,
                     const Rewrite& rewrite) {
  PopulationTables tables;
  add_units(*base, copies, tables);
  for (const Column& column : base->columns()) tables.columns.push_back(kept(base, column, copies));
  tables.variables = base->variables();
  tables.synthetic = base->is_synthetic();
  tables.source = base->source();
  tables.weighting = base->weighting();

  const std::size_t rows = base->count(variable.level);
  auto data = std::find_if(tables.variables.begin(), tables.variables.end(),
                           [&](const VariableData& item) { return item.name == variable.name; });
  if (data == tables.variables.end()) data = tables.variables.insert(data, {variable.name, variable.level, {}});
  const bool for_ever = std::any_of(data->periods.begin(), data->periods.end(),
                                    [](const PeriodColumn& item) { return item.period == Period::eternity(); });
  if (!for_ever) {
    data->periods.push_back({Period::eternity(), static_cast<std::uint32_t>(tables.columns.size())});
    tables.columns.push_back({std::vector<double>(rows * copies), std::vector<std::uint8_t>(rows * copies, 0)});
  }
  for (PeriodColumn& item : data->periods) {
    const Column& old = tables.columns[item.column];
    const double months = variable.is_flow && item.period.kind == Period::Kind::year ? 12.0 : 1.0;
    const bool eternal = item.period == Period::eternity();
    Column changed{std::vector<double>(old.cells().begin(), old.cells().end()), old.given};
    for (std::size_t cell = 0; cell < changed.values.size(); ++cell) {
      const bool given = changed.given.empty() || changed.given[cell] != 0;
      if (!given && !eternal) continue;
      const double value = given ? changed.values[cell] / months : variable.default_value.value_or(0.0);
      changed.values[cell] = rewrite(cell / rows, cell % rows, value) * months;
    }
    if (eternal) changed.given.clear();
    item.column = static_cast<std::uint32_t>(tables.columns.size());  // other variables may share the old column
    tables.columns.push_back(std::move(changed));
  }
  return PopulationBuilder::build(std::move(tables));
}

}  // namespace labacces
