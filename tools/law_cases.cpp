#include "tools/law_cases.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/situation_roles.hpp"
#include "libsim/population/time_span.hpp"

namespace labacces::tools {
namespace {

using Json = nlohmann::ordered_json;

const std::vector<std::string> known_keys{"name",
                                          "description",
                                          "period",
                                          "input",
                                          "output",
                                          "absolute_error_margin",
                                          "keywords",
                                          "relative_error_margin",
                                          "ignore_variables",
                                          "only_variables",
                                          "reforms",
                                          "extensions",
                                          "max_spiral_loops"};

std::uint32_t line_of(const YAML::Node& node) { return static_cast<std::uint32_t>(std::max(0, node.Mark().line + 1)); }

/// One case while it is read: the YAML beside the situation that it becomes.
class CaseReader {
 public:
  CaseReader(const std::string& file, const Schema& schema) : file_(file), schema_(schema) {}

  LawCase read(const YAML::Node& node) {
    if (!node.IsMap()) fail(node, "expected a case: a map with period, input and output");
    for (const auto& item : node) {
      const std::string key = text_of(item.first);
      if (std::find(known_keys.begin(), known_keys.end(), key) == known_keys.end())
        fail(item.first, "unknown key '" + key + "'", did_you_mean(key, known_keys));
    }
    case_.file = file_;
    case_.line = line_of(node);
    case_.name = node["name"] ? text_of(node["name"]) : "line " + std::to_string(case_.line);
    if (node["period"]) period_ = text_of(node["period"]);
    if (!period_.empty() && !parse_time_span(period_))
      fail(node["period"], "'" + period_ + "' is not a period: expected " + std::string(period_forms));
    if (!node["input"] || !node["output"]) fail(node, "a case has input and output");
    if ((node["reforms"] && node["reforms"].size() > 0) || (node["extensions"] && node["extensions"].size() > 0)) {
      case_.not_run = "it asks for reforms or extensions by name; give the reform with --reform";
    }
    read_input(node["input"]);
    read_margins(node);
    read_output(node);
    case_.situation = situation_.dump();
    return std::move(case_);
  }

 private:
  [[noreturn]] void fail(const YAML::Node& at, const std::string& message, const std::string& hint = {}) const {
    throw Error(Location{file_, line_of(at), static_cast<std::uint32_t>(std::max(0, at.Mark().column + 1)), {}}, message, hint);
  }

  std::string text_of(const YAML::Node& node) const {
    if (!node.IsScalar())
      fail(node, "expected a single value, found " + std::string(node.IsNull() ? "nothing" : node.IsMap() ? "a map" : "a list"));
    return node.Scalar();
  }

  double number_of(const YAML::Node& node) const {
    const std::optional<double> number = parse_number(text_of(node));
    if (!number || *number < 0) fail(node, "expected a margin: a number from 0 on, found '" + node.Scalar() + "'");
    return *number;
  }

  /// A YAML value as the situation has it. Text in quotes stays text.
  Json json_of(const YAML::Node& node) const {
    const std::string text = text_of(node);
    if (node.Tag() != "!") {
      if (text == "true" || text == "True" || text == "yes") return true;
      if (text == "false" || text == "False" || text == "no") return false;
      if (const std::optional<double> number = parse_number(text)) return *number;
    }
    return text;
  }

  /// Whether the law knows the variable; notes it when not.
  const VariableInfo* known(const std::string& name) {
    const VariableInfo* info = schema_.find(name);
    if (info == nullptr && std::find(case_.not_in_law.begin(), case_.not_in_law.end(), name) == case_.not_in_law.end())
      case_.not_in_law.push_back(name);
    return info;
  }

  /// The case's period as this variable takes it.
  std::string period_for(const VariableInfo& info, const YAML::Node& at) const {
    if (info.periodicity == Periodicity::eternal) return "ETERNITY";
    if (period_.empty()) fail(at, "'" + info.name + "' has no period: give the case a period, or the value one");
    if (info.periodicity != Periodicity::yearly) return period_;
    const std::optional<TimeSpan> span = parse_time_span(period_);
    return span->is_eternity() ? period_ : std::to_string(span->first.year());
  }

  /// (period, value) of a variable: one value for the case's period, or a map of periods.
  std::vector<std::pair<std::string, YAML::Node>> by_period(const VariableInfo& info, const YAML::Node& value) const {
    if (!value.IsMap()) return {{period_for(info, value), value}};
    std::vector<std::pair<std::string, YAML::Node>> all;
    for (const auto& item : value) {
      const std::string period = text_of(item.first);
      if (!parse_time_span(period)) fail(item.first, "'" + period + "' is not a period: expected " + std::string(period_forms));
      all.emplace_back(period, item.second);
    }
    return all;
  }

  void put_variable(Json& unit, const std::string& name, const YAML::Node& value) {
    const VariableInfo* info = known(name);
    if (info == nullptr) return;
    for (const auto& [period, cell] : by_period(*info, value)) {
      if (!cell.IsNull()) unit[name][period] = json_of(cell);
    }
  }

  static std::optional<Level> level_named(const std::string& key) {
    for (std::size_t i = 0; i < level_count; ++i) {
      const auto level = static_cast<Level>(i);
      if (key == plural_of(level) || key == name_of(level)) return level;
    }
    return std::nullopt;
  }

  void read_input(const YAML::Node& input) {
    if (input.IsNull()) return read_one_person(YAML::Node(YAML::NodeType::Map));
    if (!input.IsMap()) fail(input, "expected a map: entities, or the variables of one person");
    const bool with_entities =
        std::any_of(input.begin(), input.end(), [&](const auto& item) { return level_named(text_of(item.first)).has_value(); });
    if (!with_entities) return read_one_person(input);
    for (const auto& item : input) {
      const std::string key = text_of(item.first);
      const std::optional<Level> level = level_named(key);
      if (!level) fail(item.first, "unknown entity '" + key + "': expected individus, familles, foyers_fiscaux or menages");
      read_entities(*level, key, item.second);
    }
  }

  void read_entities(Level level, const std::string& key, const YAML::Node& value) {
    const std::string plural(plural_of(level));
    if (value.IsSequence()) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        if (!value[i].IsMap()) fail(value[i], "expected a map");
        read_unit(level, value[i]["id"] ? text_of(value[i]["id"]) : key + "_" + std::to_string(i), value[i]);
      }
    } else if (value.IsMap() && key != plural) {
      read_unit(level, value["id"] ? text_of(value["id"]) : key, value);
    } else if (value.IsMap()) {
      for (const auto& item : value) {
        if (!item.second.IsMap() && !item.second.IsNull())
          fail(item.second, "expected a map of the variables of '" + text_of(item.first) + "'");
        read_unit(level, text_of(item.first), item.second);
      }
    } else {
      fail(value, "expected the " + plural + ": a map by id, or a list");
    }
  }

  void read_unit(Level level, const std::string& id, const YAML::Node& content) {
    Json& unit = situation_[std::string(plural_of(level))][id];
    if (!unit.is_null()) fail(content, "'" + id + "' is there twice");
    unit = Json::object();
    if (content.IsNull()) return;
    for (const auto& item : content) {
      const std::string name = text_of(item.first);
      if (name == "id") continue;
      if (!is_group(level) || !is_role_key(level, name)) {
        put_variable(unit, name, item.second);
      } else if (item.second.IsSequence()) {
        for (const auto& person : item.second) unit[name].push_back(text_of(person));
        if (item.second.size() == 0) unit[name] = Json::array();
      } else if (!item.second.IsNull()) {
        unit[name].push_back(text_of(item.second));
      }
    }
  }

  /// The short form: variables of one person who lives alone, and of his units.
  void read_one_person(const YAML::Node& input) {
    const std::string person = "individu";
    const std::array<const char*, level_count> first_role{"", "parents", "declarants", "personne_de_reference"};
    for (std::size_t i = 0; i < level_count; ++i) {
      const auto level = static_cast<Level>(i);
      Json& unit = situation_[std::string(plural_of(level))][std::string(name_of(level))];
      unit = Json::object();
      if (is_group(level)) unit[first_role[i]].push_back(person);
    }
    for (const auto& item : input) {
      const std::string name = text_of(item.first);
      if (const VariableInfo* info = known(name))
        put_variable(situation_[std::string(plural_of(info->level))][std::string(name_of(info->level))], name, item.second);
    }
  }

  void read_margins(const YAML::Node& node) {
    const auto read = [&](const char* key, std::optional<double> Margin::*side) {
      const YAML::Node given = node[key];
      if (!given || given.IsNull()) return;
      if (!given.IsMap()) {
        margins_["default"].*side = number_of(given);
        return;
      }
      for (const auto& item : given) margins_[text_of(item.first)].*side = number_of(item.second);
    };
    read("absolute_error_margin", &Margin::absolute);
    read("relative_error_margin", &Margin::relative);
    const auto names = [&](const char* key, std::vector<std::string>& out) {
      if (const YAML::Node given = node[key]) {
        for (const auto& name : given) out.push_back(text_of(name));
      }
    };
    names("ignore_variables", ignored_);
    names("only_variables", only_);
  }

  bool wanted(const std::string& name) const {
    const auto has = [&](const std::vector<std::string>& list) {
      return std::find(list.begin(), list.end(), name) != list.end();
    };
    return !has(ignored_) && (only_.empty() || has(only_));
  }

  void read_output(const YAML::Node& node) {
    const YAML::Node output = node["output"];
    if (!output.IsMap()) fail(output, "expected a map: variables, or entities with variables");
    for (const auto& item : output) {
      const std::string key = text_of(item.first);
      const std::optional<Level> level = level_named(key);
      if (!level) {
        expect_of_all(key, item.second);
      } else if (key == plural_of(*level) && item.second.IsMap()) {
        for (const auto& unit : item.second) expect_of_unit(*level, text_of(unit.first), unit.second);
      } else if (item.second.IsSequence()) {
        const std::vector<std::string> ids = ids_of(*level);
        if (item.second.size() > ids.size())
          fail(item.second, "there are only " + std::to_string(ids.size()) + " " + std::string(plural_of(*level)));
        for (std::size_t i = 0; i < item.second.size(); ++i) expect_of_unit(*level, ids[i], item.second[i]);
      } else {
        const std::vector<std::string> ids = ids_of(*level);
        if (ids.size() != 1) fail(item.first, "'" + key + "' is one of " + std::to_string(ids.size()) + ": name it");
        expect_of_unit(*level, ids.front(), item.second);
      }
    }
  }

  std::vector<std::string> ids_of(Level level) const {
    // Groups that the input leaves out are one a person.
    const Json& units =
        situation_.contains(plural_of(level)) ? situation_[std::string(plural_of(level))] : situation_["individus"];
    std::vector<std::string> ids;
    for (const auto& unit : units.items()) ids.push_back(unit.key());
    return ids;
  }

  void expect_of_unit(Level level, const std::string& id, const YAML::Node& variables) {
    const std::vector<std::string> ids = ids_of(level);
    if (std::find(ids.begin(), ids.end(), id) == ids.end())
      fail(variables, "there is no '" + id + "' among the " + std::string(plural_of(level)), did_you_mean(id, ids));
    if (!variables.IsMap()) fail(variables, "expected a map of variables");
    for (const auto& item : variables) {
      const std::string name = text_of(item.first);
      if (!wanted(name)) continue;
      const VariableInfo* info = known(name);
      if (info == nullptr) continue;
      if (info->level != level)
        fail(item.first, "'" + name + "' is a variable of " + std::string(plural_of(info->level)) + ", not of " +
                             std::string(plural_of(level)));
      expect(*info, id, item.second);
    }
  }

  /// A variable without its entity: a list has one value a unit, a single value holds for each unit.
  void expect_of_all(const std::string& name, const YAML::Node& value) {
    if (!wanted(name)) return;
    const VariableInfo* info = known(name);
    if (info == nullptr) return;
    const std::vector<std::string> ids = ids_of(info->level);
    for (const auto& [period, cell] : by_period(*info, value)) {
      if (cell.IsSequence() && cell.size() != ids.size())
        fail(cell, "'" + name + "': expected " + std::to_string(ids.size()) + " values, one for each of the " +
                       std::string(plural_of(info->level)));
      for (std::size_t i = 0; i < ids.size(); ++i) expect_cell(*info, ids[i], period, cell.IsSequence() ? cell[i] : cell);
    }
  }

  void expect(const VariableInfo& info, const std::string& id, const YAML::Node& value) {
    for (const auto& [period, cell] : by_period(info, value)) expect_cell(info, id, period, cell);
  }

  void expect_cell(const VariableInfo& info, const std::string& id, const std::string& period, const YAML::Node& cell) {
    if (cell.IsNull()) return;
    Json& units = situation_[std::string(plural_of(info.level))];
    if (!units.contains(id))
      fail(cell,
           "'" + info.name + "' is expected of the " + std::string(plural_of(info.level)) + ", which the input does not have");
    units[id][info.name][period] = nullptr;  // an input of the same cell gives way: it is what the case is about
    const auto named = margins_.find(info.name);
    case_.expected.push_back({info.name, id, period, text_of(cell), info.level, line_of(cell),
                              named != margins_.end() ? named->second : margins_["default"]});
  }

  const std::string& file_;
  const Schema& schema_;
  LawCase case_;
  std::string period_;
  Json situation_ = Json::object();
  std::map<std::string, Margin> margins_;
  std::vector<std::string> ignored_, only_;
};

}  // namespace

std::vector<LawCase> read_cases(const std::string& file, std::string_view text, const Schema& schema) {
  if (invalid_utf8(text)) throw Error(Location{file, 0, 0, {}}, "not UTF-8 text");
  std::vector<LawCase> cases;
  try {
    for (const YAML::Node& document : YAML::LoadAll(std::string(text))) {
      if (document.IsSequence()) {
        for (const auto& node : document) cases.push_back(CaseReader(file, schema).read(node));
      } else if (!document.IsNull()) {
        cases.push_back(CaseReader(file, schema).read(document));
      }
    }
  } catch (const YAML::Exception& error) {
    throw Error(Location{file,
                         static_cast<std::uint32_t>(std::max(0, error.mark.line + 1)),
                         static_cast<std::uint32_t>(std::max(0, error.mark.column + 1)),
                         {}},
                "not YAML: " + error.msg);
  }
  return cases;
}

}  // namespace labacces::tools
