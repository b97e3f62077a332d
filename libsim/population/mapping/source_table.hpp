// One foreign table in memory: the cells of the columns that a mapping reads, each with its place in the file.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "libsim/base/gzip.hpp"
#include "libsim/population/csv_text.hpp"
#include "libsim/population/mapping/mapping.hpp"

namespace labacces::mapping {

/// A column that the mapping names.
struct WantedColumn {
  std::string name;
  bool optional = false;
  std::string path;  ///< where in the mapping
};

class SourceTable {
 public:
  /// Reads the file: the columns wanted, as trimmed views into it. Findings: columns that are not there and not optional (at the mapping's
  /// path, with the nearest name), names that stand twice, rows of another width, a table without rows.
  SourceTable(const Mapping& mapping, const Table& table, std::string path, std::vector<WantedColumn> wanted,
              CsvFindings& findings);
  SourceTable(const SourceTable&) = delete;
  SourceTable& operator=(const SourceTable&) = delete;

  const std::string& path() const { return path_; }
  const TextFile& file() const { return file_; }
  std::size_t rows() const { return lines_.size(); }
  /// The cells of a column, or nullptr when the file has none of that name.
  const std::vector<std::string_view>* column(const std::string& name) const;
  /// Columns of the file that the mapping does not read, in their order.
  const std::vector<std::string>& unread() const { return unread_; }
  std::size_t line(std::size_t row) const { return lines_[row]; }
  /// The place of a cell; found by reading the file again up to there, so for messages only.
  Location place(std::size_t row, const std::string& column) const;

 private:
  std::string key(std::string_view name) const;
  void read_header(CsvText& text, const std::vector<WantedColumn>& wanted, CsvFindings& findings);
  std::string_view kept(std::string_view cell);

  const Mapping& mapping_;
  std::string path_;
  TextFile file_;
  std::vector<std::size_t> fields_;                     // of the columns read
  std::vector<std::vector<std::string_view>> cells_;    // by column read
  std::unordered_map<std::string, std::size_t> index_;  // key of a name -> column read
  std::vector<std::uint32_t> lines_;
  std::vector<std::string> unread_;
  std::deque<std::string> copies_;  // cells with doubled quotes are not in the text as they are
};

/// The file of a table in a folder: the one whose name, with or without ".gz", fits a pattern ('*' stands for any letters; capitals do
/// not matter). "" when there is none; Error when there are several.
std::string file_of_table(const std::string& folder, const Table& table);

}  // namespace labacces::mapping
