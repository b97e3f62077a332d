// Random populations for random laws: odd structures, cells that miss, values given for rules.
#pragma once

#include <cstdint>

#include "libsim/law/law.hpp"
#include "libsim/population/population_builder.hpp"

namespace labacces::property {

/// Dwellings of one to six persons in families and tax units, some of which span two dwellings; data for every input (each cell when
/// the input has no default), and for some rules.
PopulationTables random_population(std::uint64_t seed, int dwellings, const law::Law& law);

/// The same people in another order of rows, at every level.
PopulationTables shuffled(const PopulationTables& tables, std::uint64_t seed);

}  // namespace labacces::property
