// Administrative totals that a run is held against: a file of targets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/base/date.hpp"

namespace labacces::scenario {

/// What a total counts, of those who are paid.
enum class Counted : unsigned char {
  units,        ///< of the benefit: families, or persons where the benefit is a person's
  persons,      ///< in those units
  euros_month,  ///< EUR/month
  euros_year,   ///< EUR/year: twelve times the month
};
inline constexpr const char* counted_names[] = {"units", "persons", "euros_month", "euros_year"};

/// Whether simulated and published figure mean the same.
enum class Comparability : unsigned char { comparable, concept_differs, not_covered };
inline constexpr const char* comparability_names[] = {"comparable", "concept_differs", "not_covered"};

struct ValidationTarget {
  std::string benefit;
  Counted counted = Counted::units;
  std::string group, cell;  ///< "departement", "d29"; "" = everybody
  double value = 0.0;
  int year = 0;
  std::optional<Month> month;  ///< none = the mean of the year
  std::string source;
  Comparability status = Comparability::comparable;
  std::string note;                 ///< why the concepts differ, or what is not covered
  std::optional<double> tolerance;  ///< relative; a comparable figure that is farther off falls short
};

struct ValidationTargets {
  std::string file, description;
  std::vector<ValidationTarget> targets;
};

/// Reads "labacces-targets/1". Throws Error with file and JSON path: unknown keys and words (nearest), a value or tolerance below 0, a date that is
/// neither a year nor a month, a target without source, one that stands twice, a status that wants a note and has none.
ValidationTargets parse_validation_targets(const std::string& file, std::string_view text);

}  // namespace labacces::scenario
