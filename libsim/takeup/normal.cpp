#include "libsim/takeup/normal.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include "libsim/takeup/normal_loops.hpp"

namespace labacces::takeup {
namespace {

struct OneNumber {};
using Quantile = NormalQuantile<OneNumber>;

/// sqrt(-log p) for any p above 0.
double root_of_log(double p) {
  if (p < 0x1p-1000) return std::sqrt(100.0 * std::numbers::ln2 - Quantile::log_of(p * 0x1p100));
  return std::sqrt(-Quantile::log_of(p));
}

}  // namespace

double normal_cdf(double z) noexcept { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

double normal_density(double z) noexcept { return std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi); }

double normal_quantile(double p) noexcept {
  if (p <= 0.0) return -std::numeric_limits<double>::infinity();
  if (p >= 1.0) return std::numeric_limits<double>::infinity();
  const double q = p - 0.5;
  if (std::abs(q) <= Quantile::half_of_centre) return Quantile::centre(q);
  const double root = root_of_log(q < 0.0 ? p : 1.0 - p);
  const double z = root <= Quantile::end_of_tail ? Quantile::tail(root) : Quantile::far_tail(root);
  return q < 0.0 ? -z : z;
}

double logistic(double x) noexcept {
  if (x >= 0.0) return 1.0 / (1.0 + std::exp(-x));
  const double e = std::exp(x);
  return e / (1.0 + e);
}

double logit(double p) noexcept { return std::log(p) - std::log1p(-p); }

}  // namespace labacces::takeup
