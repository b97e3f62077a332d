// Budget curves: what one household has along one of its amounts.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "libsim/law/law.hpp"
#include "libsim/population/population.hpp"

namespace labacces::scenario {

/// What varies, from where to where, and what is watched.
struct CurveAsked {
  std::string vary;    ///< a number given, such as salaire_net
  std::string entity;  ///< the unit that varies; "" = the first
  double from = 0.0, to = 0.0, step = 0.0;
  std::vector<std::pair<std::string, double>> also;  ///< amounts of the same unit that move with it, each with its ratio
  std::vector<std::string>
      outputs;  ///< rules in EUR/month or EUR/year; empty = the benefits that the law has of `usual_benefits`
  Month month{};
};

struct CurveLine {
  std::string name, label;
  std::vector<double> values;  ///< EUR a month, all units of the household together
};

struct Curve {
  std::string vary, label, measure, entity;
  Month month{};
  std::vector<double> axis;
  std::vector<CurveLine> lines;
  std::vector<double> income;  ///< revenu_disponible of the month's year, a month; empty when the law lacks it
  std::vector<double>
      marginal_rate;  ///< [i]: the share of the step from axis[i] to axis[i + 1] that is lost, 1 - d income / d axis; one shorter than the
                      ///< axis; empty without income, or when what varies is not an amount of euros
};

/// One run of as many copies of the household as the axis has points. What varies is set for all time (where the situation gives it for some
/// periods, in these as well); all else stays. Throws Error: an unknown variable (nearest name), one that is no number, an axis that does not rise or has over 100,000 points, an unknown unit, an output that is not an amount.
Curve curve(const law::Law& law, Population household, const CurveAsked& asked);

}  // namespace labacces::scenario
