#include "libsim/takeup/choice.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "libsim/base/error.hpp"
#include "libsim/takeup/design.hpp"
#include "libsim/takeup/score_spread.hpp"

namespace labacces::takeup {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int most_iterations = 100;
constexpr int most_halvings = 40;
constexpr double small_step = 1e-11;  // of the log-likelihood: gradient' step / 2 at the maximum
/// A step that still moves some unit's index by so much, though the likelihood rises no more, leads to infinity.
constexpr double endless_step = 0.1;

struct Sums {
  double log_likelihood = 0.0;
  VectorXd gradient;
  MatrixXd information;
  void operator+=(const Sums& other) {
    log_likelihood += other.log_likelihood;
    gradient += other.gradient;
    information += other.information;
  }
};

/// The log-likelihood of a sample and what Newton's method asks of it.
class Likelihood {
 public:
  Likelihood(const Sample& sample, Link link, unsigned threads)
      : sample_(sample), design_(sample), link_(link), threads_(threads) {}
  const Design& design() const { return design_; }

  double log_likelihood(const VectorXd& beta) const {
    return design_.sum(0.0, threads_, [&](std::size_t block, const MatrixXd& rows, double& part) {
      const VectorXd index = rows * beta;
      for (Index i = 0; i < rows.rows(); ++i) part += weight(block, i) * terms(block, i, index[i]).log_likelihood;
    });
  }

  Sums sums(const VectorXd& beta) const {
    const Index k = design_.columns();
    Sums total = design_.sum(Sums{0.0, VectorXd::Zero(k), MatrixXd::Zero(k, k)}, threads_,
                             [&](std::size_t block, MatrixXd& rows, Sums& part) {
                               const VectorXd index = rows * beta;
                               VectorXd score(rows.rows()), root(rows.rows());
                               for (Index i = 0; i < rows.rows(); ++i) {
                                 const LikelihoodTerms of_unit = terms(block, i, index[i]);
                                 part.log_likelihood += weight(block, i) * of_unit.log_likelihood;
                                 score[i] = weight(block, i) * of_unit.score;
                                 root[i] = std::sqrt(weight(block, i) * std::max(-of_unit.curvature, 0.0));
                               }
                               part.gradient += rows.transpose() * score;
                               rows.array().colwise() *= root.array();
                               part.information.selfadjointView<Eigen::Lower>().rankUpdate(rows.transpose());
                             });
    total.information = MatrixXd(total.information.selfadjointView<Eigen::Lower>());
    return total;
  }

  ScoreSpread spread(const VectorXd& beta, Errors errors) const {
    return spread_of_scores(sample_, errors, design_.columns(), threads_, [&](std::size_t block, MatrixXd& scores) {
      design_.read(block, scores);
      const VectorXd index = scores * beta;
      for (Index i = 0; i < scores.rows(); ++i) scores.row(i) *= weight(block, i) * terms(block, i, index[i]).score;
    });
  }

  /// Largest change of the index of a unit with a weight along this step.
  double farthest(const VectorXd& step) const {
    struct Largest {
      double value = 0.0;
      void operator+=(const Largest& other) { value = std::max(value, other.value); }
    };
    return design_
        .sum(Largest{}, threads_,
             [&](std::size_t block, const MatrixXd& rows, Largest& part) {
               const VectorXd index = rows * step;
               for (Index i = 0; i < rows.rows(); ++i) {
                 if (weight(block, i) > 0.0) part.value = std::max(part.value, std::abs(index[i]));
               }
             })
        .value;
  }

 private:
  double weight(std::size_t block, Index i) const { return sample_.weight(design_.first(block) + static_cast<std::size_t>(i)); }
  LikelihoodTerms terms(std::size_t block, Index i, double index) const {
    return likelihood_terms(link_, index, sample_.claims[design_.first(block) + static_cast<std::size_t>(i)] == 1.0);
  }
  const Sample& sample_;
  Design design_;
  Link link_;
  unsigned threads_;
};

/// The covariates that grow without bound together: those that move along the step.
[[noreturn]] void refuse_separation(const Sample& sample, const VectorXd& step) {
  std::vector<std::pair<double, std::string>> sizes;
  for (std::size_t j = 0; j < sample.columns.size(); ++j) {
    const Eigen::Map<const VectorXd> column(sample.columns[j].data(), static_cast<Index>(sample.size()));
    const double deviation = std::sqrt((column.array() - column.mean()).square().mean());
    sizes.emplace_back(std::abs(step[static_cast<Index>(j) + 1]) * deviation, sample.names[j]);
  }
  std::sort(sizes.rbegin(), sizes.rend());
  std::string names;
  for (std::size_t i = 0; i < sizes.size() && sizes[i].first > 0.2 * sizes[0].first; ++i)
    names += (names.empty() ? "'" : ", '") + sizes[i].second + "'";
  throw Error("together, " + names +
              " separate takers from non-takers: some units' probabilities go to 0 or 1 and the coefficients to infinity; leave "
              "one out or join cells");
}

/// Weighted mean effects of each covariate, and their spread by the delta method.
void add_marginal_effects(const Sample& sample, const Design& design, const VectorXd& beta, const MatrixXd& covariance,
                          unsigned threads, ChoiceFit& fit) {
  const Index k = design.columns();
  struct Slopes {
    double slope = 0.0;
    VectorXd change;
    void operator+=(const Slopes& other) {
      slope += other.slope;
      change += other.change;
    }
  };
  const Slopes mean =
      design.sum(Slopes{0.0, VectorXd::Zero(k)}, threads, [&](std::size_t block, const MatrixXd& rows, Slopes& part) {
        VectorXd index = rows * beta;
        for (Index i = 0; i < rows.rows(); ++i) {
          const double weight = sample.weight(design.first(block) + static_cast<std::size_t>(i)) / fit.sum_of_weights;
          part.slope += weight * slope_at(fit.link, index[i]);
          index[i] = weight * slope_change_at(fit.link, index[i]);
        }
        part.change += rows.transpose() * index;
      });
  for (Index j = 1; j < k; ++j) {
    VectorXd derivative = beta[j] * mean.change;
    derivative[j] += mean.slope;
    fit.marginal_effects.push_back({sample.names[static_cast<std::size_t>(j) - 1], beta[j] * mean.slope,
                                    std::sqrt(derivative.dot(covariance * derivative))});
  }
}

std::vector<double> probabilities_of(const Sample& sample, const Design& design, const VectorXd& beta, Link link,
                                     unsigned threads) {
  std::vector<double> out(sample.size());
  for_each_chunk(design.blocks(), threads, [&](std::size_t block, unsigned) {
    MatrixXd rows;
    design.read(block, rows);
    const VectorXd index = rows * beta;
    for (Index i = 0; i < rows.rows(); ++i)
      out[design.first(block) + static_cast<std::size_t>(i)] = probability_at(link, index[i]);
  });
  return out;
}

/// Newton's steps from the model of the constant alone to the maximum.
struct Maximum {
  VectorXd beta;
  Sums sums;
  int iterations = 0;
};

Maximum maximum_of(const Likelihood& likelihood, const Sample& sample, double first_constant) {
  Maximum at{VectorXd::Zero(likelihood.design().columns()), {}, 0};
  at.beta[0] = first_constant;
  at.sums = likelihood.sums(at.beta);
  for (;; ++at.iterations) {
    const VectorXd step = Eigen::LDLT<MatrixXd>(at.sums.information).solve(at.sums.gradient);
    const bool rises_no_more = 0.5 * at.sums.gradient.dot(step) <= small_step * (1.0 + std::abs(at.sums.log_likelihood));
    if (at.iterations >= most_iterations || !step.allFinite() || (rises_no_more && likelihood.farthest(step) > endless_step)) {
      refuse_separation(sample, step.allFinite() ? step : at.beta);
    }
    Sums reached = likelihood.sums(at.beta + step);
    double length = 1.0;
    if (!rises_no_more && !(reached.log_likelihood >= at.sums.log_likelihood)) {
      for (int halvings = 0; halvings < most_halvings; ++halvings) {
        length *= 0.5;
        if (likelihood.log_likelihood(at.beta + length * step) >= at.sums.log_likelihood) break;
      }
      reached = likelihood.sums(at.beta + length * step);
    }
    // The last step is too short for the log-likelihood to show, and still brings the estimates to their last digits.
    if (!rises_no_more ||
        reached.log_likelihood >= at.sums.log_likelihood - small_step * (1.0 + std::abs(at.sums.log_likelihood))) {
      at.beta += length * step;
      at.sums = std::move(reached);
    }
    if (rises_no_more) break;
  }
  ++at.iterations;
  return at;
}

}  // namespace

ChoiceFit fit_choice(const Sample& sample, Link link, Errors errors, unsigned threads) {
  check_sample(sample, threads);
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

  const Likelihood likelihood(sample, link, threads);
  const Index k = likelihood.design().columns();
  const Maximum found = maximum_of(likelihood, sample, index_at(link, fit.share));
  fit.iterations = found.iterations;
  MatrixXd covariance = Eigen::LDLT<MatrixXd>(found.sums.information).solve(MatrixXd::Identity(k, k));
  for (std::size_t i = 0; i < sample.size(); ++i) fit.clusters += sample.weight(i) > 0.0 ? 1 : 0;
  if (errors != Errors::classical) {
    const ScoreSpread spread = likelihood.spread(found.beta, errors);
    fit.clusters = spread.clusters;
    covariance = covariance * spread.matrix * covariance;
  }
  for (Index j = 0; j < k; ++j) {
    fit.coefficients.push_back(
        {j == 0 ? "(constant)" : sample.names[static_cast<std::size_t>(j) - 1], found.beta[j], std::sqrt(covariance(j, j))});
    for (Index i = 0; i < k; ++i) fit.covariance.push_back(covariance(j, i));
  }
  fit.log_likelihood = found.sums.log_likelihood;
  fit.aic = 2.0 * static_cast<double>(k) - 2.0 * fit.log_likelihood;
  fit.bic = std::log(static_cast<double>(fit.units)) * static_cast<double>(k) - 2.0 * fit.log_likelihood;
  fit.goodness = goodness_of_fit(sample, probabilities_of(sample, likelihood.design(), found.beta, link, threads),
                                 fit.log_likelihood, fit.null_log_likelihood);
  fit.pseudo_r2 = fit.goodness.mcfadden;
  fit.area_under_curve = fit.goodness.area_under_curve;
  add_marginal_effects(sample, likelihood.design(), found.beta, covariance, threads, fit);
  return fit;
}

Coefficient ChoiceFit::predict(const std::vector<double>& covariates, const std::string& name) const {
  if (covariates.size() + 1 != coefficients.size())
    throw Error("the model has " + std::to_string(coefficients.size() - 1) + " covariates, " + std::to_string(covariates.size()) +
                " values were given");
  const auto k = static_cast<Index>(coefficients.size());
  VectorXd x = VectorXd::Ones(k);
  for (Index j = 1; j < k; ++j) x[j] = covariates[static_cast<std::size_t>(j) - 1];
  double index = 0.0;
  for (Index j = 0; j < k; ++j) index += x[j] * coefficients[static_cast<std::size_t>(j)].value;
  const Eigen::Map<const MatrixXd> spread(covariance.data(), k, k);
  return {name, probability_at(link, index), slope_at(link, index) * std::sqrt(x.dot(spread * x))};
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
    derivative += weight * slope_at(fit.link, index) * x;
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
