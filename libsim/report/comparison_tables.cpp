// What other scenarios change: for the terminal, and every figure.
#include <cmath>

#include "libsim/base/text.hpp"
#include "libsim/report/figure_row.hpp"
#include "libsim/report/results.hpp"
#include "libsim/report/suppression.hpp"

namespace labacces::report {
namespace {

using outcomes::Estimate;
using S = outcomes::NonTakeUpSums;

std::string with_sign(double value, int decimals) {
  const std::string text = grouped(value, decimals);
  return value > 0.0 && text.find_first_of("123456789") != std::string::npos ? "+" + text : text;
}

std::string change(const Estimate& estimate, double unit, int decimals) {
  return estimate.known ? with_sign(estimate.value / unit, decimals) : "-";
}

std::string interval(const Estimate& estimate, double unit, int decimals) {
  if (!estimate.known || std::isnan(estimate.standard_error)) return "-";
  return "[" + with_sign(estimate.low() / unit, decimals) + " ; " + with_sign(estimate.high() / unit, decimals) + "]";
}

/// A cell is hidden in a difference when it is in either scenario.
std::vector<bool> hidden_in_either(const scenario::GroupResult& a, const scenario::GroupResult& b, outcomes::Window window,
                                   bool synthetic) {
  std::vector<bool> hidden = hidden_cells(a, window, synthetic);
  const std::vector<bool> other = hidden_cells(b, window, synthetic);
  for (std::size_t i = 0; i < hidden.size(); ++i) hidden[i] = hidden[i] || other[i];
  return hidden;
}

}  // namespace

Table comparison_summary(const scenario::Comparison& comparison) {
  const scenario::RunResult& base = comparison.runs[0];
  Table table;
  table.caption =
      "Against: " + base.scenario.name + ", " + to_string(base.period) + (base.synthetic ? ", SYNTHETIC population" : "");
  table.columns = {{"scenario", Align::left}, {"eligible k"}, {"right M€"}, {"95 %"}, {"paid M€"}, {"NTU pts"}};
  for (std::size_t s = 1; s < comparison.runs.size(); ++s) {
    const scenario::RunResult& other = comparison.runs[s];
    bool changed = false;
    for (std::size_t b = 0; b < base.benefits.size(); ++b) {
      const auto& group0 = base.benefits[b].groups[0];
      const auto& group1 = other.benefits[b].groups[0];
      const auto all = differences(group0.cells[0].sums[0], group1.cells[0].sums[0],
                                   comparison.differences[s - 1].benefits[b][0][0][0], base.clusters, base.benefits[b].in_kind);
      const auto is_zero = [](const Estimate& e) { return !e.known || (e.value == 0.0 && !(e.standard_error > 0.0)); };
      if (is_zero(all[0]) && is_zero(all[6]) && is_zero(all[7])) continue;
      if (!changed) table.rows.push_back({other.scenario.name, "", "", "", "", ""});
      changed = true;
      const std::string name = "  " + base.benefits[b].benefit;
      if (hidden_in_either(group0, group1, outcomes::Window::month, base.shows_all_cells())[0]) {
        table.rows.push_back({name, "hidden", "", "", "", ""});
      } else {
        table.rows.push_back({name, change(all[0], 1e3, 1), change(all[6], 1e6, 2), interval(all[6], 1e6, 2),
                              change(all[7], 1e6, 2), change(all[9], 0.01, 1)});
      }
    }
    if (!changed) table.rows.push_back({other.scenario.name, "no change", "", "", "", ""});
  }
  table.notes = {
      "Changes of the month: eligible in thousand units, euros in millions a month (95 %: of the right), "
      "NTU in points of those eligible. Benefits that do not change are left out."};
  return table;
}

Table differences_table(const scenario::Comparison& comparison) {
  const scenario::RunResult& base = comparison.runs[0];
  Table table;
  table.columns = figure_columns();
  table.columns.push_back({"status"});
  for (std::size_t s = 1; s < comparison.runs.size(); ++s) {
    const scenario::RunResult& other = comparison.runs[s];
    for (std::size_t b = 0; b < base.benefits.size(); ++b) {
      for (std::size_t g = 0; g < base.benefits[b].groups.size(); ++g) {
        const auto& group0 = base.benefits[b].groups[g];
        const auto& group1 = other.benefits[b].groups[g];
        for (std::size_t window = 0; window < outcomes::window_count; ++window) {
          const auto hidden = hidden_in_either(group0, group1, static_cast<outcomes::Window>(window), base.shows_all_cells());
          for (std::size_t cell = 0; cell < group0.cells.size(); ++cell) {
            for (const ShownMeasure& measure : shown_differences(comparison, {s, b, g, cell}, window)) {
              auto row = figure_row(other.scenario.name, base.benefits[b].benefit, group0.group, group0.cells[cell].name, window,
                                    measure, hidden[cell]);
              row.push_back(status_of(measure, hidden[cell], base.benefits[b].in_kind));
              table.rows.push_back(std::move(row));
            }
          }
        }
      }
    }
  }
  return table;
}

}  // namespace labacces::report
