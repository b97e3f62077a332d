// The figures of a cell as tables and results list them, those at full take-up of the other benefits after the others. Internal to this folder.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/report/measures.hpp"
#include "libsim/scenario/run_scenario.hpp"

namespace labacces::report {

struct ShownMeasure {
  std::string name;
  std::string_view unit;
  outcomes::Estimate estimate;
  bool of_euros = false;
};

/// Of `measures`, those that a right at full take-up has a meaning for: what is paid is the same by both concepts.
inline constexpr std::array<std::size_t, 8> measures_at_full_take_up{0, 3, 4, 5, 6, 8, 9, 10};

inline void add_measures(const Figures& figures, std::vector<ShownMeasure>& out) {
  for (std::size_t m = 0; m < measures.size(); ++m)
    out.push_back({std::string(measures[m].name), measures[m].unit, figures[m], is_of_euros(m)});
}
inline void add_measures_at_full_take_up(const Figures& figures, std::vector<ShownMeasure>& out) {
  for (const std::size_t m : measures_at_full_take_up)
    out.push_back({std::string(measures[m].name) + "_at_full_take_up", measures[m].unit, figures[m], is_of_euros(m)});
}

inline std::vector<ShownMeasure> shown_measures(const scenario::GroupResult::Cell& cell, std::size_t window, std::size_t clusters,
                                                bool in_kind) {
  std::vector<ShownMeasure> out;
  add_measures(estimates(cell.sums[window], clusters, in_kind), out);
  if (cell.at_full_take_up) add_measures_at_full_take_up(estimates((*cell.at_full_take_up)[window], clusters, in_kind), out);
  return out;
}

/// Where one cell stands in a comparison: against the first run.
struct CellPlace {
  std::size_t scenario = 1, benefit = 0, group = 0, cell = 0;
};
inline std::vector<ShownMeasure> shown_differences(const scenario::Comparison& comparison, const CellPlace& at,
                                                   std::size_t window) {
  const scenario::RunResult& base = comparison.runs[0];
  const bool in_kind = base.benefits[at.benefit].in_kind;
  const auto& before = base.benefits[at.benefit].groups[at.group].cells[at.cell];
  const auto& after = comparison.runs[at.scenario].benefits[at.benefit].groups[at.group].cells[at.cell];
  const scenario::ScenarioDifference& change = comparison.differences[at.scenario - 1];
  std::vector<ShownMeasure> out;
  add_measures(differences(before.sums[window], after.sums[window], change.benefits[at.benefit][at.group][at.cell][window],
                           base.clusters, in_kind),
               out);
  if (change.at_full_take_up.empty()) return out;
  add_measures_at_full_take_up(differences(before.full()[window], after.full()[window],
                                           change.at_full_take_up[at.benefit][at.group][at.cell][window], base.clusters, in_kind),
                               out);
  return out;
}

}  // namespace labacces::report
