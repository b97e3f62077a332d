#include "tests/property/changed_people.hpp"

#include <algorithm>

namespace labacces::property {

PopulationTables without(PopulationTables tables, const std::string& variable) {
  std::erase_if(tables.variables, [&](const VariableData& data) { return data.name == variable; });
  return tables;
}

PopulationTables with_monthly(PopulationTables tables, const law::Law& law, const std::string& variable, Month first, Month last,
                              const std::function<double(std::size_t row)>& value) {
  tables = without(std::move(tables), variable);
  const Level level = law.variables()[law.find_variable(variable).value()].level;
  Column column;
  for (std::size_t row = 0; row < tables.ids[index_of(level)].size(); ++row) column.values.push_back(value(row));
  tables.columns.push_back(std::move(column));
  const auto index = static_cast<std::uint32_t>(tables.columns.size() - 1);
  VariableData data{.name = variable, .level = level, .periods = {}};
  for (Month month = first; month <= last; month = month + 1) data.periods.push_back({Period::month(month), index});
  tables.variables.push_back(std::move(data));
  return tables;
}

std::vector<std::size_t> principals(const PopulationTables& tables, Level group) {
  std::vector<std::size_t> rows(tables.ids[index_of(group)].size());
  for (std::size_t person = 0; person < tables.ids[index_of(Level::individu)].size(); ++person) {
    if (tables.role_of[index_of(group)][person] == static_cast<std::uint8_t>(Role::principal))
      rows[static_cast<std::size_t>(tables.unit_of[index_of(group)][person])] = person;
  }
  return rows;
}

PopulationTables with_a_child_more(PopulationTables tables, Day birth) {
  const std::size_t before = tables.ids[index_of(Level::individu)].size();
  for (const std::size_t parent : principals(tables, Level::famille)) {
    // Ids stay numbers where they are numbers: the order of the persons there is the same.
    const std::string& id = tables.ids[index_of(Level::individu)][parent];
    tables.ids[index_of(Level::individu)].push_back(id + "000001");
    for (const Level group : group_levels) {
      tables.unit_of[index_of(group)].push_back(tables.unit_of[index_of(group)][parent]);
      tables.role_of[index_of(group)].push_back(static_cast<std::uint8_t>(Role::enfant));
    }
  }
  const std::size_t added = tables.ids[index_of(Level::individu)].size() - before;
  for (const VariableData& data : tables.variables) {
    if (data.level != Level::individu) continue;
    for (const PeriodColumn& period : data.periods) {
      Column& column = tables.columns[period.column];
      const bool is_birth = data.name == "date_naissance";
      if (column.given.empty() && !is_birth) column.given.assign(column.values.size(), 1);
      column.values.resize(before + added, is_birth ? static_cast<double>(birth.days) : 0.0);
      if (!column.given.empty()) column.given.resize(before + added, is_birth ? 1 : 0);
    }
  }
  return tables;
}

}  // namespace labacces::property
