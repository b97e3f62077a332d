#include <nlohmann/json.hpp>

#include "libsim/base/hash.hpp"
#include "libsim/base/parallel.hpp"
#include "libsim/base/version.hpp"
#include "libsim/report/behaviour_json.hpp"
#include "libsim/report/income_tables.hpp"
#include "libsim/report/measures.hpp"
#include "libsim/report/results.hpp"
#include "libsim/report/shown_measures.hpp"
#include "libsim/report/suppression.hpp"

namespace labacces::report {
namespace {

using Json = nlohmann::ordered_json;

Json figure(const outcomes::Estimate& estimate, bool no_euros = false) {
  if (no_euros) return {{"value", nullptr}, {"why", "a right in kind has no euros"}};
  if (!estimate.known) return {{"value", nullptr}, {"why", "nobody is eligible"}};
  if (std::isnan(estimate.standard_error))
    return {{"value", estimate.value}, {"se", nullptr}, {"why_no_se", "fewer than two sampled dwellings"}};
  return {{"value", estimate.value}, {"se", estimate.standard_error}, {"ci95", {estimate.low(), estimate.high()}}};
}

/// Windows that could be computed with the months at hand.
bool window_known(std::size_t window, std::size_t months) {
  return window == 0 || months >= (window == 1 ? 3U : outcomes::months_for_windows);
}

Json cell_json(const scenario::GroupResult& group, std::size_t cell, const scenario::RunResult& result, bool in_kind) {
  Json out;
  out["label"] = group.cells[cell].label;
  for (std::size_t window = 0; window < outcomes::window_count; ++window) {
    const std::string name(window_names[window]);
    if (!window_known(window, result.months)) {
      out[name] = {{"why", "the law in the program begins fewer months before"}};
      continue;
    }
    if (hidden_cells(group, static_cast<outcomes::Window>(window), result.shows_all_cells())[cell]) {
      out[name] = {{"suppressed", true}};
      continue;
    }
    Json figures;
    figures["sampled_units"] = group.cells[cell].sums[window].sampled_units();
    if (group.cells[cell].at_full_take_up)
      figures["sampled_units_at_full_take_up"] = group.cells[cell].full()[window].sampled_units();
    for (const ShownMeasure& measure : shown_measures(group.cells[cell], window, result.clusters, in_kind))
      figures[measure.name] = figure(measure.estimate, in_kind && measure.of_euros);
    out[name] = std::move(figures);
  }
  return out;
}

Json population_json(const scenario::RunResult& result) {
  Json counts;
  for (std::size_t level = 0; level < level_count; ++level)
    counts[std::string(plural_of(static_cast<Level>(level)))] = result.counts[level];
  Json out{{"source", result.population_source},
           {"synthetic", result.synthetic},
           {"rows", counts},
           {"clusters", result.clusters},
           {"weighted_households", result.weighted_households()}};
  if (!result.weighting.empty()) out["weights"] = result.weighting;
  return out;
}

Json take_up_json(const scenario::RunResult& result) {
  Json out = Json::object();
  for (const scenario::BenefitResult& benefit : result.benefits) out[benefit.benefit] = behaviour_json(benefit.take_up);
  return out;
}

/// How the order was followed, and what it takes as paid before the months computed.
Json order_json(const scenario::RunResult& result) {
  Json assumed = Json::object();
  for (const scenario::AssumedTakeUp& one : result.assumed) {
    const bool shown = result.shows_all_cells() || one.unit_months == 0 || one.unit_months >= smallest_cell;
    assumed[one.benefit] = {{"first", to_string(one.first)},
                            {"last", to_string(one.last)},
                            {"unit_months", shown ? Json(one.unit_months) : Json(nullptr)}};
    if (!shown) assumed[one.benefit]["why"] = "fewer than 11 sampled units";
  }
  return {
      {"benefits", result.scenario.order},
      {"first_month", to_string(result.period - static_cast<int>(result.months - 1))},
      {"rights",
       "Of a month, given what the benefits of the order before it are paid in the month and all of them in the months before. "
       "Figures at_full_take_up: against the right were all benefits claimed; unclaimed there is what falls short of it."},
      {"assumed_paid_before", std::move(assumed)}};
}

Json result_json(const scenario::RunResult& result) {
  Json out;
  out["scenario"] = result.scenario.name;
  out["period"] = to_string(result.period);
  out["months_computed"] = result.months;
  out["population"] = population_json(result);
  out["take_up"] = take_up_json(result);
  out["standard_errors"] =
      "Households (with those linked to them) as clusters drawn with replacement, linearised ratios; the draw of who claims is "
      "in them. "
      "Uncertainty of the take-up rates themselves is not.";
  if (result.no_suppression) out["suppression"] = "none, as asked: cells of fewer than 11 sampled units are shown";
  out["income"] = income_json(result);
  if (result.scenario.order.empty()) {
    out["not_covered"] = {
        "droit at full take-up of the other benefits: housing aid counts in the RSA of those who have the right to it, claimed "
        "or not"};
  } else {
    out["order"] = order_json(result);
  }
  for (const scenario::BenefitResult& benefit : result.benefits) {
    Json groups = Json::object();
    for (const scenario::GroupResult& group : benefit.groups) {
      Json cells = Json::object();
      for (std::size_t cell = 0; cell < group.cells.size(); ++cell)
        cells[group.cells[cell].name] = cell_json(group, cell, result, benefit.in_kind);
      groups[group.group] = std::move(cells);
    }
    out["benefits"][benefit.benefit] = {
        {"label", benefit.label}, {"level", name_of(benefit.level)}, {"in_kind", benefit.in_kind}, {"groups", std::move(groups)}};
  }
  return out;
}

Json difference_json(const scenario::Comparison& comparison, std::size_t other, std::size_t benefit) {
  const scenario::RunResult& base = comparison.runs[0];
  Json groups = Json::object();
  for (std::size_t g = 0; g < base.benefits[benefit].groups.size(); ++g) {
    const scenario::GroupResult& group0 = base.benefits[benefit].groups[g];
    const scenario::GroupResult& group1 = comparison.runs[other].benefits[benefit].groups[g];
    Json cells = Json::object();
    for (std::size_t cell = 0; cell < group0.cells.size(); ++cell) {
      Json& windows = cells[group0.cells[cell].name];
      windows["label"] = group0.cells[cell].label;
      for (std::size_t window = 0; window < outcomes::window_count; ++window) {
        if (!window_known(window, base.months)) continue;
        const auto kind = static_cast<outcomes::Window>(window);
        if (hidden_cells(group0, kind, base.shows_all_cells())[cell] ||
            hidden_cells(group1, kind, base.shows_all_cells())[cell]) {
          windows[std::string(window_names[window])] = {{"suppressed", true}};
          continue;
        }
        Json figures;
        for (const ShownMeasure& measure : shown_differences(comparison, {other, benefit, g, cell}, window))
          figures[measure.name] = figure(measure.estimate, base.benefits[benefit].in_kind && measure.of_euros);
        windows[std::string(window_names[window])] = std::move(figures);
      }
    }
    groups[group0.group] = std::move(cells);
  }
  return groups;
}

}  // namespace

std::string results_json(const scenario::RunResult& result) {
  Json out{{"format", "labacces-results/1"}};
  out.update(result_json(result));
  return out.dump(1) + "\n";
}

std::string comparison_json(const scenario::Comparison& comparison) {
  Json out{{"format", "labacces-comparison/1"}, {"base", comparison.runs[0].scenario.name}};
  out["standard_errors"] =
      "Of differences: the same clusters and the same luck of claiming in both scenarios; ratios linearised.";
  out["scenarios"] = Json::array();
  for (const scenario::RunResult& run : comparison.runs) out["scenarios"].push_back(result_json(run));
  out["differences"] = Json::array();
  for (std::size_t s = 1; s < comparison.runs.size(); ++s) {
    Json benefits = Json::object();
    for (std::size_t b = 0; b < comparison.runs[0].benefits.size(); ++b)
      benefits[comparison.runs[0].benefits[b].benefit] = difference_json(comparison, s, b);
    out["differences"].push_back({{"scenario", comparison.runs[s].scenario.name},
                                  {"benefits", std::move(benefits)},
                                  {"income", income_difference_json(comparison, s)}});
  }
  return out.dump(1) + "\n";
}

namespace {

Json record(const scenario::RunResult& result, const law::Law& law, const RecordInputs& inputs) {
  Json out;
  out["format"] = "labacces-record/1";
  out["labacces"] = version();
  out["command"] = inputs.command;
  out["scenario"] = {{"name", result.scenario.name}, {"file", result.scenario.file}, {"sha256", sha256(inputs.scenario_text)}};
  out["period"] = to_string(result.period);
  out["seed"] = result.scenario.seed;
  out["population"] = population_json(result);
  out["population"]["sha256"] = inputs.population_hash.empty() ? Json(nullptr) : Json(inputs.population_hash);
  if (!inputs.population_record.empty()) out["population"].update(Json::parse(inputs.population_record));
  Json files = Json::object();
  for (std::size_t i = 0; i < law.sources().size(); ++i) {
    const SourceFile& file = law.sources().file(static_cast<std::uint32_t>(i));
    files[file.name] = sha256(file.text);
  }
  out["law"] = {{"folder", result.scenario.law.empty() ? "built in" : result.scenario.law},
                {"latest_month", to_string(law.latest_month())},
                {"files_sha256", files}};
  Json changes = Json::array();
  for (const law::Change& change : law.changes()) changes.push_back({{"reform", change.reform}, {"what", change.what}});
  out["reforms"] = changes;
  out["take_up"] = take_up_json(result);
  if (!result.scenario.order.empty()) out["order"] = result.scenario.order;
  out["suppression"] =
      result.synthetic ? "none: the population is synthetic"
      : result.no_suppression
          ? "none: --no-suppression"
          : "cells of 1 to 10 sampled units, cells that one household dominates, and others that would tell them";
  out["results_sha256"] = sha256(results_json(result));
  Json defaults = Json::array();
  for (const plan::DefaultUsed& used : result.defaults_used) {
    defaults.push_back(
        {{"variable", used.variable}, {"value", used.value}, {"from", used.period}, {"whole_column", used.whole_column}});
  }
  out["defaults_used"] = defaults;
  Json gaps = Json::array();
  for (const plan::Gap& gap : result.gaps)
    gaps.push_back({{"variable", gap.variable}, {"periods", gap.periods}, {"instead", gap.has_rule ? "rule" : "default"}});
  if (!gaps.empty()) out["gaps"] = gaps;
  out["machine"] = {{"compiler", __VERSION__}, {"cores", thread_count(0)}, {"threads", thread_count(inputs.threads)}};
  return out;
}

}  // namespace

std::string record_json(const scenario::RunResult& result, const law::Law& law, const RecordInputs& inputs) {
  return record(result, law, inputs).dump(1) + "\n";
}

std::string comparison_record_json(const scenario::Comparison& comparison, std::span<const law::Law* const> laws,
                                   std::span<const RecordInputs> inputs) {
  Json out{{"format", "labacces-comparison-record/1"}, {"scenarios", Json::array()}};
  for (std::size_t i = 0; i < comparison.runs.size(); ++i)
    out["scenarios"].push_back(record(comparison.runs[i], *laws[i], inputs[i]));
  return out.dump(1) + "\n";
}

}  // namespace labacces::report
