// YAML nodes of a case as its readers take them: texts, periods, and errors with their place.
#pragma once

#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libsim/population/schema.hpp"

namespace labacces::tools {

/// Line of a node, from 1 on.
std::uint32_t line_of(const YAML::Node& node);

/// How cases are written. OpenFisca's own have more forms; `zone_of` gives the zone of housing aid of a commune ("35238": "zone_2").
struct CaseForm {
  bool openfisca = false;
  std::map<std::string, std::string> zone_of = {};
};

/// Reads the zones of communes from a CSV file with columns CODGEO and Zonage ("1", "1bis", "2", "3"), as OpenFisca-France has it. Error with
/// the line: no such columns, a row cut short, a zone that is none.
std::map<std::string, std::string> read_zones(const std::string& file);

/// What the readers of one case share: its file, its period, and whether it is one of OpenFisca's.
class CaseYaml {
 public:
  CaseYaml(const std::string& file, const CaseForm& form) : file_(file), form_(form) {}

  bool is_openfisca() const { return form_.openfisca; }
  /// The zone of a commune, also of an arrondissement of Paris, Lyon or Marseille; nothing when it is not known.
  std::optional<std::string> zone_of(const std::string& commune) const;
  /// The period of the values that name none: "2024-01"; Error when the text is not a period. OpenFisca's may be a day: its month.
  void set_period(const YAML::Node& node);
  const std::string& period() const { return period_; }

  /// Throws Error at the place of a node.
  [[noreturn]] void fail(const YAML::Node& at, const std::string& message, const std::string& hint = {}) const;
  /// The text of a single value; Error for anything else.
  std::string text_of(const YAML::Node& node) const;
  /// A number from 0 on; Error for anything else.
  double margin_of(const YAML::Node& node) const;
  /// (period, value) of a variable: one value for the case's period, or a map of periods.
  std::vector<std::pair<std::string, YAML::Node>> by_period(const VariableInfo& info, const YAML::Node& value) const;

 private:
  std::string period_for(const VariableInfo& info, const YAML::Node& at) const;

  const std::string& file_;
  const CaseForm& form_;
  std::string period_;
};

}  // namespace labacces::tools
