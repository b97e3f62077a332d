#include "libsim/population/scaled.hpp"

#include <algorithm>
#include <utility>

#include "libsim/population/population_builder.hpp"

namespace labacces {

Population scaled(const std::shared_ptr<const Population>& base, const std::vector<std::string>& variables,
                  const std::function<double(std::size_t variable, std::size_t row)>& factor) {
  PopulationTables tables = tables_of(base);
  for (std::size_t v = 0; v < variables.size(); ++v) {
    const auto data = std::find_if(tables.variables.begin(), tables.variables.end(),
                                   [&](const VariableData& item) { return item.name == variables[v]; });
    if (data == tables.variables.end()) continue;
    for (PeriodColumn& item : data->periods) {
      const Column& old = tables.columns[item.column];
      Column changed{std::vector<double>(old.cells().begin(), old.cells().end()), old.given};
      for (std::size_t row = 0; row < changed.values.size(); ++row) changed.values[row] *= factor(v, row);
      item.column = static_cast<std::uint32_t>(tables.columns.size());  // other variables may share the old column
      tables.columns.push_back(std::move(changed));
    }
  }
  return PopulationBuilder::build(std::move(tables));
}

std::vector<std::string> given_incomes(const Population& population, const Schema& schema) {
  std::vector<std::string> out;
  for (const VariableData& data : population.variables()) {
    const VariableInfo* info = schema.find(data.name);
    if (info != nullptr && info->level == Level::individu && (info->measure == "EUR/month" || info->measure == "EUR/year"))
      out.push_back(data.name);
  }
  return out;
}

}  // namespace labacces
