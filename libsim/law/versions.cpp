#include "libsim/law/versions.hpp"

#include <algorithm>

namespace labacces::law {

namespace {

constexpr int first_year = 1900;
constexpr int last_year = 2200;

void note_first(const Sources& sources, Diagnostic& diagnostic, const DatedLine& line) {
  diagnostic.notes.push_back(Note{locate(sources, line.span), "the line before it, " + to_string(line.since)});
}

}  // namespace

void check_dates(const Sources& sources, std::string_view what, Span whole, const std::vector<DatedLine>& lines,
                 DiagnosticList& diagnostics) {
  const std::string name(what);
  if (lines.empty()) {
    diagnostics.error(sources, whole, name + " has no dated line", "write one: 2024-01-01 and its value");
    return;
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const DatedLine& line = lines[i];
    if (line.since.year() < first_year || line.since.year() > last_year) {
      diagnostics.error(sources, line.span, "the date " + to_string(line.since) + " is out of range",
                        "dates of versions lie between " + std::to_string(first_year) + " and " + std::to_string(last_year));
      return;
    }
    if (i == 0) {
      if (line.ends)
        diagnostics.error(sources, line.span, name + " ends before it has a version", "write the version that ends here first");
      continue;
    }
    const DatedLine& before = lines[i - 1];
    if (line.since == before.since) {
      note_first(sources,
                 diagnostics.error(sources, line.span, "two lines of " + name + " have the same date " + to_string(line.since)),
                 before);
    } else if (line.since < before.since) {
      note_first(sources,
                 diagnostics.error(
                     sources, line.span,
                     "dates of " + name + " go back: " + to_string(line.since) + " stands after " + to_string(before.since),
                     "sort the lines by date"),
                 before);
    } else if (line.ends && before.ends) {
      note_first(sources, diagnostics.error(sources, line.span, name + " has already ended"), before);
    }
  }
}

std::vector<MonthInterval> months_in_force(const std::vector<DatedLine>& lines) {
  std::vector<MonthInterval> intervals;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].ends) continue;
    MonthInterval months;
    months.begin = first_month_from(lines[i].since);
    months.end = i + 1 < lines.size() ? first_month_from(lines[i + 1].since) : never;
    intervals.push_back(months);
  }
  return intervals;
}

std::string describe(MonthInterval months) {
  if (months.end == never) return "from " + to_string(months.begin) + " on";
  if (months.end - months.begin == 1) return "in " + to_string(months.begin);
  return "from " + to_string(months.begin) + " to " + to_string(months.end - 1);
}

std::string nearest_version(const std::vector<MonthInterval>& versions, Month month) {
  const MonthInterval* before = nullptr;
  const MonthInterval* after = nullptr;
  for (const MonthInterval& version : versions) {
    if (version.end <= version.begin) continue;
    if (version.end <= month && (before == nullptr || version.end > before->end)) before = &version;
    if (version.begin > month && (after == nullptr || version.begin < after->begin)) after = &version;
  }
  if (before == nullptr && after == nullptr) return "it has no version";
  if (before == nullptr) return "the first version starts " + to_string(after->begin);
  if (after == nullptr) return "the last version ends with " + to_string(before->end - 1);
  return "the version before ends with " + to_string(before->end - 1) + ", the next starts " + to_string(after->begin);
}

}  // namespace labacces::law
