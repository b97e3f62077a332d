// Receipt of two benefits at once: two probits whose errors correlate.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "libsim/takeup/sample.hpp"

namespace labacces::takeup {

/// y1 = 1 where x1'b1 + e1 > 0, y2 = 1 where x2'b2 + e2 > 0, (e1, e2) bivariate normal with variances 1 and correlation rho.
/// Ashford, Sowden, "Multi-variate probit analysis", Biometrics 26 (1970); Greene, Econometric Analysis, ch. 17.
struct BiprobitFit {
  Errors errors = Errors::robust;
  std::vector<Coefficient> first, second;  ///< of each equation, "(constant)" first
  Coefficient correlation;                 ///< rho; its error by the delta method, its interval by that of atanh(rho)
  Coefficient atanh_correlation;           ///< what is estimated; its z tests rho = 0
  double correlation_low = 0.0, correlation_high = 0.0;
  std::vector<double> covariance;  ///< of first, second, atanh(rho), row by row
  /// Rates of "both", "first only", "second only", "neither": weighted means of the probabilities, with errors, and as observed.
  std::array<Coefficient, 4> joint;
  std::array<double, 4> observed{};
  std::size_t units = 0;
  double sum_of_weights = 0.0;
  double log_likelihood = 0.0, independent_log_likelihood = 0.0;  ///< with rho = 0: that of two probits
  double aic = 0.0, bic = 0.0;
  int iterations = 0;

  /// 2 (log-likelihood - that of independence), chi-square of one degree of freedom when rho is 0; and its p-value. With weights or clusters
  /// it is not: look at the z of atanh(rho).
  double likelihood_ratio() const { return 2.0 * (log_likelihood - independent_log_likelihood); }
  double likelihood_ratio_p_value() const;

  /// Probabilities of the four outcomes for one unit, with errors by the delta method; covariates in the order of the samples' names.
  std::array<Coefficient, 4> predict(const std::vector<double>& first_covariates,
                                     const std::vector<double>& second_covariates) const;
};

/// Names of the four outcomes, in their order.
inline constexpr std::array<const char*, 4> joint_outcomes{"both", "first only", "second only", "neither"};

/// Both samples are of the same units, in the same order, that have both rights; covariates may differ. Weights and clusters are those of the first.
/// Throws Error as fit_choice for each of the equations (the message names it), when the correlation goes to 1 or -1, and when the likelihood
/// is flat.
BiprobitFit fit_biprobit(const Sample& first, const Sample& second, Errors errors);

}  // namespace labacces::takeup
