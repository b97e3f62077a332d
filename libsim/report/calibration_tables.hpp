// A calibration of take-up as tables, as JSON and as the calibrated scenario.
#pragma once

#include <string>
#include <string_view>

#include "libsim/report/table.hpp"
#include "libsim/scenario/calibrate_take_up.hpp"

namespace labacces::report {

/// For the terminal, at most 80 columns: each target with the figure before and after; those that are held out stand beside.
Table targets_table(const scenario::TakeUpCalibration& calibration);
/// The parameters that were set.
Table parameters_table(const scenario::TakeUpCalibration& calibration);
/// The rate that each behaviour was given against the share that takes up.
Table effective_table(const scenario::TakeUpCalibration& calibration);

/// All digits of the targets, one row each, with the source.
Table targets_rows(const scenario::TakeUpCalibration& calibration);

/// Format "labacces-calibration/1". Cells of fewer than smallest_cell sampled units are left out unless the population is synthetic.
std::string calibration_json(const scenario::TakeUpCalibration& calibration);

/// The text of the scenario ("" = the built-in base) with the calibrated behaviours, period and population in it. `file`: where the text stands, `folder`: where it will: its
/// relative paths are rewritten from one to the other.
std::string calibrated_scenario_json(const scenario::TakeUpCalibration& calibration, std::string_view text,
                                     const std::string& file, const std::string& folder);

}  // namespace labacces::report
