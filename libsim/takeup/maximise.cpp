#include "libsim/takeup/maximise.hpp"

#include <Eigen/Cholesky>
#include <cmath>

#include "libsim/base/error.hpp"
#include "libsim/takeup/design.hpp"
#include "libsim/takeup/score_spread.hpp"

namespace labacces::takeup {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int most_iterations = 500;
constexpr int most_halvings = 40;
constexpr int most_polishes = 10;
constexpr double near_maximum = 1e-8;  // of the log-likelihood: what a step of the scores' outer products would gain
constexpr double seen_gain = 1e-11;    // and what rounding does not hide
constexpr double small_gain = 1e-17;   // of the log-likelihood: what the last of Newton's steps may leave

VectorXd weights_of(const Sample& sample) {
  VectorXd weights(static_cast<Index>(sample.size()));
  for (Index i = 0; i < weights.size(); ++i) weights[i] = sample.weight(static_cast<std::size_t>(i));
  return weights;
}

MatrixXd hessian(const UnitLikelihood& model, const VectorXd& weights, const VectorXd& at) {
  const Index k = at.size();
  MatrixXd out(k, k);
  MatrixXd scores;
  for (Index j = 0; j < k; ++j) {
    const double step = 1e-5 * std::max(1.0, std::abs(at[j]));
    VectorXd near = at;
    near[j] = at[j] + step;
    model.evaluate(near, &scores);
    VectorXd change = scores.transpose() * weights;
    near[j] = at[j] - step;
    model.evaluate(near, &scores);
    change -= scores.transpose() * weights;
    out.col(j) = change / (2.0 * step);
  }
  return 0.5 * (out + out.transpose());
}

}  // namespace

MatrixXd matrix_of(const Sample& sample) {
  MatrixXd x(static_cast<Index>(sample.size()), static_cast<Index>(sample.columns.size()) + 1);
  x.col(0).setOnes();
  for (std::size_t j = 0; j < sample.columns.size(); ++j)
    x.col(static_cast<Index>(j) + 1) = Eigen::Map<const VectorXd>(sample.columns[j].data(), x.rows());
  return x;
}

Maximum maximise(const UnitLikelihood& model, const Sample& sample, const VectorXd& start, Errors errors, const char* what) {
  const VectorXd weights = weights_of(sample);
  Maximum out{start, {}, 0.0, 0};
  MatrixXd scores;
  out.log_likelihood = model.evaluate(out.parameters, &scores).dot(weights);
  // Climbs along `step`, halved until the log-likelihood rises; false when it rises no more.
  const auto climbs = [&](const VectorXd& step) {
    double length = 1.0;
    double reached = model.evaluate(out.parameters + step, nullptr).dot(weights);
    for (int halvings = 0; !(reached > out.log_likelihood) && halvings < most_halvings; ++halvings) {
      length *= 0.5;
      reached = model.evaluate(out.parameters + length * step, nullptr).dot(weights);
    }
    if (!(reached > out.log_likelihood)) return false;
    out.parameters += length * step;
    out.log_likelihood = model.evaluate(out.parameters, &scores).dot(weights);
    return true;
  };
  for (;; ++out.iterations) {
    if (out.iterations >= most_iterations || !std::isfinite(out.log_likelihood)) {
      throw Error(std::string(what) + " has no maximum that could be found in " + std::to_string(out.iterations) +
                  " steps: the data do not identify all its parameters");
    }
    const VectorXd gradient = scores.transpose() * weights;
    const MatrixXd products = scores.transpose() * weights.asDiagonal() * scores;
    const VectorXd step = Eigen::LDLT<MatrixXd>(products).solve(gradient);
    if (!(gradient.dot(step) > near_maximum * (1.0 + std::abs(out.log_likelihood))) || !climbs(step)) break;
  }
  // Near the maximum Newton's steps, which end where the gradient does.
  MatrixXd inverse;
  for (int polish = 0;; ++polish) {
    const Eigen::LDLT<MatrixXd> information(-hessian(model, weights, out.parameters));
    if (information.info() != Eigen::Success || !information.isPositive() || !(information.vectorD().minCoeff() > 0.0)) {
      throw Error(std::string(what) + " is flat at its maximum: the data do not identify all its parameters");
    }
    inverse = information.solve(MatrixXd::Identity(start.size(), start.size()));
    const VectorXd gradient = scores.transpose() * weights;
    const VectorXd step = inverse * gradient;
    const double gain = gradient.dot(step) / (1.0 + std::abs(out.log_likelihood));
    if (polish >= most_polishes || !(gain > small_gain)) break;
    if (gain > seen_gain) {
      if (!climbs(step)) break;
    } else {
      // So near that the gain drowns in the rounding of the log-likelihood, while the step still counts.
      out.parameters += step;
      out.log_likelihood = model.evaluate(out.parameters, &scores).dot(weights);
    }
    ++out.iterations;
  }
  out.covariance = inverse;
  if (errors != Errors::classical) {
    const Design design(sample);
    const ScoreSpread spread = spread_of_scores(sample, errors, start.size(), 1, [&](std::size_t block, MatrixXd& rows) {
      const auto first = static_cast<Index>(design.first(block));
      const auto count = static_cast<Index>(design.count(block));
      rows = weights.segment(first, count).asDiagonal() * scores.middleRows(first, count);
    });
    out.covariance = inverse * spread.matrix * inverse;
  }
  return out;
}

}  // namespace labacces::takeup
