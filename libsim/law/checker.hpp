// Checker: the walk over one rule version that typecheck.cpp drives. Its parts: operators, names, calls, time.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "libsim/law/builtins.hpp"
#include "libsim/law/draft.hpp"
#include "libsim/law/law_builder.hpp"
#include "libsim/law/values.hpp"

namespace labacces::law {

/// Deepest tree, lets expanded: all later walks may recurse.
inline constexpr std::uint32_t deepest_tree = 500;

/// A checked expression; `id` is no_expr when it is wrong and has been reported. A flexible one is made of literal zeros and fits any
/// measure.
struct Checked {
  ExprId id = no_expr;
  bool flexible = false;
  explicit operator bool() const { return id != no_expr; }
};

/// Where an expression stands.
struct Context {
  Level rule_level = Level::individu;
  bool in_members = false;          ///< inside an aggregate: values live on persons, `member` is one of them
  std::optional<Level> rank_group;  ///< inside rank( ... in GROUP): `member` roles are those of GROUP
  bool by_year = false;             ///< the current time is a year (January), not a month
  Month first_month{};              ///< the first month of the version: absolute months must not be later
  Level level() const { return in_members ? Level::individu : rule_level; }
};

/// One dotted path, with the place of each part.
struct Path {
  std::vector<std::string> parts;
  Span span;
  Span part_span(std::size_t index) const;
  std::string text() const;
};
Path path_of(const std::string& text, Span span);

class Checker {
 public:
  Checker(const Draft& draft, LawBuilder& law, const Findings& findings) : draft_(draft), law_(law), findings_(findings) {}

  /// Checks one version of a rule into its body.
  void check_version(std::uint32_t variable, std::size_t version, const RuleText& text);

  /// Warns of lets that no version used.
  void warn_unused_lets(const ast::Rule& rule);

 private:
  using Hint = const ValueType*;  ///< the type expected here, where known: gives enum items their enum

  // typecheck.cpp
  Checked check(ast::ExprId id, const Context& context, Hint hint = nullptr);
  Checked dispatch(const ast::Expr& written, const Context& context, Hint hint);
  Checked literal(double number, ValueType type, Span span);
  Checked make(Expr expr, const Context& context, std::initializer_list<ExprId> operands);
  Checked make_over(Expr expr, const Context& context, const std::vector<ExprId>& operands);
  Checked project(ExprId value, Level to, Level from);
  void fail(Span span, std::string message, std::string hint = {});
  void warn(Span span, std::string message, std::string hint = {});
  const ValueType& type_of(const Checked& checked) { return law_.expr(checked.id).type; }
  /// "EUR/month", "yes_no", "a plain number".
  std::string describe(const Checked& checked);
  /// The literal as written, with a unit: "20 years".
  std::string with_unit(const Checked& checked, const Measure& unit);
  void retype(ExprId id, const ValueType& type);
  bool is_plain_number(const Checked& checked) const;

  // typecheck_operators.cpp
  Checked check_unary(const ast::Expr& written, const Context& context);
  Checked check_binary(const ast::Expr& written, const Context& context);
  Checked check_arithmetic(const ast::Expr& written, const Context& context);
  Checked check_comparison(const ast::Expr& written, const Context& context);
  Checked check_choose(const ast::Expr& written, const Context& context, Hint hint);
  Checked check_contains(const ast::Expr& written, const Context& context);
  bool expect_kind(const Checked& checked, ValueKind kind, Span span, std::string_view who);
  bool expect_yes_no(const Checked& checked, Span span, std::string_view who);
  /// Gives both the same measure or reports; `who` begins the message: "'+'".
  bool unify(Checked& a, Checked& b, Span span, std::string_view who);
  bool expect_type(Checked& checked, const ValueType& type, Span span, const std::string& who);
  std::string conversion_hint(const Checked& checked, const Measure& expected);
  bool is_item_word(const ast::Expr& written, const Context& context) const;
  bool is_never_zero_form(ExprId id, std::uint32_t& budget) const;

  // typecheck_names.cpp
  Checked check_name(const ast::Expr& written, const Context& context, Hint hint);
  Checked check_single(const Path& path, const Context& context, Hint hint);
  Checked check_entity_path(const Path& path, const Context& context);
  Checked check_global_path(const Path& path);
  Checked check_item(std::uint32_t enumeration, const std::string& item, Span span);
  Checked symbol_value(const Symbol& symbol, const Path& path, const Context& context);
  Checked variable_value(const Symbol& symbol, Level at, const Path& path, const Context& context);
  Checked constant_value(Constant constant, ValueType type, Span span);
  std::optional<std::vector<Level>> follow(const Path& path, std::size_t first, Level start, const Context& context);
  bool check_variable_time(const Variable& variable, Span span, const Context& context);
  void report_level(const Variable& variable, Level at, const Path& path, const Context& context);
  void report_unknown(const Path& path, const Context& context, Hint hint);
  const Symbol* find_short(const std::string& name) const;
  bool is_broken(const std::string& name) const;
  Checked expand_let(const ast::Let& let, const Context& context, Hint hint);
  bool has_free_member(ast::ExprId id);
  bool let_has_free_member(const ast::Let& let);
  const ast::Let* find_let(std::string_view name) const;
  Checked check_role(const ast::Expr& written, const Context& context);
  std::optional<RoleSet> find_role(const Path& path, bool of_member, const Context& context);

  // typecheck_calls.cpp
  Checked check_call(const ast::Expr& written, const Context& context, Hint hint);
  Checked check_min_max(const ast::Expr& written, const Builtin& function, const Context& context);
  Checked check_rounding(const ast::Expr& written, const Builtin& function, const Context& context);
  Checked check_conversion(const ast::Expr& written, const Builtin& function, const Context& context);
  Checked check_date_function(const ast::Expr& written, const Builtin& function, const Context& context);
  Checked check_divide(const ast::Expr& written, const Builtin& function, const Context& context);
  Checked check_lookup(const ast::Expr& written, const Context& context, Hint hint);
  Checked check_index(const ast::Expr& written, const Context& context);
  Checked check_table(std::uint32_t table, const ast::Expr& written, std::size_t first_key, std::size_t keys,
                      const Context& context);
  Checked check_scale(std::uint32_t scale, const ast::Expr& written, const Context& context);
  const Symbol* find_table_or_scale(const std::string& text, Span span);
  Checked check_aggregate(const ast::Expr& written, const Context& context);
  Checked check_rank(const ast::Expr& written, const Context& context);
  Checked call_node(Function function, const std::vector<ExprId>& args, ValueType type, Span span, const Context& context);

  // typecheck_time.cpp
  Checked check_shift(const ast::Expr& written, const Context& context, Hint hint);
  Checked check_window(const ast::Expr& written, const Context& context);
  std::optional<Context> context_at(const ast::Expr& written, const Context& context);
  std::optional<Context> context_over(const ast::Expr& written, const Context& context);
  /// The type of an aggregation of values of the type of `body`, or nothing and a finding.
  std::optional<ValueType> aggregated_type(Aggregation aggregation, const Checked& body, Span span, bool over_time,
                                           bool twelve_months);

  struct LetKey {
    const ast::Let* let;
    bool in_members;
    std::int32_t rank_group;
    bool by_year;
    std::int32_t enumeration;
    auto operator<=>(const LetKey&) const = default;
  };

  const Draft& draft_;
  LawBuilder& law_;
  const Findings& findings_;

  // of the version being checked
  RuleText text_;
  std::uint32_t depth_ = 0;
  std::map<LetKey, Checked> lets_;
  std::vector<const ast::Let*> open_lets_;
  std::vector<Let> used_;
  std::unordered_map<std::string_view, const ast::Let*> let_names_;
  std::map<const ast::Let*, int> free_member_;  ///< 0 being looked at or no, 1 yes

  // of all versions
  std::set<const ast::Let*> used_lets_;
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::string>> reported_;
};

}  // namespace labacces::law
