// The columns that all tables of figures begin with. Internal to this folder.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "libsim/base/text.hpp"
#include "libsim/report/measures.hpp"
#include "libsim/report/table.hpp"

namespace labacces::report {

inline std::vector<TableColumn> figure_columns() {
  return {{"scenario"}, {"benefit"}, {"group"}, {"cell"}, {"window"}, {"measure"}, {"unit"}, {"value"}, {"se"}, {"ci95_low"}, {"ci95_high"}};
}

/// A figure that is hidden or not known has empty cells.
inline std::vector<std::string> figure_row(const std::string& scenario, const std::string& benefit, const std::string& group, const std::string& cell,
                                           std::size_t window, std::size_t measure, const outcomes::Estimate& estimate, bool hidden) {
  const bool shown = !hidden && estimate.known;
  const bool error_known = shown && !std::isnan(estimate.standard_error);
  return {scenario,
          benefit,
          group,
          cell,
          std::string(window_names[window]),
          std::string(measures[measure].name),
          std::string(measures[measure].unit),
          shown ? shortest(estimate.value) : "",
          error_known ? shortest(estimate.standard_error) : "",
          error_known ? shortest(estimate.low()) : "",
          error_known ? shortest(estimate.high()) : ""};
}

}  // namespace labacces::report
