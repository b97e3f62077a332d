// A mapping against a law and a month: variables found, times settled, columns wanted of each table.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "libsim/population/csv_text.hpp"
#include "libsim/population/mapping/evaluate.hpp"
#include "libsim/population/mapping/mapping.hpp"
#include "libsim/population/population.hpp"
#include "libsim/population/schema.hpp"

namespace labacces::mapping {

/// One variable for one period.
struct ResolvedTarget {
  const Target* target = nullptr;
  const VariableInfo* variable = nullptr;
  Source source;          ///< with the month in place of {mm} in names
  Period period;          ///< unused where the rows of the table tell it
  std::string months_of;  ///< the table of months that it is read from; "" = a row a person or household
};

/// Every column of the mapping as targets. Findings at their JSON paths: unknown variables (nearest name), units and times that do not fit
/// the variable, the same variable twice for one time.
std::vector<ResolvedTarget> resolve(const Mapping& mapping, const Schema& schema, CsvFindings& findings);

/// Columns of each table that the mapping reads, each once a place.
std::map<std::string, std::vector<WantedColumn>> wanted_columns(const Mapping& mapping,
                                                                const std::vector<ResolvedTarget>& targets);

/// An amount in the unit of the file as an amount of the variable for a period of that kind: EUR a month, EUR a year, or what a year's column
/// holds of a monthly flow, the whole year. Other values stay as they are.
double converted(double value, const VariableInfo& variable, const std::string& unit, Period::Kind kind, double per_euro);

/// What a time of the mapping is as a period.
Period period_of(const When& when, const Mapping& mapping);

/// What ages of the file are counted from, in a run of month `run`.
AgeBasis age_basis(const Mapping& mapping, Month run);

}  // namespace labacces::mapping
