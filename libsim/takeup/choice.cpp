#include "libsim/takeup/choice.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

#include "libsim/base/error.hpp"
#include "libsim/base/parallel.hpp"
#include "libsim/takeup/normal.hpp"

namespace labacces::takeup {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr std::size_t rows_per_block = 4096;
constexpr int most_iterations = 100;
constexpr int most_halvings = 40;
constexpr double small_step = 1e-11;        // of the log-likelihood: gradient' step / 2 at the maximum
constexpr double index_of_separation = 30;  // probabilities of 1e-13

double density(double z) { return std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi); }

/// Of one unit that claims (y = 1) or not: log-likelihood, and its first and second derivative by the index.
struct Terms {
  double log_likelihood, score, curvature;
};

/// Index of the mirrored choice, for links that are symmetric: P(not claiming) at x is P(claiming) at -x.
Terms terms_of(Link link, double index, bool claims) {
  switch (link) {
    case Link::logit: {
      const double x = claims ? index : -index;
      const double log_p = x >= 0.0 ? -std::log1p(std::exp(-x)) : x - std::log1p(std::exp(x));
      const double p = logistic(index);
      return {log_p, (claims ? 1.0 : 0.0) - p, -p * (1.0 - p)};
    }
    case Link::probit: {
      const double x = claims ? index : -index;
      // Mills' ratio: by its expansion far in the tail, where the distribution function underflows.
      const bool tail = x < -35.0;
      const double log_p = tail ? -0.5 * x * x - std::log(-x) - 0.5 * std::log(2.0 * std::numbers::pi) : std::log(normal_cdf(x));
      const double mills = tail ? -x - 1.0 / x : density(x) / normal_cdf(x);
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

double slope_of(Link link, double index) {
  switch (link) {
    case Link::logit: {
      const double p = logistic(index);
      return p * (1.0 - p);
    }
    case Link::probit:
      return density(index);
    case Link::cloglog:
      return std::exp(std::min(index, 30.0) - std::exp(std::min(index, 30.0)));
  }
  return 0.0;
}

double slope_change_of(Link link, double index) {
  switch (link) {
    case Link::logit: {
      const double p = logistic(index);
      return p * (1.0 - p) * (1.0 - 2.0 * p);
    }
    case Link::probit:
      return -index * density(index);
    case Link::cloglog: {
      const double e = std::exp(std::min(index, 30.0));
      return e * std::exp(-e) * (1.0 - e);
    }
  }
  return 0.0;
}

struct Sums {
  double log_likelihood = 0.0;
  VectorXd gradient;
  MatrixXd information;
};

/// The sample as a matrix of rows, cut into blocks whose sums are added in their order.
class Likelihood {
 public:
  Likelihood(const Sample& sample, Link link, unsigned threads)
      : sample_(sample), link_(link), threads_(threads), x_(static_cast<Index>(sample.size()), static_cast<Index>(sample.columns.size()) + 1) {
    x_.col(0).setOnes();
    for (std::size_t j = 0; j < sample.columns.size(); ++j) {
      x_.col(static_cast<Index>(j) + 1) = Eigen::Map<const VectorXd>(sample.columns[j].data(), x_.rows());
    }
  }
  const MatrixXd& x() const { return x_; }
  std::size_t blocks() const { return (sample_.size() + rows_per_block - 1) / rows_per_block; }

  double log_likelihood(const VectorXd& beta) const {
    std::vector<double> parts(blocks(), 0.0);
    for_each_chunk(blocks(), threads_, [&](std::size_t block, unsigned) {
      const auto [first, count] = rows_of(block);
      const VectorXd index = x_.middleRows(first, count) * beta;
      for (Index i = 0; i < count; ++i) {
        const auto row = static_cast<std::size_t>(first + i);
        parts[block] += sample_.weight(row) * terms_of(link_, index[i], sample_.claims[row] == 1.0).log_likelihood;
      }
    });
    return std::accumulate(parts.begin(), parts.end(), 0.0);
  }

  Sums sums(const VectorXd& beta) const {
    const Index k = x_.cols();
    std::vector<Sums> parts(blocks());
    for_each_chunk(blocks(), threads_, [&](std::size_t block, unsigned) {
      const auto [first, count] = rows_of(block);
      const auto rows = x_.middleRows(first, count);
      const VectorXd index = rows * beta;
      VectorXd score(count), root(count);
      Sums& part = parts[block];
      for (Index i = 0; i < count; ++i) {
        const auto row = static_cast<std::size_t>(first + i);
        const double weight = sample_.weight(row);
        const Terms terms = terms_of(link_, index[i], sample_.claims[row] == 1.0);
        part.log_likelihood += weight * terms.log_likelihood;
        score[i] = weight * terms.score;
        root[i] = std::sqrt(weight * std::max(-terms.curvature, 0.0));
      }
      part.gradient = rows.transpose() * score;
      const MatrixXd scaled = root.asDiagonal() * rows;
      part.information = MatrixXd::Zero(k, k);
      part.information.selfadjointView<Eigen::Lower>().rankUpdate(scaled.transpose());
    });
    Sums total{0.0, VectorXd::Zero(k), MatrixXd::Zero(k, k)};
    for (const Sums& part : parts) {
      total.log_likelihood += part.log_likelihood;
      total.gradient += part.gradient;
      total.information += part.information;
    }
    total.information = total.information.selfadjointView<Eigen::Lower>();
    return total;
  }

  /// Sum over clusters of the outer products of their scores, and the number of clusters.
  std::pair<MatrixXd, std::size_t> spread_of_scores(const VectorXd& beta, bool by_cluster) const {
    std::map<std::uint64_t, std::size_t> places;
    std::vector<VectorXd> scores;
    MatrixXd sum = MatrixXd::Zero(x_.cols(), x_.cols());
    const VectorXd index = x_ * beta;
    std::size_t used = 0;
    for (Index i = 0; i < x_.rows(); ++i) {
      const auto row = static_cast<std::size_t>(i);
      if (sample_.weight(row) <= 0.0) continue;
      const double score = sample_.weight(row) * terms_of(link_, index[i], sample_.claims[row] == 1.0).score;
      if (!by_cluster || sample_.clusters.empty()) {
        sum.selfadjointView<Eigen::Lower>().rankUpdate(x_.row(i).transpose(), score * score);
        ++used;
        continue;
      }
      const auto [place, made] = places.try_emplace(sample_.clusters[row], scores.size());
      if (made) scores.push_back(VectorXd::Zero(x_.cols()));
      scores[place->second] += score * x_.row(i).transpose();
    }
    for (const VectorXd& score : scores) sum.selfadjointView<Eigen::Lower>().rankUpdate(score);
    sum = MatrixXd(sum.selfadjointView<Eigen::Lower>());
    return {sum, used + scores.size()};
  }

 private:
  std::pair<Index, Index> rows_of(std::size_t block) const {
    const std::size_t first = block * rows_per_block;
    return {static_cast<Index>(first), static_cast<Index>(std::min(rows_per_block, sample_.size() - first))};
  }
  const Sample& sample_;
  Link link_;
  unsigned threads_;
  MatrixXd x_;
};

/// Index at which the probability is `share`: the coefficient of the model without covariates.
double index_of(Link link, double share) {
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

/// The covariates that grow without bound together.
[[noreturn]] void refuse_separation(const Sample& sample, const VectorXd& beta, const MatrixXd& x) {
  std::vector<std::pair<double, std::string>> sizes;
  for (Index j = 1; j < x.cols(); ++j) {
    const double deviation = std::sqrt((x.col(j).array() - x.col(j).mean()).square().mean());
    sizes.emplace_back(std::abs(beta[j]) * deviation, sample.names[static_cast<std::size_t>(j) - 1]);
  }
  std::sort(sizes.rbegin(), sizes.rend());
  std::string names;
  for (std::size_t i = 0; i < sizes.size() && sizes[i].first > 0.2 * sizes[0].first; ++i) names += (names.empty() ? "'" : ", '") + sizes[i].second + "'";
  throw Error("together, " + names + " separate takers from non-takers: some units' probabilities go to 0 or 1 and the coefficients to infinity; leave one out or join cells");
}

double area_under_curve(const Sample& sample, const VectorXd& index) {
  std::vector<std::size_t> order(sample.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return index[static_cast<Index>(a)] < index[static_cast<Index>(b)]; });
  double below = 0.0, area = 0.0, takers = 0.0, others = 0.0;
  for (std::size_t i = 0; i < order.size();) {
    double tied_takers = 0.0, tied_others = 0.0;
    const double value = index[static_cast<Index>(order[i])];
    for (; i < order.size() && index[static_cast<Index>(order[i])] == value; ++i) (sample.claims[order[i]] == 1.0 ? tied_takers : tied_others) += sample.weight(order[i]);
    area += tied_takers * (below + 0.5 * tied_others);
    below += tied_others;
    takers += tied_takers;
    others += tied_others;
  }
  return area / (takers * others);
}

/// Weighted mean effects of each covariate, and their spread by the delta method.
void add_marginal_effects(const Sample& sample, const VectorXd& index, const MatrixXd& x, const VectorXd& beta, const MatrixXd& covariance, ChoiceFit& fit) {
  const Index k = x.cols();
  double slope = 0.0;
  VectorXd change = VectorXd::Zero(k);
  for (Index i = 0; i < x.rows(); ++i) {
    const double weight = sample.weight(static_cast<std::size_t>(i)) / fit.sum_of_weights;
    slope += weight * slope_of(fit.link, index[i]);
    change += weight * slope_change_of(fit.link, index[i]) * x.row(i).transpose();
  }
  for (Index j = 1; j < k; ++j) {
    VectorXd derivative = beta[j] * change;
    derivative[j] += slope;
    fit.marginal_effects.push_back({sample.names[static_cast<std::size_t>(j) - 1], beta[j] * slope, std::sqrt(derivative.dot(covariance * derivative))});
  }
}

}  // namespace

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

ChoiceFit fit_choice(const Sample& sample, Link link, Errors errors, unsigned threads) {
  check_sample(sample);
  const Likelihood likelihood(sample, link, threads);
  const MatrixXd& x = likelihood.x();
  ChoiceFit fit;
  fit.link = link;
  fit.errors = errors;
  fit.units = sample.size();
  for (std::size_t i = 0; i < sample.size(); ++i) {
    fit.sum_of_weights += sample.weight(i);
    fit.share += sample.weight(i) * sample.claims[i];
  }
  fit.share /= fit.sum_of_weights;
  fit.null_log_likelihood = fit.sum_of_weights * (fit.share * std::log(fit.share) + (1.0 - fit.share) * std::log1p(-fit.share));

  VectorXd beta = VectorXd::Zero(x.cols());
  beta[0] = index_of(link, fit.share);
  Sums sums = likelihood.sums(beta);
  for (bool done = false; !done; ++fit.iterations) {
    if (fit.iterations >= most_iterations) refuse_separation(sample, beta, x);
    const Eigen::LDLT<MatrixXd> factor(sums.information);
    const VectorXd step = factor.solve(sums.gradient);
    const double gain = sums.gradient.dot(step);
    done = 0.5 * gain <= small_step * (1.0 + std::abs(sums.log_likelihood));
    double length = 1.0;
    double reached = likelihood.log_likelihood(beta + step);
    for (int halvings = 0; !(reached >= sums.log_likelihood) && halvings < most_halvings && !done; ++halvings) {
      length *= 0.5;
      reached = likelihood.log_likelihood(beta + length * step);
    }
    if (!done || reached >= sums.log_likelihood) beta += length * step;
    sums = likelihood.sums(beta);
    const double largest = (x * beta).cwiseAbs().maxCoeff();
    if (largest > index_of_separation && (x.rightCols(x.cols() - 1).rows() > 0)) {
      // A maximum at finite coefficients may have such units; a step that still lengthens them has not.
      const VectorXd next = Eigen::LDLT<MatrixXd>(sums.information).solve(sums.gradient);
      if ((x * next).cwiseAbs().maxCoeff() > 0.5) refuse_separation(sample, beta, x);
    }
  }
  const MatrixXd inverse = Eigen::LDLT<MatrixXd>(sums.information).solve(MatrixXd::Identity(x.cols(), x.cols()));
  MatrixXd covariance = inverse;
  const auto [spread, clusters] = likelihood.spread_of_scores(beta, errors == Errors::clustered);
  fit.clusters = clusters;
  if (errors != Errors::classical) {
    if (clusters < 2) throw Error("one cluster alone gives no errors: at least two were expected");
    const auto n = static_cast<double>(clusters);
    covariance = n / (n - 1.0) * inverse * spread * inverse;
  }
  for (Index j = 0; j < x.cols(); ++j) {
    fit.coefficients.push_back({j == 0 ? "(constant)" : sample.names[static_cast<std::size_t>(j) - 1], beta[j], std::sqrt(covariance(j, j))});
    for (Index i = 0; i < x.cols(); ++i) fit.covariance.push_back(covariance(j, i));
  }
  const VectorXd index = x * beta;
  fit.log_likelihood = sums.log_likelihood;
  fit.pseudo_r2 = 1.0 - fit.log_likelihood / fit.null_log_likelihood;
  fit.aic = 2.0 * static_cast<double>(x.cols()) - 2.0 * fit.log_likelihood;
  fit.bic = std::log(static_cast<double>(fit.units)) * static_cast<double>(x.cols()) - 2.0 * fit.log_likelihood;
  fit.area_under_curve = area_under_curve(sample, index);
  add_marginal_effects(sample, index, x, beta, covariance, fit);
  return fit;
}

Coefficient ChoiceFit::predict(const std::vector<double>& covariates, const std::string& name) const {
  if (covariates.size() + 1 != coefficients.size()) throw Error("the model has " + std::to_string(coefficients.size() - 1) + " covariates, " + std::to_string(covariates.size()) + " values were given");
  const auto k = static_cast<Index>(coefficients.size());
  VectorXd x = VectorXd::Ones(k);
  for (Index j = 1; j < k; ++j) x[j] = covariates[static_cast<std::size_t>(j) - 1];
  double index = 0.0;
  for (Index j = 0; j < k; ++j) index += x[j] * coefficients[static_cast<std::size_t>(j)].value;
  const Eigen::Map<const MatrixXd> spread(covariance.data(), k, k);
  return {name, probability_at(link, index), slope_of(link, index) * std::sqrt(x.dot(spread * x))};
}

CellFit fitted_cell(const ChoiceFit& fit, const Sample& sample, const std::string& cell, const std::vector<double>& in) {
  const auto k = static_cast<Index>(fit.coefficients.size());
  CellFit out{cell, 0, 0.0, {cell, 0.0, 0.0}};
  VectorXd derivative = VectorXd::Zero(k);
  VectorXd x(k);
  double sum = 0.0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (in[i] == 0.0) continue;
    ++out.units;
    const double weight = sample.weight(i);
    double index = 0.0;
    for (Index j = 0; j < k; ++j) {
      x[j] = j == 0 ? 1.0 : sample.columns[static_cast<std::size_t>(j) - 1][i];
      index += x[j] * fit.coefficients[static_cast<std::size_t>(j)].value;
    }
    sum += weight;
    out.observed += weight * sample.claims[i];
    out.predicted.value += weight * probability_at(fit.link, index);
    derivative += weight * slope_of(fit.link, index) * x;
  }
  if (!(sum > 0.0)) throw Error("no unit with a weight is in cell '" + cell + "'");
  out.observed /= sum;
  out.predicted.value /= sum;
  derivative /= sum;
  const Eigen::Map<const MatrixXd> spread(fit.covariance.data(), k, k);
  out.predicted.standard_error = std::sqrt(derivative.dot(spread * derivative));
  return out;
}

}  // namespace labacces::takeup
