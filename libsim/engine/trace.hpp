// Trace: every named value of one household, for `explain`.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "libsim/plan/graph.hpp"
#include "libsim/population/population.hpp"

namespace labacces::engine {

/// Values of the persons and units of one dwelling.
struct Trace {
  /// Canonical rows of each level: the dwelling's persons, the families and tax units that they are in, the dwelling.
  std::array<std::vector<std::size_t>, level_count> rows;
  /// By index in Graph::names: one value for each of `rows` of the name's level, in that order.
  std::vector<std::vector<double>> values;
  /// By index in Graph::names: the level on which the value stands (individu for what is the same for all).
  std::vector<Level> levels;
};

/// Runs the whole graph on the block of dwelling `menage_row` (canonical) and keeps the value of each name.
Trace trace_household(const plan::Graph& graph, const Population& population, std::size_t menage_row);

}  // namespace labacces::engine
