// Scenario: what is asked, as plain data, and its file format.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/base/date.hpp"
#include "libsim/takeup/fixed_rate.hpp"

namespace labacces::scenario {

/// One question: law, population, month, benefits and how they are claimed.
struct Scenario {
  std::string name = "Droit en vigueur";
  std::string description;
  std::string file;                        ///< as shown in messages; empty = built in
  std::string law;                         ///< folder of .law files; empty = the built-in French law
  std::vector<std::string> reforms;        ///< .law files of reforms, applied in order
  std::string population = "builtin:bretagne";
  std::optional<Month> period;             ///< none = the latest month known to the law
  std::vector<std::string> benefits;       ///< variables in EUR/month, in the order of the tables
  std::vector<takeup::FixedRate> take_up;  ///< one for each benefit
  std::vector<std::string> groups;         ///< variables that split the tables
  std::uint64_t seed = 1;
};

/// The scenario that `run` uses when none is given (scenarios/base.json, compiled in).
Scenario base_scenario();

/// Reads a scenario text. Throws Error with file and JSON path: syntax, unknown key (nearest), wrong type, rate outside [0, 1],
/// a benefit without a take-up rate, a benefit named twice, a bad month. Paths inside are relative to the scenario's folder.
Scenario parse_scenario(const std::string& file, std::string_view text);
Scenario load_scenario(const std::string& path);

}  // namespace labacces::scenario
