#include "libsim/takeup/maximise.hpp"

#include <Eigen/Cholesky>
#include <cmath>
#include <map>

#include "libsim/base/error.hpp"

namespace labacces::takeup {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int most_iterations = 500;
constexpr int most_halvings = 40;
constexpr double small_gain = 1e-12;

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

/// Sum over clusters of outer products of their weighted scores, times n / (n - 1).
MatrixXd spread_of(const Sample& sample, const MatrixXd& scores, const VectorXd& weights, bool by_cluster) {
  std::map<std::uint64_t, VectorXd> clusters;
  for (Index i = 0; i < scores.rows(); ++i) {
    if (weights[i] <= 0.0) continue;
    const auto row = static_cast<std::size_t>(i);
    const std::uint64_t code = by_cluster && !sample.clusters.empty() ? sample.clusters[row] : row;
    const auto [place, made] = clusters.try_emplace(code, VectorXd::Zero(scores.cols()));
    place->second += weights[i] * scores.row(i).transpose();
  }
  if (clusters.size() < 2) throw Error("one cluster alone gives no errors: at least two were expected");
  MatrixXd sum = MatrixXd::Zero(scores.cols(), scores.cols());
  for (const auto& [code, score] : clusters) sum += score * score.transpose();
  const auto n = static_cast<double>(clusters.size());
  return n / (n - 1.0) * sum;
}

}  // namespace

Maximum maximise(const UnitLikelihood& model, const Sample& sample, const VectorXd& start, Errors errors, const char* what) {
  const VectorXd weights = weights_of(sample);
  Maximum out{start, {}, 0.0, 0};
  MatrixXd scores;
  out.log_likelihood = model.evaluate(out.parameters, &scores).dot(weights);
  for (bool done = false; !done; ++out.iterations) {
    if (out.iterations >= most_iterations || !std::isfinite(out.log_likelihood)) {
      throw Error(std::string(what) + " has no maximum that could be found in " + std::to_string(out.iterations) + " steps: the data do not identify all its parameters");
    }
    const VectorXd gradient = scores.transpose() * weights;
    const MatrixXd products = scores.transpose() * weights.asDiagonal() * scores;
    const VectorXd step = Eigen::LDLT<MatrixXd>(products).solve(gradient);
    done = !(gradient.dot(step) > small_gain * (1.0 + std::abs(out.log_likelihood)));
    if (done) break;
    double length = 1.0;
    double reached = model.evaluate(out.parameters + step, nullptr).dot(weights);
    int halvings = 0;
    for (; !(reached > out.log_likelihood) && halvings < most_halvings; ++halvings) {
      length *= 0.5;
      reached = model.evaluate(out.parameters + length * step, nullptr).dot(weights);
    }
    if (!(reached > out.log_likelihood)) break;  // as high as numbers go
    out.parameters += length * step;
    out.log_likelihood = model.evaluate(out.parameters, &scores).dot(weights);
  }
  model.evaluate(out.parameters, &scores);
  const Eigen::LDLT<MatrixXd> information(-hessian(model, weights, out.parameters));
  if (information.info() != Eigen::Success || !information.isPositive()) {
    throw Error(std::string(what) + " is flat at its maximum: the data do not identify all its parameters");
  }
  const MatrixXd inverse = information.solve(MatrixXd::Identity(start.size(), start.size()));
  out.covariance = errors == Errors::classical ? inverse : MatrixXd(inverse * spread_of(sample, scores, weights, errors == Errors::clustered) * inverse);
  return out;
}

}  // namespace labacces::takeup
