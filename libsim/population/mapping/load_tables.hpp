// The tables of a mapping read from a file or a folder, and joined.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "libsim/population/mapping/evaluate.hpp"
#include "libsim/population/mapping/mapping.hpp"
#include "libsim/population/mapping/source_table.hpp"

namespace labacces::mapping {

struct LoadedTables {
  std::map<std::string, std::unique_ptr<SourceTable>> tables;  ///< by name; optional ones that are absent are not in it
  std::vector<std::string> person_ids;                         ///< in the order of the rows
  std::vector<std::string> household_ids;                      ///< in the order of their first persons
  std::vector<std::int32_t> household_of;                      ///< person -> household
  RowFrame persons;                        ///< rows of persons, with the households' tables and others of persons
  std::map<std::string, RowFrame> months;  ///< rows of each table of months
  std::map<std::string, std::vector<std::int32_t>> person_of;  ///< of each table of months: the person of a row
  std::size_t households_without_person = 0;                   ///< rows of households' tables that nobody lives in
  std::string sha256;  ///< of the files' bytes, one after the other in the order of the mapping

  const SourceTable& table_of_persons() const { return *tables.at("persons"); }
};

/// An id as ids compare: "101.0", as some tools write whole numbers, is "101".
std::string_view id_of(std::string_view cell);

/// Reads and joins. Error when there is no such file or folder or a needed file is missing; findings: columns that are not there, ids that
/// are empty, stand twice, or are of nobody.
LoadedTables load_tables(const std::string& path, const Mapping& mapping,
                         const std::map<std::string, std::vector<WantedColumn>>& wanted, CsvFindings& findings);

}  // namespace labacces::mapping
