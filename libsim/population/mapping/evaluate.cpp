#include "libsim/population/mapping/evaluate.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>
#include <utility>

#include "libsim/base/text.hpp"
#include "libsim/population/values.hpp"

namespace labacces::mapping {
namespace {

constexpr double oldest = 130;

VariableInfo number_info() {
  VariableInfo info;
  info.kind = ValueKind::number;
  return info;
}

std::optional<double> number_of(std::string_view cell, bool decimal_comma) {
  if (!decimal_comma || cell.find(',') == std::string_view::npos) return parse_number(cell);
  if (cell.find('.') != std::string_view::npos) return std::nullopt;
  std::string point(cell);
  std::replace(point.begin(), point.end(), ',', '.');
  return parse_number(point);
}

std::optional<double> value_of(std::string_view text, const VariableInfo& variable, bool decimal_comma) {
  switch (variable.kind) {
    case ValueKind::number:
      return number_of(text, decimal_comma);
    case ValueKind::yes_no:
      return yes_no_value(text);
    case ValueKind::date:
      return date_value(text);
    case ValueKind::enumeration:
      return enum_code(variable, text);
  }
  return std::nullopt;
}

bool is_one_of(std::string_view cell, const std::vector<std::string>& texts) {
  return std::find(texts.begin(), texts.end(), cell) != texts.end();
}

/// Codes looked up: by text, by the same number written otherwise ("1" and "1.0"), by range.
class CodeTable {
 public:
  CodeTable(const Source& source, const VariableInfo& variable, const Mapping& mapping, CsvFindings& findings) : source_(source) {
    for (const Code& code : source.codes) {
      const Value value = value_at(code.value, variable, mapping, findings);
      if (code.low <= code.high) {
        ranges_.push_back({code.low, code.high, value});
        continue;
      }
      exact_[code.text] = value;
      if (const auto number = parse_number(code.text)) numbers_[*number] = value;
    }
    if (source.otherwise) otherwise_ = value_at(*source.otherwise, variable, mapping, findings);
  }

  using Value = std::optional<double>;  // nothing: the code means that there is none

  /// Nothing when the cell is none of the codes; then `otherwise` holds, where there is one.
  std::optional<Value> find(std::string_view cell, bool decimal_comma) {
    const auto known = exact_.find(std::string(cell));
    if (known != exact_.end()) return known->second;
    if (const auto number = number_of(cell, decimal_comma)) {
      const auto same = numbers_.find(*number);
      if (same != numbers_.end()) return same->second;
      for (const Range& range : ranges_) {
        if (range.low <= *number && *number <= range.high) return range.value;
      }
    }
    return otherwise_;
  }

  std::vector<std::string> codes() const {
    std::vector<std::string> out;
    for (const Code& code : source_.codes) out.push_back(code.text);
    return out;
  }

 private:
  struct Range {
    double low, high;
    Value value;
  };
  static Value value_at(const CodeValue& code, const VariableInfo& variable, const Mapping& mapping, CsvFindings& findings) {
    if (!code.text) return std::nullopt;
    const std::optional<double> value = value_of(*code.text, variable, false);
    if (!value) {
      findings.add(Location{mapping.file, 0, 0, code.path}, expected_value(variable) + ", found '" + *code.text + "'",
                   variable.kind == ValueKind::enumeration ? did_you_mean(*code.text, variable.items) : std::string());
    }
    return value.value_or(0.0);
  }

  const Source& source_;
  std::unordered_map<std::string, Value> exact_;
  std::unordered_map<double, Value> numbers_;
  std::vector<Range> ranges_;
  std::optional<Value> otherwise_;
};

class Evaluation {
 public:
  Evaluation(const RowFrame& frame, const Mapping& mapping, AgeBasis basis, CsvFindings& findings)
      : frame_(frame), mapping_(mapping), basis_(basis), findings_(findings) {}

  Cells of(const Source& source, const VariableInfo& variable) {
    Cells cells = raw(source, variable);
    if (variable.kind == ValueKind::number) limit(source, cells);
    if (source.when) apply(*source.when, cells);
    return cells;
  }

 private:
  Cells nothing() const { return {std::vector<double>(frame_.rows, 0.0), std::vector<std::uint8_t>(frame_.rows, 0)}; }

  Cells raw(const Source& source, const VariableInfo& variable) {
    using Kind = Source::Kind;
    const bool is_number = variable.kind == ValueKind::number, is_date = variable.kind == ValueKind::date;
    const bool counts = source.kind == Kind::sum || source.kind == Kind::ratio,
               dates = source.kind == Kind::age || source.kind == Kind::birth;
    if ((counts && !is_number) || (dates && !is_date)) {
      findings_.add(Location{mapping_.file, 0, 0, source.path},
                    "'" + variable.name + "' is no " +
                        (counts ? "number: a sum or a ratio does not give its value"
                                : "date: an age or a year of birth does not give its value"));
      return nothing();
    }
    switch (source.kind) {
      case Kind::column:
        return column(source, variable);
      case Kind::constant:
        return constant(source, variable);
      case Kind::sum:
        return sum(source, variable);
      case Kind::ratio:
        return ratio(source, variable);
      case Kind::first:
        return first(source, variable);
      case Kind::age:
      case Kind::birth:
        return birth(source);
    }
    return nothing();
  }

  Cells column(const Source& source, const VariableInfo& variable) {
    Cells out = nothing();
    const RowFrame::Joined& joined = frame_.joined(source.table);
    const auto* cells = joined.table == nullptr ? nullptr : joined.table->column(source.column);
    CodeTable table(source, variable, mapping_, findings_);
    if (cells == nullptr) return out;
    for (std::size_t row = 0; row < frame_.rows && !findings_.full(); ++row) {
      const std::optional<std::size_t> there = row_in(joined, row);
      if (!there) continue;
      const std::string_view cell = (*cells)[*there];
      if (is_missing(cell, source)) continue;
      std::optional<double> value;
      if (source.codes.empty()) {
        value = value_of(cell, variable, mapping_.decimal_comma);
        if (!value) refuse(joined, *there, source, variable, cell);
      } else {
        const auto found = table.find(cell, mapping_.decimal_comma);
        if (!found) refuse_code(joined, *there, source, variable, cell, table);
        if (found) value = *found;
      }
      if (!value) continue;
      out.values[row] = *value;
      out.given[row] = 1;
    }
    return out;
  }

  static std::optional<std::size_t> row_in(const RowFrame::Joined& joined, std::size_t row) {
    if (joined.row_of.empty()) return row;
    return joined.row_of[row] < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(joined.row_of[row]));
  }

  bool is_missing(std::string_view cell, const Source& source) const {
    return cell.empty() || is_one_of(cell, mapping_.missing) || is_one_of(cell, source.missing);
  }

  std::string named(const Source& source, const VariableInfo& variable) const {
    return "column '" + source.column + "'" +
           (variable.name.empty() || variable.name == source.column ? "" : " (for " + variable.name + ")");
  }

  void refuse(const RowFrame::Joined& joined, std::size_t row, const Source& source, const VariableInfo& variable,
              std::string_view cell) {
    findings_.add(joined.table->place(row, source.column),
                  named(source, variable) + ": " + expected_value(variable) + ", found '" + std::string(cell) + "'",
                  variable.kind == ValueKind::enumeration ? did_you_mean(cell, variable.items)
                                                          : "a code that means no value goes into 'missing' of the mapping");
  }

  void refuse_code(const RowFrame::Joined& joined, std::size_t row, const Source& source, const VariableInfo& variable,
                   std::string_view cell, const CodeTable& table) {
    findings_.add(joined.table->place(row, source.column),
                  named(source, variable) + ": '" + std::string(cell) +
                      "' is none of the codes of the mapping: " + join(table.codes(), ", "),
                  cell.size() > 2 ? did_you_mean(cell, table.codes()) : std::string());  // short codes are all near each other
  }

  Cells constant(const Source& source, const VariableInfo& variable) {
    const std::optional<double> value = value_of(source.constant, variable, false);
    if (!value) {
      findings_.add(Location{mapping_.file, 0, 0, source.path + "/constant"},
                    expected_value(variable) + ", found '" + source.constant + "'",
                    variable.kind == ValueKind::enumeration ? did_you_mean(source.constant, variable.items) : std::string());
    }
    return {std::vector<double>(frame_.rows, value.value_or(0.0)), std::vector<std::uint8_t>(frame_.rows, 1)};
  }

  /// A part without a value counts as 0, unless all are.
  Cells sum(const Source& source, const VariableInfo& variable) {
    Cells out = nothing();
    for (const Source& part : source.parts) {
      const Cells cells = of(part, variable);
      for (std::size_t row = 0; row < frame_.rows; ++row) {
        out.values[row] += cells.values[row];
        out.given[row] = out.given[row] | cells.given[row];
      }
    }
    return out;
  }

  Cells ratio(const Source& source, const VariableInfo& variable) {
    Cells out = of(source.parts[0], variable);
    const Cells below = of(source.parts[1], variable);
    for (std::size_t row = 0; row < frame_.rows; ++row) {
      const bool known = out.given[row] != 0 && below.given[row] != 0 && below.values[row] != 0.0;
      out.values[row] = known ? out.values[row] / below.values[row] : 0.0;
      out.given[row] = known ? 1 : 0;
    }
    return out;
  }

  Cells first(const Source& source, const VariableInfo& variable) {
    Cells out = nothing();
    for (const Source& part : source.parts) {
      const Cells cells = of(part, variable);
      for (std::size_t row = 0; row < frame_.rows; ++row) {
        if (out.given[row] != 0 || cells.given[row] == 0) continue;
        out.values[row] = cells.values[row];
        out.given[row] = 1;
      }
    }
    return out;
  }

  Cells birth(const Source& source) {
    const bool from_age = source.kind == Source::Kind::age;
    Cells out = of(source.parts[0], number_info());
    const Cells month = source.parts.size() > 1 ? of(source.parts[1], number_info()) : nothing();
    for (std::size_t row = 0; row < frame_.rows && !findings_.full(); ++row) {
      if (out.given[row] == 0) continue;
      const double number = out.values[row];
      const double low = from_age ? 0 : basis_.year - oldest, high = from_age ? oldest : basis_.year;
      if (!(number >= low && number <= high)) {
        refuse_birth(source, row, number, from_age);
        continue;
      }
      const double own_month = month.given[row] != 0 ? month.values[row] : source.month;
      if (!(own_month >= 1 && own_month <= 12)) {
        findings_.add(place_of(source.parts[1], row), "the month of birth lies between 1 and 12, found " + shortest(own_month));
        continue;
      }
      const int in_month = static_cast<int>(own_month);
      int year = static_cast<int>(std::floor(number));
      if (from_age) year = basis_.year - year - (basis_.month != 0 && in_month > basis_.month ? 1 : 0);
      out.values[row] = Day::of(year, in_month, 1).days;
    }
    return out;
  }

  void refuse_birth(const Source& source, std::size_t row, double number, bool from_age) {
    findings_.add(place_of(source.parts[0], row), from_age ? "an age lies between 0 and 130, found " + shortest(number)
                                                           : "a year of birth lies between " + shortest(basis_.year - oldest) +
                                                                 " and " + std::to_string(basis_.year) + ", found " +
                                                                 shortest(number));
  }

  /// The cell that a source reads, where it is one.
  Location place_of(const Source& source, std::size_t row) const {
    const RowFrame::Joined& joined = frame_.joined(source.table);
    const auto there = joined.table == nullptr ? std::nullopt : row_in(joined, row);
    if (!there) return Location{mapping_.file, 0, 0, source.path};
    return joined.table->place(*there, source.column);
  }

  void limit(const Source& source, Cells& cells) const {
    if (source.factor == 1.0 && !std::isfinite(source.floor) && !std::isfinite(source.ceiling)) return;
    for (std::size_t row = 0; row < frame_.rows; ++row) {
      if (cells.given[row] != 0) cells.values[row] = std::clamp(cells.values[row] * source.factor, source.floor, source.ceiling);
    }
  }

  void apply(const Condition& condition, Cells& cells) {
    const RowFrame::Joined& joined = frame_.joined(condition.table);
    const auto* column = joined.table == nullptr ? nullptr : joined.table->column(condition.column);
    for (std::size_t row = 0; row < frame_.rows && !findings_.full(); ++row) {
      const auto there = column == nullptr ? std::nullopt : row_in(joined, row);
      const std::string_view cell = there ? (*column)[*there] : std::string_view();
      if (passes(condition, joined, there, cell)) continue;
      cells.values[row] = 0.0;
      cells.given[row] = 0;
    }
  }

  bool passes(const Condition& condition, const RowFrame::Joined& joined, std::optional<std::size_t> row, std::string_view cell) {
    if (cell.empty() || is_one_of(cell, mapping_.missing)) return false;
    if (!condition.is_numeric) return is_one_of(cell, condition.in);
    const auto number = number_of(cell, mapping_.decimal_comma);
    if (!number)
      findings_.add(joined.table->place(*row, condition.column),
                    "column '" + condition.column + "': expected a number, found '" + std::string(cell) + "'");
    return number && *number >= condition.at_least && *number <= condition.at_most;
  }

  const RowFrame& frame_;
  const Mapping& mapping_;
  AgeBasis basis_;
  CsvFindings& findings_;
};

}  // namespace

Cells evaluate(const Source& source, const VariableInfo& variable, const RowFrame& frame, const Mapping& mapping, AgeBasis basis,
               CsvFindings& findings) {
  return Evaluation(frame, mapping, basis, findings).of(source, variable);
}

bool is_of_households(const Source& source, const RowFrame& frame, const Mapping& mapping) {
  if (source.kind == Source::Kind::column) {
    return mapping.find_table(source.table.empty() ? frame.own : source.table)->rows == Rows::households;
  }
  if (source.kind == Source::Kind::constant) return false;
  return std::all_of(source.parts.begin(), source.parts.end(),
                     [&](const Source& part) { return is_of_households(part, frame, mapping); });
}

}  // namespace labacces::mapping
