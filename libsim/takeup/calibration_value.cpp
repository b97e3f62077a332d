// What a target comes to under a behaviour: expected, or over draws.
#include <cmath>

#include "libsim/base/error.hpp"
#include "libsim/takeup/calibration.hpp"

namespace labacces::takeup {
namespace {

/// Probabilities of one unit in each month.
class UnitProbabilities {
 public:
  UnitProbabilities(const ClaimingUnits& units, const Behaviour& behaviour)
      : units_(units), behaviour_(behaviour), of_month_(units.months) {}

  /// Those before month `from` stay 0.
  std::span<const double> of(std::size_t unit, std::size_t draw, std::size_t from) {
    UnitFacts facts;
    facts.months = units_.months_with_right[unit];
    facts.income = units_.incomes.empty() ? 0.0 : units_.incomes[unit];
    facts.received = !units_.received.empty() && units_.received[unit] != 0;
    facts.traits = std::span(units_.traits).subspan(unit * behaviour_.traits.size(), behaviour_.traits.size());
    facts.cells = std::span(units_.cells).subspan(unit * behaviour_.cells.size(), behaviour_.cells.size());
    const std::size_t gateways = behaviour_.gateways.size();
    for (std::size_t month = from; month < units_.months; ++month) {
      facts.right = units_.rights[unit * units_.months + month];
      facts.gateway = 0.0;
      for (std::size_t g = 0; g < gateways; ++g) {
        if (units_.gateways[((draw * units_.size() + unit) * units_.months + month) * gateways + g] != 0)
          facts.gateway += behaviour_.gateways[g].effect;
      }
      of_month_[month] = probability(behaviour_, facts);
    }
    return of_month_;
  }

 private:
  const ClaimingUnits& units_;
  const Behaviour& behaviour_;
  std::vector<double> of_month_;
};

std::size_t first_month(const ClaimTarget& target, std::size_t months) {
  switch (target.window) {
    case ClaimWindow::month:
      return months - 1;
    case ClaimWindow::quarter:
      return months - months_of_quarter;
    case ClaimWindow::durable:
      break;
  }
  return months - months_of_durable;
}

bool is_expected(const CalibrationTask& task, const Behaviour& behaviour, const ClaimTarget& target) {
  if (task.realised || !task.luck_is_independent) return false;
  return target.window == ClaimWindow::month || (task.one_decision && behaviour.persistence >= 1.0);
}

}  // namespace

double value_of(const CalibrationTask& task, const Behaviour& behaviour, const ClaimTarget& target) {
  const ClaimingUnits& units = task.units;
  const bool expected = is_expected(task, behaviour, target);
  const bool by_draw = target.in.size() > units.size();
  const std::size_t draws = !expected || by_draw || !behaviour.gateways.empty() ? units.draws : 1;
  const std::size_t from = first_month(target, units.months);
  std::shared_ptr<const std::vector<double>> luck;
  if (!expected) luck = task.luck(behaviour.persistence);
  UnitProbabilities probabilities(units, behaviour);
  std::vector<double> claims(units.months);
  UnitShare sum;
  for (std::size_t unit = 0; unit < units.size(); ++unit) {
    const auto rights = std::span(units.rights).subspan(unit * units.months, units.months);
    std::span<const double> p;
    for (std::size_t draw = 0; draw < draws; ++draw) {
      if (target.in[(by_draw ? draw * units.size() : 0) + unit] == 0) continue;
      if (p.empty() || !behaviour.gateways.empty()) p = probabilities.of(unit, draw, from);
      if (!expected) {
        const double* u = luck->data() + (draw * units.size() + unit) * units.months;
        for (std::size_t month = from; month < units.months; ++month) claims[month] = u[month] < p[month] ? 1.0 : 0.0;
      }
      const UnitShare share = share_of_unit(target, rights, expected ? p : std::span<const double>(claims), units.persons[unit]);
      sum.numerator += units.weights[unit] * share.numerator;
      sum.denominator += units.weights[unit] * share.denominator;
    }
  }
  if (is_total(target.measure)) return sum.numerator / static_cast<double>(draws);
  return sum.denominator > 0.0 ? sum.numerator / sum.denominator : std::nan("");
}

}  // namespace labacces::takeup
