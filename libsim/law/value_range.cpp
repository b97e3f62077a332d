#include "libsim/law/value_range.hpp"

#include <algorithm>
#include <cmath>

namespace labacces::law {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

ValueRange hull(ValueRange a, ValueRange b) { return {std::min(a.least, b.least), std::max(a.most, b.most)}; }

ValueRange smaller(ValueRange a, ValueRange b) { return {std::min(a.least, b.least), std::min(a.most, b.most)}; }
ValueRange larger(ValueRange a, ValueRange b) { return {std::max(a.least, b.least), std::max(a.most, b.most)}; }

/// No NaN leaves here: a bound that is not a number says nothing.
ValueRange cleaned(ValueRange range) {
  if (std::isnan(range.least)) range.least = -infinity;
  if (std::isnan(range.most)) range.most = infinity;
  return range;
}

ValueRange product(ValueRange a, ValueRange b) {
  const double corners[] = {a.least * b.least, a.least * b.most, a.most * b.least, a.most * b.most};
  ValueRange range{corners[0], corners[0]};
  for (const double corner : corners) {
    if (std::isnan(corner)) return {};
    range = hull(range, {corner, corner});
  }
  return range;
}

}  // namespace

ValueRange RangeFinder::of(ExprId id) {
  const auto found = known_.find(static_cast<std::uint32_t>(id));
  if (found != known_.end()) return found->second;
  const ValueRange range = cleaned(find(law_.expr(id)));
  known_.emplace(static_cast<std::uint32_t>(id), range);
  return range;
}

ValueRange RangeFinder::find(const Expr& node) {
  if (node.type.kind == ValueKind::yes_no) return {0.0, 1.0};
  const ValueRange items =
      node.type.kind == ValueKind::enumeration
          ? ValueRange{0.0, static_cast<double>(law_.enums()[static_cast<std::size_t>(node.type.enumeration)].items.size()) - 1.0}
          : ValueRange{};
  switch (node.kind) {
    case ExprKind::literal:
      return {node.number, node.number};
    case ExprKind::param: {
      const auto& versions = law_.params()[node.index].versions;
      if (versions.empty()) return {};
      ValueRange range{versions.front().value, versions.front().value};
      for (const Version<double>& version : versions) range = hull(range, {version.value, version.value});
      return range;
    }
    case ExprKind::constant:
      return node.constant == Constant::this_month ? ValueRange{1.0, 12.0} : ValueRange{};
    case ExprKind::unary: {
      const ValueRange a = of(node.a);
      return {-a.most, -a.least};
    }
    case ExprKind::binary:
      return of_binary(node);
    case ExprKind::choose:
      return hull(of(node.b), of(node.c));
    case ExprKind::call:
      return of_call(node);
    case ExprKind::project:
    case ExprKind::shift:
      return of(node.a);
    case ExprKind::aggregate:
    case ExprKind::window:
      return of_aggregate(node);
    case ExprKind::rank:
      return {0.0, infinity};
    case ExprKind::variable:
    case ExprKind::table:
    case ExprKind::scale:
    case ExprKind::role:
      return items;
  }
  return items;
}

ValueRange RangeFinder::of_binary(const Expr& node) {
  const ValueRange a = of(node.a);
  const ValueRange b = of(node.b);
  if (node.op == Op::add) return {a.least + b.least, a.most + b.most};
  if (node.op == Op::subtract) return {a.least - b.most, a.most - b.least};
  if (node.op == Op::multiply) return product(a, b);
  return {};
}

ValueRange RangeFinder::of_call(const Expr& node) {
  const ValueRange first = of(node.args[0]);
  switch (node.function) {
    case Function::min:
    case Function::max: {
      ValueRange range = first;
      for (const ExprId arg : node.args)
        range = node.function == Function::min ? smaller(range, of(arg)) : larger(range, of(arg));
      return range;
    }
    case Function::clamp:
      return smaller(larger(first, of(node.args[1])), of(node.args[2]));
    case Function::abs:
      return {std::max(first.least, 0.0), std::max(std::abs(first.least), std::abs(first.most))};
    case Function::round:
    case Function::round_up:
    case Function::round_down: {
      const double step = of(node.args[1]).most;
      return {std::floor(first.least / step) * step, std::ceil(first.most / step) * step};
    }
    case Function::number:
      return {0.0, 1.0};
    case Function::month_of:
      return {1.0, 12.0};
    case Function::monthly:
    case Function::yearly:
    case Function::age:
    case Function::age_months:
    case Function::add_months:
    case Function::year_of:
    case Function::divide3:
      break;
  }
  return {};
}

ValueRange RangeFinder::of_aggregate(const Expr& node) {
  if (node.aggregation == Aggregation::count) return {0.0, infinity};
  const ValueRange body = of(node.a);
  if (node.aggregation == Aggregation::sum) return {body.least >= 0.0 ? 0.0 : -infinity, body.most <= 0.0 ? 0.0 : infinity};
  return node.c == no_expr ? body : hull(body, of(node.c));
}

}  // namespace labacces::law
