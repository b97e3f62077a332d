// One random case: a law, a population for it, and what is asked. Seeds come from the environment and are printed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libsim/engine/run.hpp"
#include "libsim/law/load_law.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/population/population_builder.hpp"
#include "tests/property/random_law.hpp"

namespace labacces::property {

/// LABACCES_PROPERTY_SEED, or 1: the first seed; case i has seed + i.
std::uint64_t first_seed();
/// LABACCES_PROPERTY_CASES, or `usual`.
int case_count(int usual);

struct PropertyCase {
  std::uint64_t seed = 0;
  RandomLaw written;
  law::Law law;
  PopulationTables tables;
  Population population;
  std::vector<plan::Request> requests;  ///< every rule, in a month or two, or in a year
};

/// Throws Error with the diagnostics when the law is refused: a random law is always correct.
PropertyCase make_case(std::uint64_t seed, int dwellings);

/// Loads the text of a random law, with its reform when asked.
law::Law load(const RandomLaw& written, bool reformed = false);

/// Rows of the level of an output (canonical order), for every request.
std::vector<std::vector<double>> answers(const law::Law& law, const std::vector<plan::Request>& requests,
                                         const Population& population, const engine::RunOptions& options = {.threads = 1});

/// "r3 of famille 'x12' in 2024-05", and the rule as written.
std::string describe(const PropertyCase& made, const plan::Request& request, std::size_t row);

}  // namespace labacces::property
