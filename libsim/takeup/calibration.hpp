// Parameters of a behaviour set so that targets of take-up are met. docs/methods/take-up.md has the formulas.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libsim/takeup/behaviour.hpp"
#include "libsim/takeup/claim_target.hpp"

namespace labacces::takeup {

/// Units of one benefit with the right in one of the months, as a behaviour sees them. Traits and cells are in its order.
struct ClaimingUnits {
  std::size_t months = 1;                 ///< the last is the month asked
  std::size_t draws = 0;                  ///< of the luck of claiming
  std::vector<double> weights, persons;   ///< [unit]
  std::vector<double> rights;             ///< EUR/month, [unit * months + month]
  std::vector<double> months_with_right;  ///< [unit]
  std::vector<double> incomes;            ///< [unit]; empty = 0
  std::vector<std::uint8_t> received;     ///< [unit]; empty = nobody is seen to receive
  std::vector<double> traits, cells;      ///< [unit * number of them + i]
  std::vector<std::uint8_t>
      gateways;  ///< whether the benefit of a gateway is claimed, [((draw * units + unit) * months + month) * gateways + i]
  std::size_t size() const { return weights.size(); }
};

/// The latent uniforms of the units, [(draw * units + unit) * months + month].
using LuckAt = std::function<std::shared_ptr<const std::vector<double>>(double persistence)>;

enum class ParameterKind : unsigned char {
  intercept,  ///< of logit and probit; the rate of rate and observed; the median cost of threshold
  cells,    ///< coefficients of traits (logit, probit, threshold), rates of cells (rate, observed): those in `places`, all alike
  amount,   ///< coefficient of the amount (logit, probit); the spread of the cost (threshold)
  gateway,  ///< effects of the gateways in `places`
  persistence,
};

/// A parameter, and the target that it is there to meet.
struct ParameterToSet {
  ParameterKind kind = ParameterKind::intercept;
  std::vector<std::size_t> places;
  std::size_t target = 0;
};

struct CalibrationTask {
  ClaimingUnits units;
  std::vector<ClaimTarget> targets;
  std::vector<ParameterToSet> parameters;  ///< one for each target
  bool realised = false;                   ///< targets are met by the draws themselves, not in expectation
  bool one_decision = true;                ///< with persistence 1 the luck of all months is one
  bool luck_is_independent = true;         ///< of what gateways and `in` look at
  LuckAt luck;                             ///< needed where draws are: realised, windows with persistence under 1, dependent luck
};

/// Value of a target under a behaviour; NaN where there is nobody to divide by.
double value_of(const CalibrationTask& task, const Behaviour& behaviour, const ClaimTarget& target);

/// `behaviour` with the parameters that were asked, at six decimals (persistence: four). What they were before does not matter. Each target moves one way with
/// its parameter, which is found by secant steps inside a bracket; those of intercepts, cells and gateways in turns until all hold, the coefficient
/// of the amount around them, persistence around all. Throws Error with the name of the target: nobody has the right there, a value out of reach (with
/// the reach), euros that do not go with the heads, a model without the parameter, targets that cannot be met together.
Behaviour calibrated(const CalibrationTask& task, const Behaviour& behaviour);

/// The number itself, as tables show it: cost in EUR, spread, rate or coefficient.
double parameter_value(const Behaviour& behaviour, const ParameterToSet& parameter);

}  // namespace labacces::takeup
