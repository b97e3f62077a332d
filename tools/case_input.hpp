// The input of a case: persons and their groups in YAML, as a situation.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tools/case_yaml.hpp"

namespace labacces::tools {

/// A situation, with all groups there, and what the law does not know of it.
struct CaseInput {
  nlohmann::ordered_json situation = nlohmann::ordered_json::object();
  std::vector<std::string> unknown_inputs;  ///< given, and not in the law
  std::vector<std::string> unknown_zeros;   ///< the same, but given as 0, no or nothing
  bool is_overseas = false;                 ///< a commune outside metropolitan France
  bool has_unknown_zone = false;            ///< a commune of which no zone is known
};

/// The level that a key names in the plural or the singular: "familles", "famille".
std::optional<Level> level_named(const std::string& key);

/// Reads entities as maps by id, as lists or one under its singular name, or the variables of persons who live alone. Persons who are in no
/// unit of a kind have one each, as in OpenFisca. Throws Error with the place: what is not of this form, an id that is there twice.
CaseInput read_case_input(const CaseYaml& yaml, const YAML::Node& node, const Schema& schema);

}  // namespace labacces::tools
