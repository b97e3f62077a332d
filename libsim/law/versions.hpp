// Dates of versions: from dated lines to the months in which each is in force.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsim/base/diagnostics.hpp"
#include "libsim/law/law.hpp"

namespace labacces::law {

/// One dated line of a declaration: a version that starts, or `ends`.
struct DatedLine {
  Day since;
  bool ends = false;
  Span span;
};

/// Reports dates that repeat or go back, an `ends` that ends nothing, dates outside 1900 to 2200, and an empty list. `what` names the
/// declaration in messages: "param 'rsa.montant_de_base'".
void check_dates(const Sources& sources, std::string_view what, Span whole, const std::vector<DatedLine>& lines,
                 DiagnosticList& diagnostics);

/// Months in which each line that is not `ends` is in force, in the order of the lines (an empty interval when the next one starts in the
/// same month). Lines must be sorted.
std::vector<MonthInterval> months_in_force(const std::vector<DatedLine>& lines);

/// "in 2024-04", "from 2024-04 to 2025-03", or "from 2024-04 on".
std::string describe(MonthInterval months);

/// The versions nearest to a month in which none is in force: "the first version starts 2019-01", "the last version ends 2020-12".
std::string nearest_version(const std::vector<MonthInterval>& versions, Month month);

template <typename T>
std::vector<MonthInterval> intervals_of(const std::vector<Version<T>>& versions) {
  std::vector<MonthInterval> intervals;
  intervals.reserve(versions.size());
  for (const Version<T>& version : versions) intervals.push_back(version.in_force);
  return intervals;
}

}  // namespace labacces::law
