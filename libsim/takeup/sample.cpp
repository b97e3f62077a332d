#include "libsim/takeup/sample.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/takeup/design.hpp"
#include "libsim/takeup/normal.hpp"

namespace labacces::takeup {
namespace {

constexpr double quantile_95 = 1.959963984540054;
constexpr double dependent = 1e-9;          // of a column's length: what is left when the others are taken out
constexpr double perhaps_dependent = 1e-8;  // of its square: too little for the quick look

void check_values(const Sample& sample) {
  if (sample.size() == 0) throw Error("there is no unit to estimate from");
  SIM_CHECK(sample.names.size() == sample.columns.size(), "a name for each covariate");
  for (std::size_t j = 0; j < sample.columns.size(); ++j) {
    if (sample.columns[j].size() != sample.size())
      throw Error("covariate '" + sample.names[j] + "' has " + std::to_string(sample.columns[j].size()) + " values for " +
                  std::to_string(sample.size()) + " units");
    for (std::size_t i = 0; i < sample.size(); ++i) {
      if (!std::isfinite(sample.columns[j][i]))
        throw Error("covariate '" + sample.names[j] + "' is not a finite number for unit " + std::to_string(i + 1));
    }
  }
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (sample.claims[i] != 0.0 && sample.claims[i] != 1.0)
      throw Error("receipt is neither 0 nor 1 for unit " + std::to_string(i + 1) + ": " + shortest(sample.claims[i]));
  }
}

void check_weights(const Sample& sample) {
  if (!sample.clusters.empty() && sample.clusters.size() != sample.size()) throw Error("there is not one cluster for each unit");
  if (!sample.strata.empty() && sample.strata.size() != sample.size()) throw Error("there is not one stratum for each unit");
  if (sample.weights.empty()) return;
  if (sample.weights.size() != sample.size()) throw Error("there is not one weight for each unit");
  double sum = 0.0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (!(sample.weights[i] >= 0.0) || !std::isfinite(sample.weights[i]))
      throw Error("the weight of unit " + std::to_string(i + 1) + " is " + shortest(sample.weights[i]) +
                  ": a number of 0 or more was expected");
    sum += sample.weights[i];
  }
  if (!(sum > 0.0)) throw Error("all weights are 0: there is nothing to estimate from");
}

void check_counts(const Sample& sample) {
  std::size_t takers = 0;
  std::size_t others = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (sample.weight(i) > 0.0) (sample.claims[i] == 1.0 ? takers : others) += 1;
  }
  const std::size_t coefficients = sample.columns.size() + 1;
  for (const auto& [count, what] : {std::pair{takers, "receive"}, std::pair{others, "do not receive"}}) {
    if (count == 0)
      throw Error("no unit with a weight is seen to " + std::string(what == std::string("receive") ? "receive" : "miss out") +
                  ": a rate of " + (takers == 0 ? "0" : "1") + " has no model");
    if (count < coefficients) {
      throw Error("only " + std::to_string(count) + " units " + what + ", fewer than the " + std::to_string(coefficients) +
                  " coefficients asked: take fewer covariates");
    }
  }
}

void check_constant(const Sample& sample) {
  for (std::size_t j = 0; j < sample.columns.size(); ++j) {
    const auto [low, high] = std::minmax_element(sample.columns[j].begin(), sample.columns[j].end());
    if (*low == *high)
      throw Error("covariate '" + sample.names[j] + "' is " + shortest(*low) +
                  " for all units: it cannot be told from the constant");
  }
}

/// Columns of length 1, the constant first, each without what those before it explain: exact, and slow.
void refuse_collinear(const Sample& sample) {
  const auto n = static_cast<Eigen::Index>(sample.size());
  Eigen::MatrixXd basis(n, static_cast<Eigen::Index>(sample.columns.size()) + 1);
  basis.col(0).setConstant(1.0 / std::sqrt(static_cast<double>(n)));
  for (std::size_t j = 0; j < sample.columns.size(); ++j) {
    const auto at = static_cast<Eigen::Index>(j) + 1;
    Eigen::VectorXd rest = Eigen::Map<const Eigen::VectorXd>(sample.columns[j].data(), n);
    rest.array() -= rest.mean();
    const double length = rest.norm();
    for (int twice = 0; twice < 2; ++twice) rest -= basis.leftCols(at) * (basis.leftCols(at).transpose() * rest);
    if (rest.norm() <= dependent * length) {
      const Eigen::Map<const Eigen::VectorXd> column(sample.columns[j].data(), n);
      const Eigen::VectorXd shares = basis.leftCols(at).transpose() * column;
      std::string others;
      for (Eigen::Index k = 1; k < at; ++k) {
        if (std::abs(shares[k]) > 1e-6 * column.norm())
          others += (others.empty() ? "'" : ", '") + sample.names[static_cast<std::size_t>(k) - 1] + "'";
      }
      throw Error("covariate '" + sample.names[j] + "' is a combination of " + (others.empty() ? "the constant" : others) +
                  " and the constant: leave one out");
    }
    basis.col(at) = rest / rest.norm();
  }
}

/// Squared share of each column, less its mean, that those before it do not explain; by the matrix of correlations, which is right to about 1e-15.
Eigen::VectorXd unexplained(const Sample& sample, unsigned threads) {
  const Design design(sample);
  const Eigen::Index k = design.columns();
  const auto n = static_cast<double>(sample.size());
  const Eigen::VectorXd sums = design.sum(
      Eigen::VectorXd(Eigen::VectorXd::Zero(k)), threads,
      [](std::size_t, const Eigen::MatrixXd& rows, Eigen::VectorXd& part) { part += rows.colwise().sum().transpose(); });
  Eigen::MatrixXd products = design.sum(Eigen::MatrixXd(Eigen::MatrixXd::Zero(k, k)), threads,
                                        [&](std::size_t, Eigen::MatrixXd& rows, Eigen::MatrixXd& part) {
                                          rows.rowwise() -= sums.transpose() / n;
                                          part.selfadjointView<Eigen::Lower>().rankUpdate(rows.transpose());
                                        });
  const Eigen::Index covariates = k - 1;
  const Eigen::VectorXd lengths = products.diagonal().tail(covariates).cwiseSqrt();
  Eigen::MatrixXd left = products.bottomRightCorner(covariates, covariates).selfadjointView<Eigen::Lower>();
  left = lengths.cwiseInverse().asDiagonal() * left * lengths.cwiseInverse().asDiagonal();
  Eigen::VectorXd out(covariates);
  for (Eigen::Index j = 0; j < covariates; ++j) {
    out[j] = left(j, j);
    if (!(out[j] > 0.0)) return out.head(j + 1);
    const Eigen::VectorXd column = left.col(j) / std::sqrt(left(j, j));
    left -= column * column.transpose();
  }
  return out;
}

void check_collinear(const Sample& sample, unsigned threads) {
  if (sample.columns.empty()) return;
  const Eigen::VectorXd shares = unexplained(sample, threads);
  if (shares.size() < static_cast<Eigen::Index>(sample.columns.size()) || !(shares.minCoeff() > perhaps_dependent))
    refuse_collinear(sample);
}

/// A covariate of which one value, or one side, has takers only or non-takers only.
void check_separation(const Sample& sample) {
  for (std::size_t j = 0; j < sample.columns.size(); ++j) {
    double low[2] = {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
    double high[2] = {-low[0], -low[0]};
    bool two_values = true;
    const auto [least, most] = std::minmax_element(sample.columns[j].begin(), sample.columns[j].end());
    for (std::size_t i = 0; i < sample.size(); ++i) {
      const double x = sample.columns[j][i];
      two_values = two_values && (x == *least || x == *most);
      if (sample.weight(i) <= 0.0) continue;
      const std::size_t side = sample.claims[i] == 1.0 ? 1 : 0;
      low[side] = std::min(low[side], x);
      high[side] = std::max(high[side], x);
    }
    const std::string name = "covariate '" + sample.names[j] + "' separates takers from non-takers: ";
    if (!two_values) {
      if (low[1] >= high[0] || low[0] >= high[1]) {
        const bool takers_above = low[1] >= high[0];
        throw Error(name + "all units above " + shortest(takers_above ? high[0] : high[1]) +
                    (takers_above ? " receive" : " do not receive") + " and none below; its coefficient would be infinite");
      }
      continue;
    }
    for (const double value : {*least, *most}) {
      const bool has_takers = low[1] == value || high[1] == value;
      const bool has_others = low[0] == value || high[0] == value;
      if (has_takers && has_others) continue;
      throw Error(name + "where it is " + shortest(value) + " " + (has_takers ? "all units receive" : "no unit receives") +
                  "; its coefficient would be infinite");
    }
  }
}

/// Units with a weight.
Sample who_count(const Sample& sample) {
  Sample out;
  out.names = sample.names;
  out.columns.resize(sample.columns.size());
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (!(sample.weight(i) > 0.0)) continue;
    for (std::size_t j = 0; j < sample.columns.size(); ++j) out.columns[j].push_back(sample.columns[j][i]);
    out.claims.push_back(sample.claims[i]);
  }
  return out;
}

void check_columns(const Sample& sample, unsigned threads) {
  check_constant(sample);
  check_collinear(sample, threads);
  check_separation(sample);
}

}  // namespace

void check_sample(const Sample& sample, unsigned threads) {
  check_values(sample);
  check_weights(sample);
  check_counts(sample);
  if (std::find(sample.weights.begin(), sample.weights.end(), 0.0) != sample.weights.end()) {
    check_columns(who_count(sample), threads);
  } else {
    check_columns(sample, threads);
  }
}

double Coefficient::p_value() const { return 2.0 * normal_cdf(-std::abs(z())); }
double Coefficient::low() const { return value - quantile_95 * standard_error; }
double Coefficient::high() const { return value + quantile_95 * standard_error; }

}  // namespace labacces::takeup
