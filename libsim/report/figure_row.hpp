// The columns that all tables of figures begin with. Internal to this folder.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "libsim/base/text.hpp"
#include "libsim/report/shown_measures.hpp"
#include "libsim/report/table.hpp"

namespace labacces::report {

inline std::vector<TableColumn> figure_columns() {
  return {{"scenario"}, {"benefit"}, {"group"}, {"cell"},     {"window"},   {"measure"},
          {"unit"},     {"value"},   {"se"},    {"ci95_low"}, {"ci95_high"}};
}

/// A figure that is hidden or not known has empty cells.
inline std::vector<std::string> figure_row(const std::string& scenario, const std::string& benefit, const std::string& group,
                                           const std::string& cell, std::size_t window, const ShownMeasure& measure,
                                           bool hidden) {
  const outcomes::Estimate& estimate = measure.estimate;
  const bool shown = !hidden && estimate.known;
  const bool error_known = shown && !std::isnan(estimate.standard_error);
  return {scenario,
          benefit,
          group,
          cell,
          std::string(window_names[window]),
          measure.name,
          std::string(measure.unit),
          shown ? shortest(estimate.value) : "",
          error_known ? shortest(estimate.standard_error) : "",
          error_known ? shortest(estimate.low()) : "",
          error_known ? shortest(estimate.high()) : ""};
}

/// Why a figure is not shown, or "".
inline std::string status_of(const ShownMeasure& measure, bool hidden, bool in_kind) {
  if (hidden) return "suppressed";
  if (measure.estimate.known) return "";
  return in_kind && measure.of_euros ? "in kind" : "nobody eligible";
}

}  // namespace labacces::report
