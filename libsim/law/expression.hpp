// The checked expression: a typed tree in an arena. Every name is resolved; lets are expanded in place.
#pragma once

#include <cstdint>
#include <vector>

#include "libsim/base/date.hpp"
#include "libsim/base/diagnostics.hpp"
#include "libsim/law/measure.hpp"
#include "libsim/population/level.hpp"

namespace labacces::law {

enum class ExprId : std::uint32_t {};
inline constexpr ExprId no_expr{0xffffffffU};

enum class ExprKind : std::uint8_t {
  literal,    ///< number: a number, a yes/no (0/1), an enum code or a date (days since 1970)
  param,      ///< index: Law::params()
  variable,   ///< index: Law::variables(); read on the level of that variable, which is this node's level
  constant,   ///< constant: this_month, this_year, first_day
  unary,      ///< op: negate, logical_not; a
  binary,     ///< op; a, b
  choose,     ///< if a then b else c
  call,       ///< function; args
  table,      ///< index: Law::tables(); args = keys; `otherwise` = c or no_expr
  scale,      ///< index: Law::scales(); a = key
  project,    ///< value of a (on level `from`) seen from this node's level: group -> its members (this node individu, a on a
              ///< group), or group -> its principal person (this node on a group, a on individu)
  aggregate,  ///< over members: aggregation; a = body (individu), b = condition (individu) or no_expr, c = otherwise or no_expr
  role,       ///< individu is in one of the roles `number` (bit set) of group `from`; type yes_no
  rank,       ///< rank of individu in group `from` by key a where b (no_expr = all)
  shift,      ///< a at another time: time
  window,     ///< aggregation over time of a: time (range of months)
};

enum class Op : std::uint8_t {
  negate,
  logical_not,
  add,
  subtract,
  multiply,
  divide,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  logical_and,
  logical_or
};

/// Scalar functions. add_months, month_of, year_of, age, age_months take dates. divide3 = divide(a, b, otherwise).
enum class Function : std::uint8_t {
  min,
  max,
  abs,
  round,
  round_up,
  round_down,
  clamp,
  monthly,
  yearly,
  number,
  age,
  age_months,
  add_months,
  month_of,
  year_of,
  divide3
};

enum class Aggregation : std::uint8_t { sum, mean, any, all, count, min, max };

enum class Constant : std::uint8_t { this_month, this_year, first_day };

/// Where in time: relative to the current month or year.
struct TimeRef {
  enum class Kind : std::uint8_t {
    months,          ///< months current + first .. current + last (shift: first == last)
    month_of_year,   ///< month `month` (1..12) of civil year current + first
    absolute_month,  ///< Month{first}
    year,            ///< shift: the yearly variable's year current + first; window: the twelve months of that year
  } kind = Kind::months;
  std::int32_t first = 0;
  std::int32_t last = 0;
  std::int32_t month = 0;
  constexpr bool operator==(const TimeRef&) const = default;
};

/// One node. Which fields matter depends on `kind` (see ExprKind).
struct Expr {
  ExprKind kind = ExprKind::literal;
  Op op = Op::add;
  Function function = Function::min;
  Aggregation aggregation = Aggregation::sum;
  Constant constant = Constant::this_month;
  Level level = Level::individu;  ///< level on which the value lives; meaningless when is_scalar
  bool is_scalar = false;         ///< the same for all units (literals, parameters, constants and what is made of them only)
  Level from = Level::individu;   ///< project: level of a; aggregate, role, rank: the group
  ValueType type;
  std::uint32_t index = 0;
  double number = 0.0;
  ExprId a = no_expr, b = no_expr, c = no_expr;
  std::vector<ExprId> args;
  TimeRef time;
  Span span;
};

}  // namespace labacces::law
