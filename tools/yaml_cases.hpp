// Cases of the law in the YAML form of OpenFisca's tests.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "libsim/population/schema.hpp"

namespace labacces::tools {

/// One expected value.
struct Expected {
  std::string entity, unit, variable, period;  ///< plural entity ("familles"), unit id, name, "2024-01"
  std::string value;                           ///< as written
  double margin = 0.0, relative_margin = 0.0;
};

/// One case: a situation with nulls for what is expected, or the reason why it is skipped.
struct LawCase {
  std::string file, name;
  std::size_t line = 0;
  std::string situation;  ///< JSON text
  std::vector<Expected> expected;
  std::string skipped;    ///< reason; empty = run
};

/// Margin where a case gives none: half a cent.
inline constexpr double default_margin = 0.005;

/// Cases of one file. Throws Error for what is not YAML, or not of that form (file and line). A case that uses a variable that the law
/// lacks, or a value that is no plain scalar, is skipped with the reason.
std::vector<LawCase> read_yaml_cases(const std::string& path, const Schema& schema);

}  // namespace labacces::tools
