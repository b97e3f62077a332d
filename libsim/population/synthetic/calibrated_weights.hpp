// Weights of the synthetic Brittany: calibrated to published margins, the same bytes on any number of threads.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "libsim/base/date.hpp"
#include "libsim/population/synthetic/household.hpp"
#include "libsim/population/synthetic/model.hpp"

namespace labacces::synthetic {

/// Fewer sampled units than these in a cell of a margin: the cell is left out.
inline constexpr std::size_t fewest_units = 30;

struct CalibratedWeights {
  std::vector<double> weights;               ///< one a household, in the order drawn
  std::size_t margins = 0;                   ///< met
  std::size_t cells_left_out = 0;            ///< with fewer sampled units than fewest_units
  std::vector<std::string> tables_left_out;  ///< that could not be met together with those before them
  /// One sentence for the record.
  std::string description() const;
};

/// Calibrates `weight` a household, by raking, to the margins of bretagne.json that are not held out and to those of niveau_bretagne.json. Cells with
/// fewer than fewest_units sampled units are left out; where the rest cannot be met, tables are left out from the last one on, until it can: never an error.
/// `month` is the one asked: activity is that of this month, ages those of 31 December of its year.
CalibratedWeights calibrated_weights(const std::vector<std::vector<Household>>& drawn, const Model& model, Month month,
                                     double weight, unsigned threads);

/// The approximate standard of living that niveau_bretagne.json counts by: net incomes of the twelve months up to the end of the year without benefits, before income
/// tax, capital income after social levies, a year and consumption unit, EUR of 2025.
double approximate_standard_of_living(const Household& household, const Model& model, Month last);

}  // namespace labacces::synthetic
