#include "libsim/population/mapping/lift.hpp"

#include <algorithm>
#include <utility>

namespace labacces::mapping {
namespace {

bool is_money(const VariableInfo& variable) { return variable.kind == ValueKind::number && variable.measure.starts_with("EUR"); }

Column of_cells(std::vector<double> values, std::vector<std::uint8_t> given) {
  Column out{std::move(values), std::move(given)};
  if (std::find(out.given.begin(), out.given.end(), 0) == out.given.end()) out.given.clear();
  return out;
}

/// Only the reference person of each dwelling keeps the value.
void keep_reference(Cells& cells, const PopulationTables& tables) {
  const auto& roles = tables.role_of[index_of(Level::menage)];
  for (std::size_t row = 0; row < cells.values.size(); ++row) {
    if (roles[row] == static_cast<std::uint8_t>(Role::principal)) continue;
    cells.values[row] = 0.0;
    cells.given[row] = 0;
  }
}

Column of_units(const Cells& cells, const ResolvedTarget& target, Combine combine, const LoadedTables& loaded,
                const PopulationTables& tables, CsvFindings& findings) {
  const Level level = target.variable->level;
  const auto& unit_of = tables.unit_of[index_of(level)];
  const std::size_t units = tables.ids[index_of(level)].size();
  std::vector<double> values(units, 0.0);
  std::vector<std::uint8_t> given(units, 0);
  std::vector<std::size_t> first(units, 0);
  for (std::size_t row = 0; row < cells.values.size() && !findings.full(); ++row) {
    if (cells.given[row] == 0) continue;
    const auto unit = static_cast<std::size_t>(unit_of[row]);
    const double value = cells.values[row];
    if (given[unit] == 0) {
      given[unit] = 1;
      values[unit] = value;
      first[unit] = row;
    } else if (combine == Combine::sum) {
      values[unit] += value;
    } else if (combine == Combine::highest) {
      values[unit] = std::max(values[unit], value);
    } else if (combine == Combine::same && values[unit] != value) {
      const SourceTable& persons = loaded.table_of_persons();
      findings.add(persons.place(row, target.source.column),
                   "'" + target.variable->name + "' is one value of the " + std::string(name_of(level)) + " '" +
                       tables.ids[index_of(level)][unit] + "', and here it is another than on line " +
                       std::to_string(persons.line(first[unit])),
                   "the mapping may say how members go together: \"members\": \"sum\", \"highest\" or \"first\"");
    }
  }
  return of_cells(std::move(values), std::move(given));
}

}  // namespace

Column lifted(Cells cells, const ResolvedTarget& target, const Mapping& mapping, const LoadedTables& loaded,
              const PopulationTables& tables, CsvFindings& findings) {
  const VariableInfo& variable = *target.variable;
  for (std::size_t row = 0; row < cells.values.size(); ++row) {
    if (cells.given[row] != 0)
      cells.values[row] = converted(cells.values[row], variable, target.target->unit, target.period.kind, mapping.per_euro);
  }
  const bool of_household = is_of_households(target.source, loaded.persons, mapping);
  const GiveTo give_to = target.target->give_to;
  if (of_household && variable.level != Level::menage && is_money(variable) && give_to == GiveTo::unsaid) {
    findings.add(Location{mapping.file, 0, 0, target.target->path},
                 "the amount is the household's, and '" + variable.name + "' a variable of " +
                     std::string(plural_of(variable.level)) + ": who gets it?",
                 "\"give_to\": \"reference\" or \"everybody\"");
    return of_cells({}, {});
  }
  if (give_to == GiveTo::reference && variable.level != Level::menage) keep_reference(cells, tables);
  if (!is_group(variable.level)) return of_cells(std::move(cells.values), std::move(cells.given));
  // What is the household's own is the same for all its members, whatever unit they are in.
  return of_units(cells, target, of_household ? Combine::first : target.target->combine, loaded, tables, findings);
}

}  // namespace labacces::mapping
