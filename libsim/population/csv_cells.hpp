// Columns of values while a CSV file is read: text to numbers, and the agreement of persons on their unit's values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/population/csv_header.hpp"
#include "libsim/population/csv_text.hpp"
#include "libsim/population/population_builder.hpp"

namespace labacces {

/// The number of a cell of that kind, or nothing with a finding at the field. The text is trimmed and not empty.
std::optional<double> cell_number(const VariableInfo& variable, const CsvColumn& column, std::string_view cell,
                                  const CsvText& text, CsvFindings& findings);
/// The same for a weight: a number of 0 or more.
std::optional<double> cell_weight(const CsvColumn& column, std::string_view cell, const CsvText& text, CsvFindings& findings);

/// Values of one column of a file by row of their own level; rows may come again, when persons give values of their unit.
class CsvCells {
 public:
  explicit CsvCells(const CsvColumn& column) : column_(&column) {}
  const CsvColumn& column() const { return *column_; }

  void reserve(std::size_t rows);
  /// Stores a value for a row. A second, different one is a finding that names both lines.
  void put(std::size_t row, double value, const CsvText& text, const std::string& unit, CsvFindings& findings);
  /// The column with `rows` rows.
  Column finish(std::size_t rows) &&;

 private:
  const CsvColumn* column_;
  Column cells_;
  std::vector<std::uint32_t> lines_;
};

}  // namespace labacces
