#include "libsim/takeup/links.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "libsim/takeup/normal.hpp"

namespace labacces::takeup {

double probability_at(Link link, double index) {
  switch (link) {
    case Link::logit:
      return logistic(index);
    case Link::probit:
      return normal_cdf(index);
    case Link::cloglog:
      return -std::expm1(-std::exp(std::min(index, 30.0)));
  }
  return 0.0;
}

// For links that are symmetric, P(not claiming) at x is P(claiming) at -x.
LikelihoodTerms likelihood_terms(Link link, double index, bool claims) {
  switch (link) {
    case Link::logit: {
      const double x = claims ? index : -index;
      const double e = std::exp(-std::abs(x));
      const double larger = 1.0 / (1.0 + e);  // of both probabilities
      const double smaller = e * larger;
      const double missing = x >= 0.0 ? smaller : larger;
      return {std::min(x, 0.0) - std::log1p(e), claims ? missing : -missing, -smaller * larger};
    }
    case Link::probit: {
      const double x = claims ? index : -index;
      // Mills' ratio: by its expansion far in the tail, where the distribution function underflows.
      const bool tail = x < -35.0;
      const double log_p = tail ? -0.5 * x * x - std::log(-x) - 0.5 * std::log(2.0 * std::numbers::pi) : std::log(normal_cdf(x));
      const double mills = tail ? -x - 1.0 / x : normal_density(x) / normal_cdf(x);
      return {log_p, claims ? mills : -mills, -mills * (x + mills)};
    }
    case Link::cloglog: {
      const double e = std::exp(std::min(index, 30.0));
      if (!claims) return {-e, -e, -e};
      const double p = -std::expm1(-e);
      const double ratio = e * std::exp(-e) / p;  // p' / p
      return {std::log(p), ratio, ratio * (1.0 - e - ratio)};
    }
  }
  return {};
}

double slope_at(Link link, double index) {
  switch (link) {
    case Link::logit: {
      const double p = logistic(index);
      return p * (1.0 - p);
    }
    case Link::probit:
      return normal_density(index);
    case Link::cloglog:
      return std::exp(std::min(index, 30.0) - std::exp(std::min(index, 30.0)));
  }
  return 0.0;
}

double slope_change_at(Link link, double index) {
  switch (link) {
    case Link::logit: {
      const double p = logistic(index);
      return p * (1.0 - p) * (1.0 - 2.0 * p);
    }
    case Link::probit:
      return -index * normal_density(index);
    case Link::cloglog: {
      const double e = std::exp(std::min(index, 30.0));
      return e * std::exp(-e) * (1.0 - e);
    }
  }
  return 0.0;
}

double index_at(Link link, double share) {
  switch (link) {
    case Link::logit:
      return logit(share);
    case Link::probit:
      return normal_quantile(share);
    case Link::cloglog:
      return std::log(-std::log1p(-share));
  }
  return 0.0;
}

}  // namespace labacces::takeup
