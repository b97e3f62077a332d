// The standard run of the benchmarks: seven benefits of the French law on a synthetic Brittany.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "libsim/law/law.hpp"
#include "libsim/plan/graph.hpp"
#include "libsim/plan/plan.hpp"
#include "libsim/population/population.hpp"

namespace labacces::bench {

inline constexpr int last_month_index = 2025 * 12 + 11;  // December 2025

/// The built-in French law, checked.
law::Law french_law();

/// The synthetic Brittany with this many households, made once.
const Population& brittany(const law::Law& law, std::size_t households);

/// rsa, ppa, aide_logement, af, cf, asf, paje_base for the last `months` months of 2025.
plan::Graph standard_graph(const std::vector<const law::Law*>& laws, const Population& population, std::size_t months);

/// Laws that differ in one amount each, as reforms do.
std::vector<law::Law> reformed_laws(std::size_t count);

}  // namespace labacces::bench
