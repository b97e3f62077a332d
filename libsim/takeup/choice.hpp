// Logit, probit and complementary log-log by weighted maximum likelihood.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "libsim/takeup/goodness.hpp"
#include "libsim/takeup/links.hpp"
#include "libsim/takeup/sample.hpp"

namespace labacces::takeup {

struct ChoiceFit {
  Link link = Link::logit;
  Errors errors = Errors::robust;
  std::vector<Coefficient> coefficients;      ///< "(constant)" first
  std::vector<double> covariance;             ///< of the coefficients, row by row
  std::vector<Coefficient> marginal_effects;  ///< weighted mean over units of d probability / d covariate; delta method
  std::size_t units = 0, clusters = 0;
  double sum_of_weights = 0.0, share = 0.0;  ///< weighted share that receives
  double log_likelihood = 0.0, null_log_likelihood = 0.0;
  double pseudo_r2 = 0.0, aic = 0.0, bic = 0.0;  ///< McFadden 1974; with the log-likelihood above
  double area_under_curve = 0.0;                 ///< that of `goodness`
  GoodnessOfFit goodness;
  int iterations = 0;

  /// Probability of a unit with these covariates, in the order of the sample's names, and its standard error (delta method).
  Coefficient predict(const std::vector<double>& covariates, const std::string& name = {}) const;
};

/// Newton's method with line search on sum of w (y ln p + (1 - y) ln(1 - p)). The sandwich is A^-1 S A^-1, A the information, S the spread of
/// the scores over clusters, within strata where there are some (Binder 1983; as survey::svyglm of R): n / (n - 1) sum u_c u_c' without strata.
/// `threads`: results are the same bytes for any number.
/// Throws Error as check_sample, and when a combination of covariates separates the takers.
ChoiceFit fit_choice(const Sample& sample, Link link, Errors errors, unsigned threads = 0);

/// Rate predicted by the fit over the units for which `in` is 1, against the observed one.
struct CellFit {
  std::string cell;
  std::size_t units = 0;
  double observed = 0.0;
  Coefficient predicted;
};
CellFit fitted_cell(const ChoiceFit& fit, const Sample& sample, const std::string& cell, const std::vector<double>& in);

}  // namespace labacces::takeup
