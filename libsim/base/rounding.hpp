// Legal rounding of doubles: the only rounding of amounts in the library.
#pragma once

#include <cmath>

namespace labacces {

/// Slack, in steps, that absorbs binary representation: 1.005 / 0.01 is 100.49999999999999, which the law reads as 100.5. It grows
/// with the number of steps as the error of a double does (some forty operations' worth), and stays far below anything that an
/// amount can hold. `steps` is not negative.
inline double rounding_slack(double steps) { return 1e-9 + 1e-14 * steps; }

/// x rounded to the nearest multiple of step, halves away from zero: round_to(1.005, 0.01) = 1.01.
inline double round_to(double x, double step) {
  const double steps = std::fabs(x) / step;
  return std::copysign(std::floor(steps + 0.5 + rounding_slack(steps)) * step, x);
}

/// The smallest multiple of step not below x (within the slack): round_up_to(14400.000000001, 100) = 14400.
inline double round_up_to(double x, double step) {
  const double steps = x / step;
  return std::ceil(steps - rounding_slack(std::fabs(steps))) * step;
}

/// The largest multiple of step not above x (within the slack): round_down_to(303.9999999999, 1) = 304.
inline double round_down_to(double x, double step) {
  const double steps = x / step;
  return std::floor(steps + rounding_slack(std::fabs(steps))) * step;
}

}  // namespace labacces
