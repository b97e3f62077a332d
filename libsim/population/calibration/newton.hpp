// The dual problem of calibration: a smooth convex function of one number a margin, solved by Newton's method.
#pragma once

#include <span>
#include <vector>

#include "libsim/population/calibration/distance.hpp"
#include "libsim/population/calibration/margins.hpp"

namespace labacces::calibration {

struct NewtonOptions {
  double tolerance = 1e-10;  ///< largest relative error of a margin
  int most_steps = 100;
  unsigned threads = 0;
};

struct NewtonResult {
  bool met = false;
  int steps = 0;
  double largest_error = 0.0;       ///< relative, over the margins asked
  std::vector<double> ratios;       ///< one a unit
  std::vector<double> multipliers;  ///< one a margin; 0 for those left out
};

/// Weighted totals of the units: sums of weight x value by margin. The same bytes on any number of threads.
std::vector<double> totals(const Margins& margins, std::span<const double> weights, unsigned threads);

/// Finds ratios that meet the margins numbered in `asked` (linearly independent); says whether it did.
NewtonResult solve(const Margins& margins, std::span<const double> weights, std::span<const std::uint32_t> asked,
                   const Distance& distance, const NewtonOptions& options);

}  // namespace labacces::calibration
