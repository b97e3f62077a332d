#include "tools/case_input.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "libsim/population/situation_roles.hpp"
#include "tools/case_values.hpp"
#include "tools/openfisca_ages.hpp"

namespace labacces::tools {
namespace {

using Json = nlohmann::ordered_json;

/// The role of the one person of a unit, by level.
constexpr std::array<const char*, level_count> first_role{"", "parents", "declarants", "personne_de_reference"};

/// The input while it is read: the YAML beside the situation that it becomes.
class InputReader {
 public:
  InputReader(const CaseYaml& yaml, const Schema& schema) : yaml_(yaml), schema_(schema) {}

  CaseInput read(const YAML::Node& input) {
    if (!input.IsNull() && !input.IsMap()) yaml_.fail(input, "expected a map: entities, or the variables of one person");
    const bool with_entities = input.IsMap() && std::any_of(input.begin(), input.end(), [&](const auto& item) {
                                 return level_named(yaml_.text_of(item.first)).has_value();
                               });
    if (with_entities) {
      read_entities_by_level(input);
    } else {
      read_persons_alone(input.IsNull() ? YAML::Node(YAML::NodeType::Map) : input);
    }
    if (yaml_.is_openfisca() && schema_.find("date_naissance") != nullptr) ages_.give_birthdays(input_.situation["individus"]);
    return std::move(input_);
  }

 private:
  static void note(std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }

  /// INSEE codes of communes outside metropolitan France begin with 97 or 98.
  void note_commune(const YAML::Node& node) {
    if (node.IsScalar())
      input_.is_overseas = input_.is_overseas || node.Scalar().starts_with("97") || node.Scalar().starts_with("98");
    if (!node.IsMap()) return;
    for (const auto& item : node) note_commune(item.second);
  }

  /// Whether all values of a YAML tree are 0, no or nothing.
  static bool all_say_nothing(const YAML::Node& node) {
    if (node.IsScalar()) return says_nothing(node.Scalar());
    if (node.IsMap()) return std::all_of(node.begin(), node.end(), [](const auto& item) { return all_say_nothing(item.second); });
    return std::all_of(node.begin(), node.end(), [](const YAML::Node& item) { return all_say_nothing(item); });
  }

  /// The variable; nothing, with a note, when the law does not know it.
  const VariableInfo* known(const std::string& name, const YAML::Node& value) {
    const VariableInfo* info = variable_named(schema_, name, yaml_.is_openfisca());
    if (name == "depcom" || name == "depcom_foyer") note_commune(value);
    if (info == nullptr) note(all_say_nothing(value) ? input_.unknown_zeros : input_.unknown_inputs, name);
    return info;
  }

  /// The zone of housing aid stands in the table of the decree by commune.
  void put_zone(Json& dwelling, const std::string& name, const YAML::Node& value) {
    const VariableInfo* info = schema_.find("zone_apl");
    if (!yaml_.is_openfisca() || name != "depcom" || info == nullptr) return;
    for (const auto& [period, cell] : yaml_.by_period(*info, value)) {
      if (!cell.IsScalar() || (dwelling.contains("zone_apl") && dwelling["zone_apl"].contains(period))) continue;
      const std::optional<std::string> zone = yaml_.zone_of(cell.Scalar());
      if (zone) dwelling["zone_apl"][period] = *zone;
      input_.has_unknown_zone = input_.has_unknown_zone || !zone;
    }
  }

  /// Whether an age stands for a date of birth, that the law knows instead.
  bool is_age(const std::string& name) const {
    return yaml_.is_openfisca() && OpenFiscaAges::is_age(name) && schema_.find(name) == nullptr;
  }

  void put_variable(const std::string& id, Json& unit, const std::string& name, const YAML::Node& value) {
    if (is_age(name)) return ages_.note(yaml_, id, name, value);
    put_zone(unit, name, value);
    const VariableInfo* info = known(name, value);
    if (info == nullptr) return;
    for (const auto& [period, cell] : yaml_.by_period(*info, value)) {
      if (!cell.IsNull()) unit[info->name][period] = situation_value(*info, yaml_.text_of(cell));
    }
  }

  void read_entities_by_level(const YAML::Node& input) {
    for (const auto& item : input) {
      const std::string key = yaml_.text_of(item.first);
      const std::optional<Level> level = level_named(key);
      if (!level) yaml_.fail(item.first, "unknown entity '" + key + "': expected individus, familles, foyers_fiscaux or menages");
      read_entities(*level, key, item.second);
    }
    for (const Level group : group_levels) place_the_others(group);
  }

  /// Persons who are in no unit of a kind have one each, as in OpenFisca.
  void place_the_others(Level group) {
    Json& units = input_.situation[std::string(plural_of(group))];
    if (units.is_null()) units = Json::object();
    std::vector<std::string> placed;
    for (const Json& unit : units) {
      for (const auto& item : unit.items()) {
        if (!is_role_key(group, item.key())) continue;
        for (const Json& person : item.value()) placed.push_back(person.get<std::string>());
      }
    }
    for (const auto& person : input_.situation["individus"].items()) {
      if (std::find(placed.begin(), placed.end(), person.key()) != placed.end()) continue;
      units[person.key()][first_role[index_of(group)]].push_back(person.key());
    }
  }

  void read_entities(Level level, const std::string& key, const YAML::Node& value) {
    const std::string plural(plural_of(level));
    if (value.IsSequence()) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        if (!value[i].IsMap()) yaml_.fail(value[i], "expected a map");
        read_unit(level, value[i]["id"] ? yaml_.text_of(value[i]["id"]) : key + "_" + std::to_string(i), value[i]);
      }
    } else if (value.IsMap() && key != plural) {
      read_unit(level, value["id"] ? yaml_.text_of(value["id"]) : key, value);
    } else if (value.IsMap()) {
      for (const auto& item : value) {
        if (!item.second.IsMap() && !item.second.IsNull())
          yaml_.fail(item.second, "expected a map of the variables of '" + yaml_.text_of(item.first) + "'");
        read_unit(level, yaml_.text_of(item.first), item.second);
      }
    } else {
      yaml_.fail(value, "expected the " + plural + ": a map by id, or a list");
    }
  }

  void read_unit(Level level, const std::string& id, const YAML::Node& content) {
    Json& unit = input_.situation[std::string(plural_of(level))][id];
    if (!unit.is_null()) yaml_.fail(content, "'" + id + "' is there twice");
    unit = Json::object();
    if (content.IsNull()) return;
    for (const auto& item : content) {
      const std::string name = yaml_.text_of(item.first);
      if (name == "id") continue;
      if (!is_group(level) || !is_role_key(level, name)) {
        put_variable(id, unit, name, item.second);
      } else if (item.second.IsSequence()) {
        for (const auto& person : item.second) unit[name].push_back(yaml_.text_of(person));
        if (item.second.size() == 0) unit[name] = Json::array();
      } else if (!item.second.IsNull()) {
        unit[name].push_back(yaml_.text_of(item.second));
      }
    }
  }

  /// The short form: variables of persons who live alone, and of their units. A list has one value a person.
  void read_persons_alone(const YAML::Node& input) {
    std::size_t count = 1;
    for (const auto& item : input) count = std::max(count, list_length(item.second));
    for (std::size_t person = 0; person < count; ++person) {
      const std::string suffix = count == 1 ? std::string() : "_" + std::to_string(person);
      for (std::size_t i = 0; i < level_count; ++i) {
        const auto level = static_cast<Level>(i);
        Json& unit = input_.situation[std::string(plural_of(level))][std::string(name_of(level)) + suffix];
        unit = Json::object();
        if (is_group(level)) unit[first_role[i]].push_back("individu" + suffix);
      }
    }
    for (const auto& item : input) {
      const std::string name = yaml_.text_of(item.first);
      for (auto& dwelling : input_.situation[std::string(plural_of(Level::menage))]) put_zone(dwelling, name, item.second);
      const VariableInfo* info = is_age(name) ? nullptr : known(name, item.second);
      const Level level = info == nullptr ? Level::individu : info->level;
      std::size_t n = 0;
      for (auto& unit : input_.situation[std::string(plural_of(level))].items()) {
        if (is_age(name)) {
          ages_.note(yaml_, unit.key(), name, item.second.IsSequence() ? item.second[n] : item.second);
        } else if (info != nullptr) {
          put_nth(unit.value(), *info, item.second, n);
        }
        ++n;
      }
    }
  }

  static std::size_t list_length(const YAML::Node& value) {
    if (value.IsSequence()) return value.size();
    std::size_t length = 1;
    if (value.IsMap()) {
      for (const auto& item : value) length = std::max(length, list_length(item.second));
    }
    return length;
  }

  void put_nth(Json& unit, const VariableInfo& info, const YAML::Node& value, std::size_t n) const {
    for (const auto& [period, cell] : yaml_.by_period(info, value)) {
      if (cell.IsSequence() && n >= cell.size()) continue;
      const YAML::Node one = cell.IsSequence() ? cell[n] : cell;
      if (!one.IsNull()) unit[info.name][period] = situation_value(info, yaml_.text_of(one));
    }
  }

  const CaseYaml& yaml_;
  const Schema& schema_;
  CaseInput input_;
  OpenFiscaAges ages_;
};

}  // namespace

std::optional<Level> level_named(const std::string& key) {
  for (std::size_t i = 0; i < level_count; ++i) {
    const auto level = static_cast<Level>(i);
    if (key == plural_of(level) || key == name_of(level)) return level;
  }
  return std::nullopt;
}

CaseInput read_case_input(const CaseYaml& yaml, const YAML::Node& node, const Schema& schema) {
  return InputReader(yaml, schema).read(node);
}

}  // namespace labacces::tools
