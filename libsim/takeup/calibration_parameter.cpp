#include "libsim/takeup/calibration_parameter.hpp"

#include <cmath>

#include "libsim/base/error.hpp"

namespace labacces::takeup {
namespace {

constexpr SearchRange of_index{-1000.0, 1000.0}, of_slope{-40.0, 40.0}, of_log_cost{-30.0, 15.0}, of_log_spread{-5.0, 5.0},
    of_share{0.0, 1.0};

bool is_choice(Model model) { return model == Model::logit || model == Model::probit; }
bool has_rates(Model model) { return model == Model::rate || model == Model::observed; }
/// The double nearest to the decimal, so that it prints as one.
double decimal(double value, double per_unit) { return std::nearbyint(value * per_unit) / per_unit; }

}  // namespace

std::optional<SearchRange> search_range(Model model, ParameterKind kind) {
  switch (kind) {
    case ParameterKind::intercept:
      return has_rates(model) ? of_share : is_choice(model) ? of_index : of_log_cost;
    case ParameterKind::cells:
      return has_rates(model) ? of_share : of_index;
    case ParameterKind::amount:
      if (has_rates(model)) return std::nullopt;
      return is_choice(model) ? of_slope : of_log_spread;
    case ParameterKind::gateway:
      return of_index;
    case ParameterKind::persistence:
      return of_share;
  }
  return std::nullopt;
}

double search_start(Model model, ParameterKind kind) {
  if (kind == ParameterKind::persistence) return 1.0;
  if (has_rates(model) && kind != ParameterKind::gateway) return 0.5;
  if (model == Model::threshold && kind == ParameterKind::intercept) return -5.0;  // exp(5) = 148 EUR
  return 0.0;
}

void set_parameter(Behaviour& behaviour, const ParameterToSet& parameter, double at) {
  const bool rates = has_rates(behaviour.model);
  switch (parameter.kind) {
    case ParameterKind::intercept:
      (rates                        ? behaviour.rate
       : is_choice(behaviour.model) ? behaviour.intercept
                                    : behaviour.cost) = behaviour.model == Model::threshold ? std::exp(-at) : at;
      return;
    case ParameterKind::cells:
      for (const std::size_t place : parameter.places)
        (rates ? behaviour.cells[place].rate : behaviour.traits[place].coefficient) = at;
      return;
    case ParameterKind::amount:
      (is_choice(behaviour.model) ? behaviour.amount : behaviour.spread) = is_choice(behaviour.model) ? at : std::exp(-at);
      return;
    case ParameterKind::gateway:
      for (const std::size_t place : parameter.places) behaviour.gateways[place].effect = at;
      return;
    case ParameterKind::persistence:
      behaviour.persistence = at;
      return;
  }
}

double parameter_value(const Behaviour& behaviour, const ParameterToSet& parameter) {
  const bool rates = has_rates(behaviour.model);
  switch (parameter.kind) {
    case ParameterKind::intercept:
      return rates ? behaviour.rate : is_choice(behaviour.model) ? behaviour.intercept : behaviour.cost;
    case ParameterKind::cells:
      return rates ? behaviour.cells[parameter.places.front()].rate : behaviour.traits[parameter.places.front()].coefficient;
    case ParameterKind::amount:
      return is_choice(behaviour.model) ? behaviour.amount : behaviour.spread;
    case ParameterKind::gateway:
      return behaviour.gateways[parameter.places.front()].effect;
    case ParameterKind::persistence:
      return behaviour.persistence;
  }
  SIM_CHECK(false, "a kind of parameter");
}

void round_parameter(Behaviour& behaviour, const ParameterToSet& parameter) {
  constexpr double six = 1e6, four = 1e4;
  const double value = parameter_value(behaviour, parameter);
  const bool is_log = behaviour.model == Model::threshold &&
                      (parameter.kind == ParameterKind::intercept || parameter.kind == ParameterKind::amount);
  const double round = decimal(value, parameter.kind == ParameterKind::persistence ? four : six);
  if (is_log) {
    (parameter.kind == ParameterKind::intercept ? behaviour.cost : behaviour.spread) = round > 0.0 ? round : value;
    return;
  }
  set_parameter(behaviour, parameter, round);
}

}  // namespace labacces::takeup
