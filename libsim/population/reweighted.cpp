#include "libsim/population/reweighted.hpp"

#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/population/population_builder.hpp"

namespace labacces {

Population reweighted(const std::shared_ptr<const Population>& base, std::vector<double> weights) {
  SIM_CHECK(weights.size() == base->count(Level::menage), "one weight a dwelling");
  PopulationTables tables = tables_of(base);
  tables.weights = std::move(weights);
  tables.weighting.clear();
  return PopulationBuilder::build(std::move(tables));
}

}  // namespace labacces
