// Links of binary choice: the probability at an index, its slopes, and the likelihood of one unit.
#pragma once

namespace labacces::takeup {

enum class Link : unsigned char { logit, probit, cloglog };

/// Inverse of the link: the probability at an index; its first and second derivative.
double probability_at(Link link, double index);
double slope_at(Link link, double index);
double slope_change_at(Link link, double index);

/// Index at which the probability is `share`: the coefficient of the model without covariates.
double index_at(Link link, double share);

/// Of one unit that claims or not: log-likelihood, and its first and second derivative by the index.
struct LikelihoodTerms {
  double log_likelihood = 0.0, score = 0.0, curvature = 0.0;
};
LikelihoodTerms likelihood_terms(Link link, double index, bool claims);

}  // namespace labacces::takeup
