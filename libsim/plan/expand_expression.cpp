// Expressions on one row: names, arithmetic, functions, parameters, tables and scales.
#include <algorithm>

#include "libsim/base/error.hpp"
#include "libsim/plan/expansion.hpp"

namespace labacces::plan {
namespace {

using law::ExprKind;
using law::Function;
using law::Op;

std::uint32_t table_payload(Graph& graph, const std::vector<law::TableRow>& rows) {
  TableData data;
  data.rows.reserve(rows.size());
  for (const law::TableRow& row : rows) data.rows.push_back({row.first1, row.last1, row.first2, row.last2, row.value});
  return graph.add_table(std::move(data));
}

std::uint32_t scale_payload(Graph& graph, law::ScaleKind kind, const std::vector<law::Bracket>& brackets) {
  ScaleData data;
  data.kind = kind == law::ScaleKind::marginal ? 0 : kind == law::ScaleKind::average ? 1 : 2;
  for (const law::Bracket& bracket : brackets) {
    data.thresholds.push_back(bracket.threshold);
    data.values.push_back(bracket.value);
  }
  return graph.add_scale(std::move(data));
}

/// The version of a dated list in force, with its number; reports a gap and returns nullptr.
template <typename T, typename Report>
const law::Version<T>* version_in(const std::vector<law::Version<T>>& versions, Month month, const Report& report) {
  if (const auto* version = law::Law::in_force(versions, month)) return version;
  std::vector<std::pair<Day, Span>> since;
  since.reserve(versions.size());
  for (const auto& version : versions) since.emplace_back(version.since, version.span);
  report(since, versions.empty() ? MonthInterval{} : versions.back().in_force);
  return nullptr;
}

/// The payload of one version, made once: `payloads` holds payload + 1 by version.
template <typename T, typename Make>
std::uint32_t payload_of(std::vector<std::uint32_t>& payloads, const std::vector<law::Version<T>>& versions,
                         const law::Version<T>& version, const Make& make) {
  payloads.resize(versions.size());
  std::uint32_t& known = payloads[static_cast<std::size_t>(&version - versions.data())];
  if (known == 0) known = make() + 1;
  return known - 1;
}

NodeOp operation_of(Op op) {
  switch (op) {
    case Op::add:
      return NodeOp::add;
    case Op::subtract:
      return NodeOp::subtract;
    case Op::multiply:
      return NodeOp::multiply;
    case Op::divide:
      return NodeOp::divide;
    case Op::less:
    case Op::greater:
      return NodeOp::less;
    case Op::less_equal:
    case Op::greater_equal:
      return NodeOp::less_equal;
    case Op::equal:
      return NodeOp::equal;
    case Op::not_equal:
      return NodeOp::not_equal;
    case Op::logical_and:
      return NodeOp::logical_and;
    case Op::logical_or:
      return NodeOp::logical_or;
    case Op::negate:
      return NodeOp::negate;
    case Op::logical_not:
      return NodeOp::logical_not;
  }
  return NodeOp::add;
}

}  // namespace

NodeId Expansion::expr(law::ExprId id, const Moment& moment) {
  const law::Expr& e = law_.expr(id);
  switch (e.kind) {
    case ExprKind::literal:
      return graph_.constant(e.number);
    case ExprKind::param:
      return parameter(e.index, moment.month);
    case ExprKind::variable:
      return variable(e.index, moment);
    default:
      break;
  }
  const auto index = static_cast<std::uint32_t>(id);
  if (is_kept_[index] == 0) return expand(id, moment);
  const MomentMap::Key key = key_of(index, moment.month.index, moment);
  if (const NodeId known = expressions_.find(key); known != no_node) return known;
  const NodeId node = expand(id, moment);
  expressions_.insert(key, node);
  return node;
}

NodeId Expansion::expand(law::ExprId id, const Moment& moment) {
  const Descent descent(depth_, {true, static_cast<std::uint32_t>(id), moment});
  const law::Expr& e = law_.expr(id);
  switch (e.kind) {
    case ExprKind::literal:
    case ExprKind::param:
    case ExprKind::variable:
      break;  // expr() has them
    case ExprKind::constant:
      switch (e.constant) {
        case law::Constant::this_month:
          return graph_.constant(moment.month.month());
        case law::Constant::this_year:
          return graph_.constant(moment.month.year());
        case law::Constant::first_day:
          return graph_.constant(first_day(moment.month).days);
      }
      break;
    case ExprKind::unary:
      return row(operation_of(e.op), expr(e.a, moment));
    case ExprKind::binary:
      return binary(e, moment);
    case ExprKind::choose:
      return choose(e, moment);
    case ExprKind::call:
      return call(e, moment);
    case ExprKind::table:
      return table(e, moment);
    case ExprKind::scale:
      return scale(e, moment);
    case ExprKind::project:
      return project(e, moment);
    case ExprKind::aggregate:
      return aggregate(e, moment);
    case ExprKind::role:
      return graph_.add(
          {.op = NodeOp::role, .level = Level::individu, .from = e.from, .payload = static_cast<std::uint32_t>(e.number)});
    case ExprKind::rank:
      return rank(e, moment);
    case ExprKind::shift: {
      Moment shifted = moment;
      shifted.month = resolve(e.time, moment.month).first;
      return expr(e.a, shifted);
    }
    case ExprKind::window:
      return window(e, moment);
  }
  SIM_CHECK(false, "an expression that cannot be expanded");
  return no_node;
}

NodeId Expansion::binary(const law::Expr& e, const Moment& moment) {
  const NodeId a = expr(e.a, moment);
  const Node& left = graph_.node(a);
  // What a constant decides is not looked at: neither rules nor missing data behind it matter.
  if (left.op == NodeOp::constant) {
    if (e.op == Op::logical_and && left.number == 0.0) return a;
    if (e.op == Op::logical_or && left.number != 0.0) return a;
  }
  const NodeId b = expr(e.b, moment);
  const bool swapped = e.op == Op::greater || e.op == Op::greater_equal;
  return row(operation_of(e.op), swapped ? b : a, swapped ? a : b);
}

NodeId Expansion::choose(const law::Expr& e, const Moment& moment) {
  const NodeId condition = expr(e.a, moment);
  if (const Node& known = graph_.node(condition); known.op == NodeOp::constant) {
    return expr(known.number != 0.0 ? e.b : e.c, moment);
  }
  const NodeId yes = expr(e.b, moment);
  const NodeId no = expr(e.c, moment);
  return row(NodeOp::select, condition, yes, no);
}

NodeId Expansion::call(const law::Expr& e, const Moment& moment) {
  const NodeId a = expr(e.args[0], moment);
  const auto arg = [&](std::size_t i) { return expr(e.args[i], moment); };
  const auto rounded = [&](NodeOp op) {
    const Node& step = graph_.node(arg(1));
    SIM_CHECK(step.op == NodeOp::constant, "the step of a rounding is not a constant");
    return graph_.add({.op = op, .a = a, .number = step.number});
  };
  switch (e.function) {
    case Function::min:
    case Function::max: {
      const NodeOp op = e.function == Function::min ? NodeOp::minimum : NodeOp::maximum;
      NodeId result = a;
      for (std::size_t i = 1; i < e.args.size(); ++i) result = row(op, result, arg(i));
      return result;
    }
    case Function::abs:
      return row(NodeOp::absolute, a);
    case Function::round:
      return rounded(NodeOp::round_half);
    case Function::round_up:
      return rounded(NodeOp::round_up);
    case Function::round_down:
      return rounded(NodeOp::round_down);
    case Function::clamp: {
      const NodeId low = arg(1), high = arg(2);
      return row(NodeOp::minimum, row(NodeOp::maximum, a, low), high);
    }
    case Function::monthly:
      return row(NodeOp::divide, a, graph_.constant(12.0));
    case Function::yearly:
      return row(NodeOp::multiply, a, graph_.constant(12.0));
    case Function::number:
      return a;
    case Function::age:
    case Function::age_months: {
      const NodeId months = row(NodeOp::subtract, graph_.constant(moment.month.index), row(NodeOp::month_index, a));
      return e.function == Function::age_months ? months : graph_.add({.op = NodeOp::floor_div, .a = months, .number = 12.0});
    }
    case Function::add_months:
      return row(NodeOp::add_months, a, arg(1));
    case Function::month_of:
      return row(NodeOp::month_of, a);
    case Function::year_of:
      return row(NodeOp::year_of, a);
    case Function::divide3: {
      const NodeId b = arg(1), otherwise = arg(2);
      return row(NodeOp::divide_or, a, b, otherwise);
    }
  }
  SIM_CHECK(false, "a function that cannot be expanded");
  return no_node;
}

NodeId Expansion::parameter(std::uint32_t index, Month month) {
  const law::Param& param = law_.params()[index];
  const auto* version = version_in(param.versions, month, [&](const auto& since, const MonthInterval& last) {
    findings_.not_in_force(law_, "parameter", param.name, since, last, month, reader_name());
  });
  return graph_.constant(version == nullptr ? 0.0 : version->value);
}

NodeId Expansion::table(const law::Expr& e, const Moment& moment) {
  const law::Table& source = law_.tables()[e.index];
  const auto* version = version_in(source.versions, moment.month, [&](const auto& since, const MonthInterval& last) {
    findings_.not_in_force(law_, "table", source.name, since, last, moment.month, reader_name());
  });
  if (version == nullptr) return graph_.constant(0.0);
  Node node{.op = NodeOp::table};
  node.payload =
      payload_of(table_payloads_[e.index], source.versions, *version, [&] { return table_payload(graph_, version->value); });
  node.a = expr(e.args[0], moment);
  if (e.args.size() > 1) node.b = expr(e.args[1], moment);
  if (e.c != law::no_expr) node.c = expr(e.c, moment);
  return graph_.add(node);
}

NodeId Expansion::scale(const law::Expr& e, const Moment& moment) {
  const law::Scale& source = law_.scales()[e.index];
  const auto* version = version_in(source.versions, moment.month, [&](const auto& since, const MonthInterval& last) {
    findings_.not_in_force(law_, "scale", source.name, since, last, moment.month, reader_name());
  });
  if (version == nullptr) return graph_.constant(0.0);
  Node node{.op = NodeOp::scale};
  node.payload = payload_of(scale_payloads_[e.index], source.versions, *version,
                            [&] { return scale_payload(graph_, source.kind, version->value); });
  node.a = expr(e.a, moment);
  return graph_.add(node);
}

}  // namespace labacces::plan
