#include "libsim/outcomes/estimate.hpp"

#include <algorithm>

namespace labacces::outcomes {
namespace {

double spread(double squares, double sum, std::size_t clusters) {
  if (clusters < 2) return std::nan("");
  const auto n = static_cast<double>(clusters);
  return n / (n - 1.0) * std::max(0.0, squares - sum * sum / n);
}

}  // namespace

Estimate estimate_total(const TotalSums& sums, std::size_t clusters) {
  return {sums.sum(), std::sqrt(spread(sums.square(), sums.sum(), clusters)), true};
}

Estimate estimate_ratio(const TotalSums& a, const TotalSums& b, double product, std::size_t clusters) {
  if (!(b.sum() > 0.0)) return {};
  const double ratio = a.sum() / b.sum();
  const double squares = a.square() - 2.0 * ratio * product + ratio * ratio * b.square();  // the residuals sum to zero
  return {ratio, std::sqrt(spread(std::max(0.0, squares), 0.0, clusters)) / b.sum(), true};
}

}  // namespace labacces::outcomes
