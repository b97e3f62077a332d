#include "libsim/report/margin_tables.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "libsim/base/text.hpp"

namespace labacces::report {
namespace {

using calibration::AcceptedRange;
using calibration::Figure;
using calibration::MarginTable;
using calibration::Use;
using Json = nlohmann::ordered_json;
using scenario::MarginComparison;
using scenario::MarginFigure;
using scenario::Standing;

constexpr std::size_t widest_name = 40, widest_beside_range = 35;

const char* word_of(Figure figure) {
  switch (figure) {
    case Figure::count:
      return "count";
    case Figure::sum:
      return "sum";
    case Figure::rate:
      return "rate";
    case Figure::quantile:
      return "quantile";
  }
  return "";
}

const char* use_of(Use use) { return use == Use::calibrated ? "calibrated" : use == Use::tuned_on ? "tuned on" : "held out"; }

const char* use_of(const MarginComparison& comparison, const MarginTable& table) {
  return table.use == Use::calibrated && !comparison.calibrated ? "to calibrate" : use_of(table.use);
}

const char* word_of(Standing standing) {
  return standing == Standing::below ? "below" : standing == Standing::above ? "above" : "inside";
}

std::string word_or_dash(const std::optional<Standing>& standing) { return standing ? word_of(*standing) : "-"; }

std::string cut(const std::string& text, std::size_t widest = widest_name) {
  if (display_width(text) <= widest) return text;
  std::string out;
  for (std::size_t i = 0; i < text.size() && (display_width(out) < widest - 1 || (text[i] & 0xC0) == 0x80); ++i) out += text[i];
  return out + "…";
}

std::string percent(const std::optional<double>& error) {
  if (!error) return "-";
  return fixed(*error, std::abs(*error) < 0.005 ? 0 : 2) + " %";
}

std::string amount(Figure figure, const std::optional<double>& value) {
  if (!value) return "-";
  return figure == Figure::rate ? fixed(*value, 1) + " %" : grouped(*value, 0);
}

std::string range_text(Figure figure, const std::optional<AcceptedRange>& range) {
  return range ? amount(figure, range->low) + " to " + amount(figure, range->high) : "-";
}

/// Of a table with ranges: "inside", or how many of its cells are not.
std::string standing_of(const MarginComparison& comparison, std::size_t table) {
  std::vector<std::optional<Standing>> standings;
  for (const MarginFigure& figure : comparison.figures) {
    if (figure.table == table && figure.range)
      standings.push_back(comparison.calibrated ? figure.standing_after() : figure.standing_before());
  }
  const auto outside =
      std::count_if(standings.begin(), standings.end(), [](const auto& standing) { return standing != Standing::inside; });
  if (standings.empty() || outside == 0) return standings.empty() ? "" : "inside";
  return standings.size() == 1 ? word_or_dash(standings[0])
                               : std::to_string(outside) + " of " + std::to_string(standings.size()) + " out";
}

std::optional<double> largest(const std::optional<double>& so_far, const std::optional<double>& error) {
  if (!error) return so_far;
  return std::max(so_far.value_or(0.0), std::abs(*error));
}

std::string classes_of(const MarginTable& table, std::size_t cell) {
  std::vector<std::string> parts;
  const std::vector<std::size_t> classes = table.classes_of(cell);
  for (std::size_t side = 0; side < classes.size(); ++side) parts.push_back(table.by[side].classes[classes[side]].text);
  return parts.empty() ? "all" : join(parts, ", ");
}

std::string where_of(const MarginTable& table, std::size_t cell) {
  std::vector<std::string> parts;
  const auto add = [&](const std::string& variable, const calibration::ValueClass& values) {
    parts.push_back(variable + (values.is_range() ? " " : " = ") + values.text);
  };
  for (const calibration::Condition& condition : table.where) add(condition.variable, condition.values);
  const std::vector<std::size_t> classes = table.classes_of(cell);
  for (std::size_t side = 0; side < classes.size(); ++side) add(table.by[side].variable, table.by[side].classes[classes[side]]);
  return join(parts, " & ");
}

Json number_or_null(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

std::string plain(const std::optional<double>& value) { return value ? shortest(*value) : ""; }

void note_population(const MarginComparison& comparison, Table& table) {
  table.notes.push_back(comparison.population + (comparison.synthetic ? " (synthetic: invented households)" : ""));
  table.notes.push_back(grouped(static_cast<double>(comparison.dwellings), 0) + " dwellings, " +
                        grouped(static_cast<double>(comparison.persons), 0) + " persons, " + to_string(comparison.period));
}

}  // namespace

Table margin_summary(const MarginComparison& comparison) {
  Table out;
  out.caption = "Margins: largest errors";
  out.columns = {{"margin", Align::left}, {"cells"}, {comparison.calibrated ? "before" : "error"}};
  if (comparison.calibrated) out.columns.push_back({"after"});
  out.columns.push_back({"", Align::left});
  const bool ranges = std::any_of(comparison.figures.begin(), comparison.figures.end(),
                                  [](const MarginFigure& figure) { return figure.range.has_value(); });
  if (ranges) out.columns.push_back({"range", Align::left});
  for (std::size_t t = 0; t < comparison.margins.tables.size(); ++t) {
    const MarginTable& table = comparison.margins.tables[t];
    std::size_t cells = 0;
    std::optional<double> before, after;
    for (const MarginFigure& figure : comparison.figures) {
      if (figure.table != t) continue;
      ++cells;
      before = largest(before, figure.error_before());
      after = largest(after, figure.error_after());
    }
    std::vector<std::string> row{cut(table.name, ranges ? widest_beside_range : widest_name), std::to_string(cells),
                                 percent(before)};
    if (comparison.calibrated) row.push_back(percent(after));
    row.emplace_back(use_of(comparison, table));
    if (ranges) row.push_back(standing_of(comparison, t));
    out.rows.push_back(std::move(row));
  }
  note_population(comparison, out);
  return out;
}

std::vector<Table> margin_details(const MarginComparison& comparison) {
  std::vector<Table> out;
  for (std::size_t t = 0; t < comparison.margins.tables.size(); ++t) {
    const MarginTable& table = comparison.margins.tables[t];
    Table now;
    now.caption = table.name + " (" + use_of(comparison, table) + ")";
    now.columns = {{"cell", Align::left}, {"published"}, {comparison.calibrated ? "before" : "here"}, {"error"}};
    if (comparison.calibrated) now.columns.insert(now.columns.end(), {{"after"}, {"error"}});
    if (!table.ranges.empty()) now.columns.insert(now.columns.end(), {{"accepted"}, {"", Align::left}});
    for (const MarginFigure& figure : comparison.figures) {
      if (figure.table != t) continue;
      std::vector<std::string> row{cut(classes_of(table, figure.cell)), amount(table.figure, figure.target),
                                   amount(table.figure, figure.before), percent(figure.error_before())};
      if (comparison.calibrated) {
        row.push_back(amount(table.figure, figure.after));
        row.push_back(percent(figure.error_after()));
      }
      if (!table.ranges.empty()) {
        row.push_back(range_text(table.figure, figure.range));
        row.push_back(word_or_dash(comparison.calibrated ? figure.standing_after() : figure.standing_before()));
      }
      now.rows.push_back(std::move(row));
    }
    now.notes.push_back("source: " + table.source + (table.date.empty() ? "" : ", " + table.date));
    out.push_back(std::move(now));
  }
  return out;
}

Table margin_table(const MarginComparison& comparison) {
  Table out;
  out.columns = {{"margin", Align::left},
                 {"level", Align::left},
                 {"figure", Align::left},
                 {"of", Align::left},
                 {"where", Align::left},
                 {"published"},
                 {"low"},
                 {"high"},
                 {"before"},
                 {"error_before"},
                 {"after"},
                 {"error_after"},
                 {"range", Align::left},
                 {"use", Align::left},
                 {"source", Align::left},
                 {"date", Align::left}};
  for (const MarginFigure& figure : comparison.figures) {
    const MarginTable& table = comparison.margins.tables[figure.table];
    const std::string of = table.figure == Figure::quantile ? table.of + " " + shortest(table.share) : table.of;
    const std::string low = figure.range ? shortest(figure.range->low) : "",
                      high = figure.range ? shortest(figure.range->high) : "";
    const std::optional<Standing> standing = comparison.calibrated ? figure.standing_after() : figure.standing_before();
    out.rows.push_back({table.name, std::string(name_of(table.level)), word_of(table.figure), of, where_of(table, figure.cell),
                        plain(figure.target), low, high, plain(figure.before), plain(figure.error_before()), plain(figure.after),
                        plain(figure.error_after()), standing ? word_of(*standing) : "", use_of(table.use), table.source,
                        table.date});
  }
  return out;
}

Table weight_table(const MarginComparison& comparison) {
  Table out;
  out.caption = "Ratios of new to old weights";
  out.columns = {{"least"}, {"D1"}, {"D2"}, {"D3"}, {"D4"}, {"median"}, {"D6"}, {"D7"}, {"D8"}, {"D9"}, {"most"}};
  const scenario::WeightRatios& ratios = *comparison.ratios;
  std::vector<std::string> row{fixed(ratios.least, 2)};
  for (const double decile : ratios.deciles) row.push_back(fixed(decile, 2));
  row.push_back(fixed(ratios.most, 2));
  out.rows.push_back(std::move(row));
  out.notes.push_back("design effect of the weights: " + fixed(ratios.effect_before, 3) + " before, " +
                      fixed(ratios.effect_after, 3) + " after");
  out.notes.push_back(std::to_string(comparison.calibrated_margins) + " margins met in " + std::to_string(comparison.steps) +
                      " steps, largest relative error " +
                      (comparison.largest_error < 1e-9 ? "below 1e-9" : shortest(comparison.largest_error)));
  return out;
}

std::string margins_json(const MarginComparison& comparison) {
  Json out{{"format", "labacces-margins/1"},    {"margins", comparison.margins.name},     {"population", comparison.population},
           {"synthetic", comparison.synthetic}, {"period", to_string(comparison.period)}, {"dwellings", comparison.dwellings},
           {"persons", comparison.persons}};
  if (comparison.calibrated) {
    const scenario::WeightRatios& ratios = *comparison.ratios;
    out["calibration"] = {{"margins", comparison.calibrated_margins},
                          {"steps", comparison.steps},
                          {"largest_relative_error", comparison.largest_error},
                          {"ratios", {{"least", ratios.least}, {"deciles", ratios.deciles}, {"most", ratios.most}}},
                          {"design_effect", {{"before", ratios.effect_before}, {"after", ratios.effect_after}}},
                          {"replicates", comparison.replicates.size()}};
  }
  out["figures"] = Json::array();
  for (const MarginFigure& figure : comparison.figures) {
    const MarginTable& table = comparison.margins.tables[figure.table];
    Json item{{"margin", table.name}, {"level", name_of(table.level)}, {"figure", word_of(table.figure)}};
    if (!table.of.empty()) item["of"] = table.of;
    if (table.figure == Figure::quantile) item["share"] = table.share;
    item["where"] = where_of(table, figure.cell);
    item["published"] = number_or_null(figure.target);
    if (figure.range) {
      const std::optional<Standing> standing = comparison.calibrated ? figure.standing_after() : figure.standing_before();
      item["range"] = {figure.range->low, figure.range->high};
      item["standing"] = standing ? Json(word_of(*standing)) : Json(nullptr);
    }
    item["before"] = number_or_null(figure.before);
    item["error_before_percent"] = number_or_null(figure.error_before());
    if (comparison.calibrated) {
      item["after"] = number_or_null(figure.after);
      item["error_after_percent"] = number_or_null(figure.error_after());
    }
    item["use"] = use_of(table.use);
    item["held_out"] = table.use == Use::held_out;
    item["source"] = table.source;
    item["date"] = table.date;
    out["figures"].push_back(std::move(item));
  }
  return out.dump(1) + "\n";
}

}  // namespace labacces::report
