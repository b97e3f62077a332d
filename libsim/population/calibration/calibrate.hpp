// Weights moved as little as a distance allows so that margins are met (Deville and Särndal, JASA 87, 1992).
#pragma once

#include <span>
#include <vector>

#include "libsim/population/calibration/distance.hpp"
#include "libsim/population/calibration/margins.hpp"

namespace labacces::calibration {

struct Options {
  Method method = Method::raking;
  double lower = 0.0, upper = 0.0;  ///< bounds of the ratios, for logit and truncated_linear
  double tolerance = 1e-10;         ///< largest relative error of a margin (of a total near 0: relative to what is added up)
  int most_steps = 100;
  unsigned threads = 0;  ///< results are the same whatever it is
};

struct Calibrated {
  std::vector<double> weights;   ///< one a unit
  std::vector<double> achieved;  ///< one a margin
  double largest_error = 0.0;    ///< relative, over all margins
  int steps = 0;
};

/// Calibrates weights (finite, none negative, not all 0). Margins may depend on each other when their totals agree. Throws Error that names the
/// margins in conflict when no weights can meet them all, and never returns weights that do not.
/// A margin that is a sum of others is met as well as its total agrees with theirs: to 1e-8.
Calibrated calibrate(const Margins& margins, std::span<const double> weights, const Options& options);

/// The same for each set of replicate weights, with the same margins and options.
std::vector<Calibrated> calibrate_replicates(const Margins& margins, const std::vector<std::vector<double>>& replicates,
                                             const Options& options);

}  // namespace labacces::calibration
