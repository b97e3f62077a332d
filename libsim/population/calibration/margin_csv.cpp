#include "libsim/population/calibration/margin_csv.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/calibration/margin_conditions.hpp"
#include "libsim/population/csv_text.hpp"

namespace labacces::calibration {
namespace {

const std::vector<std::string>& known_columns() {
  static const std::vector<std::string> names{"margin", "level", "where",    "sum",     "total",
                                              "source", "date",  "held_out", "tuned_on"};
  return names;
}

/// One row, its fields by column.
class Row {
 public:
  Row(const CsvText& csv, const std::map<std::string, std::size_t>& columns, CsvFindings& findings)
      : csv_(csv), columns_(columns), findings_(findings) {}

  std::string_view field(const std::string& column) const {
    const auto found = columns_.find(column);
    return found == columns_.end() || found->second >= csv_.fields().size() ? std::string_view{}
                                                                            : trim(csv_.fields()[found->second]);
  }
  void fail(const std::string& column, const std::string& message, const std::string& hint = {}) const {
    findings_.add(csv_.location(columns_.at(column)), "column '" + column + "': " + message, hint);
  }

 private:
  const CsvText& csv_;
  const std::map<std::string, std::size_t>& columns_;
  CsvFindings& findings_;
};

std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (const std::string_view part : split(text, '&')) {
    if (!trim(part).empty()) out.push_back(trim(part));
  }
  return out;
}

bool says_yes(const Row& row, const char* column) {
  const std::string_view said = row.field(column);
  if (said == "yes" || said == "true" || said == "1" || said == "oui") return true;
  if (!said.empty() && said != "no" && said != "false" && said != "0" && said != "non")
    row.fail(column, "yes or no was expected, found '" + std::string(said) + "'");
  return false;
}

MarginTable read_row(const Row& row, std::size_t line) {
  MarginTable out;
  out.name = row.field("margin");
  out.source = row.field("source");
  out.date = row.field("date");
  out.place = "line " + std::to_string(line);
  if (out.name.empty()) row.fail("margin", "a name was expected, found nothing");
  if (out.source.empty()) row.fail("source", "where the figure is from was expected, found nothing");
  if (const std::string level(row.field("level")); !level.empty()) {
    if (const auto named = level_named(level)) {
      out.level = *named;
    } else {
      row.fail("level", "menage, famille, foyer_fiscal or individu was expected, found '" + level + "'",
               did_you_mean(level, {"menage", "famille", "foyer_fiscal", "individu"}));
    }
  }
  for (const std::string_view part : parts_of(row.field("where"))) {
    std::string reason;
    auto condition = read_condition(
        part, [](std::string_view) { return std::nullopt; }, reason);
    if (!condition) {
      row.fail("where", reason);
      continue;
    }
    condition->place = out.place;
    out.where.push_back(std::move(*condition));
  }
  if (!row.field("sum").empty()) {
    out.figure = Figure::sum;
    out.of = row.field("sum");
  }
  const auto total = parse_number(row.field("total"));
  if (!total) row.fail("total", "a number was expected, found '" + std::string(row.field("total")) + "'");
  if (total && out.figure == Figure::count && *total < 0.0)
    row.fail("total", "a count is not negative, found " + shortest(*total));
  out.values.emplace_back(total.value_or(0.0));
  if (says_yes(row, "held_out")) out.use = Use::held_out;
  if (says_yes(row, "tuned_on")) {
    if (out.use == Use::held_out) row.fail("tuned_on", "a margin is held out or tuned on, not both");
    out.use = Use::tuned_on;
  }
  return out;
}

std::map<std::string, std::size_t> read_header(const CsvText& csv, CsvFindings& findings) {
  std::map<std::string, std::size_t> columns;
  for (std::size_t i = 0; i < csv.fields().size(); ++i) {
    const std::string name(trim(csv.fields()[i]));
    if (std::find(known_columns().begin(), known_columns().end(), name) == known_columns().end()) {
      findings.add(csv.location(i), "unknown column '" + name + "'", did_you_mean(name, known_columns()));
    } else if (!columns.emplace(name, i).second) {
      findings.add(csv.location(i), "the column '" + name + "' stands twice");
    }
  }
  for (const char* needed : {"margin", "total", "source"}) {
    if (!columns.contains(needed))
      findings.add(csv.line_location(csv.line()), "a needed column is missing: " + std::string(needed));
  }
  return columns;
}

}  // namespace

MarginFile parse_margins_csv(const std::string& file, std::string_view text) {
  CsvFindings findings;
  CsvText csv(file, text);
  MarginFile out{file, file, {}};
  std::map<std::string, std::size_t> columns;
  if (csv.next(findings)) columns = read_header(csv, findings);
  findings.throw_if_any();
  const std::size_t width = csv.fields().size();
  std::set<std::string> names;
  while (!findings.full() && csv.next(findings)) {
    if (csv.fields().size() != width) {
      findings.add(csv.line_location(csv.line()),
                   "this row has " + std::to_string(csv.fields().size()) + " fields, the header has " + std::to_string(width));
      continue;
    }
    const Row row(csv, columns, findings);
    out.tables.push_back(read_row(row, csv.line()));
    if (!out.tables.back().name.empty() && !names.insert(out.tables.back().name).second)
      row.fail("margin", "the margin '" + out.tables.back().name + "' stands twice");
  }
  findings.throw_if_any();
  if (out.tables.empty()) throw Error(csv.line_location(1), "no margins: at least one row was expected");
  return out;
}

}  // namespace labacces::calibration
