// Receipt, or eligibility, that is seen with errors: binary choice with misclassification.
#pragma once

#include <vector>

#include "libsim/takeup/choice.hpp"
#include "libsim/takeup/sample.hpp"

namespace labacces::takeup {

/// P(seen to receive) = a0 + (1 - a0 - a1) F(x'b): a0 = P(seen | does not), a1 = P(not seen | does). Hausman, Abrevaya, Scott-Morton,
/// "Misclassification of the dependent variable in a discrete-response setting", Journal of Econometrics 87 (1998).
struct MisclassifiedFit {
  Link link = Link::probit;
  Errors errors = Errors::robust;
  std::vector<Coefficient> coefficients;     ///< of the true choice, "(constant)" first
  Coefficient wrongly_seen, wrongly_missed;  ///< a0 and a1; their errors by the delta method
  Coefficient true_rate;                     ///< weighted mean of F(x'b)
  std::size_t units = 0;
  double seen_rate = 0.0, log_likelihood = 0.0;
  int iterations = 0;
};

/// Identified by the shape of F (a0 + a1 < 1 is imposed), so it wants indices that reach far to both sides. Throws Error as fit_choice.
MisclassifiedFit fit_misclassified(const Sample& sample, Link link, Errors errors);

}  // namespace labacces::takeup
