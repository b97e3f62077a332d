// Cases of the law in OpenFisca-style YAML: a situation, and what the law must give for it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/population/schema.hpp"
#include "tools/case_yaml.hpp"

namespace labacces::tools {

/// How far a figure may be from the one expected.
struct Margin {
  std::optional<double> absolute, relative;
};

/// One figure that a case expects. `expected` is the text of the YAML.
struct ExpectedValue {
  std::string variable, unit, period, expected;
  Level level = Level::individu;
  std::uint32_t line = 0;
  Margin margin;
};

/// One case, as an OpenFisca situation (JSON text) whose nulls are what is expected.
struct LawCase {
  std::string file, name, situation;
  std::uint32_t line = 0;
  std::vector<ExpectedValue> expected;
  std::vector<std::string> unknown_outputs;  ///< asked, and not in the law
  std::vector<std::string> unknown_inputs;   ///< given, and not in the law
  std::vector<std::string> unknown_zeros;    ///< the same, but given as 0, no or nothing
  bool is_overseas = false;                  ///< lives in a commune outside metropolitan France
  bool has_unknown_zone = false;             ///< lives in a commune of which no zone is known
  bool asks_for_reforms = false;             ///< reforms or extensions by name
  std::string unreadable;                    ///< why it could not be read, or ""
};

/// Reads every case of a YAML text: documents that are a case, a list of cases, or nothing. Throws Error with file, line and column:
/// syntax, unknown keys (nearest), a value where a list was expected, a case without input or output, a unit that is not in the input;
/// of OpenFisca's own cases only for what is not YAML: one that cannot be read is kept, with its reason; ages stand for dates of birth.
std::vector<LawCase> read_cases(const std::string& file, std::string_view text, const Schema& schema, const CaseForm& form);

}  // namespace labacces::tools
