// The syntax tree of one law file: what was written, names unresolved, each node with its Span.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "libsim/base/date.hpp"
#include "libsim/base/diagnostics.hpp"
#include "libsim/law/expression.hpp"
#include "libsim/law/law.hpp"
#include "libsim/population/level.hpp"
#include "libsim/population/schema.hpp"

namespace labacces::law::ast {

/// An identifier as written. A path holds its dots ("rsa.montant_de_base", no spaces inside), its span covers all of it.
struct Name {
  std::string text;
  Span span;
};

/// A quoted text, escapes resolved. A label that was not written has an empty span (begin == end).
struct Text {
  std::string text;
  Span span;
};
using References = std::vector<Text>;

/// What follows a ':'. text: the measure without spaces ("EUR/month", "share", "count", "years"), or the name of the enum.
struct Type {
  enum class Kind : std::uint8_t { measure, yes_no, date, enumeration } kind = Kind::measure;
  std::string text;
  Span span;
};

/// A date that stands in front of a version.
struct Date {
  Day day;
  Span span;
};

/// A constant in a dated line or a default. Percentages are applied (12 % -> 0.12).
struct Value {
  enum class Kind : std::uint8_t { number, yes_no, date, word } kind = Kind::number;
  double number = 0.0;   ///< number, or yes/no as 1/0
  Day day;               ///< date
  std::string word;      ///< an enum item
  bool percent = false;  ///< number: written with %
  Span digits;           ///< number: as written, without sign and %
  Span span;
};

// ---------------------------------------------------------------- expressions: an arena per file

enum class ExprId : std::uint32_t {};
inline constexpr ExprId no_expr{0xffffffffU};

enum class ExprKind : std::uint8_t {
  number,  ///< number; text: its unit without spaces ("EUR/month", "years"), "" = none written
  yes_no,  ///< number: 1 or 0
  date,    ///< day
  name,    ///< text: a path: "x", "menage.loyer", "member.menage.x", "rsa.seuil", "zone_apl.zone_1", "this_month", "before"
  unary,   ///< op: negate, logical_not; a
  binary,  ///< op; a, b
  choose,  ///< if a then b else c
  call,  ///< text: the function; args (a last argument introduced by `otherwise`: named_otherwise); also scalar min(a, b), max(a, b)
         ///< and lookup(table, keys, otherwise), whose args[0] is a name
  index,      ///< text: path of a table or scale; args: keys (one or two)
  contains,   ///< a in (args)
  role,       ///< a is role: a is a name ("member", "self"), text: path of the role ("enfant", "famille.enfant")
  aggregate,  ///< over members, one argument: aggregation; a body, b after `where` or no_expr, c after `otherwise` or no_expr
  rank,       ///< rank(a in text where b): text is the group's name, b or no_expr
  shift,      ///< a at time
  window,     ///< aggregation(a, time)
};

/// One node. Which fields matter depends on `kind` (see ExprKind).
struct Expr {
  ExprKind kind = ExprKind::number;
  Op op = Op::add;
  Aggregation aggregation = Aggregation::sum;
  bool named_otherwise = false;
  bool percent = false;     ///< number: written with % (`number` is already divided by 100)
  std::uint16_t depth = 1;  ///< height of the tree under this node, at most max_expression_depth
  double number = 0.0;
  Day day;
  ExprId a = no_expr, b = no_expr, c = no_expr;
  std::vector<ExprId> args;
  std::string text;
  TimeRef time;
  Span span;       ///< the whole expression, without parentheses around it
  Span text_span;  ///< of `text`: the function's name, the unit, the role, the group, the table (empty when there is none)
  Span digits;     ///< number: as written, without unit and %
  Span time_span;  ///< of the time: "month -1", "months -3 .. -1"
};

/// Recursion over a tree is safe: the parser refuses higher ones.
inline constexpr std::uint16_t max_expression_depth = 400;

// ---------------------------------------------------------------- declarations

struct Program {
  Name name;
  Text label;
  References references;
  Span span;
};

struct EnumItem {
  Name name;
  Text label;
};
struct Enum {
  Name name;
  Text label;
  std::vector<EnumItem> items;  ///< in order: code i = items[i]
  Span span;
};

struct Input {
  Name name;
  Level level = Level::individu;
  Periodicity periodicity = Periodicity::monthly;
  Type type;
  Text label;
  std::optional<Value> default_value;
  References references;
  Span span;
};

/// A dated line of a param, table or scale. `content` is absent when the line says `ends`.
template <typename T>
struct Dated {
  Date since;
  std::optional<T> content;
  References references;
  Span span;
};

struct Param {
  Name name;  ///< a path only after `add` in a reform
  Text label;
  Type type;
  References references;
  std::vector<Dated<Value>> versions;  ///< in the order written
  Span span;
};

/// The left of `->` in a table: 2, 3+, 0-, 2 .. 4 or an enum item.
struct Key {
  enum class Kind : std::uint8_t { exactly, at_least, at_most, range, item } kind = Kind::exactly;
  double number = 0.0;  ///< whole in tables; a threshold of any value when `set` gives the brackets of a scale
  double last = 0.0;    ///< range
  std::string item;
  Span digits, last_digits;  ///< the numbers as written
  Span span;
};
struct Row {
  std::vector<Key> keys;  ///< one or two
  Value value;
  Span span;
};
struct Table {
  Name name;
  Text label;
  std::vector<Name> keys;  ///< after `by`, one or two
  Type type;
  References references;
  std::vector<Dated<std::vector<Row>>> versions;
  Span span;
};

struct Bracket {
  Value threshold, value;
  Span span;
};
struct Scale {
  Name name;
  Text label;
  ScaleKind kind = ScaleKind::marginal;
  Type key, type;
  References references;
  std::vector<Dated<std::vector<Bracket>>> versions;
  Span span;
};

struct Let {
  Name name;
  ExprId expr = no_expr;
  Span span;
};
struct RuleVersion {
  Date since;
  ExprId expr = no_expr;  ///< no_expr: `ends`
  References references;
  Span span;
};
struct Past {
  std::int32_t months = 0;
  Value start;
  Span span;
};
struct Rule {
  Name name;
  Level level = Level::individu;
  Periodicity periodicity = Periodicity::monthly;
  Type type;
  Text label;
  References references;
  std::optional<Past> past;
  std::vector<Let> lets;
  std::vector<RuleVersion> versions;
  Span span;
};

// ---------------------------------------------------------------- reforms

/// `set PATH from SINCE [ends UNTIL] = expr`, or rows `1 -> 10 %, 2+ -> 12 %` for a table or a scale.
struct Set {
  Name path;
  Date since;
  std::optional<Date> until;
  ExprId expr = no_expr;  ///< of numbers and `before`; no_expr when rows are given
  std::vector<Row> rows;
  References references;
  Span span;
};
struct Drop {
  Name path;
  Date since;
  References references;
  Span span;
};
struct Replace {
  Rule rule;
  Span span;
};
struct Add {
  std::variant<Enum, Input, Param, Table, Scale, Rule> declaration;
  Span span;
};
using ReformItem = std::variant<Set, Drop, Replace, Add>;
struct Reform {
  Name name;
  Text label;
  References references;
  std::vector<ReformItem> items;
  Span span;
};

using Declaration = std::variant<Enum, Input, Param, Table, Scale, Rule, Reform>;

/// A comment, from its '#' to the end of the line.
struct Comment {
  Span span;
  bool own_line = false;  ///< nothing but blanks before it on its line
};

/// One file. After errors it holds what could be read: a declaration with an error is left out.
struct File {
  std::uint32_t index = 0;  ///< in the Sources
  std::optional<Program> program;
  std::vector<Declaration> declarations;  ///< in the order written
  std::vector<Expr> exprs;
  std::vector<Comment> comments;
  const Expr& expr(ExprId id) const { return exprs[static_cast<std::size_t>(id)]; }
};

}  // namespace labacces::law::ast
