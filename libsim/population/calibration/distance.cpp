#include "libsim/population/calibration/distance.hpp"

#include <algorithm>
#include <cmath>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"

namespace labacces::calibration {

Distance::Distance(Method method, double lower, double upper) : method_(method) {
  if (method == Method::linear) return;
  if (method == Method::raking) {
    lower_ = 0.0;
    return;
  }
  const bool logit = method == Method::logit;
  const bool ordered = lower < 1.0 && upper > 1.0;
  if (!ordered || (logit && (lower < 0.0 || !std::isfinite(upper)))) {
    throw Error(std::string("bounds of the ratios of weights: ") +
                (logit ? "0 <= lower < 1 < upper, both finite," : "lower < 1 < upper") + " was expected, found " +
                shortest(lower) + " and " + shortest(upper));
  }
  lower_ = lower;
  upper_ = upper;
  if (logit) steepness_ = (upper - lower) / ((1.0 - lower) * (upper - 1.0));
}

Distance::Point Distance::at(double u) const noexcept {
  switch (method_) {
    case Method::linear:
      return {1.0 + u, 1.0, u + u * u / 2.0};
    case Method::raking: {
      const double ratio = std::exp(std::min(u, 600.0));  // beyond, the dual is out of range anyway
      return {ratio, ratio, ratio - 1.0};
    }
    case Method::logit: {
      // Share of the way from lower to upper, written so that nothing overflows.
      const double odds = std::log((1.0 - lower_) / (upper_ - 1.0)) + steepness_ * u;
      const double share = odds > 0.0 ? 1.0 / (1.0 + std::exp(-odds)) : std::exp(odds) / (1.0 + std::exp(odds));
      const double soft = std::max(odds, 0.0) + std::log1p(std::exp(-std::abs(odds)));
      const double soft_at_0 = std::log((upper_ - lower_) / (upper_ - 1.0));
      const double width = upper_ - lower_;
      return {lower_ + width * share, width * steepness_ * share * (1.0 - share),
              lower_ * u + width / steepness_ * (soft - soft_at_0)};
    }
    case Method::truncated_linear: {
      const double inside = std::clamp(u, lower_ - 1.0, upper_ - 1.0);
      const double ratio = 1.0 + inside;
      return {ratio, inside == u ? 1.0 : 0.0, inside + inside * inside / 2.0 + ratio * (u - inside)};
    }
  }
  return {};
}

}  // namespace labacces::calibration
