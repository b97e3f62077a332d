// The values of a source, row by row.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "libsim/population/csv_text.hpp"
#include "libsim/population/mapping/mapping.hpp"
#include "libsim/population/mapping/source_table.hpp"
#include "libsim/population/schema.hpp"

namespace labacces::mapping {

/// One value a row; a cell that is not given holds 0.
struct Cells {
  std::vector<double> values;
  std::vector<std::uint8_t> given;
};

/// Rows to evaluate for: those of one table, each with its row in the others.
struct RowFrame {
  struct Joined {
    const SourceTable* table = nullptr;  ///< nullptr: the table is absent, and so are its values
    std::vector<std::int32_t> row_of;    ///< -1 = none; empty = the same row
  };
  std::size_t rows = 0;
  std::string own;  ///< name of the table that columns without a table are in
  std::map<std::string, Joined> tables;

  const Joined& joined(const std::string& table) const { return tables.at(table.empty() ? own : table); }
};

/// What ages are counted from.
struct AgeBasis {
  int year = 0;
  int month = 0;  ///< 0 = the age is the one reached in the year; else the one on the first day of this month
};

/// Values of `source` as numbers of `variable`: amounts, 0 and 1, codes, days since 1970. A cell that is no such value is a finding at its
/// place in the file; a value of the mapping that is none is one at its path.
Cells evaluate(const Source& source, const VariableInfo& variable, const RowFrame& frame, const Mapping& mapping, AgeBasis basis,
               CsvFindings& findings);

/// Whether every column that the source reads is of tables with one row a household.
bool is_of_households(const Source& source, const RowFrame& frame, const Mapping& mapping);

}  // namespace labacces::mapping
