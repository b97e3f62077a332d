// Populations in CSV: one row a person, or a folder with one file per entity.
#pragma once

#include <string>

#include "libsim/population/csv_files.hpp"
#include "libsim/population/population.hpp"
#include "libsim/population/schema.hpp"

namespace labacces {

struct CsvOptions {
  bool ignore_unknown_columns = false;  ///< else a column that is no variable of the law is an error
};

/// Reads a file with one row a person (`idmen quimen idfam quifam idfoy quifoy`, optional `id` and `wprm`), or a folder that holds
/// `individus.csv` and, if wanted, `menages.csv`, `familles.csv`, `foyers_fiscaux.csv` (each with `id`). A column "salaire_net" holds
/// for every month, "salaire_net@2024" for a year, "salaire_net@2024-01" for a month; an empty cell gives no value. Values of groups in
/// a file of persons are taken from any member, and members must agree. Files may be packed with gzip ("people.csv.gz", "individus.csv.gz").
/// `individus_mois.csv`, `menages_mois.csv`, ... in a folder hold histories, one row a unit and month (`id`, `period`, variables).
/// Error with the first 20 findings: file, line, column and what was expected.
Population read_csv_population(const std::string& path, const Schema& schema, const CsvOptions& options = {});

/// The same from texts.
Population read_csv_texts(const CsvTexts& texts, const Schema& schema, const CsvOptions& options = {});

}  // namespace labacces
