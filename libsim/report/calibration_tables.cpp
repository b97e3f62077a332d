#include "libsim/report/calibration_tables.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "libsim/base/json_text.hpp"
#include "libsim/base/text.hpp"
#include "libsim/report/behaviour_json.hpp"
#include "libsim/report/results.hpp"

namespace labacces::report {
namespace {

using Json = nlohmann::ordered_json;
using scenario::TakeUpCalibration;
using scenario::TakeUpTarget;
using scenario::TargetFigures;
using takeup::ClaimMeasure;
using takeup::ClaimWindow;

constexpr std::size_t widest_cell = 30;

bool is_share(const TakeUpTarget& target) { return target.measure == ClaimMeasure::out_share; }
/// As the file has it: take-up where it says take-up.
double as_written(const TakeUpTarget& target, double value) { return target.as_take_up ? 1.0 - value : value; }

std::string shown(const TakeUpTarget& target, double value) {
  if (std::isnan(value)) return "-";
  if (is_share(target)) return fixed(100.0 * value, 1);
  if (target.measure == ClaimMeasure::euros || std::abs(value) >= 1e7)
    return grouped(value / 1e6, std::abs(value) < 1e8 ? 2 : 1) + " M";
  return grouped(value, std::abs(value) < 1000.0 ? 1 : 0);
}

/// Percentage points of a share; % of the target of others.
std::string error_of(const TakeUpTarget& target, double value) {
  const double error = as_written(target, value) - as_written(target, target.value);
  if (std::isnan(error)) return "-";
  if (is_share(target)) return fixed(100.0 * error, 2);
  return target.value > 0.0 ? fixed(100.0 * error / target.value, 1) + " %" : "-";
}

const char* name_of(ClaimWindow window) {
  return window == ClaimWindow::month ? "month" : window == ClaimWindow::quarter ? "quarter" : "durable";
}

std::string figure_name(const TakeUpTarget& target) {
  std::string name = target.measure_text();
  std::replace(name.begin(), name.end(), '_', ' ');
  if (target.window != ClaimWindow::month) name += std::string(", ") + name_of(target.window);
  return target.in_persons ? name + ", persons" : name;
}

/// Items without their variable, cut where they are long.
std::string short_cell(const TakeUpTarget& target) {
  std::vector<std::string> parts;
  for (const scenario::CellCondition& condition : target.cell) {
    const bool yes_no = !condition.items.empty() && (condition.items[0] == "yes" || condition.items[0] == "no");
    parts.push_back(condition.items.empty() || yes_no ? condition.text() : join(condition.items, "|"));
  }
  std::string text = join(parts, " & ");
  if (display_width(text) > widest_cell) text = text.substr(0, widest_cell - 2) + "..";
  return text;
}

bool is_hidden(const TakeUpCalibration& calibration, std::uint64_t sampled) {
  return !calibration.synthetic && sampled < smallest_cell;
}

std::string number(double value) { return std::isnan(value) ? std::string{} : shortest(value); }

Json json_number(double value) { return std::isnan(value) ? Json(nullptr) : Json(value); }

Json figure_json(const TakeUpTarget& target, const outcomes::MeasuredFigure& figure) {
  double low = as_written(target, figure.estimate.low()), high = as_written(target, figure.estimate.high());
  if (high < low) std::swap(low, high);
  return {{"value", json_number(as_written(target, figure.estimate.value))},
          {"se", json_number(figure.estimate.standard_error)},
          {"ci95", {json_number(low), json_number(high)}}};
}

std::vector<std::string> notes(const TakeUpCalibration& calibration) {
  std::vector<std::string> out;
  out.emplace_back("*: set; others are held out. Shares in % of the eligible, EUR a month.");
  out.emplace_back("+-: half of the 95 % interval; error: points of a share, else % of the target.");
  std::string draws = "Draws of who claims: " + std::to_string(calibration.draws) + ".";
  if (calibration.synthetic) draws += " SYNTHETIC population.";
  out.push_back(std::move(draws));
  return out;
}

}  // namespace

Table targets_table(const TakeUpCalibration& calibration) {
  Table table;
  table.caption = calibration.scenario.name + ", " + to_string(*calibration.scenario.period) + ": targets of take-up";
  table.columns = {{"figure", Align::left}, {"target"}, {"before"}, {"after"}, {"+-"}, {"error"}};
  std::string benefit;
  for (const TargetFigures& one : calibration.targets) {
    if (one.target.benefit != benefit) table.rows.push_back({one.target.benefit, "", "", "", "", ""});
    benefit = one.target.benefit;
    const std::string mark = one.target.is_held_out() ? "  " : "* ";
    const bool hidden = is_hidden(calibration, one.sampled);
    const double half = one.after.estimate.high() - one.after.estimate.value;
    std::vector<std::string> figures{shown(one.target, as_written(one.target, one.target.value)),
                                     hidden ? "hidden" : shown(one.target, as_written(one.target, one.before.estimate.value)),
                                     hidden ? "hidden" : shown(one.target, as_written(one.target, one.after.estimate.value)),
                                     hidden ? "hidden" : shown(one.target, half),
                                     hidden ? "hidden" : error_of(one.target, one.after.estimate.value)};
    if (!one.target.cell.empty()) table.rows.push_back({"  " + short_cell(one.target), "", "", "", "", ""});
    figures.insert(figures.begin(), mark + (one.target.cell.empty() ? "" : "  ") + figure_name(one.target));
    table.rows.push_back(std::move(figures));
  }
  table.notes = notes(calibration);
  return table;
}

Table parameters_table(const TakeUpCalibration& calibration) {
  Table table;
  table.caption = "Parameters that were set";
  table.columns = {{"benefit", Align::left}, {"parameter", Align::left}, {"before"}, {"after"}};
  for (const scenario::ParameterSet& one : calibration.parameters) {
    std::string name = one.name;
    if (display_width(name) > 40) name = name.substr(0, 38) + "..";
    table.rows.push_back({one.benefit, name, fixed(one.before, 4), fixed(one.after, 4)});
  }
  return table;
}

Table effective_table(const TakeUpCalibration& calibration) {
  Table table;
  table.caption = "Take-up seeded and effective, % of the eligible units of the month";
  table.columns = {{"benefit", Align::left}, {"given"}, {"expected"}, {"realised"}, {"drawn"}, {"+-"}};
  if (calibration.other_weights > 0) table.columns.push_back({"other weights"});
  for (const scenario::EffectiveRate& one : calibration.effective) {
    std::vector<std::string> row{one.benefit};
    const bool hidden = is_hidden(calibration, one.sampled);
    for (const double value : {one.given, one.expected, one.realised, one.drawn.value, one.drawn.high() - one.drawn.value})
      row.push_back(hidden ? "hidden" : std::isnan(value) ? "-" : fixed(100.0 * value, 1));
    if (calibration.other_weights > 0)
      row.push_back(hidden ? "hidden" : fixed(100.0 * one.other_low, 1) + " to " + fixed(100.0 * one.other_high, 1));
    table.rows.push_back(std::move(row));
  }
  table.notes = {"given: by the behaviour, each unit once; expected: under the weights;",
                 "realised: in the draw that a run shows; drawn: mean over draws."};
  if (calibration.other_weights > 0)
    table.notes.push_back("Other weights: realised, under " + std::to_string(calibration.other_weights) + " sets of weights.");
  return table;
}

Table targets_rows(const TakeUpCalibration& calibration) {
  Table table;
  table.caption = "Targets";
  for (const char* title : {"benefit", "cell", "measure", "window", "unit", "period", "use", "target", "before", "after", "se",
                            "ci95_low", "ci95_high", "sampled_units", "status", "source"}) {
    table.columns.push_back({title, Align::left});
  }
  for (const TargetFigures& one : calibration.targets) {
    const TakeUpTarget& target = one.target;
    const bool hidden = is_hidden(calibration, one.sampled);
    double low = as_written(target, one.after.estimate.low()), high = as_written(target, one.after.estimate.high());
    if (high < low) std::swap(low, high);
    const auto text = [&](double value) { return hidden ? std::string{} : number(value); };
    table.rows.push_back({target.benefit, target.cell_text(), target.measure_text(), name_of(target.window),
                          target.in_persons ? "persons" : "units", target.period, target.is_held_out() ? "held out" : "set",
                          number(as_written(target, target.value)), text(as_written(target, one.before.estimate.value)),
                          text(as_written(target, one.after.estimate.value)), text(one.after.estimate.standard_error), text(low),
                          text(high), hidden ? "" : std::to_string(one.sampled), hidden ? "suppressed" : "", target.source});
  }
  return table;
}

std::string calibration_json(const TakeUpCalibration& calibration) {
  Json out{{"format", "labacces-calibration/1"},
           {"scenario", calibration.scenario.name},
           {"period", to_string(*calibration.scenario.period)},
           {"population", calibration.scenario.population},
           {"source", calibration.population_source},
           {"synthetic", calibration.synthetic},
           {"targets_name", calibration.targets_name},
           {"match", calibration.realised ? "realised" : "expected"},
           {"draws", calibration.draws},
           {"errors", calibration.design}};
  out["targets"] = Json::array();
  for (const TargetFigures& one : calibration.targets) {
    const TakeUpTarget& target = one.target;
    Json row{{"path", target.path},
             {"benefit", target.benefit},
             {"cell", target.cell_text()},
             {"measure", target.measure_text()},
             {"window", name_of(target.window)},
             {"unit", target.in_persons ? "persons" : "units"},
             {"held_out", target.is_held_out()},
             {"period", target.period},
             {"source", target.source}};
    row["target"] = std::nearbyint(as_written(target, target.value) * 1e9) / 1e9;
    if (is_hidden(calibration, one.sampled)) {
      row["suppressed"] = true;
    } else {
      row["before"] = figure_json(target, one.before);
      row["after"] = figure_json(target, one.after);
      row["sampled_units"] = one.sampled;
    }
    out["targets"].push_back(std::move(row));
  }
  out["parameters"] = Json::array();
  for (const scenario::ParameterSet& one : calibration.parameters) {
    out["parameters"].push_back({{"benefit", one.benefit},
                                 {"parameter", one.name},
                                 {"before", one.before},
                                 {"after", one.after},
                                 {"target", calibration.targets[one.target].target.path}});
  }
  out["effective"] = Json::object();
  for (const scenario::EffectiveRate& one : calibration.effective) {
    if (is_hidden(calibration, one.sampled)) {
      out["effective"][one.benefit] = {{"suppressed", true}};
      continue;
    }
    Json row{{"given", json_number(one.given)},
             {"expected", json_number(one.expected)},
             {"realised", json_number(one.realised)},
             {"drawn",
              {{"value", json_number(one.drawn.value)},
               {"se", json_number(one.drawn.standard_error)},
               {"ci95", {json_number(one.drawn.low()), json_number(one.drawn.high())}}}}};
    if (calibration.other_weights > 0)
      row["other_weights"] = {{"sets", calibration.other_weights}, {"low", one.other_low}, {"high", one.other_high}};
    out["effective"][one.benefit] = std::move(row);
  }
  return out.dump(1) + "\n";
}

std::string calibrated_scenario_json(const TakeUpCalibration& calibration, std::string_view text, const std::string& file,
                                     const std::string& folder) {
  Json out = text.empty() ? Json{{"extends", "builtin:base"}, {"name", calibration.scenario.name}} : parse_json(file, text);
  const auto rewritten = [&](Json& value) {
    if (!value.is_string()) return;
    const std::string path = value.get<std::string>();
    if (path.starts_with("builtin:") || std::filesystem::path(path).is_absolute()) return;
    const auto here = std::filesystem::absolute(std::filesystem::path(file).parent_path() / path).lexically_normal();
    value = here.lexically_relative(std::filesystem::absolute(folder).lexically_normal()).generic_string();
  };
  for (const char* key : {"$schema", "extends", "law"}) {
    if (out.contains(key)) rewritten(out[key]);
  }
  if (out.contains("reforms")) {
    for (Json& reform : out["reforms"]) rewritten(reform);
  }
  // As the run had them, which may be by options: paths seen from the folder of the new scenario.
  const auto seen = [&](const std::string& path) {
    if (path.starts_with("builtin:") || path.starts_with("mapping:")) return path;
    const auto here = std::filesystem::absolute(path).lexically_normal();
    return here.lexically_relative(std::filesystem::absolute(folder).lexically_normal()).generic_string();
  };
  out["population"] = seen(calibration.scenario.population);
  out.erase("mapping");
  if (!calibration.scenario.mapping.empty()) out["mapping"] = seen(calibration.scenario.mapping);
  out["period"] = to_string(*calibration.scenario.period);
  for (const takeup::Behaviour& behaviour : calibration.scenario.take_up) {
    const bool set = std::any_of(calibration.parameters.begin(), calibration.parameters.end(),
                                 [&](const scenario::ParameterSet& one) { return one.benefit == behaviour.benefit; });
    if (set) out["take_up"][behaviour.benefit] = behaviour_json(behaviour);
  }
  return out.dump(2) + "\n";
}

}  // namespace labacces::report
