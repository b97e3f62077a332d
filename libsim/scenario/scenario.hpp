// Scenario: what is asked, as plain data, and its file format.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libsim/base/date.hpp"
#include "libsim/takeup/behaviour.hpp"

namespace labacces::scenario {

/// A reform of the law: a .law file, or parameters written in the scenario.
struct Reform {
  std::string file;  ///< path, or the place in the scenario as messages show it
  std::string text;  ///< of parameters written in the scenario, as law text; empty = it stands in the file
  bool operator==(const Reform&) const = default;
};

/// `values`: dated values of one parameter by its path, as the text of a reform called `name`.
struct ParameterChange {
  std::string path;
  std::vector<std::pair<Day, double>> values;
};
Reform reform_of_parameters(const std::string& place, const std::string& name, const std::vector<ParameterChange>& changes);

/// One question: law, population, month, benefits and how they are claimed.
struct Scenario {
  std::string name = "Droit en vigueur";
  std::string description;
  std::string file;             ///< as shown in messages; empty = built in
  std::string law;              ///< folder of .law files; empty = the built-in French law
  std::vector<Reform> reforms;  ///< applied in order
  std::string population = "builtin:bretagne";
  std::string mapping;  ///< of foreign tables: "mapping:euromod" or a path; empty = the population is in the usual columns
  std::optional<Month> period;                    ///< none = the latest month known to the law
  std::vector<std::string> benefits;              ///< variables in EUR/month, in the order of the tables
  std::vector<takeup::Behaviour> take_up;         ///< one for each benefit
  std::vector<takeup::Correlation> correlations;  ///< of the luck of claiming two benefits
  std::vector<std::string>
      order;  ///< benefits whose payment counts in the rights after them; empty = all rights as if all were claimed
  takeup::UnderReform under_reform = takeup::UnderReform::redraw;  ///< in a comparison whose first scenario this is not
  std::vector<std::string> groups;                                 ///< variables that split the tables
  bool income = false;  ///< disposable income, standards of living, poverty and inequality, too
  std::uint64_t seed = 1;
};

/// The scenario that `run` uses when none is given (scenarios/base.json, compiled in).
Scenario base_scenario();

/// Reads a scenario text. Throws Error with file and JSON path: syntax, unknown key (nearest), wrong type, rate outside [0, 1],
/// a benefit without a take-up rate, a benefit named twice, an order of others than the benefits, a bad month. Paths inside are relative to the scenario's folder.
/// `extends` names a scenario to start from ("builtin:base", or a file): what the text says replaces what that one says, but take_up
/// is replaced benefit by benefit, and reforms come after its reforms.
Scenario parse_scenario(const std::string& file, std::string_view text);
Scenario load_scenario(const std::string& path);

}  // namespace labacces::scenario
