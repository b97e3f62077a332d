#include "tests/reference/reference_interpreter.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "libsim/base/error.hpp"

namespace labacces::reference {
namespace {

using law::Aggregation;
using law::Expr;
using law::ExprId;
using law::ExprKind;
using law::TimeRef;

bool is_monthly_flow(const law::Variable& variable) {
  return variable.periodicity == Periodicity::monthly && variable.type.kind == ValueKind::number &&
         variable.type.measure == law::eur_per_month;
}

/// The months of a shift (one) or of a window.
std::vector<Month> months_of(const TimeRef& time, Month now) {
  std::vector<Month> months;
  switch (time.kind) {
    case TimeRef::Kind::months:
      for (int k = time.first; k <= time.last; ++k) months.push_back(now + k);
      break;
    case TimeRef::Kind::month_of_year:
      months.push_back(Month::of(now.year() + time.first, time.month));
      break;
    case TimeRef::Kind::absolute_month:
      months.push_back(Month{time.first});
      break;
    case TimeRef::Kind::year:
      for (int month = 1; month <= 12; ++month) months.push_back(Month::of(now.year() + time.first, month));
      break;
  }
  return months;
}

/// Few bits: whole amounts, quarters, thousandths of 1024. Arithmetic in any order keeps such numbers the same.
bool is_plain(double x) { return std::fabs(x) < 0x1.0p30 && std::floor(x * 1024.0) == x * 1024.0; }

}  // namespace

std::size_t ReferenceInterpreter::KeyHash::operator()(const Key& key) const noexcept {
  std::uint64_t hash = key.variable;
  for (const std::int32_t part : {key.row, key.period, key.anchor}) {
    hash = (hash ^ static_cast<std::uint32_t>(part)) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 31U;
  }
  return hash;
}

ReferenceInterpreter::ReferenceInterpreter(const law::Law& law, const Population& population)
    : law_(law), population_(population) {
  for (const Level group : group_levels) {
    auto& lists = members_[index_of(group)];
    lists.resize(population.count(group));
    const std::vector<std::int32_t>& unit_of = population.membership(group).unit_of;
    for (std::size_t person = 0; person < unit_of.size(); ++person) {
      lists[static_cast<std::size_t>(unit_of[person])].push_back(static_cast<std::int32_t>(person));
    }
  }
}

const std::vector<std::int32_t>& ReferenceInterpreter::members(Level group, std::int32_t unit) const {
  return members_[index_of(group)][static_cast<std::size_t>(unit)];
}

Answer ReferenceInterpreter::ask(std::uint32_t index, std::int32_t row, Period period) {
  const law::Variable& asked = law_.variables()[index];
  near_edge_ = false;
  double value = 0.0;
  if (period.kind == Period::Kind::year && asked.periodicity == Periodicity::monthly) {
    for (int month = 1; month <= 12; ++month) {
      const Month at = Month::of(period.value, month);
      value += variable(index, {row, {at, -1, at}});
    }
  } else {
    const Month at = period.kind == Period::Kind::year ? Month::of(period.value, 1) : Month{period.value};
    value = variable(index, {row, {at, -1, at}});
  }
  return {value, near_edge_};
}

double ReferenceInterpreter::variable(std::uint32_t index, const Place& place) {
  const law::Variable& read = law_.variables()[index];
  std::int32_t period = 0;
  Moment moment{place.moment.month, read.component, {}};
  if (read.periodicity == Periodicity::monthly) period = moment.month.index;
  if (read.periodicity == Periodicity::yearly) {
    period = moment.month.year();
    moment.month = Month::of(period, 1);
  }
  const bool inside = read.component >= 0 && read.component == place.moment.component;
  moment.anchor = inside ? place.moment.anchor : moment.month;
  const Key key{index, place.row, period, read.component >= 0 ? moment.anchor.index : 0};
  if (const auto found = known_.find(key); found != known_.end()) {
    near_edge_ = near_edge_ || found->second.near_edge;
    return found->second.value;
  }
  const bool outer = near_edge_;
  near_edge_ = false;
  const double value = compute(read, place.row, period, moment);
  known_.emplace(key, Answer{value, near_edge_});
  near_edge_ = near_edge_ || outer;
  return value;
}

double ReferenceInterpreter::compute(const law::Variable& read, std::int32_t row, std::int32_t period, const Moment& moment) {
  double value = 0.0;
  if (find_in_data(read, row, period, value)) return value;
  if (!read.is_input) return rule(read, row, moment);
  if (read.default_value) return *read.default_value;
  throw Error("input '" + read.name + "' is missing");
}

/// The month's own cell, else the year's (a flow divided by 12), else the eternal one.
bool ReferenceInterpreter::find_in_data(const law::Variable& read, std::int32_t row, std::int32_t period, double& value) const {
  const VariableData* const data = population_.find(read.name);
  if (data == nullptr) return false;
  const auto cell = [&](Period wanted) {
    for (const PeriodColumn& column : data->periods) {
      if (column.period != wanted) continue;
      const Column& cells = population_.columns()[column.column];
      if (!cells.given.empty() && cells.given[static_cast<std::size_t>(row)] == 0) return false;
      value = cells.values[static_cast<std::size_t>(row)];
      return true;
    }
    return false;
  };
  if (read.periodicity == Periodicity::monthly) {
    if (cell(Period::month(Month{period}))) return true;
    if (cell(Period::year(Month{period}.year()))) {
      if (is_monthly_flow(read)) value /= 12.0;
      return true;
    }
  }
  if (read.periodicity == Periodicity::yearly && cell(Period::year(period))) return true;
  return cell(Period::eternity());
}

double ReferenceInterpreter::rule(const law::Variable& read, std::int32_t row, const Moment& moment) {
  if (read.past && moment.month < moment.anchor) {
    if (moment.month < moment.anchor - read.past->months) return read.past->start;
    if (moment.month < read.versions.front().in_force.begin) return read.past->start;
  }
  const auto* const version = law::Law::in_force(read.versions, moment.month);
  if (version == nullptr) throw Error("rule '" + read.name + "' is not in force in " + to_string(moment.month));
  return eval(version->value.expr, {row, moment});
}

double ReferenceInterpreter::eval(ExprId id, const Place& place) {
  const Expr& expr = law_.expr(id);
  const Month now = place.moment.month;
  switch (expr.kind) {
    case ExprKind::literal:
      return expr.number;
    case ExprKind::param: {
      const law::Param& param = law_.params()[expr.index];
      const auto* const version = law::Law::in_force(param.versions, now);
      if (version == nullptr) throw Error("parameter '" + param.name + "' is not in force in " + to_string(now));
      return version->value;
    }
    case ExprKind::variable:
      return variable(expr.index, place);
    case ExprKind::constant:
      switch (expr.constant) {
        case law::Constant::this_month:
          return now.month();
        case law::Constant::this_year:
          return now.year();
        case law::Constant::first_day:
          return first_day(now).days;
      }
      break;
    case ExprKind::unary:
      return expr.op == law::Op::negate ? -eval(expr.a, place) : eval(expr.a, place) == 0.0 ? 1.0 : 0.0;
    case ExprKind::binary:
      return binary(expr, place);
    case ExprKind::choose:
      return eval(expr.a, place) != 0.0 ? eval(expr.b, place) : eval(expr.c, place);
    case ExprKind::call:
      return call(expr, place);
    case ExprKind::table:
      return table(expr, place);
    case ExprKind::scale:
      return scale(expr, place);
    case ExprKind::project: {
      const auto row = static_cast<std::size_t>(place.row);
      Place there = place;
      there.row = expr.level == Level::individu ? population_.membership(expr.from).unit_of[row]
                                                : population_.membership(expr.level).principal_of[row];
      return eval(expr.a, there);
    }
    case ExprKind::aggregate:
      return aggregate(expr, place);
    case ExprKind::role: {
      const std::uint8_t role = population_.membership(expr.from).role_of[static_cast<std::size_t>(place.row)];
      return ((static_cast<unsigned>(expr.number) >> role) & 1U) != 0U ? 1.0 : 0.0;
    }
    case ExprKind::rank:
      return rank(expr, place);
    case ExprKind::shift: {
      Place there = place;
      there.moment.month = months_of(expr.time, now).front();
      return eval(expr.a, there);
    }
    case ExprKind::window:
      return window(expr, place);
  }
  throw Defect("an expression of no kind");
}

bool ReferenceInterpreter::compare(law::Op op, double a, double b) {
  const double size = std::max({1.0, std::fabs(a), std::fabs(b)});
  if (std::fabs(a - b) <= 1e-9 * size && !(is_plain(a) && is_plain(b))) near_edge_ = true;
  switch (op) {
    case law::Op::less:
      return a < b;
    case law::Op::less_equal:
      return a <= b;
    case law::Op::greater:
      return a > b;
    case law::Op::greater_equal:
      return a >= b;
    case law::Op::equal:
      return a == b;
    case law::Op::not_equal:
      return a != b;
    default:
      throw Defect("not a comparison");
  }
}

double ReferenceInterpreter::binary(const Expr& expr, const Place& place) {
  const double a = eval(expr.a, place);
  const double b = eval(expr.b, place);
  switch (expr.op) {
    case law::Op::add:
      return a + b;
    case law::Op::subtract:
      return a - b;
    case law::Op::multiply:
      return a * b;
    case law::Op::divide:
      return a / b;
    case law::Op::logical_and:
      return a != 0.0 && b != 0.0 ? 1.0 : 0.0;
    case law::Op::logical_or:
      return a != 0.0 || b != 0.0 ? 1.0 : 0.0;
    default:
      return compare(expr.op, a, b) ? 1.0 : 0.0;
  }
}

double ReferenceInterpreter::table(const Expr& expr, const Place& place) {
  const law::Table& read = law_.tables()[expr.index];
  const auto* const version = law::Law::in_force(read.versions, place.moment.month);
  if (version == nullptr) throw Error("table '" + read.name + "' is not in force in " + to_string(place.moment.month));
  const std::int64_t key1 = key_of(eval(expr.args[0], place));
  const std::int64_t key2 = expr.args.size() > 1 ? key_of(eval(expr.args[1], place)) : 0;
  for (const law::TableRow& row : version->value) {
    const bool first = row.first1 <= key1 && key1 <= row.last1;
    const bool second = expr.args.size() < 2 || (row.first2 <= key2 && key2 <= row.last2);
    if (first && second) return row.value;
  }
  return expr.c == law::no_expr ? 0.0 : eval(expr.c, place);
}

double ReferenceInterpreter::scale(const Expr& expr, const Place& place) {
  const law::Scale& read = law_.scales()[expr.index];
  const auto* const version = law::Law::in_force(read.versions, place.moment.month);
  if (version == nullptr) throw Error("scale '" + read.name + "' is not in force in " + to_string(place.moment.month));
  const std::vector<law::Bracket>& brackets = version->value;
  const double key = eval(expr.a, place);
  if (read.kind == law::ScaleKind::marginal) {
    double total = 0.0;
    for (std::size_t i = 0; i < brackets.size(); ++i) {
      const double top = i + 1 < brackets.size() ? std::min(key, brackets[i + 1].threshold) : key;
      if (key > brackets[i].threshold) total += brackets[i].value * (top - brackets[i].threshold);
    }
    return total;
  }
  double value = 0.0;
  for (const law::Bracket& bracket : brackets) {
    if (compare(law::Op::greater_equal, key, bracket.threshold)) value = bracket.value;
  }
  return read.kind == law::ScaleKind::average ? key * value : value;
}

double ReferenceInterpreter::aggregate(const Expr& expr, const Place& place) {
  std::vector<double> values;  // of the members for whom the condition holds
  for (const std::int32_t person : members(expr.from, place.row)) {
    const Place there{person, place.moment};
    if (expr.b != law::no_expr && eval(expr.b, there) == 0.0) continue;
    values.push_back(eval(expr.a, there));
  }
  const auto holds = [](double x) { return x != 0.0; };
  double total = 0.0;
  for (const double x : values) total += x;
  switch (expr.aggregation) {
    case Aggregation::sum:
      return total;
    case Aggregation::any:
      return std::any_of(values.begin(), values.end(), holds) ? 1.0 : 0.0;
    case Aggregation::all:
      return std::all_of(values.begin(), values.end(), holds) ? 1.0 : 0.0;
    case Aggregation::count:
      return static_cast<double>(std::count_if(values.begin(), values.end(), holds));
    case Aggregation::mean:
    case Aggregation::min:
    case Aggregation::max:
      break;
  }
  if (values.empty()) return expr.c == law::no_expr ? 0.0 : eval(expr.c, place);
  if (expr.aggregation == Aggregation::mean) return total / static_cast<double>(values.size());
  return expr.aggregation == Aggregation::min ? *std::min_element(values.begin(), values.end())
                                              : *std::max_element(values.begin(), values.end());
}

double ReferenceInterpreter::rank(const Expr& expr, const Place& place) {
  const auto counts = [&](std::int32_t person) { return expr.b == law::no_expr || eval(expr.b, {person, place.moment}) != 0.0; };
  if (!counts(place.row)) return 0.0;
  const double own = eval(expr.a, place);
  const std::int32_t unit = population_.membership(expr.from).unit_of[static_cast<std::size_t>(place.row)];
  double position = 1.0;
  for (const std::int32_t person : members(expr.from, unit)) {
    if (person == place.row || !counts(person)) continue;
    const double other = eval(expr.a, {person, place.moment});
    if (compare(law::Op::less, other, own) || (other == own && person < place.row)) position += 1.0;
  }
  return position;
}

double ReferenceInterpreter::window(const Expr& expr, const Place& place) {
  std::vector<double> values;
  for (const Month month : months_of(expr.time, place.moment.month)) {
    Place there = place;
    there.moment.month = month;
    values.push_back(eval(expr.a, there));
  }
  const auto holds = [](double x) { return x != 0.0; };
  double total = 0.0;
  for (const double x : values) total += x;
  switch (expr.aggregation) {
    case Aggregation::sum:
    case Aggregation::count:
      return total;
    case Aggregation::mean:
      return total / static_cast<double>(values.size());
    case Aggregation::any:
      return std::any_of(values.begin(), values.end(), holds) ? 1.0 : 0.0;
    case Aggregation::all:
      return std::all_of(values.begin(), values.end(), holds) ? 1.0 : 0.0;
    case Aggregation::min:
      return *std::min_element(values.begin(), values.end());
    case Aggregation::max:
      return *std::max_element(values.begin(), values.end());
  }
  throw Defect("an aggregation of no kind");
}

}  // namespace labacces::reference
