#include "libsim/population/calibration/newton.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "libsim/base/parallel.hpp"

namespace labacces::calibration {
namespace {

constexpr std::size_t units_per_chunk = 16384;
constexpr std::size_t absent = static_cast<std::size_t>(-1);

/// Value, gradient and curvature of the dual at one point.
struct Moment {
  double value = 0.0;
  Eigen::VectorXd gradient;
  Eigen::MatrixXd curvature;
};

class Dual {
 public:
  Dual(const Margins& margins, std::span<const double> weights, std::span<const std::uint32_t> asked, const Distance& distance,
       unsigned threads)
      : margins_(margins), weights_(weights), distance_(distance), threads_(threads), place_(margins.count(), absent) {
    const auto size = static_cast<Eigen::Index>(asked.size());
    totals_.resize(size);
    scale_ = Eigen::VectorXd::Zero(size);
    error_scale_ = Eigen::VectorXd::Zero(size);
    for (std::size_t i = 0; i < asked.size(); ++i) place_[asked[i]] = i;
    for (std::size_t row = 0; row < margins.units(); ++row) {
      for (const Cell& cell : margins.unit(row)) {
        if (place_[cell.margin] == absent) continue;
        const auto at = static_cast<Eigen::Index>(place_[cell.margin]);
        scale_[at] += weights[row] * cell.value * cell.value;
        error_scale_[at] += weights[row] * std::abs(cell.value);
      }
    }
    for (Eigen::Index i = 0; i < size; ++i) {
      totals_[i] = margins.margins()[asked[static_cast<std::size_t>(i)]].total;
      scale_[i] = scale_[i] > 0.0 ? std::sqrt(scale_[i]) : 1.0;
      // Sums of doubles hold about twelve digits of what is added: a total far smaller than that is measured against it.
      error_scale_[i] = std::max(std::abs(totals_[i]), 1e-4 * error_scale_[i]);
    }
  }

  /// At scaled multipliers; the curvature only where it is wanted.
  Moment at(const Eigen::VectorXd& scaled, bool with_curvature) const {
    const Eigen::Index size = totals_.size();
    const Eigen::VectorXd multipliers = scaled.cwiseQuotient(scale_);
    const std::size_t chunks = (margins_.units() + units_per_chunk - 1) / units_per_chunk;
    std::vector<Moment> parts(chunks);
    for_each_chunk(chunks, threads_, [&](std::size_t chunk, unsigned) {
      Moment part{0.0, Eigen::VectorXd::Zero(size),
                  with_curvature ? Eigen::MatrixXd(Eigen::MatrixXd::Zero(size, size)) : Eigen::MatrixXd()};
      std::vector<std::pair<Eigen::Index, double>> row_cells;
      const std::size_t end = std::min(margins_.units(), (chunk + 1) * units_per_chunk);
      for (std::size_t row = chunk * units_per_chunk; row < end; ++row) {
        row_cells.clear();
        double u = 0.0;
        for (const Cell& cell : margins_.unit(row)) {
          if (place_[cell.margin] == absent) continue;
          const auto i = static_cast<Eigen::Index>(place_[cell.margin]);
          row_cells.emplace_back(i, cell.value);
          u += multipliers[i] * cell.value;
        }
        const Distance::Point point = distance_.at(u);
        part.value += weights_[row] * point.integral;
        for (const auto& [i, value] : row_cells) part.gradient[i] += weights_[row] * point.ratio * value;
        if (!with_curvature) continue;
        for (const auto& [i, value] : row_cells) {
          const double step = weights_[row] * point.slope * value;
          for (const auto& [j, other] : row_cells) part.curvature(i, j) += step * other;
        }
      }
      parts[chunk] = std::move(part);
    });
    Moment sum{-totals_.dot(multipliers), -totals_,
               with_curvature ? Eigen::MatrixXd(Eigen::MatrixXd::Zero(size, size)) : Eigen::MatrixXd()};
    for (const Moment& part : parts) {
      sum.value += part.value;
      sum.gradient += part.gradient;
      if (with_curvature) sum.curvature += part.curvature;
    }
    return sum;
  }

  double error(const Moment& moment) const { return moment.gradient.cwiseQuotient(error_scale_).cwiseAbs().maxCoeff(); }
  const Eigen::VectorXd& scale() const { return scale_; }

  std::vector<double> ratios(const Eigen::VectorXd& scaled) const {
    const Eigen::VectorXd multipliers = scaled.cwiseQuotient(scale_);
    std::vector<double> out(margins_.units());
    for (std::size_t row = 0; row < out.size(); ++row) {
      double u = 0.0;
      for (const Cell& cell : margins_.unit(row)) {
        if (place_[cell.margin] != absent) u += multipliers[static_cast<Eigen::Index>(place_[cell.margin])] * cell.value;
      }
      out[row] = distance_.at(u).ratio;
    }
    return out;
  }

 private:
  const Margins& margins_;
  std::span<const double> weights_;
  const Distance& distance_;
  unsigned threads_;
  std::vector<std::size_t> place_;  // margin -> row of the dual
  Eigen::VectorXd totals_, scale_, error_scale_;
};

/// The Newton step in scaled multipliers; where the curvature is flat (all units at a bound) a little is added to it until a step exists.
Eigen::VectorXd step_at(const Moment& moment, const Eigen::VectorXd& scale) {
  const Eigen::VectorXd inverse = scale.cwiseInverse();
  const Eigen::VectorXd gradient = moment.gradient.cwiseProduct(inverse);
  const Eigen::MatrixXd curvature = inverse.asDiagonal() * moment.curvature * inverse.asDiagonal();
  const double size = std::max(curvature.diagonal().maxCoeff(), 1e-12);
  for (double ridge = 0.0; ridge < 1e6; ridge = ridge == 0.0 ? 1e-13 : ridge * 100.0) {
    const Eigen::LLT<Eigen::MatrixXd> factor(curvature +
                                             ridge * size * Eigen::MatrixXd::Identity(curvature.rows(), curvature.cols()));
    if (factor.info() != Eigen::Success) continue;
    const Eigen::VectorXd step = -factor.solve(gradient);
    if (step.allFinite() && gradient.dot(step) <= 0.0) return step;
  }
  return Eigen::VectorXd::Zero(gradient.size());  // no way on: the search along it ends the work
}

}  // namespace

std::vector<double> totals(const Margins& margins, std::span<const double> weights, unsigned threads) {
  const std::size_t chunks = (margins.units() + units_per_chunk - 1) / units_per_chunk;
  std::vector<std::vector<double>> parts(chunks, std::vector<double>(margins.count(), 0.0));
  for_each_chunk(chunks, threads, [&](std::size_t chunk, unsigned) {
    const std::size_t end = std::min(margins.units(), (chunk + 1) * units_per_chunk);
    for (std::size_t row = chunk * units_per_chunk; row < end; ++row) {
      for (const Cell& cell : margins.unit(row)) parts[chunk][cell.margin] += weights[row] * cell.value;
    }
  });
  std::vector<double> out(margins.count(), 0.0);
  for (const std::vector<double>& part : parts) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] += part[i];
  }
  return out;
}

NewtonResult solve(const Margins& margins, std::span<const double> weights, std::span<const std::uint32_t> asked,
                   const Distance& distance, const NewtonOptions& options) {
  NewtonResult result;
  result.multipliers.assign(margins.count(), 0.0);
  if (asked.empty()) {
    result.met = true;
    result.ratios.assign(margins.units(), 1.0);
    return result;
  }
  const Dual dual(margins, weights, asked, distance, options.threads);
  Eigen::VectorXd here = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(asked.size()));
  Moment moment = dual.at(here, true);
  result.largest_error = dual.error(moment);
  while (result.largest_error > options.tolerance && result.steps < options.most_steps) {
    const Eigen::VectorXd step = step_at(moment, dual.scale());
    const double descent = moment.gradient.cwiseQuotient(dual.scale()).dot(step);
    double length = 1.0;
    bool moved = false;
    for (int halvings = 0; halvings < 40 && !moved; ++halvings, length /= 2.0) {
      const Eigen::VectorXd there = here + length * step;
      const Moment tried = dual.at(there, false);
      const double error = dual.error(tried);
      // Near the end the value is flat to the last digit: a smaller error counts as well.
      moved = std::isfinite(tried.value) &&
              (tried.value <= moment.value + 1e-4 * length * descent || error < 0.5 * result.largest_error);
      if (moved) here = there;
    }
    ++result.steps;
    if (!moved) break;
    moment = dual.at(here, true);
    result.largest_error = dual.error(moment);
  }
  result.met = result.largest_error <= options.tolerance;
  result.ratios = dual.ratios(here);
  const Eigen::VectorXd multipliers = here.cwiseQuotient(dual.scale());
  for (std::size_t i = 0; i < asked.size(); ++i) result.multipliers[asked[i]] = multipliers[static_cast<Eigen::Index>(i)];
  return result;
}

}  // namespace labacces::calibration
