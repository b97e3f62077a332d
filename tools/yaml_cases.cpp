#include "tools/yaml_cases.hpp"

#include <yaml-cpp/yaml.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/text.hpp"

namespace labacces::tools {
namespace {

using Json = nlohmann::ordered_json;

/// Why a case cannot be run here.
struct Skip {
  std::string reason;
};

const std::vector<std::string> case_keys{"name", "period", "input", "output", "absolute_error_margin", "relative_error_margin", "keywords",
                                         "description", "reforms", "extensions", "max_spiral_loops", "only_variables", "ignore_variables"};

std::uint32_t line_of(const YAML::Node& node) { return node.Mark().is_null() ? 0U : static_cast<std::uint32_t>(node.Mark().line + 1); }

class CaseReader {
 public:
  CaseReader(const std::string& path, const Schema& schema) : path_(path), schema_(schema) {}

  LawCase read(const YAML::Node& node) {
    if (!node.IsMap()) fail(node, "a case is a map with name, period, input and output");
    LawCase result;
    result.file = path_;
    result.line = line_of(node);
    for (const auto& item : node) {
      const std::string key = item.first.as<std::string>();
      bool known = false;
      for (const std::string& name : case_keys) known = known || name == key;
      if (!known) fail(item.first, "unknown key '" + key + "'", did_you_mean(key, case_keys));
    }
    result.name = node["name"] ? node["name"].as<std::string>("") : "case of line " + std::to_string(result.line);
    if (!node["period"]) fail(node, "'period' is missing");
    if (!node["output"] || !node["output"].IsMap()) fail(node, "'output' is missing: a map of expected values");
    period_ = node["period"].as<std::string>("");
    try {
      if (node["reforms"] || node["extensions"]) throw Skip{"needs a reform or an extension"};
      Json situation = read_input(node["input"]);
      read_output(node, situation, result);
      result.situation = situation.dump();
    } catch (const Skip& skip) {
      result.skipped = skip.reason;
    }
    return result;
  }

 private:
  [[noreturn]] void fail(const YAML::Node& node, const std::string& message, const std::string& hint = {}) const {
    throw Error(Location{path_, line_of(node), 0, {}}, message, hint);
  }

  static std::optional<Level> level_of(const std::string& key) {
    for (const Level level : {Level::individu, Level::famille, Level::foyer_fiscal, Level::menage}) {
      if (key == name_of(level) || key == plural_of(level)) return level;
    }
    return std::nullopt;
  }
  static bool is_role(const std::string& key) {
    for (const RoleSet& set : role_sets) {
      if (key == set.name || key == std::string(set.name) + "s") return true;
    }
    return key == "personnes_a_charge" || key == "personnes_de_reference" || key == "declarants_principaux";
  }

  const VariableInfo& variable(const std::string& name) const {
    const VariableInfo* info = schema_.find(name);
    if (info == nullptr) throw Skip{"the law has no variable '" + name + "'"};
    return *info;
  }

  /// The period at which a bare value stands.
  std::string default_period(const VariableInfo& info) const {
    if (info.periodicity == Periodicity::eternal) return "ETERNITY";
    if (info.periodicity == Periodicity::yearly) return period_.substr(0, 4);
    return period_;
  }

  Json scalar(const VariableInfo& info, const YAML::Node& node) const {
    if (!node.IsScalar()) throw Skip{"a list of values for '" + info.name + "'"};
    const std::string text = node.as<std::string>();
    if (info.kind == ValueKind::number) {
      if (const auto number = parse_number(text)) return *number;
      throw Skip{"'" + text + "' for '" + info.name + "' is not a plain number"};
    }
    if (info.kind == ValueKind::yes_no) {
      if (text == "true" || text == "True" || text == "1" || text == "yes") return true;
      if (text == "false" || text == "False" || text == "0" || text == "no") return false;
      throw Skip{"'" + text + "' for '" + info.name + "' is neither true nor false"};
    }
    return text;
  }

  Json values(const VariableInfo& info, const YAML::Node& node) const {
    Json out = Json::object();
    if (!node.IsMap()) {
      out[default_period(info)] = scalar(info, node);
      return out;
    }
    for (const auto& item : node) out[item.first.as<std::string>()] = scalar(info, item.second);
    return out;
  }

  void read_unit(const YAML::Node& node, Json& unit) const {
    unit = unit.is_object() ? unit : Json::object();
    if (!node.IsMap()) return;
    for (const auto& item : node) {
      const std::string key = item.first.as<std::string>();
      if (is_role(key)) {
        Json persons = Json::array();
        if (item.second.IsSequence()) {
          for (const auto& person : item.second) persons.push_back(person.as<std::string>());
        } else if (item.second.IsScalar()) {
          persons.push_back(item.second.as<std::string>());
        }
        unit[key] = persons;
      } else {
        unit[key] = values(variable(key), item.second);
      }
    }
  }

  Json read_input(const YAML::Node& input) const {
    Json situation = Json::object();
    std::vector<std::pair<std::string, YAML::Node>> flat;
    if (input && input.IsMap()) {
      for (const auto& item : input) {
        const std::string key = item.first.as<std::string>();
        const auto level = level_of(key);
        if (!level) {
          flat.emplace_back(key, item.second);
          continue;
        }
        const std::string plural(plural_of(*level));
        if (key == plural) {
          for (const auto& unit : item.second) read_unit(unit.second, situation[plural][unit.first.as<std::string>()]);
        } else {
          read_unit(item.second, situation[plural][key]);
        }
      }
    }
    if (!situation.contains("individus")) situation["individus"]["personne"] = Json::object();
    for (const auto& [name, node] : flat) {
      const VariableInfo& info = variable(name);
      first_unit(situation, info.level)[name] = values(info, node);
    }
    return situation;
  }

  /// The unit that a flat variable belongs to; a group that was not written is one of the first person's own.
  static Json& first_unit(Json& situation, Level level) {
    const std::string plural(plural_of(level));
    if (situation.contains(plural) && !situation[plural].empty()) return situation[plural].begin().value();
    const std::string person = situation["individus"].begin().key();
    Json& unit = situation[plural][person];
    unit[level == Level::famille ? "parents" : level == Level::foyer_fiscal ? "declarants" : "personne_de_reference"] = Json::array({person});
    return unit;
  }

  double margin_of(const YAML::Node& margins, const std::string& name, double otherwise) const {
    if (!margins) return otherwise;
    if (margins.IsScalar()) return margins.as<double>(otherwise);
    if (margins.IsMap() && margins[name]) return margins[name].as<double>(otherwise);
    if (margins.IsMap() && margins["default"]) return margins["default"].as<double>(otherwise);
    return otherwise;
  }

  void expect(const YAML::Node& test, const std::string& plural, const std::string& unit, const std::string& name, const YAML::Node& node,
              Json& situation, LawCase& result) const {
    const VariableInfo& info = variable(name);
    const Json written = values(info, node);
    for (const auto& item : written.items()) {
      Json& cell = situation[plural][unit][name][item.key()];
      cell = nullptr;  // an input of the same cell gives way: it is what the case is about
      const Json& value = item.value();
      result.expected.push_back({plural, unit, name, item.key(), value.is_string() ? value.get<std::string>() : value.dump(),
                                 margin_of(test["absolute_error_margin"], name, default_margin), margin_of(test["relative_error_margin"], name, 0.0)});
    }
  }

  void read_output(const YAML::Node& test, Json& situation, LawCase& result) const {
    for (const auto& item : test["output"]) {
      const std::string key = item.first.as<std::string>();
      const auto level = level_of(key);
      if (!level) {
        const VariableInfo& info = variable(key);
        const std::string plural(plural_of(info.level));
        Json& unit = first_unit(situation, info.level);
        std::string id;
        for (const auto& candidate : situation[plural].items()) {
          if (&candidate.value() == &unit) id = candidate.key();
        }
        expect(test, plural, id, key, item.second, situation, result);
        continue;
      }
      const std::string plural(plural_of(*level));
      if (key == plural) {
        for (const auto& unit : item.second) {
          for (const auto& value : unit.second) expect(test, plural, unit.first.as<std::string>(), value.first.as<std::string>(), value.second, situation, result);
        }
      } else {
        for (const auto& value : item.second) expect(test, plural, key, value.first.as<std::string>(), value.second, situation, result);
      }
    }
  }

  std::string path_;
  const Schema& schema_;
  std::string period_;
};

}  // namespace

std::vector<LawCase> read_yaml_cases(const std::string& path, const Schema& schema) {
  const std::string text = read_file(path);
  std::vector<LawCase> cases;
  try {
    CaseReader reader(path, schema);
    for (const YAML::Node& document : YAML::LoadAll(text)) {
      if (document.IsSequence()) {
        for (const YAML::Node& node : document) cases.push_back(reader.read(node));
      } else if (!document.IsNull()) {
        cases.push_back(reader.read(document));
      }
    }
  } catch (const YAML::Exception& error) {
    throw Error(Location{path, static_cast<std::uint32_t>(error.mark.line + 1), static_cast<std::uint32_t>(error.mark.column + 1), {}}, "YAML: " + error.msg);
  }
  return cases;
}

}  // namespace labacces::tools
