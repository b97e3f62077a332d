#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/json_text.hpp"
#include "libsim/scenario/base_scenario.hpp"
#include "libsim/scenario/scenario.hpp"

namespace labacces::scenario {
namespace {

using Json = nlohmann::ordered_json;

const std::vector<std::string> scenario_keys{"$schema",  "name",     "description", "law",    "reforms", "population",
                                             "period",   "benefits", "take_up",     "groups", "seed"};

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

void check_benefits(const Reader& reader, const Scenario& scenario) {
  std::vector<std::string> seen;
  for (std::size_t i = 0; i < scenario.benefits.size(); ++i) {
    const std::string& benefit = scenario.benefits[i];
    const std::string path = "benefits/" + std::to_string(i);
    if (std::find(seen.begin(), seen.end(), benefit) != seen.end()) json_error(reader.file(), path, "'" + benefit + "' is named twice");
    if (takeup::find_rate(scenario.take_up, benefit) == nullptr) {
      json_error(reader.file(), path, "'" + benefit + "' has no rate under take_up; 1 means that all who have the right claim it");
    }
    seen.push_back(benefit);
  }
  for (const takeup::FixedRate& rate : scenario.take_up) {
    if (std::find(seen.begin(), seen.end(), rate.benefit) == seen.end()) {
      json_error(reader.file(), "take_up/" + rate.benefit, "'" + rate.benefit + "' is not among the benefits",
                 did_you_mean(rate.benefit, seen));
    }
  }
}

}  // namespace

Scenario parse_scenario(const std::string& file, std::string_view text) {
  const Json json = parse_json(file, text);
  const Reader reader(file);
  if (!json.is_object()) json_error(file, {}, "a scenario is a JSON object");
  refuse_unknown_keys(file, {}, json, scenario_keys);
  Scenario scenario;
  scenario.file = file;
  if (json.contains("name")) scenario.name = reader.text(json["name"], "name");
  if (json.contains("description")) scenario.description = reader.text(json["description"], "description");
  if (json.contains("law")) scenario.law = reader.beside(reader.text(json["law"], "law"));
  if (json.contains("reforms")) {
    for (const std::string& path : reader.texts(json["reforms"], "reforms")) scenario.reforms.push_back(reader.beside(path));
  }
  if (json.contains("population")) {
    scenario.population = reader.text(json["population"], "population");
    if (!scenario.population.starts_with("builtin:")) scenario.population = reader.beside(scenario.population);
  }
  if (json.contains("period")) scenario.period = reader.month(json["period"]);
  if (!json.contains("benefits")) json_error(file, {}, "'benefits' is missing: a list such as [\"rsa\", \"ppa\"]");
  scenario.benefits = reader.texts(json["benefits"], "benefits");
  if (scenario.benefits.empty()) json_error(file, "benefits", "one benefit at least was expected");
  if (json.contains("take_up")) {
    if (!json["take_up"].is_object()) json_error(file, "take_up", "an object was expected, one entry a benefit");
    for (const auto& item : json["take_up"].items()) scenario.take_up.push_back(reader.rate(item.key(), item.value()));
  }
  if (json.contains("groups")) scenario.groups = reader.texts(json["groups"], "groups");
  if (json.contains("seed")) scenario.seed = reader.seed(json["seed"]);
  check_benefits(reader, scenario);
  return scenario;
}

Scenario load_scenario(const std::string& path) { return parse_scenario(path, read_file(path)); }

Scenario base_scenario() {
  Scenario scenario = parse_scenario("scenarios/base.json", base_scenario_text());
  scenario.file.clear();
  return scenario;
}

}  // namespace labacces::scenario
