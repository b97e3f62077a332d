// Units of the persons of a mapping: as its ids give them, or their kinship, from which they are built.
#pragma once

#include "libsim/population/csv_text.hpp"
#include "libsim/population/mapping/evaluate.hpp"
#include "libsim/population/mapping/load_tables.hpp"
#include "libsim/population/mapping/mapping.hpp"
#include "libsim/population/population_builder.hpp"
#include "libsim/population/units/kinship.hpp"

namespace labacces::mapping {

/// Families, tax units, dwellings and roles where the mapping names their columns. Findings: empty ids, codes that are no roles.
void set_given_units(const Mapping& mapping, const LoadedTables& loaded, PopulationTables& tables, CsvFindings& findings);

/// Links, dwellings and what the mapping says under `kinship`; findings as the sources have them.
units::Kinship kinship_of(const Mapping& mapping, const LoadedTables& loaded, AgeBasis basis, CsvFindings& findings);

/// The place of a link of a person in the file.
Location place_of_link(const Mapping& mapping, const LoadedTables& loaded, std::int32_t row, units::Link link);

}  // namespace labacces::mapping
