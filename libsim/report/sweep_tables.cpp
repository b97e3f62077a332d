#include "libsim/report/sweep_tables.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "libsim/base/text.hpp"
#include "libsim/report/income_tables.hpp"
#include "libsim/report/measures.hpp"
#include "libsim/report/suppression.hpp"

namespace labacces::report {
namespace {

using Json = nlohmann::ordered_json;
using outcomes::Estimate;

/// One cell of one benefit at one point, beside the scenario as it is.
struct PointCell {
  Figures values, changes;
  bool hidden = false;
};

PointCell point_cell(const scenario::Comparison& comparison, std::size_t point, std::size_t benefit, std::size_t group,
                     std::size_t cell) {
  const scenario::RunResult& base = comparison.runs[0];
  const scenario::RunResult& other = comparison.runs[point + 1];
  const auto& group0 = base.benefits[benefit].groups[group];
  const auto& group1 = other.benefits[benefit].groups[group];
  const bool in_kind = base.benefits[benefit].in_kind;
  const auto& sums0 = group0.cells[cell].sums[0];
  const auto& sums1 = group1.cells[cell].sums[0];
  const bool hidden = hidden_cells(group0, outcomes::Window::month, base.shows_all_cells())[cell] ||
                      hidden_cells(group1, outcomes::Window::month, base.shows_all_cells())[cell];
  return {estimates(sums1, other.clusters, in_kind),
          differences(sums0, sums1, comparison.differences[point].benefits[benefit][group][cell][0], base.clusters, in_kind),
          hidden};
}

bool is_changed(const Estimate& change) { return change.known && (change.value != 0.0 || change.standard_error > 0.0); }

bool moves(const scenario::Comparison& comparison, std::size_t benefit) {
  for (std::size_t point = 0; point + 1 < comparison.runs.size(); ++point) {
    const PointCell all = point_cell(comparison, point, benefit, 0, 0);
    if (is_changed(all.changes[0]) || is_changed(all.changes[6]) || is_changed(all.changes[7])) return true;
  }
  return false;
}

std::string with_sign(double value, int decimals) {
  const std::string text = grouped(value, decimals);
  return value > 0.0 && text.find_first_of("123456789") != std::string::npos ? "+" + text : text;
}

std::string shown(const Estimate& estimate, double unit, int decimals) {
  return estimate.known ? grouped(estimate.value / unit, decimals) : "-";
}
std::string change_shown(const Estimate& estimate, double unit, int decimals) {
  return estimate.known ? with_sign(estimate.value / unit, decimals) : "-";
}
std::string interval_shown(const Estimate& estimate, double unit, int decimals) {
  if (!estimate.known || std::isnan(estimate.standard_error)) return "-";
  return "[" + with_sign(estimate.low() / unit, decimals) + " ; " + with_sign(estimate.high() / unit, decimals) + "]";
}

void add_figure(const Estimate& estimate, bool hidden, std::vector<std::string>& row) {
  const bool known = !hidden && estimate.known;
  const bool error_known = known && !std::isnan(estimate.standard_error);
  row.push_back(known ? shortest(estimate.value) : "");
  row.push_back(error_known ? shortest(estimate.standard_error) : "");
  row.push_back(error_known ? shortest(estimate.low()) : "");
  row.push_back(error_known ? shortest(estimate.high()) : "");
}

Json figure(const Estimate& estimate) {
  if (!estimate.known) return {{"value", nullptr}};
  if (std::isnan(estimate.standard_error)) return {{"value", estimate.value}, {"se", nullptr}};
  return {{"value", estimate.value}, {"se", estimate.standard_error}, {"ci95", {estimate.low(), estimate.high()}}};
}

Json benefits_json(const scenario::Comparison& comparison, std::size_t point) {
  Json out = Json::object();
  for (std::size_t b = 0; b < comparison.runs[0].benefits.size(); ++b) {
    const PointCell all = point_cell(comparison, point, b, 0, 0);
    Json& benefit = out[comparison.runs[0].benefits[b].benefit];
    if (all.hidden) {
      benefit = {{"suppressed", true}};
      continue;
    }
    for (std::size_t m = 0; m < measures.size(); ++m) {
      Json& measure = benefit[std::string(measures[m].name)];
      measure = figure(all.values[m]);
      measure["difference"] = figure(all.changes[m]);
    }
  }
  return out;
}

}  // namespace

Table sweep_summary(const scenario::Sweep& sweep) {
  const scenario::Comparison& comparison = sweep.comparison;
  const scenario::RunResult& base = comparison.runs[0];
  Table table;
  table.caption = base.scenario.name + ", " + to_string(base.period) + (base.synthetic ? ", SYNTHETIC population" : "");
  for (const scenario::SweepAxis& axis : sweep.axes) table.columns.push_back({axis.path});
  for (const TableColumn& column :
       std::vector<TableColumn>{{"benefit", Align::left}, {"right M€"}, {"change"}, {"95 %"}, {"paid M€"}, {"NTU %"}})
    table.columns.push_back(column);
  std::vector<std::size_t> moving;
  for (std::size_t b = 0; b < base.benefits.size(); ++b) {
    if (moves(comparison, b)) moving.push_back(b);
  }
  for (std::size_t point = 0; point < sweep.points.size(); ++point) {
    std::vector<std::string> start;
    for (const double value : sweep.points[point]) start.push_back(shortest(value));
    for (const std::size_t b : moving) {
      const PointCell all = point_cell(comparison, point, b, 0, 0);
      std::vector<std::string> row = start;
      row.push_back(base.benefits[b].benefit);
      const std::vector<std::string> figures =
          all.hidden ? std::vector<std::string>{"hidden", "", "", "", ""}
                     : std::vector<std::string>{shown(all.values[6], 1e6, 2), change_shown(all.changes[6], 1e6, 2),
                                                interval_shown(all.changes[6], 1e6, 2), shown(all.values[7], 1e6, 2),
                                                shown(all.values[9], 0.01, 1)};
      row.insert(row.end(), figures.begin(), figures.end());
      table.rows.push_back(std::move(row));
      for (std::string& value : start) value.clear();
    }
  }
  table.notes = {"M€: million euros of the month; change: of the right, against the scenario as it is, with its interval.",
                 "NTU: eligible that do not claim. Benefits that no point changes are left out."};
  if (moving.empty()) table.notes = {"No point changes any of the benefits."};
  return table;
}

Table sweep_table(const scenario::Sweep& sweep) {
  const scenario::RunResult& base = sweep.comparison.runs[0];
  Table table;
  for (const scenario::SweepAxis& axis : sweep.axes) table.columns.push_back({axis.path});
  for (const char* title : {"benefit", "group", "cell", "measure", "unit", "value", "se", "ci95_low", "ci95_high", "difference",
                            "difference_se", "difference_ci95_low", "difference_ci95_high", "status"}) {
    table.columns.push_back({title});
  }
  for (std::size_t point = 0; point < sweep.points.size(); ++point) {
    for (std::size_t b = 0; b < base.benefits.size(); ++b) {
      for (std::size_t g = 0; g < base.benefits[b].groups.size(); ++g) {
        const scenario::GroupResult& group = base.benefits[b].groups[g];
        for (std::size_t cell = 0; cell < group.cells.size(); ++cell) {
          const PointCell at = point_cell(sweep.comparison, point, b, g, cell);
          for (std::size_t m = 0; m < measures.size(); ++m) {
            std::vector<std::string> row;
            for (const double value : sweep.points[point]) row.push_back(shortest(value));
            row.insert(row.end(), {base.benefits[b].benefit, group.group, group.cells[cell].name, std::string(measures[m].name),
                                   std::string(measures[m].unit)});
            add_figure(at.values[m], at.hidden, row);
            add_figure(at.changes[m], at.hidden, row);
            row.push_back(at.hidden                                    ? "suppressed"
                          : at.values[m].known                         ? ""
                          : base.benefits[b].in_kind && is_of_euros(m) ? "in kind"
                                                                       : "nobody eligible");
            table.rows.push_back(std::move(row));
          }
        }
      }
    }
  }
  return table;
}

std::string sweep_json(const scenario::Sweep& sweep) {
  const scenario::RunResult& base = sweep.comparison.runs[0];
  Json out{{"format", "labacces-sweep/1"},
           {"scenario", base.scenario.name},
           {"period", to_string(base.period)},
           {"synthetic", base.synthetic},
           {"since", to_string(sweep.since)}};
  if (base.no_suppression) out["suppression"] = "none, as asked: cells of fewer than 11 sampled units are shown";
  out["axes"] = Json::array();
  for (const scenario::SweepAxis& axis : sweep.axes) {
    out["axes"].push_back({{"parameter", axis.path}, {"label", axis.label}, {"measure", axis.measure}, {"values", axis.values}});
  }
  out["points"] = Json::array();
  for (std::size_t point = 0; point < sweep.points.size(); ++point) {
    out["points"].push_back({{"values", sweep.points[point]},
                             {"benefits", benefits_json(sweep.comparison, point)},
                             {"income", income_json(sweep.comparison.runs[point + 1])},
                             {"income_difference", income_difference_json(sweep.comparison, point + 1)}});
  }
  return out.dump(1) + "\n";
}

}  // namespace labacces::report
