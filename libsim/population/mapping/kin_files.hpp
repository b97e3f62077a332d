// Populations in the usual columns whose families and tax units are built from kinship.
#pragma once

#include "libsim/population/csv_files.hpp"
#include "libsim/population/mapping/mapped_population.hpp"
#include "libsim/population/schema.hpp"

namespace labacces::mapping {

/// Whether the file of persons leaves families and tax units to be built (asks_for_units).
bool asks_for_units(const CsvTexts& texts);

/// Reads such a file or folder for a run of month `period`: `id`, `idmen`, the links (an empty cell or 0 is nobody in the file), `quimen` where
/// the place in the dwelling is known, `wprm`, and variables as everywhere. Throws Error as read_csv_texts and build_units_of do, and when a
/// folder has a file of families or tax units.
MappedPopulation read_kin_files(const CsvTexts& texts, const Schema& schema, Month period);

}  // namespace labacces::mapping
