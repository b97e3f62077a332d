// A run held against administrative totals: before and after take-up, with an honest status for each.
#pragma once

#include <string>
#include <vector>

#include "libsim/outcomes/estimate.hpp"
#include "libsim/report/table.hpp"
#include "libsim/scenario/run_scenario.hpp"
#include "libsim/scenario/validation_targets.hpp"

namespace labacces::report {

/// One target beside what the run says.
struct ValidationRow {
  scenario::ValidationTarget target;
  scenario::Comparability status = scenario::Comparability::comparable;
  std::string note;                       ///< why the status is what it is; "" where it is comparable
  outcomes::Estimate full_take_up, paid;  ///< in what the target counts; not known where it is not covered
  bool hidden = false;                    ///< by disclosure control
  /// Paid / target; nothing to compare: NaN.
  double ratio() const;
  /// Comparable, with a tolerance, and farther off than it.
  bool falls_short() const;
};

/// Every target with the figures of the month asked. The status is the file's, made worse where the run asks it: not covered when the scenario has no
/// such benefit or cell (nearest name in the note) or a right in kind has no euros; the concept differs when the figure is of another
/// year than the run's month.
std::vector<ValidationRow> validate(const scenario::RunResult& result, const scenario::ValidationTargets& targets);

/// For the terminal, at most 80 columns.
Table validation_summary(const scenario::RunResult& result, const std::vector<ValidationRow>& rows);
/// Every digit: one row a target.
Table validation_table(const std::vector<ValidationRow>& rows);
/// "labacces-validation/1".
std::string validation_json(const scenario::RunResult& result, const scenario::ValidationTargets& targets,
                            const std::vector<ValidationRow>& rows);

}  // namespace labacces::report
