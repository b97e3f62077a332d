// How uncertain the parameters of a behaviour are, and behaviours drawn from that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/takeup/behaviour.hpp"

namespace labacces::scenario {

/// Of one benefit: coefficients with their covariance, out of a fit, or the standard error of its rate.
struct ParameterSpread {
  std::string benefit;
  std::vector<std::string> names;  ///< of the coefficients; empty for a rate
  std::vector<double> factor;      ///< Cholesky factor of the covariance, row by row
  double rate_error = 0.0;
};

/// The covariance of a fit.json of `takeup fit`. Throws Error with the file and the JSON path: no fit, a covariance that is not one.
ParameterSpread spread_of_fit(const std::string& benefit, const std::string& file, std::string_view text);

/// Draw `draw` (1, 2, ...) of the parameters: those of `behaviour` moved by normal draws with that covariance. A coefficient is found by its name: "(constant)",
/// a trait ("variable" or "variable=item"), any other is that of the amount (per EUR where its form is level). Rates move on the scale of their
/// log odds, those of cells together. Throws Error: a coefficient that the behaviour does not have, a rate of a behaviour without one.
takeup::Behaviour moved(const takeup::Behaviour& behaviour, const ParameterSpread& spread, std::uint64_t seed,
                        std::uint64_t draw);

}  // namespace labacces::scenario
