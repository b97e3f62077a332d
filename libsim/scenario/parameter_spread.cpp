#include "libsim/scenario/parameter_spread.hpp"

#include <Eigen/Cholesky>
#include <cmath>
#include <nlohmann/json.hpp>

#include "libsim/base/error.hpp"
#include "libsim/base/json_text.hpp"
#include "libsim/base/random.hpp"
#include "libsim/takeup/normal.hpp"

namespace labacces::scenario {
namespace {

constexpr double euros_of_level = 100.0;  // the unit of the coefficient of a level

double normal(const Stream& stream, std::uint64_t parameter, std::uint64_t draw) {
  return takeup::normal_quantile(stream.uniform(parameter, draw) + 0x1.0p-54);
}

bool is_choice(const takeup::Behaviour& behaviour) {
  return behaviour.model == takeup::Model::logit || behaviour.model == takeup::Model::probit;
}

void add(takeup::Behaviour& behaviour, const std::string& name, double change) {
  if (name == "(constant)") {
    behaviour.intercept += change;
    return;
  }
  for (takeup::Trait& trait : behaviour.traits) {
    if (name != trait.variable && name != trait.variable + "=" + trait.item) continue;
    trait.coefficient += change;
    return;
  }
  behaviour.amount += behaviour.form == takeup::AmountForm::level ? euros_of_level * change : change;
}

void check_names(const takeup::Behaviour& behaviour, const ParameterSpread& spread) {
  if (!is_choice(behaviour))
    throw Error("the fit of '" + spread.benefit +
                "' is one of logit or probit; its take-up in the scenario is not: give its rate an error instead");
  std::size_t amounts = 0;
  for (const std::string& name : spread.names) {
    bool found = name == "(constant)";
    for (const takeup::Trait& trait : behaviour.traits)
      found = found || name == trait.variable || name == trait.variable + "=" + trait.item;
    if (found) continue;
    if (behaviour.form == takeup::AmountForm::none || ++amounts > 1) {
      throw Error("the fit of '" + spread.benefit + "' has the coefficient '" + name +
                  "', which its take-up in the scenario does not have");
    }
  }
}

double moved_rate(double rate, double change) {
  return rate <= 0.0 || rate >= 1.0 ? rate : takeup::logistic(takeup::logit(rate) + change);
}

takeup::Behaviour moved_rates(takeup::Behaviour behaviour, const ParameterSpread& spread, double z) {
  const bool has_rate = behaviour.model == takeup::Model::rate || behaviour.model == takeup::Model::observed;
  if (!has_rate || behaviour.rate <= 0.0 || behaviour.rate >= 1.0) {
    throw Error("the take-up of '" + spread.benefit + "' in the scenario has no rate between 0 and 1 to give an error to");
  }
  const double change = z * spread.rate_error / (behaviour.rate * (1.0 - behaviour.rate));  // delta method
  behaviour.rate = moved_rate(behaviour.rate, change);
  for (takeup::CellRate& cell : behaviour.cells) cell.rate = moved_rate(cell.rate, change);
  return behaviour;
}

}  // namespace

ParameterSpread spread_of_fit(const std::string& benefit, const std::string& file, std::string_view text) {
  const nlohmann::ordered_json json = parse_json(file, text);
  if (!json.is_object() || !json.contains("coefficients") || !json["coefficients"].is_array() || !json.contains("covariance") ||
      !json["covariance"].is_array()) {
    json_error(file, "covariance", "a fit.json of 'labacces takeup fit' with coefficients and their covariance was expected");
  }
  ParameterSpread spread{benefit, {}, {}, 0.0};
  for (std::size_t i = 0; i < json["coefficients"].size(); ++i) {
    const auto& coefficient = json["coefficients"][i];
    if (!coefficient.is_object() || !coefficient.contains("name") || !coefficient["name"].is_string()) {
      json_error(file, "coefficients/" + std::to_string(i) + "/name", "the name of the coefficient was expected");
    }
    spread.names.push_back(coefficient["name"].get<std::string>());
  }
  const auto n = static_cast<Eigen::Index>(spread.names.size());
  if (json["covariance"].size() != spread.names.size() * spread.names.size())
    json_error(file, "covariance", std::to_string(n * n) + " numbers were expected");
  Eigen::MatrixXd matrix(n, n);
  for (Eigen::Index i = 0; i < n * n; ++i) {
    const auto& cell = json["covariance"][static_cast<std::size_t>(i)];
    if (!cell.is_number()) json_error(file, "covariance/" + std::to_string(i), "a number was expected");
    matrix(i / n, i % n) = cell.get<double>();
  }
  const Eigen::LLT<Eigen::MatrixXd> cholesky(matrix);
  if (cholesky.info() != Eigen::Success) json_error(file, "covariance", "the matrix is not positive definite");
  const Eigen::MatrixXd lower = cholesky.matrixL();
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index k = 0; k < n; ++k) spread.factor.push_back(k <= i ? lower(i, k) : 0.0);
  }
  return spread;
}

takeup::Behaviour moved(const takeup::Behaviour& behaviour, const ParameterSpread& spread, std::uint64_t seed,
                        std::uint64_t draw) {
  const Stream stream(seed, "parameters/" + spread.benefit);
  if (spread.names.empty()) return moved_rates(behaviour, spread, normal(stream, 0, draw));
  check_names(behaviour, spread);
  takeup::Behaviour out = behaviour;
  const std::size_t n = spread.names.size();
  for (std::size_t i = 0; i < n; ++i) {
    double change = 0.0;
    for (std::size_t k = 0; k <= i; ++k) change += spread.factor[i * n + k] * normal(stream, k, draw);
    add(out, spread.names[i], change);
  }
  return out;
}

}  // namespace labacces::scenario
