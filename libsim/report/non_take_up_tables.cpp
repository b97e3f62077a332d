#include <algorithm>
#include <cmath>

#include "libsim/base/text.hpp"
#include "libsim/report/figure_row.hpp"
#include "libsim/report/measures.hpp"
#include "libsim/report/results.hpp"
#include "libsim/report/suppression.hpp"

namespace labacces::report {
namespace {

using outcomes::Estimate;
using S = outcomes::NonTakeUpSums;

std::string percent(const Estimate& estimate) { return estimate.known ? fixed(100.0 * estimate.value, 1) : "-"; }

std::string percent_interval(const Estimate& estimate) {
  if (!estimate.known || std::isnan(estimate.standard_error)) return "-";
  return "[" + fixed(100.0 * std::max(0.0, estimate.low()), 1) + " ; " + fixed(100.0 * std::min(1.0, estimate.high()), 1) + "]";
}

std::string in_thousands(const Estimate& estimate) { return grouped(estimate.value / 1e3, 1); }
std::string in_millions(const Estimate& estimate) { return grouped(estimate.value / 1e6, 1); }

std::vector<std::string> summary_row(const std::string& name, const outcomes::NonTakeUpSums& sums, std::size_t clusters,
                                     bool in_kind) {
  const auto euros = [&](const std::string& text) { return in_kind ? std::string("in kind") : text; };
  return {name,
          in_thousands(sums.total(S::units, clusters)),
          percent(sums.rate_in_heads(clusters)),
          percent_interval(sums.rate_in_heads(clusters)),
          euros(percent(sums.rate_in_euros(clusters))),
          euros(in_millions(sums.total(S::euros, clusters))),
          euros(in_millions(sums.total(S::euros_out, clusters)))};
}

}  // namespace

Table non_take_up_summary(const scenario::RunResult& result) {
  Table table;
  table.caption = result.scenario.name + ", " + to_string(result.period) + (result.synthetic ? ", SYNTHETIC population" : "");
  table.columns = {{"benefit", Align::left}, {"eligible k"}, {"NTU %"}, {"95 %"}, {"NTU € %"}, {"right M€"}, {"lost M€"}};
  for (const scenario::BenefitResult& benefit : result.benefits) {
    const outcomes::NonTakeUpSums& sums = benefit.groups[0].cells[0].sums[0];
    const std::size_t n = result.clusters;
    const outcomes::NonTakeUpSums& of_full = benefit.groups[0].cells[0].full()[0];
    const auto is_small = [](const outcomes::NonTakeUpSums& cell) {
      return cell.sampled_units() > 0 && cell.sampled_units() < smallest_cell;
    };
    if (!result.shows_all_cells() && (is_small(sums) || is_small(of_full))) {
      table.rows.push_back({benefit.benefit, "hidden", "", "", "", "", ""});
      continue;
    }
    table.rows.push_back(summary_row(benefit.benefit, sums, n, benefit.in_kind));
    if (!benefit.groups[0].cells[0].at_full_take_up) continue;
    std::vector<std::string> full = summary_row("  at full take-up", of_full, n, benefit.in_kind);
    if (!std::equal(full.begin() + 1, full.end(), table.rows.back().begin() + 1)) table.rows.push_back(std::move(full));
  }
  table.notes = {
      "k: thousand units (families). NTU: eligible that do not claim, % of eligible; NTU €: "
      "% of the euros of right. M€: million euros a month of right, of which lost: unclaimed."};
  if (!result.scenario.order.empty())
    table.notes.push_back("Rights given what " + join(result.scenario.order, ", then ") +
                          " are paid; full take-up: were all claimed.");
  return table;
}

Table non_take_up_table(std::span<const scenario::RunResult> results) {
  Table table;
  table.columns = figure_columns();
  table.columns.push_back({"sampled_units"});
  table.columns.push_back({"status"});
  for (const scenario::RunResult& result : results) {
    for (const scenario::BenefitResult& benefit : result.benefits) {
      for (const scenario::GroupResult& group : benefit.groups) {
        for (std::size_t window = 0; window < outcomes::window_count; ++window) {
          const std::vector<bool> hidden = hidden_cells(group, static_cast<outcomes::Window>(window), result.shows_all_cells());
          for (std::size_t cell = 0; cell < group.cells.size(); ++cell) {
            const outcomes::NonTakeUpSums& sums = group.cells[cell].sums[window];
            for (const ShownMeasure& measure : shown_measures(group.cells[cell], window, result.clusters, benefit.in_kind)) {
              std::vector<std::string> row = figure_row(result.scenario.name, benefit.benefit, group.group,
                                                        group.cells[cell].name, window, measure, hidden[cell]);
              row.push_back(hidden[cell] ? "" : std::to_string(sums.sampled_units()));
              row.push_back(status_of(measure, hidden[cell], benefit.in_kind));
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
