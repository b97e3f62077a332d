#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/json_text.hpp"
#include "libsim/base/text.hpp"
#include "libsim/scenario/base_scenario.hpp"
#include "libsim/scenario/scenario.hpp"

namespace labacces::scenario {
namespace {

using Json = nlohmann::ordered_json;

const std::vector<std::string> scenario_keys{"$schema",    "extends", "name",     "description", "law",    "reforms",
                                             "population", "period",  "benefits", "take_up",     "groups", "seed"};
constexpr std::size_t deepest_extension = 20;

/// One file being read: messages name it and the path.
class Reader {
 public:
  explicit Reader(std::string file) : file_(std::move(file)) {}

  std::string text(const Json& value, const std::string& path) const {
    if (!value.is_string()) json_error(file_, path, "a text was expected, found " + std::string(value.type_name()));
    return value.get<std::string>();
  }
  std::vector<std::string> texts(const Json& value, const std::string& path) const {
    if (!value.is_array()) json_error(file_, path, "a list of texts was expected, found " + std::string(value.type_name()));
    std::vector<std::string> out;
    for (std::size_t i = 0; i < value.size(); ++i) out.push_back(text(value[i], path + "/" + std::to_string(i)));
    return out;
  }
  takeup::FixedRate rate(const std::string& benefit, const Json& value) const {
    const std::string path = "take_up/" + benefit;
    if (!value.is_object()) json_error(file_, path, R"(an object was expected: {"rate": 0.66, "source": "..."})");
    refuse_unknown_keys(file_, path, value, {"rate", "source"});
    if (!value.contains("rate")) json_error(file_, path, "'rate' is missing: the probability of claiming, between 0 and 1");
    const Json& number = value["rate"];
    if (!number.is_number()) json_error(file_, path + "/rate", "a number between 0 and 1 was expected, found " + std::string(number.type_name()));
    const auto probability = number.get<double>();
    if (!(probability >= 0.0 && probability <= 1.0)) json_error(file_, path + "/rate", "a probability lies between 0 and 1, found " + number.dump());
    return {benefit, probability, value.contains("source") ? text(value["source"], path + "/source") : std::string{}};
  }
  Month month(const Json& value) const {
    const std::string written = text(value, "period");
    const auto read = parse_month(written);
    if (!read) json_error(file_, "period", "a month was expected, such as \"2025-06\", found \"" + written + "\"");
    return *read;
  }
  std::uint64_t seed(const Json& value) const {
    if (!value.is_number_unsigned()) json_error(file_, "seed", "a whole number from 0 on was expected");
    return value.get<std::uint64_t>();
  }
  std::string beside(const std::string& path) const {
    const std::filesystem::path given(path);
    if (given.is_absolute() || file_.empty()) return path;
    return (std::filesystem::path(file_).parent_path() / given).lexically_normal().string();
  }
  const std::string& file() const { return file_; }

 private:
  std::string file_;
};

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
    if (!parameter.value().is_object() || parameter.value().empty()) json_error(reader.file(), at, R"(dated values were expected: {"2025-01-01": 700})");
    ParameterChange change{parameter.key(), {}};
    for (const auto& dated : parameter.value().items()) {
      const auto date = parse_day(dated.key());
      if (!date) json_error(reader.file(), at + "/" + dated.key(), "a date was expected, such as 2025-01-01");
      if (!dated.value().is_number()) json_error(reader.file(), at + "/" + dated.key(), "a number was expected, found " + std::string(dated.value().type_name()));
      change.values.emplace_back(*date, dated.value().get<double>());
    }
    changes.push_back(std::move(change));
  }
  if (changes.empty()) json_error(reader.file(), path, "a reform that changes nothing: a parameter's path and its dated values were expected");
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
      json_error(reader.file(), "reforms/" + std::to_string(i), R"(a .law file or parameters were expected: "more.law" or {"rsa.montant_de_base": {"2025-01-01": 700}})");
    }
  }
}

void read_benefits(const Reader& reader, const Json& json, Scenario& scenario) {
  if (json.contains("benefits")) {
    scenario.benefits = reader.texts(json["benefits"], "benefits");
    if (scenario.benefits.empty()) json_error(reader.file(), "benefits", "one benefit at least was expected");
    // Rates of a scenario that is extended, of benefits that are no longer asked.
    std::erase_if(scenario.take_up, [&](const takeup::FixedRate& rate) {
      return std::find(scenario.benefits.begin(), scenario.benefits.end(), rate.benefit) == scenario.benefits.end();
    });
  }
  if (scenario.benefits.empty()) json_error(reader.file(), {}, R"('benefits' is missing: a list such as ["rsa", "ppa"])");
  std::vector<std::string> seen;
  for (std::size_t i = 0; i < scenario.benefits.size(); ++i) {
    const std::string& benefit = scenario.benefits[i];
    if (std::find(seen.begin(), seen.end(), benefit) != seen.end()) json_error(reader.file(), "benefits/" + std::to_string(i), "'" + benefit + "' is named twice");
    seen.push_back(benefit);
  }
}

void read_take_up(const Reader& reader, const Json& json, Scenario& scenario) {
  if (json.contains("take_up")) {
    if (!json["take_up"].is_object()) json_error(reader.file(), "take_up", "an object was expected, one entry a benefit");
    for (const auto& item : json["take_up"].items()) {
      if (std::find(scenario.benefits.begin(), scenario.benefits.end(), item.key()) == scenario.benefits.end()) {
        json_error(reader.file(), "take_up/" + item.key(), "'" + item.key() + "' is not among the benefits", did_you_mean(item.key(), scenario.benefits));
      }
      std::erase_if(scenario.take_up, [&](const takeup::FixedRate& rate) { return rate.benefit == item.key(); });
      scenario.take_up.push_back(reader.rate(item.key(), item.value()));
    }
  }
  for (std::size_t i = 0; i < scenario.benefits.size(); ++i) {
    if (takeup::find_rate(scenario.take_up, scenario.benefits[i]) == nullptr) {
      json_error(reader.file(), "benefits/" + std::to_string(i), "'" + scenario.benefits[i] + "' has no rate under take_up; 1 means that all who have the right claim it");
    }
  }
}

Scenario parse(const std::string& file, std::string_view text, std::size_t depth);

Scenario extended(const Reader& reader, const Json& value, std::size_t depth) {
  const std::string written = reader.text(value, "extends");
  if (written == "builtin:base") return base_scenario();
  if (depth >= deepest_extension) json_error(reader.file(), "extends", "scenarios extend each other in a circle, or more than 20 deep");
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
  }
  if (json.contains("period")) scenario.period = reader.month(json["period"]);
  read_benefits(reader, json, scenario);
  read_take_up(reader, json, scenario);
  if (json.contains("groups")) scenario.groups = reader.texts(json["groups"], "groups");
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
