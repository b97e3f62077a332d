#include "libsim/takeup/biprobit.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "libsim/base/error.hpp"
#include "libsim/takeup/bivariate_normal.hpp"
#include "libsim/takeup/choice.hpp"
#include "libsim/takeup/maximise.hpp"
#include "libsim/takeup/normal.hpp"

namespace labacces::takeup {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double smallest = 1e-300;
constexpr double farthest_correlation = 1.0 - 1e-5;  // beyond it the likelihood is flat
constexpr double quantile_95 = 1.959963984540054;

/// Probability of one outcome and its derivatives by the two indices and by rho. Signs are 1 where the benefit is received, else -1.
struct Outcome {
  double probability = 0.0, by_first = 0.0, by_second = 0.0, by_correlation = 0.0;
};

Outcome outcome_at(double first, double second, double correlation, double first_sign, double second_sign) {
  const double h = first_sign * first;
  const double k = second_sign * second;
  const double r = first_sign * second_sign * correlation;
  const double rest = std::sqrt((1.0 - r) * (1.0 + r));
  return {bivariate_normal_cdf(h, k, r), first_sign * normal_density(h) * normal_cdf((k - r * h) / rest),
          second_sign * normal_density(k) * normal_cdf((h - r * k) / rest),
          first_sign * second_sign * bivariate_normal_density(h, k, r)};
}

constexpr std::array<std::array<double, 2>, 4> signs{{{1.0, 1.0}, {1.0, -1.0}, {-1.0, 1.0}, {-1.0, -1.0}}};

class Biprobit final : public UnitLikelihood {
 public:
  Biprobit(const Sample& first, const Sample& second)
      : first_(first), second_(second), x1_(matrix_of(first)), x2_(matrix_of(second)) {}
  const MatrixXd& x1() const { return x1_; }
  const MatrixXd& x2() const { return x2_; }

  VectorXd evaluate(const VectorXd& parameters, MatrixXd* scores) const override {
    const Index k1 = x1_.cols();
    const Index k2 = x2_.cols();
    const double rho = std::tanh(parameters[k1 + k2]);
    const VectorXd index1 = x1_ * parameters.head(k1);
    const VectorXd index2 = x2_ * parameters.segment(k1, k2);
    VectorXd out(x1_.rows());
    if (scores != nullptr) scores->resize(x1_.rows(), k1 + k2 + 1);
    for (Index i = 0; i < x1_.rows(); ++i) {
      const auto row = static_cast<std::size_t>(i);
      const double sign1 = first_.claims[row] == 1.0 ? 1.0 : -1.0;
      const double sign2 = second_.claims[row] == 1.0 ? 1.0 : -1.0;
      if (scores == nullptr) {
        out[i] = std::log(std::max(bivariate_normal_cdf(sign1 * index1[i], sign2 * index2[i], sign1 * sign2 * rho), smallest));
        continue;
      }
      const Outcome seen = outcome_at(index1[i], index2[i], rho, sign1, sign2);
      const double p = std::max(seen.probability, smallest);
      out[i] = std::log(p);
      scores->row(i).head(k1) = seen.by_first / p * x1_.row(i);
      scores->row(i).segment(k1, k2) = seen.by_second / p * x2_.row(i);
      (*scores)(i, k1 + k2) = seen.by_correlation / p * (1.0 - rho * rho);
    }
    return out;
  }

 private:
  const Sample& first_;
  const Sample& second_;
  MatrixXd x1_, x2_;
};

void check_same_units(const Sample& first, const Sample& second) {
  if (first.size() != second.size()) {
    throw Error("receipt of the second benefit is known of " + std::to_string(second.size()) + " units, that of the first of " +
                std::to_string(first.size()));
  }
}

ChoiceFit fit_of_equation(const Sample& sample, const char* which) {
  try {
    return fit_choice(sample, Link::probit, Errors::classical);
  } catch (const Error& error) {
    throw Error(std::string(which) + " benefit: " + error.diagnostics().front().message);
  }
}

std::vector<double> row_by_row(const MatrixXd& matrix) {
  std::vector<double> out;
  for (Index i = 0; i < matrix.rows(); ++i) {
    for (Index j = 0; j < matrix.cols(); ++j) out.push_back(matrix(i, j));
  }
  return out;
}

double delta(const VectorXd& derivative, const MatrixXd& covariance) {
  return std::sqrt(std::max(derivative.dot(covariance * derivative), 0.0));
}

void add_joint_rates(const Biprobit& model, const Sample& first, const Sample& second, const Maximum& found, BiprobitFit& fit) {
  const Index k1 = model.x1().cols();
  const Index k2 = model.x2().cols();
  const double rho = fit.correlation.value;
  const VectorXd index1 = model.x1() * found.parameters.head(k1);
  const VectorXd index2 = model.x2() * found.parameters.segment(k1, k2);
  for (std::size_t o = 0; o < signs.size(); ++o) {
    double rate = 0.0;
    VectorXd derivative = VectorXd::Zero(k1 + k2 + 1);
    for (Index i = 0; i < index1.size(); ++i) {
      const auto row = static_cast<std::size_t>(i);
      const double weight = first.weight(row) / fit.sum_of_weights;
      const Outcome at = outcome_at(index1[i], index2[i], rho, signs[o][0], signs[o][1]);
      rate += weight * at.probability;
      derivative.head(k1) += weight * at.by_first * model.x1().row(i).transpose();
      derivative.segment(k1, k2) += weight * at.by_second * model.x2().row(i).transpose();
      derivative[k1 + k2] += weight * at.by_correlation * (1.0 - rho * rho);
      const bool is_seen =
          (first.claims[row] == 1.0) == (signs[o][0] > 0.0) && (second.claims[row] == 1.0) == (signs[o][1] > 0.0);
      fit.observed[o] += is_seen ? weight : 0.0;
    }
    fit.joint[o] = {joint_outcomes[o], rate, delta(derivative, found.covariance)};
  }
}

}  // namespace

BiprobitFit fit_biprobit(const Sample& first, const Sample& second, Errors errors) {
  check_same_units(first, second);
  const ChoiceFit alone1 = fit_of_equation(first, "first");
  const ChoiceFit alone2 = fit_of_equation(second, "second");
  const Biprobit model(first, second);
  const Index k1 = model.x1().cols();
  const Index k2 = model.x2().cols();
  VectorXd start = VectorXd::Zero(k1 + k2 + 1);
  for (Index j = 0; j < k1; ++j) start[j] = alone1.coefficients[static_cast<std::size_t>(j)].value;
  for (Index j = 0; j < k2; ++j) start[k1 + j] = alone2.coefficients[static_cast<std::size_t>(j)].value;
  const Maximum found =
      maximise(model, first, start, errors, "the model of two benefits (their correlation may lie at its bound, 1 or -1)");

  if (std::abs(std::tanh(found.parameters[k1 + k2])) > farthest_correlation) {
    throw Error(std::string("the correlation of the two benefits goes to ") + (found.parameters[k1 + k2] > 0.0 ? "1" : "-1") +
                ": with these covariates, receipt of one says that of the other; estimate one of them");
  }
  BiprobitFit fit;
  fit.errors = errors;
  fit.units = first.size();
  fit.sum_of_weights = alone1.sum_of_weights;
  fit.log_likelihood = found.log_likelihood;
  fit.independent_log_likelihood = alone1.log_likelihood + alone2.log_likelihood;
  fit.iterations = found.iterations;
  fit.covariance = row_by_row(found.covariance);
  const auto count = static_cast<double>(start.size());
  fit.aic = 2.0 * count - 2.0 * fit.log_likelihood;
  fit.bic = count * std::log(static_cast<double>(fit.units)) - 2.0 * fit.log_likelihood;
  for (Index j = 0; j < k1 + k2; ++j) {
    const Coefficient& alone =
        j < k1 ? alone1.coefficients[static_cast<std::size_t>(j)] : alone2.coefficients[static_cast<std::size_t>(j - k1)];
    (j < k1 ? fit.first : fit.second).push_back({alone.name, found.parameters[j], std::sqrt(found.covariance(j, j))});
  }
  const double angle = found.parameters[k1 + k2];
  const double rho = std::tanh(angle);
  const double error = std::sqrt(found.covariance(k1 + k2, k1 + k2));
  fit.atanh_correlation = {"atanh(rho)", angle, error};
  fit.correlation = {"rho", rho, (1.0 - rho * rho) * error};
  fit.correlation_low = std::tanh(angle - quantile_95 * error);
  fit.correlation_high = std::tanh(angle + quantile_95 * error);
  add_joint_rates(model, first, second, found, fit);
  return fit;
}

double BiprobitFit::likelihood_ratio_p_value() const { return 2.0 * normal_cdf(-std::sqrt(std::max(likelihood_ratio(), 0.0))); }

std::array<Coefficient, 4> BiprobitFit::predict(const std::vector<double>& first_covariates,
                                                const std::vector<double>& second_covariates) const {
  const auto vector_of = [](const std::vector<double>& covariates, std::size_t coefficients, const char* which) {
    if (covariates.size() + 1 != coefficients) {
      throw Error(std::string("the equation of the ") + which + " benefit has " + std::to_string(coefficients - 1) +
                  " covariates, " + std::to_string(covariates.size()) + " values were given");
    }
    VectorXd x = VectorXd::Ones(static_cast<Index>(coefficients));
    for (std::size_t j = 0; j < covariates.size(); ++j) x[static_cast<Index>(j) + 1] = covariates[j];
    return x;
  };
  const auto index_of_equation = [](const VectorXd& x, const std::vector<Coefficient>& coefficients) {
    double index = 0.0;
    for (std::size_t j = 0; j < coefficients.size(); ++j) index += x[static_cast<Index>(j)] * coefficients[j].value;
    return index;
  };
  const VectorXd x1 = vector_of(first_covariates, first.size(), "first");
  const VectorXd x2 = vector_of(second_covariates, second.size(), "second");
  const Index size = x1.size() + x2.size() + 1;
  const Eigen::Map<const MatrixXd> spread(covariance.data(), size, size);  // symmetric
  const double rho = correlation.value;
  std::array<Coefficient, 4> out;
  for (std::size_t o = 0; o < signs.size(); ++o) {
    const Outcome at = outcome_at(index_of_equation(x1, first), index_of_equation(x2, second), rho, signs[o][0], signs[o][1]);
    VectorXd derivative(size);
    derivative << at.by_first * x1, at.by_second * x2, at.by_correlation * (1.0 - rho * rho);
    out[o] = {joint_outcomes[o], at.probability, delta(derivative, spread)};
  }
  return out;
}

}  // namespace labacces::takeup
