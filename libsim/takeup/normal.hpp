// The links of choice models, and the normal distribution behind them.
#pragma once

namespace labacces::takeup {

/// Standard normal distribution function, and its inverse on (0, 1); at 0 and 1 the inverse is -/+ infinity.
double normal_cdf(double z) noexcept;
double normal_quantile(double p) noexcept;

/// Its density.
double normal_density(double z) noexcept;

/// 1 / (1 + exp(-x)), without overflow, and its inverse (infinite at 0 and 1).
double logistic(double x) noexcept;
double logit(double p) noexcept;

}  // namespace labacces::takeup
