// A budget curve as a table, or as JSON.
#pragma once

#include <string>

#include "libsim/report/table.hpp"
#include "libsim/scenario/curve.hpp"

namespace labacces::report {

/// A row a point: what varies, income, marginal rate of the step that begins there, and each line. `for_terminal`: two decimals, and lines that
/// are zero everywhere are left out; else shortest exact numbers, every line, names as a program reads them.
Table curve_table(const scenario::Curve& curve, bool for_terminal);

/// Format "labacces-curve/1": {vary, label, measure, entity, period, axis, income, marginal_rate, lines: {name: {label, values}}}.
std::string to_json(const scenario::Curve& curve);

}  // namespace labacces::report
