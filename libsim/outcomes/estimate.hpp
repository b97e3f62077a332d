// A figure with its standard error, and the sums it is made from.
#pragma once

#include <cmath>
#include <cstddef>

#include "libsim/base/exact_sum.hpp"

namespace labacces::outcomes {

/// Normal quantile of a two-sided 95 % interval.
inline constexpr double quantile_95 = 1.959963984540054;

/// A figure, its standard error, its 95 % interval. `known` is false where nothing can be said (a rate of nobody): then all are NaN.
struct Estimate {
  double value = std::nan("");
  double standard_error = std::nan("");
  bool known = false;
  double low() const { return value - quantile_95 * standard_error; }
  double high() const { return value + quantile_95 * standard_error; }
};

/// First and second moments of a weighted total of clusters: z = sum of weight * y over one cluster.
class TotalSums {
 public:
  void add_cluster(double z) noexcept {
    sum_.add(z);
    square_.add(z * z);
  }
  void remove_cluster(double z) noexcept {
    sum_.add(-z);
    square_.add(-(z * z));
  }
  void merge(const TotalSums& other) noexcept {
    sum_.merge(other.sum_);
    square_.merge(other.square_);
  }
  /// Shows each exact sum to `visit`, always in one order: to write the state and to read it back.
  template <typename Visitor>
  void each_sum(const Visitor& visit) {
    visit(sum_);
    visit(square_);
  }
  double sum() const noexcept { return sum_.value(); }
  double square() const noexcept { return square_.value(); }

 private:
  ExactSum sum_, square_;
};

/// The total and its standard error, clusters drawn with replacement: n / (n - 1) * (sum z^2 - (sum z)^2 / n). `clusters` counts
/// those that add zero too. Cochran, Sampling Techniques, 3rd ed., section 9A; Wolter, Introduction to Variance Estimation, 1.4.
Estimate estimate_total(const TotalSums& sums, std::size_t clusters);

/// The ratio a / b, with the standard error of its linearisation u = (z_a - R z_b) / B. `product` = sum of z_a * z_b over clusters.
/// Unknown when b is zero.
Estimate estimate_ratio(const TotalSums& a, const TotalSums& b, double product, std::size_t clusters);

}  // namespace labacces::outcomes
