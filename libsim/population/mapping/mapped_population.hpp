// Populations from foreign tables through a mapping.
#pragma once

#include <string>

#include "libsim/population/mapping/mapping.hpp"
#include "libsim/population/population.hpp"
#include "libsim/population/schema.hpp"

namespace labacces::mapping {

struct MappedPopulation {
  Population population;
  std::string sha256;  ///< of the bytes of the files read
  std::string
      record;  ///< JSON object: the mapping with its hash and times, the columns read and not read, what was assumed of units
  std::string assumed;  ///< what was assumed of units, for people; "" when they are given
};

/// Reads a file or folder through a mapping for a run of month `period`: ages that the file tells at the time of the survey, families and tax
/// units where the mapping does not name them, are those of this month. Throws Error with the first 20 findings: file, line and column, or
/// the mapping's JSON path, what was expected and the nearest name.
MappedPopulation read_mapped(const std::string& path, const Mapping& mapping, const Schema& schema, Month period);

}  // namespace labacces::mapping
