// Expressions between levels and over time: projections, aggregates, ranks, windows.
#include <algorithm>
#include <limits>

#include "libsim/base/error.hpp"
#include "libsim/plan/expansion.hpp"

namespace labacces::plan {

using law::Aggregation;

NodeId sum_in_order(Graph& graph, const std::vector<NodeId>& terms) {
  NodeId total = graph.constant(0.0);
  for (std::size_t i = 0; i < terms.size();) {
    std::size_t same = 1;
    while (i + same < terms.size() && terms[i + same] == terms[i]) ++same;
    const NodeId part = graph.add({.op = NodeOp::multiply, .a = terms[i], .b = graph.constant(static_cast<double>(same))});
    total = graph.add({.op = NodeOp::add, .a = total, .b = part});
    i += same;
  }
  return total;
}

NodeId sum_of_months(Graph& graph, const std::vector<NodeId>& terms, Month first) {
  constexpr std::size_t short_window = 3;
  const bool all_same = std::all_of(terms.begin(), terms.end(), [&](NodeId term) { return term == terms.front(); });
  if (terms.size() <= short_window || all_same) return sum_in_order(graph, terms);
  NodeId total = graph.constant(0.0);
  for (std::size_t begin = 0; begin < terms.size();) {
    const Month month = first + static_cast<int>(begin);
    const std::size_t end = std::min(terms.size(), begin + static_cast<std::size_t>(13 - month.month()));
    std::vector<NodeId> part(terms.begin() + static_cast<std::ptrdiff_t>(begin),
                             terms.begin() + static_cast<std::ptrdiff_t>(end));
    const bool to_december = month.month() != 1 && (first + static_cast<int>(end)).month() == 1;
    if (to_december) std::reverse(part.begin(), part.end());
    total = graph.add({.op = NodeOp::add, .a = total, .b = sum_in_order(graph, part)});
    begin = end;
  }
  return total;
}

NodeId Expansion::project(const law::Expr& e, const Moment& moment) {
  const NodeId a = expr(e.a, moment);
  if (graph_.node(a).is_scalar || e.level == e.from) return a;
  if (e.level == Level::individu) return graph_.add({.op = NodeOp::to_members, .level = Level::individu, .from = e.from, .a = a});
  return graph_.add({.op = NodeOp::of_principal, .level = e.level, .from = Level::individu, .a = a});
}

NodeId Expansion::aggregate(const law::Expr& e, const Moment& moment) {
  const NodeId body = expr(e.a, moment);
  const NodeId condition = e.b == law::no_expr ? graph_.constant(1.0) : expr(e.b, moment);
  const auto members = [&](NodeOp op, NodeId a) {
    return graph_.add({.op = op, .level = e.from, .from = Level::individu, .a = a});
  };
  const NodeId zero = graph_.constant(0.0);
  switch (e.aggregation) {
    case Aggregation::sum:
      return members(NodeOp::member_sum, row(NodeOp::select, condition, body, zero));
    case Aggregation::count:
      return members(NodeOp::member_sum, row(NodeOp::logical_and, body, condition));
    case Aggregation::any:
      return members(NodeOp::member_max, row(NodeOp::logical_and, body, condition));
    case Aggregation::all:
      return members(NodeOp::member_min, row(NodeOp::logical_or, body, row(NodeOp::logical_not, condition)));
    case Aggregation::mean: {
      const NodeId otherwise = e.c == law::no_expr ? zero : expr(e.c, moment);
      const NodeId sum = members(NodeOp::member_sum, row(NodeOp::select, condition, body, zero));
      return row(NodeOp::divide_or, sum, members(NodeOp::member_sum, condition), otherwise);
    }
    case Aggregation::min:
    case Aggregation::max:
      return extremum_of_members(e, body, condition, moment);
  }
  SIM_CHECK(false, "an aggregate that cannot be expanded");
  return no_node;
}

NodeId Expansion::extremum_of_members(const law::Expr& e, NodeId body, NodeId condition, const Moment& moment) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const bool is_min = e.aggregation == Aggregation::min;
  const NodeId none = graph_.constant(is_min ? infinity : -infinity);
  const NodeId chosen = row(NodeOp::select, condition, body, none);
  const NodeId best =
      graph_.add({.op = is_min ? NodeOp::member_min : NodeOp::member_max, .level = e.from, .from = Level::individu, .a = chosen});
  if (e.c == law::no_expr) return best;
  const NodeId found = is_min ? row(NodeOp::less, best, none) : row(NodeOp::less, none, best);
  if (const Node& known = graph_.node(found); known.op == NodeOp::constant && known.number != 0.0) return best;
  return row(NodeOp::select, found, best, expr(e.c, moment));
}

NodeId Expansion::rank(const law::Expr& e, const Moment& moment) {
  Node node{.op = NodeOp::rank, .level = Level::individu, .from = e.from};
  node.a = expr(e.a, moment);
  if (e.b != law::no_expr) node.b = expr(e.b, moment);
  if (node.b != no_node) {
    if (const Node& condition = graph_.node(node.b); condition.op == NodeOp::constant) {
      if (condition.number == 0.0) return graph_.constant(0.0);
      node.b = no_node;
    }
  }
  return graph_.add(node);
}

NodeId Expansion::window(const law::Expr& e, const Moment& moment) {
  const MonthRange range = resolve(e.time, moment.month);
  std::vector<NodeId> terms;
  Moment at = moment;
  for (at.month = range.first; at.month <= range.last; at.month = at.month + 1) terms.push_back(expr(e.a, at));
  SIM_CHECK(!terms.empty(), "a window without months");
  const auto fold = [&](NodeOp op) {
    NodeId result = terms.front();
    for (std::size_t i = 1; i < terms.size(); ++i) result = row(op, result, terms[i]);
    return result;
  };
  switch (e.aggregation) {
    case Aggregation::sum:
    case Aggregation::count:
      return sum_of_months(graph_, terms, range.first);
    case Aggregation::mean: {
      if (std::all_of(terms.begin(), terms.end(), [&](NodeId term) { return term == terms.front(); })) return terms.front();
      return row(NodeOp::divide, sum_of_months(graph_, terms, range.first), graph_.constant(static_cast<double>(terms.size())));
    }
    case Aggregation::any:
      return fold(NodeOp::logical_or);
    case Aggregation::all:
      return fold(NodeOp::logical_and);
    case Aggregation::min:
      return fold(NodeOp::minimum);
    case Aggregation::max:
      return fold(NodeOp::maximum);
  }
  SIM_CHECK(false, "a window that cannot be expanded");
  return no_node;
}

}  // namespace labacces::plan
