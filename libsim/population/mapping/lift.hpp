// Values of persons' rows as values of the units that a variable is of.
#pragma once

#include <string>

#include "libsim/population/csv_text.hpp"
#include "libsim/population/mapping/evaluate.hpp"
#include "libsim/population/mapping/load_tables.hpp"
#include "libsim/population/mapping/resolve.hpp"
#include "libsim/population/population_builder.hpp"

namespace labacces::mapping {

/// The column of a target in the rows of its level, its amounts converted. Findings: members of a unit who give different values and the
/// mapping does not say how they go together; an amount of the household given to persons without saying to whom.
Column lifted(Cells cells, const ResolvedTarget& target, const Mapping& mapping, const LoadedTables& loaded,
              const PopulationTables& tables, CsvFindings& findings);

}  // namespace labacces::mapping
