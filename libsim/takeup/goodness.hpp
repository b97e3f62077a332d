// How well a choice model fits: pseudo R2, area under the curve, calibration by tenths, the test of Hosmer and Lemeshow.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "libsim/takeup/sample.hpp"

namespace labacces::takeup {

/// Units whose predicted probabilities lie next to each other.
struct CalibrationBand {
  std::size_t units = 0;
  double weight = 0.0;
  double lowest = 0.0, highest = 0.0;      ///< predicted probabilities
  double predicted = 0.0, observed = 0.0;  ///< weighted mean probability, weighted share that receives
  double observed_error = 0.0;             ///< standard error of the share, of independent units (Kish's effective number)
};

struct GoodnessOfFit {
  double mcfadden = 0.0, cox_snell = 0.0, nagelkerke = 0.0,
         tjur = 0.0;                   ///< pseudo R2 (McFadden 1974; Cox, Snell 1989; Nagelkerke 1991; Tjur 2009)
  double area_under_curve = 0.0;       ///< that a taker's probability exceeds a non-taker's, weighted
  double brier = 0.0;                  ///< weighted mean of (y - p)^2
  std::vector<CalibrationBand> bands;  ///< ten, fewer where probabilities are tied across their ends
  /// Sum over bands of (observed - predicted)^2 / (predicted (1 - p)), takers as numbers, with weights scaled to mean 1; chi-square with
  /// bands - 2 degrees of freedom when the model holds and weights are equal (Hosmer, Lemeshow 1980).
  double hosmer_lemeshow = 0.0;
  int degrees_of_freedom = 0;
  double hosmer_lemeshow_p_value = 0.0;
};

/// `probabilities` of the sample's units. The log-likelihoods are those of the fit and of the constant alone.
GoodnessOfFit goodness_of_fit(const Sample& sample, std::span<const double> probabilities, double log_likelihood,
                              double null_log_likelihood);

/// P(X > x) of a chi-square with this whole number of degrees of freedom.
double chi_square_above(double x, int degrees_of_freedom) noexcept;

}  // namespace labacces::takeup
