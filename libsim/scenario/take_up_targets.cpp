#include "libsim/scenario/take_up_targets.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/scenario/scenario_reader.hpp"

namespace labacces::scenario {
namespace {

using takeup::ClaimMeasure;
using takeup::ClaimWindow;

constexpr std::size_t most_draws = 1000;
constexpr std::array heads_keys{"non_take_up", "take_up", "takers"};
constexpr std::array euros_keys{"euros", "mean_paid", "mean_unclaimed"};

template <typename Value>
Value one_of(const Reader& reader, const Json& json, const std::string& path,
             std::initializer_list<std::pair<const char*, Value>> names) {
  const std::string written = reader.text(json, path);
  std::vector<std::string> known;
  for (const auto& [name, value] : names) {
    if (written == name) return value;
    known.emplace_back(name);
  }
  json_error(reader.file(), path, "'" + written + "' is none of " + join(known, ", "), did_you_mean(written, known));
}

double from_zero_on(const Reader& reader, const Json& json, const std::string& path) {
  const double value = reader.number(json, path);
  if (!(value >= 0.0)) json_error(reader.file(), path, "a number from 0 on was expected, found " + json.dump());
  return value;
}

bool yes_or_no(const Reader& reader, const Json& json, const std::string& path) {
  if (!json.is_boolean()) json_error(reader.file(), path, "true or false was expected, found " + std::string(json.type_name()));
  return json.get<bool>();
}

CellCondition read_condition(const Reader& reader, const Json& json, const std::string& path) {
  constexpr const char* example = R"({"variable": "departement", "item": "d29"})";
  if (!json.is_object()) json_error(reader.file(), path, std::string("a condition was expected: ") + example);
  refuse_unknown_keys(reader.file(), path, json, {"variable", "item", "items", "from", "to", "receives", "is"});
  CellCondition out;
  if (json.contains("receives")) {
    if (json.size() != (json.contains("is") ? 2U : 1U))
      json_error(reader.file(), path, R"(beside "receives" only "is" may stand)");
    out.receives = reader.text(json["receives"], path + "/receives");
    if (json.contains("is")) out.is_received = yes_or_no(reader, json["is"], path + "/is");
    return out;
  }
  if (!json.contains("variable")) json_error(reader.file(), path, std::string("'variable' is missing: ") + example);
  out.variable = reader.text(json["variable"], path + "/variable");
  if (json.contains("is"))
    json_error(reader.file(), path + "/is", R"("is" belongs to "receives"; of a yes/no variable write "item": "yes")");
  if (json.contains("item")) out.items = {reader.text(json["item"], path + "/item")};
  if (json.contains("items")) {
    if (json.contains("item")) json_error(reader.file(), path, "'item' or 'items', not both");
    out.items = reader.texts(json["items"], path + "/items");
    if (out.items.empty()) json_error(reader.file(), path + "/items", "one item at least was expected");
  }
  const bool numbers = json.contains("from") || json.contains("to");
  if (numbers == !out.items.empty())
    json_error(reader.file(), path, "an item of the variable, or the numbers 'from' and 'to', was expected");
  if (json.contains("from")) out.from = reader.number(json["from"], path + "/from");
  if (json.contains("to")) out.to = reader.number(json["to"], path + "/to");
  if (!(out.from < out.to)) json_error(reader.file(), path + "/to", "'to' must lie above 'from'");
  return out;
}

std::vector<CellCondition> read_cell(const Reader& reader, const Json& json, const std::string& path) {
  if (json.is_string() && json.get<std::string>() == "all") return {};
  if (json.is_object()) return {read_condition(reader, json, path)};
  if (!json.is_array()) json_error(reader.file(), path, R"("all", a condition or a list of conditions was expected)");
  std::vector<CellCondition> out;
  for (std::size_t i = 0; i < json.size(); ++i) out.push_back(read_condition(reader, json[i], path + "/" + std::to_string(i)));
  return out;
}

/// The parameter that a target sets when it does not say so.
TargetSets usual_parameter(const Reader& reader, const TakeUpTarget& target) {
  if (target.window == ClaimWindow::durable) return TargetSets::persistence;
  const bool heads = target.measure == ClaimMeasure::out_share || target.measure == ClaimMeasure::takers;
  if (!heads) return TargetSets::amount;
  if (target.cell.empty()) return TargetSets::intercept;
  if (target.cell.size() == 1 && !target.cell[0].items.empty()) return TargetSets::cell;
  if (target.cell.size() == 1 && !target.cell[0].receives.empty()) return TargetSets::gateway;
  json_error(
      reader.file(), target.path + "/sets",
      "this cell does not say which parameter is to meet the target: intercept, amount or persistence; or \"held_out\": true");
}

void read_sets(const Reader& reader, const Json& json, bool alone, TakeUpTarget& target) {
  if (json.contains("held_out") && yes_or_no(reader, json["held_out"], target.path + "/held_out")) {
    if (json.contains("sets")) json_error(reader.file(), target.path + "/sets", "a target that is held out sets nothing");
    target.sets = TargetSets::none;
    return;
  }
  target.sets = json.contains("sets") ? one_of<TargetSets>(reader, json["sets"], target.path + "/sets",
                                                           {{"intercept", TargetSets::intercept},
                                                            {"cell", TargetSets::cell},
                                                            {"amount", TargetSets::amount},
                                                            {"gateway", TargetSets::gateway},
                                                            {"persistence", TargetSets::persistence}})
                                      : usual_parameter(reader, target);
  if (json.contains("sets") && !alone)
    json_error(reader.file(), target.path + "/sets", "heads and euros set two parameters: write two targets to say which");
  if (target.sets == TargetSets::cell && (target.cell.empty() || target.cell.back().items.empty())) {
    json_error(reader.file(), target.path + "/sets", "\"cell\" needs a cell whose last condition names items of a variable");
  }
  if (target.sets == TargetSets::gateway) {
    if (target.cell.size() != 1 || target.cell[0].receives.empty())
      json_error(reader.file(), target.path + "/sets", R"("gateway" needs the cell {"receives": BENEFIT})");
    target.gateway = target.cell[0].receives;
  }
}

std::optional<std::string> key_in(const Json& json, std::span<const char* const> keys, const Reader& reader,
                                  const std::string& path) {
  std::optional<std::string> found;
  for (const char* key : keys) {
    if (!json.contains(key)) continue;
    if (found) json_error(reader.file(), path + "/" + key, "'" + *found + "' says that already");
    found = key;
  }
  return found;
}

void set_value(const Reader& reader, const Json& json, const std::string& key, TakeUpTarget& target) {
  const std::string path = target.path + "/" + key;
  target.as_take_up = key == "take_up";
  if (key == "non_take_up" || key == "take_up") {
    target.measure = ClaimMeasure::out_share;
    const double share = reader.probability(json, path);
    target.value = target.as_take_up ? 1.0 - share : share;
    return;
  }
  target.measure = key == "takers"      ? ClaimMeasure::takers
                   : key == "euros"     ? ClaimMeasure::euros
                   : key == "mean_paid" ? ClaimMeasure::mean_paid
                                        : ClaimMeasure::mean_unclaimed;
  target.value = from_zero_on(reader, json, path);
}

void read_target(const Reader& reader, const Json& json, const std::string& path, std::vector<TakeUpTarget>& out) {
  if (!json.is_object())
    json_error(reader.file(), path, R"(a target was expected: {"benefit": "rsa", "non_take_up": 0.34, "source": "..."})");
  refuse_unknown_keys(reader.file(), path, json,
                      {"benefit", "cell", "window", "unit", "non_take_up", "take_up", "takers", "euros", "mean_paid",
                       "mean_unclaimed", "sets", "held_out", "source", "period"});
  TakeUpTarget base;
  base.path = path;
  if (!json.contains("benefit")) json_error(reader.file(), path, "'benefit' is missing: a benefit of the scenario");
  base.benefit = reader.text(json["benefit"], path + "/benefit");
  if (json.contains("cell")) base.cell = read_cell(reader, json["cell"], path + "/cell");
  if (json.contains("window"))
    base.window = one_of<ClaimWindow>(
        reader, json["window"], path + "/window",
        {{"month", ClaimWindow::month}, {"quarter", ClaimWindow::quarter}, {"durable", ClaimWindow::durable}});
  if (json.contains("unit"))
    base.in_persons = one_of<bool>(reader, json["unit"], path + "/unit", {{"units", false}, {"persons", true}});
  if (json.contains("source")) base.source = reader.text(json["source"], path + "/source");
  if (json.contains("period")) base.period = reader.text(json["period"], path + "/period");
  const auto heads = key_in(json, heads_keys, reader, path), euros = key_in(json, euros_keys, reader, path);
  if (!heads && !euros)
    json_error(reader.file(), path, "a value is missing: non_take_up, take_up or takers; euros, mean_paid or mean_unclaimed");
  for (const auto& key : {heads, euros}) {
    if (!key) continue;
    TakeUpTarget target = base;
    set_value(reader, json[*key], *key, target);
    const bool of_heads = key == heads;
    if (!of_heads) target.in_persons = false;
    if (!of_heads && target.window != ClaimWindow::month)
      json_error(reader.file(), path + "/" + *key, "euros are those of a month: leave 'window' out, or write two targets");
    if (target.window == ClaimWindow::durable && *key != "non_take_up")
      json_error(reader.file(), path + "/" + *key, "of three quarters running only non_take_up is known");
    read_sets(reader, json, !(heads && euros), target);
    out.push_back(std::move(target));
  }
}

bool same_figure(const TakeUpTarget& a, const TakeUpTarget& b) {
  return a.benefit == b.benefit && a.cell == b.cell && a.window == b.window && a.measure == b.measure &&
         a.in_persons == b.in_persons;
}

bool same_parameter(const TakeUpTarget& a, const TakeUpTarget& b) {
  if (a.benefit != b.benefit || a.sets != b.sets || a.sets == TargetSets::none) return false;
  if (a.sets == TargetSets::gateway) return a.gateway == b.gateway;
  if (a.sets != TargetSets::cell) return true;
  const CellCondition &one = a.cell.back(), &other = b.cell.back();
  return one.variable == other.variable && std::any_of(one.items.begin(), one.items.end(), [&](const std::string& item) {
           return std::find(other.items.begin(), other.items.end(), item) != other.items.end();
         });
}

void check_pairs(const Reader& reader, const std::vector<TakeUpTarget>& targets) {
  for (std::size_t i = 0; i < targets.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (same_figure(targets[i], targets[j]))
        json_error(reader.file(), targets[i].path, "the same figure stands in " + targets[j].path);
      if (same_parameter(targets[i], targets[j])) {
        json_error(reader.file(), targets[i].path,
                   "it sets the same parameter as " + targets[j].path +
                       "; hold one out (\"held_out\": true), or say what it sets (\"sets\")");
      }
    }
  }
}

}  // namespace

std::string CellCondition::text() const {
  if (!receives.empty()) return (is_received ? "receives " : "without ") + receives;
  if (!items.empty()) return variable + "=" + join(items, "|");
  if (std::isinf(from)) return variable + " <" + shortest(to);
  return variable + " " + shortest(from) + (std::isinf(to) ? "+" : "-" + shortest(to));
}

std::string TakeUpTarget::cell_text() const {
  std::vector<std::string> parts;
  for (const CellCondition& condition : cell) parts.push_back(condition.text());
  return parts.empty() ? "all" : join(parts, " & ");
}

std::string TakeUpTarget::measure_text() const {
  switch (measure) {
    case ClaimMeasure::out_share:
      return as_take_up ? "take_up" : "non_take_up";
    case ClaimMeasure::takers:
      return "takers";
    case ClaimMeasure::euros:
      return "euros";
    case ClaimMeasure::mean_paid:
      return "mean_paid";
    case ClaimMeasure::mean_unclaimed:
      return "mean_unclaimed";
  }
  return "";
}

TakeUpTargets parse_take_up_targets(const std::string& file, std::string_view text) {
  const Json json = parse_json(file, text);
  const Reader reader(file);
  if (!json.is_object())
    json_error(file, {}, R"(an object was expected: {"targets": [{"benefit": "rsa", "non_take_up": 0.34}]})");
  refuse_unknown_keys(file, {}, json, {"$schema", "name", "description", "match", "draws", "targets"});
  TakeUpTargets out;
  out.file = file;
  if (json.contains("name")) out.name = reader.text(json["name"], "name");
  if (json.contains("description")) reader.text(json["description"], "description");
  if (json.contains("match"))
    out.realised = one_of<bool>(reader, json["match"], "match", {{"expected", false}, {"realised", true}});
  if (json.contains("draws")) {
    const double draws = reader.number(json["draws"], "draws");
    if (!(draws >= 1.0 && draws <= static_cast<double>(most_draws)) || draws != std::floor(draws))
      json_error(file, "draws", "a whole number from 1 to " + std::to_string(most_draws) + " was expected");
    out.draws = static_cast<std::size_t>(draws);
  }
  if (!json.contains("targets") || !json["targets"].is_array() || json["targets"].empty())
    json_error(file, "targets", "a list of one target at least was expected");
  for (std::size_t i = 0; i < json["targets"].size(); ++i)
    read_target(reader, json["targets"][i], "targets/" + std::to_string(i), out.targets);
  check_pairs(reader, out.targets);
  return out;
}

}  // namespace labacces::scenario
