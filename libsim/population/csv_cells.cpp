// Columns of values while a CSV file is read: text to numbers, and the agreement of persons on their unit's values.
#include "libsim/population/csv_cells.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/values.hpp"

namespace labacces {
namespace {

std::string quoted(std::string_view cell) {
  constexpr std::size_t longest = 40;
  return "'" + (cell.size() > longest ? std::string(cell.substr(0, longest)) + "..." : std::string(cell)) + "'";
}

/// The usual numbers fast: up to 15 digits with a point. Digits and power of ten are exact doubles, so their quotient is the nearest
/// double, the same as parse_number gives; all else is left to parse_number.
std::optional<double> cell_value(std::string_view cell) {
  constexpr std::array<double, 16> powers{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  const std::size_t first = !cell.empty() && cell.front() == '-' ? 1 : 0;
  if (cell.size() - first > powers.size()) return parse_number(cell);
  std::uint64_t digits = 0;
  std::size_t count = 0;
  std::size_t point = cell.size();
  for (std::size_t i = first; i < cell.size(); ++i) {
    if (cell[i] == '.' && point == cell.size()) {
      point = i;
      continue;
    }
    if (cell[i] < '0' || cell[i] > '9') return parse_number(cell);
    digits = 10 * digits + static_cast<std::uint64_t>(cell[i] - '0');
    ++count;
  }
  if (count == 0 || count > 15 || point == first || point + 1 == cell.size()) return parse_number(cell);
  const double value = static_cast<double>(digits) / powers[point == cell.size() ? 0 : cell.size() - point - 1];
  return first == 1 ? -value : value;
}

/// Why a text is no number, for the hint: a decimal comma, a missing-value word.
std::string number_hint(std::string_view cell) {
  std::string point(cell);
  std::replace(point.begin(), point.end(), ',', '.');
  if (point != cell && parse_number(point)) return "decimals are written with a point: " + point;
  std::string lower(cell);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  constexpr std::array<std::string_view, 9> missing{"nan", "na", "n/a", "null", "none", "inf", "-inf", ".", "infinity"};
  if (std::find(missing.begin(), missing.end(), lower) != missing.end()) return "leave the cell empty when there is no value";
  return {};
}

}  // namespace

std::optional<double> cell_number(const VariableInfo& variable, const CsvColumn& column, std::string_view cell,
                                  const CsvText& text, CsvFindings& findings) {
  std::optional<double> value;
  switch (variable.kind) {
    case ValueKind::number:
      value = cell_value(cell);
      break;
    case ValueKind::yes_no:
      value = yes_no_value(cell);
      break;
    case ValueKind::date:
      value = date_value(cell);
      break;
    case ValueKind::enumeration:
      value = enum_code(variable, cell);
      break;
  }
  if (value) return value;
  std::string hint;
  if (variable.kind == ValueKind::number) hint = number_hint(cell);
  if (variable.kind == ValueKind::enumeration) hint = did_you_mean(cell, variable.items);
  const std::string expected =
      variable.kind == ValueKind::yes_no ? "expected 0, 1, true, false, yes, no, oui or non" : expected_value(variable);
  findings.add(text.location(column.field), "column '" + column.name + "': " + expected + ", found " + quoted(cell),
               std::move(hint));
  return std::nullopt;
}

std::optional<double> cell_weight(const CsvColumn& column, std::string_view cell, const CsvText& text, CsvFindings& findings) {
  const std::optional<double> value = parse_number(cell);
  if (value && *value >= 0) return value;
  findings.add(text.location(column.field),
               "column '" + column.name + "': expected a weight, a number of 0 or more, found " + quoted(cell),
               value ? std::string() : number_hint(cell));
  return std::nullopt;
}

void CsvCells::put(std::size_t row, double value, const CsvText& text, const std::string& unit, CsvFindings& findings) {
  if (row >= cells_.values.size()) {
    cells_.values.resize(row + 1, 0.0);
    cells_.given.resize(row + 1, 0);
    if (!unit.empty()) lines_.resize(row + 1, 0);
  }
  if (cells_.given[row] == 0) {
    cells_.given[row] = 1;
    cells_.values[row] = value;
    if (!unit.empty()) lines_[row] = static_cast<std::uint32_t>(text.line());
  } else if (cells_.values[row] != value) {
    findings.add(text.location(column_->field), "column '" + column_->name + "': another value than on line " +
                                                    std::to_string(lines_[row]) + " for the same " + unit);
  }
}

void CsvCells::reserve(std::size_t rows) {
  cells_.values.reserve(rows);
  cells_.given.reserve(rows);
}

Column CsvCells::finish(std::size_t rows) && {
  cells_.values.resize(rows, 0.0);
  cells_.given.resize(rows, 0);
  if (std::find(cells_.given.begin(), cells_.given.end(), 0) == cells_.given.end()) cells_.given.clear();
  return std::move(cells_);
}

}  // namespace labacces
