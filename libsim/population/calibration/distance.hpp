// Distances between given and calibrated weights (Deville and Särndal 1992): the ratio of the weights as a function of u = x'lambda.
#pragma once

#include <cstdint>
#include <limits>

namespace labacces::calibration {

/// linear: chi-square, ratios may be negative; raking: positive ratios; logit and truncated_linear: ratios within bounds.
enum class Method : std::uint8_t { linear, raking, logit, truncated_linear };

/// One distance with its bounds.
class Distance {
 public:
  /// Bounds count for logit (0 <= lower < 1 < upper, both finite) and truncated_linear (lower < 1 < upper). Throws Error when they are wrong.
  Distance(Method method, double lower, double upper);

  /// The ratio of the weights at u, its derivative, and its integral from 0, which the dual problem adds up.
  struct Point {
    double ratio = 1.0, slope = 1.0, integral = 0.0;
  };
  Point at(double u) const noexcept;

  /// The smallest and largest ratio that the method allows.
  double lower() const { return lower_; }
  double upper() const { return upper_; }

 private:
  Method method_;
  double lower_ = -std::numeric_limits<double>::infinity(), upper_ = std::numeric_limits<double>::infinity();
  double steepness_ = 1.0;  // of the logit, so that its slope at 0 is 1
};

}  // namespace labacces::calibration
