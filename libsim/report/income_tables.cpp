#include "libsim/report/income_tables.hpp"

#include <cmath>

#include "libsim/base/text.hpp"
#include "libsim/report/results.hpp"
#include "libsim/report/suppression.hpp"

namespace labacces::report {
namespace {

using Json = nlohmann::ordered_json;
using outcomes::Estimate;
using outcomes::IncomeMeasure;

constexpr const char* too_few = "fewer than 11 sampled households";

/// A sample so small that figures of all of it are hidden.
bool is_hidden(const scenario::RunResult& run) {
  return !run.shows_all_cells() && run.counts[index_of(Level::menage)] < smallest_cell;
}

template <typename Cells>
std::vector<bool> hidden_households(const Cells& cells, bool synthetic) {
  std::vector<std::size_t> counts;
  for (const auto& cell : cells) counts.push_back(cell.households);
  return hidden_counts(counts, synthetic);
}

Json figure(const Estimate& estimate, bool hidden) {
  if (hidden) return {{"suppressed", true}};
  if (!estimate.known) return {{"value", nullptr}, {"why", "nobody, or no positive median"}};
  if (std::isnan(estimate.standard_error))
    return {{"value", estimate.value}, {"se", nullptr}, {"why_no_se", "fewer than two sampled dwellings"}};
  return {{"value", estimate.value}, {"se", estimate.standard_error}, {"ci95", {estimate.low(), estimate.high()}}};
}

Json figures_json(const std::array<scenario::IncomeFigures, 3>& figures, bool hidden) {
  Json out;
  for (std::size_t which = 0; which < figures.size(); ++which) {
    for (std::size_t m = 0; m < outcomes::income_measure_count; ++m) {
      out[scenario::income_cases[which]][std::string(outcomes::income_measures[m].name)] = figure(figures[which][m], hidden);
    }
  }
  return out;
}

std::vector<std::string> numbers(const Estimate& estimate, bool hidden) {
  const bool shown = !hidden && estimate.known;
  const bool error = shown && !std::isnan(estimate.standard_error);
  return {shown ? shortest(estimate.value) : "", error ? shortest(estimate.standard_error) : "",
          error ? shortest(estimate.low()) : "", error ? shortest(estimate.high()) : ""};
}

void add_rows(Table& table, const std::string& scenario, const std::array<scenario::IncomeFigures, 3>& figures, bool hidden) {
  for (std::size_t which = 0; which < figures.size(); ++which) {
    for (std::size_t m = 0; m < outcomes::income_measure_count; ++m) {
      std::vector<std::string> row{scenario, scenario::income_cases[which], std::string(outcomes::income_measures[m].name),
                                   std::string(outcomes::income_measures[m].unit)};
      for (std::string& text : numbers(figures[which][m], hidden)) row.push_back(std::move(text));
      row.push_back(hidden ? "suppressed" : figures[which][m].known ? "" : "not known");
      table.rows.push_back(std::move(row));
    }
  }
}

std::vector<TableColumn> columns() {
  return {{"scenario"}, {"case"}, {"measure"}, {"unit"}, {"value"}, {"se"}, {"ci95_low"}, {"ci95_high"}, {"status"}};
}

/// The measures of the terminal: name, unit shown, factor, decimals.
struct Shown {
  IncomeMeasure measure;
  const char* label;
  double factor;
  int decimals;
};
constexpr std::array<Shown, 8> shown_measures{{{IncomeMeasure::median, "median, €/month", 1.0 / 12.0, 0},
                                               {IncomeMeasure::decile_1, "decile 1, €/month", 1.0 / 12.0, 0},
                                               {IncomeMeasure::decile_9, "decile 9, €/month", 1.0 / 12.0, 0},
                                               {IncomeMeasure::interdecile_ratio, "decile 9 / decile 1", 1.0, 2},
                                               {IncomeMeasure::gini, "Gini", 1.0, 3},
                                               {IncomeMeasure::poverty_rate_60, "poverty, 60 %: %", 100.0, 1},
                                               {IncomeMeasure::poverty_gap_60, "poverty gap: %", 100.0, 1},
                                               {IncomeMeasure::poverty_rate_anchored, "under the line as paid: %", 100.0, 1}}};

std::string shown(const Estimate& estimate, const Shown& how) {
  return estimate.known ? grouped(estimate.value * how.factor, how.decimals) : "-";
}

std::string interval(const Estimate& estimate, double factor, int decimals) {
  if (!estimate.known || std::isnan(estimate.standard_error)) return "-";
  return "[" + grouped(estimate.low() * factor, decimals) + " ; " + grouped(estimate.high() * factor, decimals) + "]";
}

}  // namespace

Table income_summary(const scenario::RunResult& result) {
  Table table;
  table.columns = {{"standard of living", Align::left}, {"as paid"}, {"95 %"}, {"full take-up"}, {"without"}};
  if (!result.income) return table;
  table.caption = "Incomes of " + std::to_string(result.period.year());
  if (is_hidden(result)) {
    table.rows.push_back({"hidden", "", "", "", ""});
  } else {
    for (const Shown& how : shown_measures) {
      const auto m = static_cast<std::size_t>(how.measure);
      const auto& figures = result.income->figures;
      table.rows.push_back({how.label, shown(figures[0][m], how), interval(figures[0][m], how.factor, how.decimals),
                            shown(figures[1][m], how), shown(figures[2][m], how)});
    }
  }
  table.notes = {
      "Per consumption unit, persons; without: none of the benefits above. As paid: what is "
      "not claimed in the month is missing all year."};
  return table;
}

Table income_change_summary(const scenario::Comparison& comparison) {
  Table table;
  table.columns = {{"scenario", Align::left}, {"poverty pts"}, {"95 %"}, {"Gini"}, {"win %"}, {"lose %"}, {"D1 €"}};
  if (!comparison.runs[0].income) return table;
  table.caption = "Incomes, as paid";
  for (std::size_t s = 1; s < comparison.runs.size(); ++s) {
    const auto& difference = comparison.differences[s - 1].income;
    if (!difference) continue;
    if (is_hidden(comparison.runs[0])) {
      table.rows.push_back({comparison.runs[s].scenario.name, "hidden", "", "", "", "", ""});
      continue;
    }
    const auto& figures = difference->figures[0];
    const Estimate& poverty = figures[static_cast<std::size_t>(IncomeMeasure::poverty_rate_60)];
    const Estimate& gini = figures[static_cast<std::size_t>(IncomeMeasure::gini)];
    const auto& change = difference->change;
    const std::vector<bool> hidden = hidden_households(change.bands, comparison.runs[0].shows_all_cells());
    const auto share = [&](std::size_t a, std::size_t b) {
      return hidden[a] || hidden[b] ? std::string("hidden")
                                    : fixed(100.0 * (change.bands[a].share.value + change.bands[b].share.value), 1);
    };
    const bool hide_decile = hidden_households(change.deciles, comparison.runs[0].shows_all_cells())[0];
    table.rows.push_back({comparison.runs[s].scenario.name, poverty.known ? fixed(100.0 * poverty.value, 2) : "-",
                          interval(poverty, 100.0, 2), gini.known ? fixed(gini.value, 4) : "-", share(3, 4), share(0, 1),
                          hide_decile                    ? "hidden"
                          : change.deciles[0].gain.known ? fixed(change.deciles[0].gain.value, 1)
                                                         : "-"});
  }
  table.notes = {
      "Changes; win, lose: % of persons whose household's income of the year rises or falls by "
      "12 euros and more; D1: mean change of the households of decile 1, € a month."};
  return table;
}

Table income_table(std::span<const scenario::RunResult> results) {
  Table table;
  table.columns = columns();
  for (const scenario::RunResult& run : results) {
    if (run.income) add_rows(table, run.scenario.name, run.income->figures, is_hidden(run));
  }
  return table;
}

Table income_differences_table(const scenario::Comparison& comparison) {
  Table table;
  table.columns = columns();
  for (std::size_t s = 1; s < comparison.runs.size(); ++s) {
    const auto& difference = comparison.differences[s - 1].income;
    if (difference) add_rows(table, comparison.runs[s].scenario.name, difference->figures, is_hidden(comparison.runs[0]));
  }
  return table;
}

Table income_changes_table(const scenario::Comparison& comparison) {
  Table table;
  table.columns = {{"scenario"}, {"group"}, {"cell"},     {"measure"},   {"unit"},
                   {"value"},    {"se"},    {"ci95_low"}, {"ci95_high"}, {"sampled_households"},
                   {"status"}};
  const auto add = [&table](std::vector<std::string> row, const Estimate& estimate, std::size_t households, bool hidden) {
    for (std::string& text : numbers(estimate, hidden)) row.push_back(std::move(text));
    row.push_back(hidden ? "" : std::to_string(households));
    row.emplace_back(hidden ? "suppressed" : estimate.known ? "" : "nobody");
    table.rows.push_back(std::move(row));
  };
  const bool synthetic = comparison.runs[0].shows_all_cells();
  for (std::size_t s = 1; s < comparison.runs.size(); ++s) {
    if (!comparison.differences[s - 1].income) continue;
    const auto& change = comparison.differences[s - 1].income->change;
    const std::string& name = comparison.runs[s].scenario.name;
    const std::vector<bool> bands = hidden_households(change.bands, synthetic);
    for (std::size_t b = 0; b < change.bands.size(); ++b) {
      add({name, "change", std::string(outcomes::change_bands[b]), "persons", "share"}, change.bands[b].share,
          change.bands[b].households, bands[b]);
    }
    const std::vector<bool> deciles = hidden_households(change.deciles, synthetic);
    for (std::size_t d = 0; d < change.deciles.size(); ++d) {
      add({name, "decile", std::to_string(d + 1), "mean_change", "EUR/month"}, change.deciles[d].gain,
          change.deciles[d].households, deciles[d]);
    }
    add({name, "all", "all", "change_of_disposable_income", "EUR/year"}, change.total,
        comparison.runs[0].counts[index_of(Level::menage)], is_hidden(comparison.runs[0]));
  }
  return table;
}

Json income_json(const scenario::RunResult& result) {
  if (!result.income) return nullptr;
  const bool hidden = is_hidden(result);
  Json out{{"year", result.period.year()},
           {"note",
            "Standards of living: disposable income per consumption unit, over persons. paid: the law's income at full take-up "
            "less twelve times what is not "
            "claimed in the month; without_benefits: less twelve times the rights. Lines and deciles are those of each case, but "
            "for poverty_rate_60_anchored, whose "
            "line is that of the scenario as paid (in differences, of the first scenario)."},
           {"standard_errors", "linearised (Deville 1999; Osier 2009); households with those linked to them as clusters"}};
  if (hidden) out["why_suppressed"] = too_few;
  for (std::size_t which = 0; which < result.income->disposable.size(); ++which) {
    out["disposable_income"][scenario::income_cases[which]] = figure(result.income->disposable[which], hidden);
  }
  out["figures"] = figures_json(result.income->figures, hidden);
  return out;
}

Json income_difference_json(const scenario::Comparison& comparison, std::size_t scenario) {
  const auto& difference = comparison.differences[scenario - 1].income;
  if (!difference) return nullptr;
  const bool synthetic = comparison.runs[0].shows_all_cells();
  const bool hidden = is_hidden(comparison.runs[0]);
  Json out{{"figures", figures_json(difference->figures, hidden)},
           {"change_of_disposable_income", figure(difference->change.total, hidden)}};
  const std::vector<bool> bands = hidden_households(difference->change.bands, synthetic);
  for (std::size_t b = 0; b < bands.size(); ++b)
    out["winners_and_losers"][std::string(outcomes::change_bands[b])] = figure(difference->change.bands[b].share, bands[b]);
  const std::vector<bool> deciles = hidden_households(difference->change.deciles, synthetic);
  for (std::size_t d = 0; d < deciles.size(); ++d)
    out["mean_change_by_decile"][std::to_string(d + 1)] = figure(difference->change.deciles[d].gain, deciles[d]);
  return out;
}

}  // namespace labacces::report
