#include "tools/law_cases.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "tools/case_input.hpp"
#include "tools/case_values.hpp"

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

/// One case while it is read: the YAML beside the situation that it becomes.
class CaseReader {
 public:
  CaseReader(const std::string& file, const Schema& schema, const CaseForm& form)
      : file_(file), yaml_(file, form), schema_(schema) {}

  LawCase read(const YAML::Node& node) {
    case_.file = file_;
    case_.line = line_of(node);
    if (!node.IsMap()) yaml_.fail(node, "expected a case: a map with period, input and output");
    for (const auto& item : node) {
      const std::string key = yaml_.text_of(item.first);
      if (std::find(known_keys.begin(), known_keys.end(), key) == known_keys.end())
        yaml_.fail(item.first, "unknown key '" + key + "'", did_you_mean(key, known_keys));
    }
    case_.name = node["name"] ? yaml_.text_of(node["name"]) : "line " + std::to_string(case_.line);
    if (node["period"]) yaml_.set_period(node["period"]);
    if (!node["input"] || !node["output"]) yaml_.fail(node, "a case has input and output");
    if ((node["reforms"] && node["reforms"].size() > 0) || (node["extensions"] && node["extensions"].size() > 0)) {
      case_.asks_for_reforms = true;
    }
    CaseInput input = read_case_input(yaml_, node["input"], schema_);
    situation_ = std::move(input.situation);
    case_.unknown_inputs = std::move(input.unknown_inputs);
    case_.unknown_zeros = std::move(input.unknown_zeros);
    case_.is_overseas = input.is_overseas;
    case_.has_unknown_zone = input.has_unknown_zone;
    read_margins(node);
    read_output(node);
    case_.situation = situation_.dump();
    return std::move(case_);
  }

 private:
  static void note(std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }

  /// A variable of the output; nothing, with a note, when the law does not know it.
  const VariableInfo* known_output(const std::string& name) {
    const VariableInfo* info = variable_named(schema_, name, yaml_.is_openfisca());
    if (info == nullptr) note(case_.unknown_outputs, name);
    return info;
  }

  void read_margins(const YAML::Node& node) {
    const auto read = [&](const char* key, std::optional<double> Margin::*side) {
      const YAML::Node given = node[key];
      if (!given || given.IsNull()) return;
      if (!given.IsMap()) {
        margins_["default"].*side = yaml_.margin_of(given);
        return;
      }
      for (const auto& item : given) margins_[yaml_.text_of(item.first)].*side = yaml_.margin_of(item.second);
    };
    read("absolute_error_margin", &Margin::absolute);
    read("relative_error_margin", &Margin::relative);
    const auto names = [&](const char* key, std::vector<std::string>& out) {
      if (const YAML::Node given = node[key]) {
        for (const auto& name : given) out.push_back(yaml_.text_of(name));
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
    if (!output.IsMap()) yaml_.fail(output, "expected a map: variables, or entities with variables");
    for (const auto& item : output) {
      const std::string key = yaml_.text_of(item.first);
      const std::optional<Level> level = level_named(key);
      if (!level || item.second.IsScalar()) {  // 'famille' is also the name of a contribution
        expect_of_all(key, item.second);
      } else if (key == plural_of(*level) && item.second.IsMap()) {
        for (const auto& unit : item.second) expect_of_unit(*level, yaml_.text_of(unit.first), unit.second);
      } else if (item.second.IsSequence()) {
        const std::vector<std::string> ids = ids_of(*level);
        if (item.second.size() > ids.size())
          yaml_.fail(item.second, "there are only " + std::to_string(ids.size()) + " " + std::string(plural_of(*level)));
        for (std::size_t i = 0; i < item.second.size(); ++i) expect_of_unit(*level, ids[i], item.second[i]);
      } else {
        if (!item.second.IsMap()) yaml_.fail(item.second, "expected a map of variables");
        for (const auto& variable : item.second) expect_of_all(yaml_.text_of(variable.first), variable.second);
      }
    }
  }

  std::vector<std::string> ids_of(Level level) {
    std::vector<std::string> ids;
    for (const auto& unit : situation_[std::string(plural_of(level))].items()) ids.push_back(unit.key());
    return ids;
  }

  void expect_of_unit(Level level, const std::string& id, const YAML::Node& variables) {
    const std::vector<std::string> ids = ids_of(level);
    if (std::find(ids.begin(), ids.end(), id) == ids.end())
      yaml_.fail(variables, "there is no '" + id + "' among the " + std::string(plural_of(level)), did_you_mean(id, ids));
    if (!variables.IsMap()) yaml_.fail(variables, "expected a map of variables");
    for (const auto& item : variables) {
      const std::string name = yaml_.text_of(item.first);
      if (!wanted(name)) continue;
      const VariableInfo* info = known_output(name);
      if (info == nullptr) continue;
      if (info->level != level)
        yaml_.fail(item.first, "'" + name + "' is a variable of " + std::string(plural_of(info->level)) + ", not of " +
                                   std::string(plural_of(level)));
      expect(*info, id, item.second);
    }
  }

  /// A variable without its entity: a list has one value a unit, a single value holds for each unit.
  void expect_of_all(const std::string& name, const YAML::Node& value) {
    if (!wanted(name)) return;
    const VariableInfo* info = known_output(name);
    if (info == nullptr) return;
    const std::vector<std::string> ids = ids_of(info->level);
    for (const auto& [period, cell] : yaml_.by_period(*info, value)) {
      if (cell.IsSequence() && ids.size() == 1 && yaml_.is_openfisca()) {  // each value is held against the one unit
        for (const YAML::Node& one : cell) expect_cell(*info, ids.front(), period, one);
        continue;
      }
      if (cell.IsSequence() && cell.size() != ids.size())
        yaml_.fail(cell, "'" + name + "': expected " + std::to_string(ids.size()) + " values, one for each of the " +
                             std::string(plural_of(info->level)));
      for (std::size_t i = 0; i < ids.size(); ++i) expect_cell(*info, ids[i], period, cell.IsSequence() ? cell[i] : cell);
    }
  }

  void expect(const VariableInfo& info, const std::string& id, const YAML::Node& value) {
    for (const auto& [period, cell] : yaml_.by_period(info, value)) expect_cell(info, id, period, cell);
  }

  void expect_cell(const VariableInfo& info, const std::string& id, const std::string& period, const YAML::Node& cell) {
    if (cell.IsNull()) return;
    // What is given and asked in OpenFisca's own cases stays given: here it is an input, and no rule gives it.
    if (yaml_.is_openfisca() && info.is_input) return note(case_.unknown_outputs, info.name);
    Json& unit = situation_[std::string(plural_of(info.level))][id];
    unit[info.name][period] = nullptr;  // an input of the same cell gives way: it is what the case is about
    const auto named = margins_.find(info.name);
    case_.expected.push_back({info.name, id, period, yaml_.text_of(cell), info.level, line_of(cell),
                              named != margins_.end() ? named->second : margins_["default"]});
  }

  const std::string& file_;
  CaseYaml yaml_;
  const Schema& schema_;
  LawCase case_;
  Json situation_ = Json::object();
  std::map<std::string, Margin> margins_;
  std::vector<std::string> ignored_, only_;
};

/// A case; one of OpenFisca's that cannot be read is kept with the reason.
LawCase read_case(const std::string& file, const YAML::Node& node, const Schema& schema, const CaseForm& form) {
  CaseReader reader(file, schema, form);
  try {
    return reader.read(node);
  } catch (const Error& error) {
    if (!form.openfisca) throw;
    LawCase unreadable;
    unreadable.file = file;
    unreadable.line = line_of(node);
    unreadable.name = "line " + std::to_string(unreadable.line);
    unreadable.unreadable = render_one_line(error.diagnostics().front());
    return unreadable;
  }
}

}  // namespace

std::vector<LawCase> read_cases(const std::string& file, std::string_view text, const Schema& schema, const CaseForm& form) {
  if (invalid_utf8(text)) throw Error(Location{file, 0, 0, {}}, "not UTF-8 text");
  std::vector<LawCase> cases;
  try {
    for (const YAML::Node& document : YAML::LoadAll(std::string(text))) {
      if (document.IsSequence()) {
        for (const auto& node : document) cases.push_back(read_case(file, node, schema, form));
      } else if (!document.IsNull()) {
        cases.push_back(read_case(file, document, schema, form));
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
