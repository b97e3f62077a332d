// Draft: all declarations with their values, before expressions are checked. Reforms edit it; the checker reads it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "libsim/law/ast.hpp"
#include "libsim/law/law.hpp"
#include "libsim/law/versions.hpp"

namespace labacces::law {

/// The text of one rule version and the programs whose short names it may use.
struct RuleText {
  const ast::File* file = nullptr;
  const ast::Rule* rule = nullptr;
  ast::ExprId expr = ast::no_expr;
  std::uint32_t program = 0;
  std::uint32_t second_program = 0;  ///< of the reform that replaced the rule; else the same as program
};

/// A dated line; `value` means nothing when it ends.
template <typename T>
struct DraftLine {
  DatedLine date;
  T value{};
  References references;
};
template <typename T>
using DraftLines = std::vector<DraftLine<T>>;

template <typename T>
std::vector<DatedLine> dates_of(const DraftLines<T>& lines) {
  std::vector<DatedLine> dates;
  dates.reserve(lines.size());
  for (const DraftLine<T>& line : lines) dates.push_back(line.date);
  return dates;
}

struct DraftParam {
  Param head;
  DraftLines<double> lines;
};
struct DraftTable {
  Table head;
  DraftLines<std::vector<TableRow>> lines;
};
struct DraftScale {
  Scale head;
  DraftLines<std::vector<Bracket>> lines;
};
struct DraftVariable {
  Variable head;
  DraftLines<RuleText> lines;
};

/// What a full name stands for.
struct Symbol {
  enum class Kind : std::uint8_t { param, table, scale, variable } kind = Kind::param;
  std::uint32_t index = 0;
};

struct Draft {
  std::vector<Program> programs;
  std::vector<Enumeration> enums;
  std::vector<DraftParam> params;
  std::vector<DraftTable> tables;
  std::vector<DraftScale> scales;
  std::vector<DraftVariable> variables;
  std::vector<Change> changes;
  std::unordered_map<std::string, Symbol> symbols;  ///< full names of params, tables, scales; names of variables
  std::unordered_map<std::string, std::uint32_t> program_index, enum_index;
  std::unordered_set<std::string> broken;  ///< declared, but with an error that is reported: uses of them are not

  const Symbol* find(std::string_view full_name) const;
  const Symbol* find_in(std::uint32_t program, std::string_view short_name) const;
  std::optional<std::uint32_t> find_program(std::string_view name) const;
  std::optional<std::uint32_t> find_enum(std::string_view name) const;
  Span place(const Symbol& symbol) const;
  /// "param", "table", "scale", "input", "rule".
  std::string_view kind_name(const Symbol& symbol) const;
  std::vector<MonthInterval> in_force(const Symbol& symbol) const;

  std::vector<std::string> variable_names() const;
  std::vector<std::string> all_names() const;  ///< full names of all symbols, sorted
  std::vector<std::string> short_names(std::uint32_t program) const;
  std::vector<std::string> program_names() const;
  std::vector<std::string> enum_names() const;

  /// Index of an item of an enumeration.
  std::optional<std::int32_t> find_item(std::uint32_t enumeration, std::string_view item) const;
  /// "EUR/month", "yes_no", "date", "enum zone_apl".
  std::string describe(const ValueType& type) const;
};

}  // namespace labacces::law
