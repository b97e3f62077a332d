#include "libsim/population/reweighted.hpp"

#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/population/population_builder.hpp"

namespace labacces {

Population reweighted(const std::shared_ptr<const Population>& base, std::vector<double> weights) {
  SIM_CHECK(weights.size() == base->count(Level::menage), "one weight a dwelling");
  PopulationTables tables;
  for (std::size_t level = 0; level < level_count; ++level) tables.ids[level] = base->ids(static_cast<Level>(level));
  for (const Level group : group_levels) {
    tables.unit_of[index_of(group)] = base->membership(group).unit_of;
    tables.role_of[index_of(group)] = base->membership(group).role_of;
  }
  tables.weights = std::move(weights);
  for (const Column& column : base->columns()) tables.columns.push_back({{}, column.given, {column.cells(), base}});
  tables.variables = base->variables();
  tables.synthetic = base->is_synthetic();
  tables.source = base->source();
  return PopulationBuilder::build(std::move(tables));
}

}  // namespace labacces
