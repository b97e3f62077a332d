// A sweep: one or two parameters of the law over a grid, as one pass over the population.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/scenario/run_scenario.hpp"

namespace labacces::scenario {

/// A parameter of the law and the values that it is set to, rising.
struct SweepAxis {
  std::string path;
  std::vector<double> values;
  std::string label, measure;  ///< of the law
};

/// Reads "rsa.montant_de_base=600:700:25" (both ends) or "rsa.montant_de_base=600,650,700". Throws Error: another form, no number, values
/// that do not rise, a step that is not above 0.
SweepAxis parse_sweep_axis(std::string_view text);

/// The comparison of the scenario as it is (first) with each point of the grid; the last axis moves fastest.
struct Sweep {
  std::vector<SweepAxis> axes;
  Day since;                                ///< from which on a parameter has the value of a point
  std::vector<std::vector<double>> points;  ///< by axis; comparison.runs[i + 1] is that of points[i]
  Comparison comparison;
};

struct SweepAsked {
  std::vector<SweepAxis> axes;
  Day since;
  std::vector<std::string> extra_files;  ///< law files beside the scenario's
};

/// `law` is the scenario's. A point that sets a parameter to what it is changes nothing there. Throws Error as compare_scenarios(); also: a path
/// that is no parameter (nearest name), a path twice, more than 400 points, a date at which the law takes no change.
Sweep sweep(const Scenario& scenario, const law::Law& law, const Population& population, const SweepAsked& asked,
            const RunScenarioOptions& options = {});

}  // namespace labacces::scenario
