#include <algorithm>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/text.hpp"
#include "libsim/scenario/base_scenario.hpp"
#include "libsim/scenario/load_take_up.hpp"
#include "libsim/scenario/scenario.hpp"
#include "libsim/scenario/scenario_reader.hpp"

namespace labacces::scenario {
namespace {

const std::vector<std::string> scenario_keys{"$schema",    "extends",      "name",   "description", "law",     "reforms",
                                             "population", "mapping",      "period", "benefits",    "take_up", "correlations",
                                             "order",      "under_reform", "groups", "seed",        "income"};
constexpr std::size_t deepest_extension = 20;

/// {"rsa.montant_de_base": {"2025-01-01": 700}, ...}
Reform inline_reform(const Reader& reader, const Json& value, std::size_t index) {
  const std::string path = "reforms/" + std::to_string(index);
  std::vector<ParameterChange> changes;
  for (const auto& parameter : value.items()) {
    const std::string at = path + "/" + parameter.key();
    const bool is_path = !parameter.key().empty() && std::all_of(parameter.key().begin(), parameter.key().end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    });
    if (!is_path) json_error(reader.file(), at, "a parameter's path was expected, such as rsa.montant_de_base");
    if (!parameter.value().is_object() || parameter.value().empty())
      json_error(reader.file(), at, R"(dated values were expected: {"2025-01-01": 700})");
    ParameterChange change{parameter.key(), {}};
    for (const auto& dated : parameter.value().items()) {
      const auto date = parse_day(dated.key());
      if (!date) json_error(reader.file(), at + "/" + dated.key(), "a date was expected, such as 2025-01-01");
      if (!dated.value().is_number())
        json_error(reader.file(), at + "/" + dated.key(),
                   "a number was expected, found " + std::string(dated.value().type_name()));
      change.values.emplace_back(*date, dated.value().get<double>());
    }
    changes.push_back(std::move(change));
  }
  if (changes.empty())
    json_error(reader.file(), path, "a reform that changes nothing: a parameter's path and its dated values were expected");
  return reform_of_parameters(reader.file() + ": " + path, "parametres_" + std::to_string(index + 1), changes);
}

void read_reforms(const Reader& reader, const Json& value, Scenario& scenario) {
  if (!value.is_array()) json_error(reader.file(), "reforms", "a list was expected, found " + std::string(value.type_name()));
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i].is_object()) {
      scenario.reforms.push_back(inline_reform(reader, value[i], scenario.reforms.size()));
    } else if (value[i].is_string()) {
      scenario.reforms.push_back({reader.beside(value[i].get<std::string>()), {}});
    } else {
      json_error(reader.file(), "reforms/" + std::to_string(i),
                 R"(a .law file or parameters were expected: "more.law" or {"rsa.montant_de_base": {"2025-01-01": 700}})");
    }
  }
}

void read_benefits(const Reader& reader, const Json& json, Scenario& scenario) {
  if (json.contains("benefits")) {
    scenario.benefits = reader.texts(json["benefits"], "benefits");
    if (scenario.benefits.empty()) json_error(reader.file(), "benefits", "one benefit at least was expected");
    // Rates and order of a scenario that is extended, of benefits that are no longer asked.
    const auto not_asked = [&](const std::string& benefit) {
      return std::find(scenario.benefits.begin(), scenario.benefits.end(), benefit) == scenario.benefits.end();
    };
    std::erase_if(scenario.take_up, [&](const takeup::Behaviour& rate) { return not_asked(rate.benefit); });
    std::erase_if(scenario.order, not_asked);
  }
  if (scenario.benefits.empty()) json_error(reader.file(), {}, R"('benefits' is missing: a list such as ["rsa", "ppa"])");
  std::vector<std::string> seen;
  for (std::size_t i = 0; i < scenario.benefits.size(); ++i) {
    const std::string& benefit = scenario.benefits[i];
    if (std::find(seen.begin(), seen.end(), benefit) != seen.end())
      json_error(reader.file(), "benefits/" + std::to_string(i), "'" + benefit + "' is named twice");
    seen.push_back(benefit);
  }
}

Scenario parse(const std::string& file, std::string_view text, std::size_t depth);

Scenario extended(const Reader& reader, const Json& value, std::size_t depth) {
  const std::string written = reader.text(value, "extends");
  if (written == "builtin:base") return base_scenario();
  if (depth >= deepest_extension)
    json_error(reader.file(), "extends", "scenarios extend each other in a circle, or more than 20 deep");
  const std::string path = reader.beside(written);
  return parse(path, read_file(path), depth + 1);
}

Scenario parse(const std::string& file, std::string_view text, std::size_t depth) {
  const Json json = parse_json(file, text);
  const Reader reader(file);
  if (!json.is_object()) json_error(file, {}, "a scenario is a JSON object");
  refuse_unknown_keys(file, {}, json, scenario_keys);
  Scenario scenario = json.contains("extends") ? extended(reader, json["extends"], depth) : Scenario{};
  scenario.file = file;
  if (json.contains("name")) scenario.name = reader.text(json["name"], "name");
  if (json.contains("description")) scenario.description = reader.text(json["description"], "description");
  if (json.contains("law")) scenario.law = reader.beside(reader.text(json["law"], "law"));
  if (json.contains("reforms")) read_reforms(reader, json["reforms"], scenario);
  if (json.contains("population")) {
    scenario.population = reader.text(json["population"], "population");
    if (!scenario.population.starts_with("builtin:")) scenario.population = reader.beside(scenario.population);
    scenario.mapping.clear();  // that of a scenario which is extended goes with its population
  }
  if (json.contains("mapping")) {
    scenario.mapping = reader.text(json["mapping"], "mapping");
    if (!scenario.mapping.starts_with("mapping:")) scenario.mapping = reader.beside(scenario.mapping);
  }
  if (json.contains("period")) scenario.period = reader.month(json["period"]);
  read_benefits(reader, json, scenario);
  read_take_up(reader, json, scenario);
  if (json.contains("groups")) scenario.groups = reader.texts(json["groups"], "groups");
  if (json.contains("income")) {
    if (!json["income"].is_boolean())
      json_error(file, "income", "true or false was expected, found " + std::string(json["income"].type_name()));
    scenario.income = json["income"].get<bool>();
  }
  if (json.contains("seed")) scenario.seed = reader.seed(json["seed"]);
  return scenario;
}

}  // namespace

Reform reform_of_parameters(const std::string& place, const std::string& name, const std::vector<ParameterChange>& changes) {
  std::string text = "reform " + name + " \"Paramètres du scénario\"\n";
  for (const ParameterChange& change : changes) {
    for (const auto& [date, value] : change.values) {
      text += "  set " + change.path + " from " + to_string(date) + " = " + shortest(value) + "\n";
    }
  }
  return {place, text};
}

Scenario parse_scenario(const std::string& file, std::string_view text) { return parse(file, text, 0); }

Scenario load_scenario(const std::string& path) { return parse_scenario(path, read_file(path)); }

Scenario base_scenario() {
  Scenario scenario = parse_scenario("scenarios/base.json", base_scenario_text());
  scenario.file.clear();
  return scenario;
}

}  // namespace labacces::scenario
