// The files of a population in CSV: one file of persons, or a folder with one file per entity, packed with gzip or not.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "libsim/population/level.hpp"

namespace labacces {

/// The name shown in messages and the text of each file; levels without a text are built from the persons.
struct CsvTexts {
  std::string source;
  std::map<Level, std::pair<std::string, std::string>> files;        ///< level -> (name, text); individu is needed
  bool synthetic = false;                                            ///< the folder's population.json says so
  std::map<Level, std::pair<std::string, std::string>> months = {};  ///< histories: (name, text) of individus_mois.csv, ...
  std::map<std::string, std::string> packed = {};                    ///< name -> bytes of the files that were packed with gzip
};

/// The texts of a file (`people.csv`, `people.csv.gz`) or a folder (`individus.csv` or `individus.csv.gz`, ..., `individus_mois.csv`, ...). Error when a needed file is
/// missing, is there both packed and not, cannot be read or unpacked.
CsvTexts read_csv_files(const std::string& path);

/// SHA-256 of the bytes of the files as they lie on disk, one after the other in the order of levels; histories come last.
std::string hash_of(const CsvTexts& texts);

}  // namespace labacces
