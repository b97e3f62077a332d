// Legal rounding of doubles: the only rounding of amounts in the library.
#pragma once

#include <cmath>

namespace labacces {

/// Slack that absorbs binary representation: 1.005 / 0.01 is 100.49999999999999, which the law reads as 100.5. A millionth of a
/// step is far above the error of a double (up to 10 million EUR in cents) and far below anything that an amount can hold.
inline constexpr double rounding_slack = 1e-6;

/// x rounded to the nearest multiple of step, halves away from zero: round_to(1.005, 0.01) = 1.01.
inline double round_to(double x, double step) {
  const double steps = std::fabs(x) / step;
  return std::copysign(std::floor(steps + 0.5 + rounding_slack) * step, x);
}

/// The smallest multiple of step not below x (within the slack): round_up_to(14400.000000001, 100) = 14400.
inline double round_up_to(double x, double step) { return std::ceil(x / step - rounding_slack) * step; }

/// The largest multiple of step not above x (within the slack): round_down_to(303.9999999999, 1) = 304.
inline double round_down_to(double x, double step) { return std::floor(x / step + rounding_slack) * step; }

}  // namespace labacces
