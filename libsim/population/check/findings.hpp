// Findings while they are collected: by kind and variable, with a count and the first rows of the file.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "libsim/population/check/check_population.hpp"

namespace labacces::check {

/// A kind of finding. `text` follows the variable's name where there is one ("loyer: ...").
struct Kind {
  const char* name;
  CheckLevel level;
  Level entity;
  const char* text;
};

class Findings {
 public:
  explicit Findings(const Population& population) : population_(population) {}
  void add(const Kind& kind, std::size_t row, const std::string& variable = {});
  /// Of a variable of any entity, or of the whole population (no row).
  void add_about(const Kind& kind, Level entity, std::size_t row, const std::string& variable);
  CheckFinding& add_whole(const Kind& kind, const std::string& variable, const std::string& text);
  std::vector<CheckFinding> list() const;

 private:
  CheckFinding& finding(const Kind& kind, Level entity, const std::string& variable);
  const Population& population_;
  std::map<std::pair<std::string, std::string>, CheckFinding> findings_;
};

/// What each part looks at.
void check_units(const Population& population, const Schema& schema, const CheckOptions& options, Findings& findings);
void check_persons(const Population& population, const Schema& schema, const CheckOptions& options, Findings& findings);
void check_amounts(const Population& population, const Schema& schema, Findings& findings);
void check_dwellings(const Population& population, const Schema& schema, const CheckOptions& options, Findings& findings);
void check_needed(const Population& population, const Schema& schema, const CheckOptions& options, Findings& findings);

/// Ages on the first day of the period by person; nothing where date_naissance is not given.
std::vector<std::optional<int>> ages_on(const Population& population, Day day);

}  // namespace labacces::check
