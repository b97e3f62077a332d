// How a sample was drawn, and what that says of the spread of a figure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace labacces::outcomes {

/// Rows are what weights belong to: dwellings, or the units of a file.
struct SurveyDesign {
  std::vector<double> weights;                  ///< of each row
  std::vector<std::uint32_t> strata;            ///< code of each row; empty = one stratum
  std::vector<std::uint32_t> clusters;          ///< code of each row; empty = each row for itself
  std::vector<std::string> stratum_names;       ///< by code; as messages show them
  std::vector<std::vector<double>> replicates;  ///< [replicate][row]; where there are any, they give the variance
  double replicate_factor = 0.0;                ///< variance = factor * sum over replicates of (value under it - value)^2
  std::string description() const;              ///< one sentence for the notes of tables
};

/// Factor of a method for `count` replicates: brr 1/R, fay:K 1/(R (1 - K)^2), jk1 (R - 1)/R, jk2 1, bootstrap 1/(R - 1). Throws Error
/// on another method (nearest name), K outside [0, 1), fewer than two replicates.
double replicate_factor(const std::string& method, std::size_t count);

/// The variance of linearised figures: clusters drawn with replacement in each stratum,
///   sum over strata h of n_h / (n_h - 1) * (sum_c z_c^2 - (sum_c z_c)^2 / n_h),
/// z_c the weighted residuals of cluster c; clusters of the whole sample count, also those without residuals (estimates of domains).
class DesignVariance {
 public:
  /// Throws Error: a cluster in two strata, a stratum of one cluster.
  explicit DesignVariance(const SurveyDesign& design);

  /// `residuals[i]`, weights in them, belongs to row rows[i]. NaN with fewer than two clusters.
  double of_residuals(std::span<const std::uint32_t> rows, std::span<const double> residuals);
  double of_replicates(double value, std::span<const double> under_replicates) const;
  std::size_t clusters() const { return stratum_of_cluster_.size(); }

 private:
  const SurveyDesign& design_;
  std::vector<std::uint32_t> stratum_of_cluster_;
  std::vector<double> clusters_in_stratum_;
  std::vector<double> totals_;         // by cluster; zero between calls
  std::vector<std::uint8_t> touched_;  // by cluster; zero between calls
};

}  // namespace labacces::outcomes
