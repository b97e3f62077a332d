// A population against margins, as tables and as JSON.
#pragma once

#include <string>
#include <vector>

#include "libsim/report/table.hpp"
#include "libsim/scenario/margin_comparison.hpp"

namespace labacces::report {

/// For the terminal: a line a table of margins: its cells, the largest errors before and after, whether inside
/// the accepted range.
Table margin_summary(const scenario::MarginComparison& comparison);

/// For the terminal: each table of margins with all its cells, its source as a note.
std::vector<Table> margin_details(const scenario::MarginComparison& comparison);

/// Every cell: margin, level, figure, classes, published value, accepted range, before, after, errors, where the last
/// figure stands in the range, whether calibrated, tuned on or held out, source, date.
Table margin_table(const scenario::MarginComparison& comparison);

/// How far the weights moved. Only of a calibration.
Table weight_table(const scenario::MarginComparison& comparison);

/// All of it (format "labacces-margins/1"), without the weights.
std::string margins_json(const scenario::MarginComparison& comparison);

}  // namespace labacces::report
