// A sweep as tables and as JSON.
#pragma once

#include <string>

#include "libsim/report/table.hpp"
#include "libsim/scenario/sweep.hpp"

namespace labacces::report {

/// For the terminal: a line for each point and each benefit that some point changes, for the month asked.
Table sweep_summary(const scenario::Sweep& sweep);

/// Every figure of the month at every point, with its difference from the scenario as it is: the parameters' values, then benefit, group, cell,
/// measure, unit, value, se, ci95_low, ci95_high, difference, difference_se, difference_ci95_low, difference_ci95_high, status.
Table sweep_table(const scenario::Sweep& sweep);

/// Figures of everyone in the month at every point (format "labacces-sweep/1").
std::string sweep_json(const scenario::Sweep& sweep);

}  // namespace labacces::report
