// Law: the checked, immutable result of loading rule texts (and reforms).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "libsim/base/date.hpp"
#include "libsim/base/diagnostics.hpp"
#include "libsim/law/expression.hpp"
#include "libsim/population/schema.hpp"

namespace labacces::law {

using References = std::vector<std::string>;

struct Program {
  std::string name, label;
  References references;
  Span span;
};

struct Enumeration {
  std::string name, label;
  std::vector<std::string> items, item_labels;
  Span span;
};

/// A dated thing: in force on the months of `in_force` (dates in mid-month count from the next month on).
template <typename T>
struct Version {
  Day since;               ///< the date as written
  MonthInterval in_force;  ///< resolved: up to the next version, or `ends`
  T value;
  References references;
  Span span;
};

struct Param {
  std::string name;  ///< full: "rsa.montant_de_base"
  std::string label, measure_text;
  ValueType type;
  std::vector<Version<double>> versions;  ///< sorted; may leave gaps
  References references;
  std::uint32_t program = 0;
  Span span;
};

/// One row of a table: keys from first to last, both included (INT32_MIN / INT32_MAX where open).
struct TableRow {
  std::int32_t first1 = 0, last1 = 0, first2 = 0, last2 = 0;
  double value = 0.0;
};

struct Table {
  std::string name, label, measure_text;
  ValueType type;
  std::vector<std::string> key_names;   ///< one or two
  std::vector<std::int32_t> key_enums;  ///< index in enums(), -1 = integer key
  std::vector<Version<std::vector<TableRow>>> versions;
  References references;
  std::uint32_t program = 0;
  Span span;
};

enum class ScaleKind : std::uint8_t { marginal, average, brackets };
struct Bracket {
  double threshold = 0.0, value = 0.0;
};
struct Scale {
  std::string name, label, key_text, measure_text;
  ScaleKind kind = ScaleKind::marginal;
  Measure key;
  ValueType type;  ///< of the bracket values
  std::vector<Version<std::vector<Bracket>>> versions;
  References references;
  std::uint32_t program = 0;
  Span span;
};

/// A named part of a rule: kept for explanations (the versions' trees hold its expansion).
struct Let {
  std::string name;
  ExprId expr = no_expr;  ///< the tree that stands wherever the name was written in that version
};

struct RuleBody {
  ExprId expr = no_expr;
  std::vector<Let> lets;  ///< those that this version uses
};

/// `past N months start V`.
struct Past {
  std::int32_t months = 0;
  double start = 0.0;
};

/// An input or a rule. Inputs have no versions.
struct Variable {
  std::string name, label, measure_text;
  Level level = Level::individu;
  Periodicity periodicity = Periodicity::monthly;
  ValueType type;
  bool is_input = false;
  std::optional<double> default_value;  ///< inputs
  std::vector<Version<RuleBody>> versions;
  std::optional<Past> past;
  std::int32_t component = -1;  ///< strongly connected component through time, -1 = none (see Law::components)
  References references;
  std::uint32_t program = 0;
  Span span;
};

/// What a reform did: for the record and for `law show`.
struct Change {
  std::string reform, what;  ///< "set rsa.montant_de_base from 2025-01-01"
};

/// The checked law. Indices (params, tables, scales, variables, enums) are stable for its life.
class Law {
 public:
  std::string_view name() const { return name_; }
  std::span<const Program> programs() const { return programs_; }
  std::span<const Enumeration> enums() const { return enums_; }
  std::span<const Param> params() const { return params_; }
  std::span<const Table> tables() const { return tables_; }
  std::span<const Scale> scales() const { return scales_; }
  std::span<const Variable> variables() const { return variables_; }
  std::span<const Change> changes() const { return changes_; }
  const Expr& expr(ExprId id) const { return exprs_[static_cast<std::size_t>(id)]; }
  std::size_t expr_count() const { return exprs_.size(); }
  std::size_t component_count() const { return component_count_; }

  std::optional<std::uint32_t> find_variable(std::string_view name) const;
  std::optional<std::uint32_t> find_param(std::string_view full_name) const;
  std::optional<std::uint32_t> find_table(std::string_view full_name) const;
  std::optional<std::uint32_t> find_scale(std::string_view full_name) const;

  /// Version of a dated list in force in `month`, or nullptr.
  template <typename T>
  static const Version<T>* in_force(const std::vector<Version<T>>& versions, Month month);

  /// Every month in which something changes, sorted, from the first version of any rule on.
  std::vector<Month> change_months() const;
  /// The latest month in which a version begins: "the latest month known" (month 0 when nothing is dated).
  Month latest_month() const;

  Schema schema() const;
  const Sources& sources() const { return sources_; }

 private:
  friend class LawBuilder;
  std::string name_;
  std::vector<Program> programs_;
  std::vector<Enumeration> enums_;
  std::vector<Param> params_;
  std::vector<Table> tables_;
  std::vector<Scale> scales_;
  std::vector<Variable> variables_;
  std::vector<Change> changes_;
  std::vector<Expr> exprs_;
  std::size_t component_count_ = 0;
  std::unordered_map<std::string, std::uint32_t> variable_index_, param_index_, table_index_, scale_index_;
  Sources sources_;
};

template <typename T>
const Version<T>* Law::in_force(const std::vector<Version<T>>& versions, Month month) {
  for (auto it = versions.rbegin(); it != versions.rend(); ++it) {
    if (it->in_force.contains(month)) return &*it;
  }
  return nullptr;
}

}  // namespace labacces::law
