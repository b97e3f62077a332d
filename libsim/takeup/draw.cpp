#include "libsim/takeup/draw.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <array>
#include <cmath>

#include "libsim/base/error.hpp"
#include "libsim/takeup/luck_kernels.hpp"
#include "libsim/takeup/normal.hpp"

namespace labacces::takeup {
namespace {

std::size_t place_of(const std::vector<std::string>& benefits, const std::string& name) {
  const auto found = std::find(benefits.begin(), benefits.end(), name);
  if (found == benefits.end())
    throw Error("a correlation names '" + name + "', which is not among the benefits; " + did_you_mean(name, benefits));
  return static_cast<std::size_t>(found - benefits.begin());
}

}  // namespace

std::vector<std::uint64_t> unit_keys(const Population& population, Level level) {
  std::vector<std::uint64_t> keys;
  keys.reserve(population.count(level));
  for (const std::string& id : population.ids(level)) keys.push_back(hash_name(id));
  return keys;
}

LatentLuck::LatentLuck(std::uint64_t seed, const std::vector<std::string>& benefits, std::span<const Correlation> correlations,
                       std::span<const double> persistence)
    : persistence_(persistence.begin(), persistence.end()), factor_(benefits.size()) {
  SIM_CHECK(persistence.size() == benefits.size(), "each benefit has its persistence");
  for (const std::string& benefit : benefits) {
    own_.emplace_back(seed, benefit);
    monthly_.emplace_back(seed, "take_up_month/" + benefit);
  }
  if (correlations.empty()) return;
  const auto n = static_cast<Eigen::Index>(benefits.size());
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(n, n);
  for (const Correlation& one : correlations) {
    const auto i = static_cast<Eigen::Index>(place_of(benefits, one.first));
    const auto j = static_cast<Eigen::Index>(place_of(benefits, one.second));
    matrix(i, j) = matrix(j, i) = one.value;
  }
  const Eigen::LLT<Eigen::MatrixXd> cholesky(matrix);
  if (cholesky.info() != Eigen::Success)
    throw Error("the correlations of take-up fit no joint distribution: their matrix is not positive definite");
  const Eigen::MatrixXd lower = cholesky.matrixL();
  for (Eigen::Index i = 0; i < n; ++i) {
    if (lower.row(i).head(i).isZero(0.0)) continue;
    for (Eigen::Index k = 0; k <= i; ++k) factor_[static_cast<std::size_t>(i)].push_back(lower(i, k));
  }
}

double LatentLuck::normal(std::size_t benefit, std::uint64_t unit_key, Month month, std::uint64_t replication) const {
  const double r = persistence_[benefit];
  if (r >= 1.0) return score_of_uniform(own_[benefit].uniform(unit_key, replication));
  // All months side by side; the sum in their order.
  std::array<std::uint64_t, months_remembered> draws;
  std::array<double, months_remembered> scores;
  for (std::size_t back = 0; back < months_remembered; ++back)
    draws[back] = draw_of_month(month - static_cast<int>(back), replication);
  luck_kernels().uniforms_of_unit(monthly_[benefit].key(), unit_key, draws.data(), scores.data(), scores.size());
  luck_kernels().scores(scores.data(), scores.size());
  double sum = 0.0;
  double power = std::sqrt(1.0 - r * r);
  double farther = 1.0;
  for (const double score : scores) {
    sum += power * score;
    power *= r;
    farther *= r;
  }
  // What lies farther back stands still: one normal a unit, which is all that is left as r nears 1.
  return sum + farther * score_of_uniform(own_[benefit].uniform(unit_key, replication));
}

double LatentLuck::uniform(std::size_t benefit, std::uint64_t unit_key, Month month, std::uint64_t replication) const {
  const std::vector<double>& row = factor_[benefit];
  if (row.empty()) {
    if (persistence_[benefit] >= 1.0) return own_[benefit].uniform(unit_key, replication);
    return normal_cdf(normal(benefit, unit_key, month, replication));
  }
  double z = 0.0;
  for (std::size_t k = 0; k < row.size(); ++k) {
    if (row[k] != 0.0) z += row[k] * normal(k, unit_key, month, replication);
  }
  return normal_cdf(z);
}

}  // namespace labacces::takeup
