// Take-up where it is the right that is seen with errors.
#pragma once

#include <vector>

#include "libsim/takeup/choice.hpp"
#include "libsim/takeup/sample.hpp"

namespace labacces::takeup {

/// Rights are computed from incomes seen with errors: of the units that seem to have one, the share `wrongly_eligible` (e1) has none; of those
/// that seem to have none, the share `wrongly_excluded` (e0) has one. Who has no right does not receive, who has one claims with F(x'b):
///   P(receives | seems to have the right) = (1 - e1) F(x'b),   P(receives | seems not to) = e0 F(x'b).
/// The first is the model of Hausman, Abrevaya, Scott-Morton (1998) with one of its two errors; the second is what Duclos, "Modelling the
/// take-up of state support", Journal of Public Economics 58 (1995), and Hernandez, Pudney, "Measurement error in models of welfare
/// participation", Journal of Public Economics 91 (2007), learn of the errors from receipt without an apparent right.
struct EligibilityFit {
  Link link = Link::probit;
  Errors errors = Errors::robust;
  std::vector<Coefficient> coefficients;  ///< of the choice of those who have the right, "(constant)" first
  std::vector<double> covariance;         ///< of the coefficients, then of the free numbers behind e1 and (where estimated) e0
  Coefficient wrongly_eligible;           ///< e1; its error by the delta method
  Coefficient wrongly_excluded;           ///< e0; 0 with error 0 when all units seem to have the right
  Coefficient true_rate;                  ///< take-up of those who have the right, the apparent ones and the others
  double seen_rate = 0.0;                 ///< of those who seem to have it
  std::size_t units = 0, seem_eligible = 0;
  double log_likelihood = 0.0;
  int iterations = 0;
};

/// `eligible[i]`: 1 where unit i seems to have the right, 0 where not. e1 is identified by the shape of F, as the errors of receipt are: indices
/// must reach far up. Throws Error as fit_choice on those who seem eligible, when nobody is, when none of the others receives (e0 = 0: leave
/// them out), and when the likelihood is flat.
EligibilityFit fit_misclassified_eligibility(const Sample& sample, const std::vector<double>& eligible, Link link, Errors errors);

}  // namespace labacces::takeup
