// Populations in CSV: one row a person, or a folder with one file per entity.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "libsim/population/population.hpp"
#include "libsim/population/schema.hpp"

namespace labacces {

struct CsvOptions {
  bool ignore_unknown_columns = false;  ///< else a column that is no variable of the law is an error
};

/// Reads a file with one row a person (`idmen quimen idfam quifam idfoy quifoy`, optional `id` and `wprm`), or a folder that holds
/// `individus.csv` and, if wanted, `menages.csv`, `familles.csv`, `foyers_fiscaux.csv` (each with `id`). A column "salaire_net" holds
/// for every month, "salaire_net@2024" for a year, "salaire_net@2024-01" for a month; an empty cell gives no value. Values of groups in
/// a file of persons are taken from any member, and members must agree.
/// Error with the first 20 findings: file, line, column and what was expected.
Population read_csv_population(const std::string& path, const Schema& schema, const CsvOptions& options = {});

/// The same from texts: the name shown in messages and the text of each file; levels without a text are built from the persons.
struct CsvTexts {
  std::string source;
  std::map<Level, std::pair<std::string, std::string>> files;  ///< level -> (name, text); individu is needed
  bool synthetic = false;                                      ///< the folder's population.json says so
};
Population read_csv_texts(const CsvTexts& texts, const Schema& schema, const CsvOptions& options = {});

/// The texts of a file or folder. Error when a needed file is missing or cannot be read.
CsvTexts read_csv_files(const std::string& path);

}  // namespace labacces
