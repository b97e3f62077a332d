// Cells of a frame as values of a variable.
#include "libsim/population/frame_values.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

#include "libsim/base/text.hpp"
#include "libsim/population/values.hpp"

namespace labacces {
namespace {

using Kind = FrameColumn::Kind;

std::string expected(const VariableInfo& variable) {
  return variable.kind == ValueKind::yes_no ? "expected true or false, or 0 or 1" : expected_value(variable);
}

/// The finding for a whole column of a type that the variable cannot have, with the first cell as an example.
void wrong_type(const Frame& frame, const FrameColumn& column, const VariableInfo& variable, CsvFindings& findings) {
  std::string example;
  for (std::size_t row = 0; row < column.size() && example.empty(); ++row) {
    if (column.is_given(row)) example = ", the first '" + cell_text(column, row) + "' in row " + std::to_string(row);
  }
  const std::string found = column.kind == Kind::texts ? "texts (" + column.type + ")" : "a column of type " + column.type;
  findings.add(Location{frame.name, 0, 0, {}},
               "column '" + column.name + "': " + expected(variable) + ", found " + found + example);
}

void wrong_cell(const Frame& frame, const FrameColumn& column, std::size_t row, const VariableInfo& variable,
                CsvFindings& findings) {
  const std::string text = cell_text(column, row);
  findings.add(frame_row(frame, row), "column '" + column.name + "': " + expected(variable) + ", found '" + text + "'",
               variable.kind == ValueKind::enumeration ? did_you_mean(text, variable.items) : std::string());
}

/// Texts of the dictionary as values; NaN where one is none.
std::vector<double> values_of_texts(const FrameColumn& column, const VariableInfo& variable) {
  std::vector<double> values;
  values.reserve(column.dictionary.size());
  for (const std::string& text : column.dictionary) {
    const std::optional<double> value = variable.kind == ValueKind::enumeration ? enum_code(variable, text)
                                        : variable.kind == ValueKind::date      ? date_value(text)
                                                                                : yes_no_value(text);
    values.push_back(value.value_or(std::nan("")));
  }
  return values;
}

Column decoded(const Frame& frame, FrameColumn&& column, const VariableInfo& variable, CsvFindings& findings) {
  std::vector<double> texts = values_of_texts(column, variable);
  const std::span<const std::int32_t> codes = column.coded();
  const auto value = [&](std::size_t row) { return texts[static_cast<std::size_t>(codes[row])]; };
  const bool wrong = std::any_of(texts.begin(), texts.end(), [](double text) { return std::isnan(text); });
  for (std::size_t row = 0; wrong && row < codes.size() && !findings.full(); ++row) {
    if (column.is_given(row) && std::isnan(value(row))) wrong_cell(frame, column, row, variable, findings);
  }
  if (column.given.empty() && column.lent_codes.keeper) {
    const auto fill = [lent = column.lent_codes, texts = std::move(texts)](double* out) {
      for (const std::int32_t code : lent.values) *out++ = texts[static_cast<std::size_t>(code)];
    };
    return {{}, {}, {}, std::make_shared<const DeferredValues>(codes.size(), fill)};
  }
  Column out{std::vector<double>(codes.size()), std::move(column.given)};
  for (std::size_t row = 0; row < codes.size(); ++row)
    if (out.given.empty() || out.given[row] != 0) out.values[row] = value(row);
  return out;
}

void forget_missing(Column& column) {
  for (std::size_t row = 0; row < column.given.size(); ++row) {
    if (column.given[row] == 0) column.values[row] = 0.0;
  }
}

/// Without a branch, as fast as memory gives the cells: every bit of the exponent is set in NaN and infinities only, and one more than
/// that many carries into the sign.
bool all_finite(std::span<const double> cells) {
  constexpr std::uint64_t exponent = 0x7ff0'0000'0000'0000;
  constexpr std::uint64_t lowest_of_exponent = 0x0010'0000'0000'0000;
  std::uint64_t carried = 0;
  for (const double cell : cells) carried |= (std::bit_cast<std::uint64_t>(cell) & exponent) + lowest_of_exponent;
  return (carried >> 63U) == 0;
}

/// NaN cells become missing ones. True when the cells are all finite or missing.
bool settle_numbers(const Frame& frame, const FrameColumn& source, Column& column, const VariableInfo* variable,
                    CsvFindings& findings) {
  const std::span<const double> cells = column.cells();
  const bool finite = all_finite(cells);
  if (finite) return true;
  std::vector<double> own(cells.begin(), cells.end());
  if (column.given.empty()) column.given.assign(own.size(), 1);
  column.lent = {};
  for (std::size_t row = 0; row < own.size(); ++row) {
    if (std::isnan(own[row])) column.given[row] = 0;
    if (column.given[row] == 0 || std::isfinite(own[row])) continue;
    findings.add(frame_row(frame, row), "column '" + source.name + "': " +
                                            (variable == nullptr ? "expected a number of 0 or more" : expected(*variable)) +
                                            ", found '" + (own[row] > 0 ? "inf'" : "-inf'"));
  }
  column.values = std::move(own);
  return false;
}

Column numbers_of(FrameColumn& column) {
  Column out{std::move(column.numbers), std::move(column.given), std::move(column.lent), std::move(column.deferred)};
  if (column.kind == Kind::integers) out.values.assign(column.whole().begin(), column.whole().end());
  return out;
}

}  // namespace

std::size_t FrameColumn::size() const {
  if (kind == Kind::integers) return whole().size();
  if (kind == Kind::texts) return coded().size();
  return deferred ? deferred->size() : cells().size();
}

std::string cell_text(const FrameColumn& column, std::size_t row) {
  switch (column.kind) {
    case Kind::integers:
      return std::to_string(column.whole()[row]);
    case Kind::texts:
      return column.dictionary[static_cast<std::size_t>(column.coded()[row])];
    case Kind::days:
      return to_string(Day{static_cast<std::int32_t>(column.cells()[row])});
    case Kind::booleans:
      return column.cells()[row] != 0 ? "true" : "false";
    case Kind::numbers:
      break;
  }
  return shortest(column.cells()[row]);
}

std::optional<std::size_t> first_missing(const FrameColumn& column) {
  const auto found = std::find(column.given.begin(), column.given.end(), 0);
  if (found == column.given.end()) return std::nullopt;
  return static_cast<std::size_t>(found - column.given.begin());
}

Location frame_row(const Frame& frame, std::size_t row) { return {frame.name + "[" + std::to_string(row) + "]", 0, 0, {}}; }

Column frame_values(const Frame& frame, FrameColumn&& column, const VariableInfo& variable, CsvFindings& findings) {
  const bool texts = column.kind == Kind::texts;
  const bool numbers = column.kind == Kind::numbers || column.kind == Kind::integers;
  const bool empty = !column.given.empty() && std::find(column.given.begin(), column.given.end(), 1) == column.given.end();
  bool fits = false;
  switch (variable.kind) {
    case ValueKind::number:
      fits = numbers;
      break;
    case ValueKind::yes_no:
      fits = numbers || texts || column.kind == Kind::booleans;
      break;
    case ValueKind::date:
      fits = texts || column.kind == Kind::days;
      break;
    case ValueKind::enumeration:
      fits = texts;
      break;
  }
  if (empty) return {std::vector<double>(column.size()), std::move(column.given)};
  if (!fits) {
    wrong_type(frame, column, variable, findings);
    return {std::vector<double>(column.size()), {}};
  }
  if (texts) return decoded(frame, std::move(column), variable, findings);
  Column out = numbers_of(column);
  if (numbers) settle_numbers(frame, column, out, &variable, findings);
  if (numbers && variable.kind == ValueKind::yes_no) {
    const std::span<const double> cells = out.cells();
    const bool other = std::any_of(cells.begin(), cells.end(), [](double cell) { return cell != 0.0 && cell != 1.0; });
    for (std::size_t row = 0; other && row < cells.size() && !findings.full(); ++row) {
      const bool given = out.given.empty() || out.given[row] != 0;
      if (given && cells[row] != 0.0 && cells[row] != 1.0) {
        findings.add(frame_row(frame, row),
                     "column '" + column.name + "': " + expected(variable) + ", found '" + shortest(cells[row]) + "'");
      }
    }
  }
  forget_missing(out);
  return out;
}

Column frame_weights(const Frame& frame, FrameColumn&& column, CsvFindings& findings) {
  if (column.kind != Kind::numbers && column.kind != Kind::integers) {
    findings.add(Location{frame.name, 0, 0, {}},
                 "column '" + column.name + "': expected weights, numbers of 0 or more, found a column of type " + column.type);
    return {std::vector<double>(column.size()), {}};
  }
  Column out = numbers_of(column);
  settle_numbers(frame, column, out, nullptr, findings);
  const std::span<const double> cells = out.cells();
  for (std::size_t row = 0; row < cells.size(); ++row) {
    if (cells[row] < 0 && (out.given.empty() || out.given[row] != 0) && !findings.full()) {
      findings.add(frame_row(frame, row), "column '" + column.name + "': expected a weight, a number of 0 or more, found '" +
                                              shortest(cells[row]) + "'");
    }
  }
  return out;
}

Column values_of_units(const Frame& frame, const std::string& name, const Column& of_persons,
                       const std::vector<std::int32_t>& unit_of, const IdList& ids, Level level, CsvFindings& findings) {
  Column out{std::vector<double>(ids.size()), std::vector<std::uint8_t>(ids.size(), 0)};
  std::vector<std::int32_t> first(ids.size(), 0);
  const std::span<const double> cells = of_persons.cells();
  for (std::size_t row = 0; row < cells.size() && !findings.full(); ++row) {
    if (!of_persons.given.empty() && of_persons.given[row] == 0) continue;
    const auto unit = static_cast<std::size_t>(unit_of[row]);
    if (out.given[unit] == 0) {
      out.given[unit] = 1;
      out.values[unit] = cells[row];
      first[unit] = static_cast<std::int32_t>(row);
    } else if (out.values[unit] != cells[row]) {
      findings.add(frame_row(frame, row), "column '" + name + "': another value than in row " + std::to_string(first[unit]) +
                                              " for the same " + std::string(name_of(level)) + " '" + ids[unit] + "'");
    }
  }
  if (std::find(out.given.begin(), out.given.end(), 0) == out.given.end()) out.given.clear();
  return out;
}

}  // namespace labacces
