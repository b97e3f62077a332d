// Random populations for random laws: odd structures, cells that miss, values given for rules.
#pragma once

#include <cstdint>

#include "libsim/law/law.hpp"
#include "libsim/population/population_builder.hpp"

namespace labacces::property {

/// How the data of a random population are drawn.
struct PopulationStyle {
  double zero_amounts = 0.3;     ///< share of amounts that are 0
  double amounts = 1.0;          ///< 1: up to 2,500 EUR a month
  int births_from = 0;           ///< when set, most dates lie in the six years from that one
  double given_rules = 0.2;      ///< share of rules for which the data give values
  int first_year = 2010;         ///< yearly columns from that year on
  double monthly_columns = 0.3;  ///< share of months with a column of their own
};

/// Dwellings of one to six persons (a few of up to twelve) in families and tax units, some of which span two dwellings; data for every
/// input (each cell when the input has no default), and for some rules.
PopulationTables random_population(std::uint64_t seed, int dwellings, const law::Law& law, const PopulationStyle& style = {});

/// The same people in another order of rows, at every level.
PopulationTables shuffled(const PopulationTables& tables, std::uint64_t seed);

}  // namespace labacces::property
