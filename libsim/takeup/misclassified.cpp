#include "libsim/takeup/misclassified.hpp"

#include <algorithm>
#include <cmath>

#include "libsim/takeup/maximise.hpp"

namespace labacces::takeup {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double smallest = 1e-300;

/// Shares a0, a1 with a0 + a1 < 1, from two free numbers.
struct Shares {
  double a0, a1;
  explicit Shares(const VectorXd& parameters) {
    const double t0 = parameters[parameters.size() - 2];
    const double t1 = parameters[parameters.size() - 1];
    const double highest = std::max({0.0, t0, t1});
    const double e0 = std::exp(t0 - highest);
    const double e1 = std::exp(t1 - highest);
    const double sum = std::exp(-highest) + e0 + e1;
    a0 = e0 / sum;
    a1 = e1 / sum;
  }
};

class Misclassified final : public UnitLikelihood {
 public:
  Misclassified(const Sample& sample, Link link) : sample_(sample), link_(link), x_(matrix_of(sample)) {}
  const MatrixXd& x() const { return x_; }

  VectorXd evaluate(const VectorXd& parameters, MatrixXd* scores) const override {
    const Index k = x_.cols();
    const Shares shares(parameters);
    const VectorXd index = x_ * parameters.head(k);
    VectorXd out(x_.rows());
    if (scores != nullptr) scores->resize(x_.rows(), k + 2);
    for (Index i = 0; i < x_.rows(); ++i) {
      const double truth = probability_at(link_, index[i]);
      const double p = shares.a0 + (1.0 - shares.a0 - shares.a1) * truth;
      const bool seen = sample_.claims[static_cast<std::size_t>(i)] == 1.0;
      out[i] = std::log(std::max(seen ? p : 1.0 - p, smallest));
      if (scores == nullptr) continue;
      const double by_p = seen ? 1.0 / std::max(p, smallest) : -1.0 / std::max(1.0 - p, smallest);
      scores->row(i).head(k) = by_p * (1.0 - shares.a0 - shares.a1) * slope_at(link_, index[i]) * x_.row(i);
      // d a0 / d t0 = a0 (1 - a0), d a0 / d t1 = -a0 a1, and so on.
      const double by_a0 = by_p * (1.0 - truth);
      const double by_a1 = -by_p * truth;
      (*scores)(i, k) = by_a0 * shares.a0 * (1.0 - shares.a0) - by_a1 * shares.a0 * shares.a1;
      (*scores)(i, k + 1) = -by_a0 * shares.a0 * shares.a1 + by_a1 * shares.a1 * (1.0 - shares.a1);
    }
    return out;
  }

 private:
  const Sample& sample_;
  Link link_;
  MatrixXd x_;
};

double delta(const VectorXd& derivative, const MatrixXd& covariance) {
  return std::sqrt(derivative.dot(covariance * derivative));
}

}  // namespace

MisclassifiedFit fit_misclassified(const Sample& sample, Link link, Errors errors) {
  const ChoiceFit naive = fit_choice(sample, link, Errors::classical);
  const Misclassified model(sample, link);
  const Index k = model.x().cols();
  VectorXd start(k + 2);
  for (Index j = 0; j < k; ++j) start[j] = naive.coefficients[static_cast<std::size_t>(j)].value;
  start[k] = start[k + 1] = std::log(0.05);  // five in a hundred of each kind
  const Maximum found =
      maximise(model, sample, start, errors, "the model with misclassified receipt (a share of errors may lie at its bound, 0)");

  MisclassifiedFit fit{link, errors, {}, {}, {}, {}, sample.size(), naive.share, found.log_likelihood, found.iterations};
  for (Index j = 0; j < k; ++j)
    fit.coefficients.push_back(
        {naive.coefficients[static_cast<std::size_t>(j)].name, found.parameters[j], std::sqrt(found.covariance(j, j))});
  const Shares shares(found.parameters);
  VectorXd by_a0 = VectorXd::Zero(k + 2);
  VectorXd by_a1 = VectorXd::Zero(k + 2);
  by_a0[k] = shares.a0 * (1.0 - shares.a0);
  by_a0[k + 1] = by_a1[k] = -shares.a0 * shares.a1;
  by_a1[k + 1] = shares.a1 * (1.0 - shares.a1);
  fit.wrongly_seen = {"seen to receive, does not", shares.a0, delta(by_a0, found.covariance)};
  fit.wrongly_missed = {"receives, not seen to", shares.a1, delta(by_a1, found.covariance)};

  VectorXd derivative = VectorXd::Zero(k + 2);
  double rate = 0.0;
  const VectorXd index = model.x() * found.parameters.head(k);
  for (Index i = 0; i < index.size(); ++i) {
    const double weight = sample.weight(static_cast<std::size_t>(i)) / naive.sum_of_weights;
    rate += weight * probability_at(link, index[i]);
    derivative.head(k) += weight * slope_at(link, index[i]) * model.x().row(i).transpose();
  }
  fit.true_rate = {"rate of take-up, corrected", rate, delta(derivative, found.covariance)};
  return fit;
}

}  // namespace labacces::takeup
