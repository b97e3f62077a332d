// A table of published figures or assumptions: columns by name, rows, where it comes from.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace labacces::synthetic {

using Cell = std::variant<double, std::string>;

struct DataTable {
  std::string file, name;
  std::string holds, source, date,
      status;  ///< status: "published", "recalled", "assumption", or "by row" with columns status and source
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;

  /// Index of a column. Throws Error when there is none.
  std::size_t column(std::string_view name) const;
  double number(std::size_t row, std::string_view column) const;
  const std::string& text(std::size_t row, std::string_view column) const;
  /// First row whose `column` is `key`. Throws Error when there is none.
  std::size_t row_of(std::string_view column, std::string_view key) const;
  /// Value of a row named in the column "name" of a table of scalars.
  double scalar(std::string_view wanted) const { return number(row_of("name", wanted), "value"); }
};

/// Reads one file of tables. Throws Error, with the file and the JSON path, for a table without source, date or a known status, a row
/// of another length than the columns, a cell that is neither a number nor text.
std::vector<DataTable> read_data_tables(std::string_view file, std::string_view text);

/// All tables compiled into the library, read once.
const std::vector<DataTable>& all_tables();
/// One of them. Throws Error when there is none.
const DataTable& table_named(std::string_view file, std::string_view name);

/// Rows of numbers by age: the first row whose "to_age" is at least the age, else the last.
class AgeTable {
 public:
  AgeTable() = default;
  /// The rows of `table` where `key_column` is `key` (all rows when it is empty), with these columns.
  AgeTable(const DataTable& table, std::span<const std::string_view> columns, std::string_view key_column = {},
           std::string_view key = {});
  std::span<const double> at(int age) const {
    std::size_t i = 0;
    while (i + 1 < to_age_.size() && age > to_age_[i]) ++i;
    return {cells_.data() + i * width_, width_};
  }

 private:
  std::vector<int> to_age_;
  std::vector<double> cells_;
  std::size_t width_ = 0;
};

}  // namespace labacces::synthetic
