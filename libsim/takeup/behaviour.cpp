#include "libsim/takeup/behaviour.hpp"

#include <algorithm>
#include <cmath>

#include "libsim/takeup/normal.hpp"

namespace labacces::takeup {
namespace {

constexpr double euros_of_level = 100.0;

double of_traits(const Behaviour& behaviour, std::span<const double> traits) {
  double sum = 0.0;
  for (std::size_t i = 0; i < behaviour.traits.size(); ++i) sum += behaviour.traits[i].coefficient * traits[i];
  return sum;
}

double of_amount(const Behaviour& behaviour, const UnitFacts& facts) {
  switch (behaviour.form) {
    case AmountForm::none:
      return 0.0;
    case AmountForm::level:
      return behaviour.amount * facts.right / euros_of_level;
    case AmountForm::log:
      return behaviour.amount * std::log(facts.right);
    case AmountForm::share_of_income:
      return behaviour.amount * facts.right / (facts.right + std::max(facts.income, 0.0));
  }
  return 0.0;
}

double index_of_choice(const Behaviour& behaviour, const UnitFacts& facts) {
  return behaviour.intercept + of_amount(behaviour, facts) + behaviour.duration * facts.months +
         of_traits(behaviour, facts.traits);
}

double rate_of_cells(const Behaviour& behaviour, const UnitFacts& facts) {
  for (std::size_t i = 0; i < behaviour.cells.size(); ++i) {
    if (facts.cells[i] != 0.0) return behaviour.cells[i].rate;
  }
  return behaviour.rate;
}

double alone(const Behaviour& behaviour, const UnitFacts& facts) {
  switch (behaviour.model) {
    case Model::rate:
      return rate_of_cells(behaviour, facts);
    case Model::logit:
      return logistic(index_of_choice(behaviour, facts));
    case Model::probit:
      return normal_cdf(index_of_choice(behaviour, facts));
    case Model::threshold:
      return normal_cdf(
          (std::log(facts.right * behaviour.horizon) - std::log(behaviour.cost) + of_traits(behaviour, facts.traits)) /
          behaviour.spread);
    case Model::observed:
      return facts.received ? 1.0 : rate_of_cells(behaviour, facts);
  }
  return 0.0;
}

}  // namespace

double probability(const Behaviour& behaviour, const UnitFacts& facts) {
  if (!(facts.right > 0.0)) return 0.0;
  return through_gateways(alone(behaviour, facts), facts.gateway);
}

double through_gateways(double p, double effects) {
  if (effects == 0.0 || p <= 0.0 || p >= 1.0) return p;
  return logistic(logit(p) + effects);
}

const Behaviour* find_behaviour(const std::vector<Behaviour>& behaviours, const std::string& benefit) {
  const auto found =
      std::find_if(behaviours.begin(), behaviours.end(), [&](const Behaviour& one) { return one.benefit == benefit; });
  return found == behaviours.end() ? nullptr : &*found;
}

}  // namespace labacces::takeup
