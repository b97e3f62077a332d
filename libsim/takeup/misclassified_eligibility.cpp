#include "libsim/takeup/misclassified_eligibility.hpp"

#include <algorithm>
#include <cmath>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/takeup/maximise.hpp"
#include "libsim/takeup/normal.hpp"

namespace labacces::takeup {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double smallest = 1e-300;

/// Parameters: the coefficients, logit(1 - e1), and logit(e0) where there are units that seem to have no right.
class Misclassified final : public UnitLikelihood {
 public:
  Misclassified(const Sample& sample, const std::vector<double>& eligible, Link link)
      : sample_(sample), eligible_(eligible), link_(link), x_(matrix_of(sample)) {}
  const MatrixXd& x() const { return x_; }

  VectorXd evaluate(const VectorXd& parameters, MatrixXd* scores) const override {
    const Index k = x_.cols();
    const VectorXd index = x_ * parameters.head(k);
    VectorXd out(x_.rows());
    if (scores != nullptr) scores->setZero(x_.rows(), parameters.size());
    for (Index i = 0; i < x_.rows(); ++i) {
      const auto row = static_cast<std::size_t>(i);
      const Index which = k + (eligible_[row] != 0.0 ? 0 : 1);
      const double share = logistic(parameters[which]);
      const double p = share * probability_at(link_, index[i]);
      const bool receives = sample_.claims[row] == 1.0;
      out[i] = std::log(std::max(receives ? p : 1.0 - p, smallest));
      if (scores == nullptr) continue;
      const double by_p = receives ? 1.0 / std::max(p, smallest) : -1.0 / std::max(1.0 - p, smallest);
      scores->row(i).head(k) = by_p * share * slope_at(link_, index[i]) * x_.row(i);
      (*scores)(i, which) = by_p * p * (1.0 - share);
    }
    return out;
  }

 private:
  const Sample& sample_;
  const std::vector<double>& eligible_;
  Link link_;
  MatrixXd x_;
};

/// Those who seem to have the right, for the naive model and its checks.
Sample who_seem_eligible(const Sample& sample, const std::vector<double>& eligible) {
  Sample out;
  out.names = sample.names;
  out.columns.resize(sample.columns.size());
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (eligible[i] == 0.0) continue;
    for (std::size_t j = 0; j < sample.columns.size(); ++j) out.columns[j].push_back(sample.columns[j][i]);
    out.claims.push_back(sample.claims[i]);
    out.weights.push_back(sample.weight(i));
  }
  return out;
}

/// Whether there are units that seem to have no right; refuses those that say nothing.
bool check_eligible(const Sample& sample, const std::vector<double>& eligible) {
  if (eligible.size() != sample.size()) throw Error("there is not one right for each unit");
  std::size_t others = 0, receive = 0, seem_eligible = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (eligible[i] != 0.0 && eligible[i] != 1.0)
      throw Error("whether unit " + std::to_string(i + 1) +
                  " seems to have the right is neither 0 nor 1: " + shortest(eligible[i]));
    if (!(sample.weight(i) > 0.0)) continue;
    if (eligible[i] == 1.0) {
      ++seem_eligible;
    } else {
      ++others;
      if (sample.claims[i] == 1.0) ++receive;
    }
  }
  if (seem_eligible == 0) throw Error("no unit seems to have the right: there is no take-up to estimate");
  if (others > 0 && receive == 0)
    throw Error("none of the " + std::to_string(others) +
                " units that seem to have no right receives: leave them out, their share of wrongly excluded is 0");
  return others > 0;
}

double delta(const VectorXd& derivative, const MatrixXd& covariance) {
  return std::sqrt(std::max(derivative.dot(covariance * derivative), 0.0));
}

/// sum w s F / sum w s, s the share that has the right among units that seem alike; and its derivatives.
void add_true_rate(const Misclassified& model, const Sample& sample, const std::vector<double>& eligible, const Maximum& found,
                   EligibilityFit& fit) {
  const Index k = model.x().cols();
  const VectorXd index = model.x() * found.parameters.head(k);
  double above = 0.0, below = 0.0;
  VectorXd by_above = VectorXd::Zero(found.parameters.size());
  VectorXd by_below = by_above;
  for (Index i = 0; i < index.size(); ++i) {
    const auto row = static_cast<std::size_t>(i);
    const Index which = k + (eligible[row] != 0.0 ? 0 : 1);
    const double share = logistic(found.parameters[which]);
    const double chance = probability_at(fit.link, index[i]);
    const double weight = sample.weight(row);
    above += weight * share * chance;
    below += weight * share;
    by_above.head(k) += weight * share * slope_at(fit.link, index[i]) * model.x().row(i).transpose();
    by_above[which] += weight * share * (1.0 - share) * chance;
    by_below[which] += weight * share * (1.0 - share);
  }
  const double rate = above / below;
  fit.true_rate = {"rate of take-up, corrected", rate, delta((by_above - rate * by_below) / below, found.covariance)};
}

}  // namespace

EligibilityFit fit_misclassified_eligibility(const Sample& sample, const std::vector<double>& eligible, Link link,
                                             Errors errors) {
  check_sample(sample);
  const bool has_others = check_eligible(sample, eligible);
  const ChoiceFit naive = fit_choice(who_seem_eligible(sample, eligible), link, Errors::classical);
  const Misclassified model(sample, eligible, link);
  const Index k = model.x().cols();
  VectorXd start(k + (has_others ? 2 : 1));
  for (Index j = 0; j < k; ++j) start[j] = naive.coefficients[static_cast<std::size_t>(j)].value;
  start[k] = logit(0.95);
  if (has_others) start[k + 1] = logit(0.05);
  const Maximum found =
      maximise(model, sample, start, errors,
               "the model with misclassified eligibility (the share of wrongly eligible may lie at its bound, 0)");

  EligibilityFit fit;
  fit.link = link;
  fit.errors = errors;
  fit.units = sample.size();
  fit.seem_eligible = naive.units;
  fit.seen_rate = naive.share;
  fit.log_likelihood = found.log_likelihood;
  fit.iterations = found.iterations;
  for (Index j = 0; j < k; ++j)
    fit.coefficients.push_back(
        {naive.coefficients[static_cast<std::size_t>(j)].name, found.parameters[j], std::sqrt(found.covariance(j, j))});
  fit.covariance.assign(found.covariance.data(), found.covariance.data() + found.covariance.size());
  const auto share = [&](Index which) { return logistic(found.parameters[which]); };
  const auto error_of_share = [&](Index which) {
    return share(which) * (1.0 - share(which)) * std::sqrt(found.covariance(which, which));
  };
  fit.wrongly_eligible = {"seems to have the right, has none", 1.0 - share(k), error_of_share(k)};
  fit.wrongly_excluded = {"has the right, seems to have none", 0.0, 0.0};
  if (has_others) fit.wrongly_excluded = {fit.wrongly_excluded.name, share(k + 1), error_of_share(k + 1)};
  add_true_rate(model, sample, eligible, found, fit);
  return fit;
}

}  // namespace labacces::takeup
