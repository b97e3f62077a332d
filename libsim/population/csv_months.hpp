// Histories in CSV: one row a unit and month, with the columns id, period and variables.
#pragma once

#include <string>
#include <utility>

#include "libsim/population/csv_text.hpp"
#include "libsim/population/population_builder.hpp"
#include "libsim/population/schema.hpp"

namespace labacces {

/// Adds the values of a history to the columns of its level in `tables`, whose ids are there. `period` is a month ("2024-01") or a year.
/// Findings: columns that are no variables of the level, ids of nobody (nearest), periods that are none, a value given twice.
void read_csv_months(const std::pair<std::string, std::string>& file, Level level, const Schema& schema,
                     bool ignore_unknown_columns, PopulationTables& tables, CsvFindings& findings);

}  // namespace labacces
