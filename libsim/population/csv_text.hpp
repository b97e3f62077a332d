// CSV text cut into records and fields (RFC 4180), with the place of each in the file.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/base/diagnostics.hpp"

namespace labacces {

/// Findings in one CSV file: the first 20 are kept, over all files that share the list.
class CsvFindings {
 public:
  void add(Location location, std::string message, std::string hint = {});
  /// Those of another list, as far as there is room.
  void add(const CsvFindings& others);
  bool full() const { return list_.error_count() >= 20; }
  bool any() const { return list_.has_errors(); }
  /// Throws the findings, if there are any.
  void throw_if_any() const;

 private:
  DiagnosticList list_;
};

/// Reads records one after another without copying: fields are views into the text (into a small buffer when quotes are doubled in
/// them), valid until the next record. Lines that are wholly empty are passed over.
class CsvText {
 public:
  /// Finds the separator in the first line (comma, semicolon or tab), skips a byte-order mark. Throws Error when the text is empty, is
  /// not UTF-8 or holds a NUL byte. `text` must outlive this. `separator`: the one of the file, where it is known.
  CsvText(std::string file, std::string_view text, char separator = '\0');

  /// Reads the next record; false at the end, and, with a finding, at a quote that is not closed or has text after it.
  bool next(CsvFindings& findings);
  const std::vector<std::string_view>& fields() const { return fields_; }
  std::size_t line() const { return line_; }
  char separator() const { return separator_; }
  const std::string& file() const { return file_; }
  /// About how many records follow, from the length of the current one.
  std::size_t rows_left_estimate() const {
    return (text_.size() - position_) / std::max<std::size_t>(position_ - record_start_, 1);
  }
  bool at_end() const { return position_ >= text_.size(); }

  /// The place of a field of the current record; of the record when there is no such field.
  Location location(std::size_t field) const;
  Location line_location(std::size_t line) const { return {file_, static_cast<std::uint32_t>(line), 0, {}}; }

 private:
  bool read_field(CsvFindings& findings);
  bool read_quoted(CsvFindings& findings);
  void end_line();
  Location location_of(std::size_t offset) const;

  std::string file_;
  std::string_view text_;
  char separator_ = ',';
  std::size_t position_ = 0;
  std::size_t record_start_ = 0;
  std::size_t next_line_ = 1;
  std::size_t line_ = 0;
  bool record_ended_ = false;
  std::vector<std::string_view> fields_;
  std::vector<std::size_t> offsets_;
  std::deque<std::string> unescaped_;
};

}  // namespace labacces
