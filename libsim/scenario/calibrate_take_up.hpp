// The behaviours of a scenario set to targets on its population, and what that gives.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "libsim/law/law.hpp"
#include "libsim/outcomes/measured_figures.hpp"
#include "libsim/population/population.hpp"
#include "libsim/scenario/scenario.hpp"
#include "libsim/scenario/take_up_targets.hpp"

namespace labacces::scenario {

struct CalibrateOptions {
  outcomes::SurveyDesign design = {};  ///< of dwellings, as MeasureOptions
  std::vector<std::vector<double>> other_weights =
      {};  ///< sets of weights of the dwellings, under which the rates are looked at again
  unsigned threads = 0;
};

/// A target, and the figure before and after; errors hold the sample and the draws of who claims.
struct TargetFigures {
  TakeUpTarget target;
  outcomes::MeasuredFigure before, after;
  std::uint64_t sampled = 0;  ///< eligible units in the cell
};

struct ParameterSet {
  std::string benefit, name;
  double before = 0.0, after = 0.0;
  std::size_t target = 0;  ///< of TakeUpCalibration::targets
};

/// Take-up of a benefit in the month, units: what was seeded, and what comes of it.
struct EffectiveRate {
  std::string benefit, label;
  double given = 0.0;        ///< the rate of a model with one rate, else the mean probability, each unit counting once
  double expected = 0.0;     ///< the mean probability under the population's weights
  double realised = 0.0;     ///< in the draw that a run shows
  outcomes::Estimate drawn;  ///< mean over draws, with its error
  std::uint64_t sampled = 0;
  double other_low = 0.0, other_high = 0.0;  ///< realised, over the other sets of weights
};

struct TakeUpCalibration {
  Scenario scenario;  ///< calibrated, with its period
  std::string targets_file, targets_name;
  bool realised = false;
  std::size_t draws = 0;
  bool synthetic = false;
  std::string population_source, design;
  std::size_t other_weights = 0;
  std::vector<TargetFigures> targets;
  std::vector<ParameterSet> parameters;
  std::vector<EffectiveRate> effective;
};

/// Benefits are calibrated in the order of the scenario, each with those before it as calibrated. Throws Error as run_scenario and takeup::calibrated, and with the path in
/// the targets file: a benefit that is not in the scenario, a variable or an item that the law lacks (nearest names), euros of a right in kind, a quarter
/// or three for which the law is not known long enough, a gateway that is not an earlier benefit.
TakeUpCalibration calibrate_take_up(const Scenario& scenario, const TakeUpTargets& targets,
                                    const std::shared_ptr<const law::Law>& law,
                                    const std::shared_ptr<const Population>& population, const CalibrateOptions& options = {});

}  // namespace labacces::scenario
