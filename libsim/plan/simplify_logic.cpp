// Comparisons, yes/no operations and choices.
#include <cmath>
#include <utility>

#include "libsim/plan/simplify_parts.hpp"

namespace labacces::plan {
namespace {

NodeId negation(Graph& graph, NodeId id) { return graph.add({.op = NodeOp::logical_not, .a = id}); }

/// Decides a comparison from the bounds of its operands: 1, 0, or -1 when they do not tell.
int decided(const Node& node, const Graph::Facts& a, const Graph::Facts& b) {
  switch (node.op) {
    case NodeOp::less:
      if (a.highest < b.lowest) return 1;
      if (a.lowest >= b.highest) return 0;
      return -1;
    case NodeOp::less_equal:
      if (a.highest <= b.lowest) return 1;
      if (a.lowest > b.highest) return 0;
      return -1;
    case NodeOp::equal:
      if (a.highest < b.lowest || b.highest < a.lowest) return 0;
      return -1;
    case NodeOp::not_equal:
      if (a.highest < b.lowest || b.highest < a.lowest) return 1;
      return -1;
    default:
      return -1;
  }
}

/// A claim `x < bound` (or x >= bound) about whole months, where x is an age: months - month_index(date), or its complete years.
/// Ages of one person then differ between months in the bound only: one comparison of a column shared by all months.
struct AgeClaim {
  NodeId date_months = no_node;
  bool is_less = true;  // x < bound, else x >= bound
  double bound = 0.0;   // in months, about months - month_index(date)
  double months = 0.0;
};

bool is_whole(double value) { return std::floor(value) == value && std::fabs(value) < 1e9; }

bool read_age_claim(const Graph& graph, const Node& node, AgeClaim& claim) {
  if (node.op != NodeOp::less && node.op != NodeOp::less_equal) return false;
  const bool constant_left = graph.node(node.a).op == NodeOp::constant;
  const bool constant_right = graph.node(node.b).op == NodeOp::constant;
  if (constant_left == constant_right) return false;
  const double limit = graph.node(constant_left ? node.a : node.b).number;
  if (!(std::fabs(limit) < 1e9)) return false;
  // age < limit, age <= limit, limit < age, limit <= age, for whole ages.
  const bool strict = node.op == NodeOp::less;
  claim.is_less = constant_right;
  if (constant_right) {
    claim.bound = strict ? std::ceil(limit) : std::floor(limit) + 1.0;
  } else {
    claim.bound = strict ? std::floor(limit) + 1.0 : std::ceil(limit);
  }
  Node age = graph.node(constant_right ? node.a : node.b);
  if (age.op == NodeOp::floor_div) {
    if (!is_whole(age.number) || age.number <= 0.0) return false;
    claim.bound *= age.number;
    age = graph.node(age.a);
  }
  if (age.op != NodeOp::subtract || graph.node(age.a).op != NodeOp::constant || graph.node(age.b).op != NodeOp::month_index)
    return false;
  claim.months = graph.node(age.a).number;
  claim.date_months = age.b;
  return is_whole(claim.months);
}

}  // namespace

Simplified simplify_comparison(Graph& graph, const Node& node) {
  const Look a{graph, node.a}, b{graph, node.b};
  if (node.a == node.b) return {graph.constant(node.op == NodeOp::less_equal || node.op == NodeOp::equal ? 1.0 : 0.0), {}};
  if (const int answer = decided(node, a.facts(), b.facts()); answer >= 0) return {graph.constant(answer), {}};
  if (node.op == NodeOp::equal || node.op == NodeOp::not_equal) {
    if (a.facts().is_truth && b.is_constant()) {  // other constants are decided above
      const bool same = (node.op == NodeOp::equal) == b.is(1.0);
      if (b.is(0.0) || b.is(1.0)) return {same ? node.a : negation(graph, node.a), {}};
    }
    return {no_node, node};
  }
  if (b.is_constant() && a.facts().is_truth) return {negation(graph, node.a), {}};  // a < 1, a <= 0
  if (a.is_constant() && b.facts().is_truth) return {node.b, {}};                   // 0 < b, 1 <= b
  AgeClaim claim;
  if (read_age_claim(graph, node, claim)) {
    // months - date < bound  <=>  months - bound < date;   months - date >= bound  <=>  date <= months - bound
    const NodeId edge = graph.constant(claim.months - claim.bound);
    if (claim.is_less) return {no_node, {.op = NodeOp::less, .level = node.level, .a = edge, .b = claim.date_months}};
    return {no_node, {.op = NodeOp::less_equal, .level = node.level, .a = claim.date_months, .b = edge}};
  }
  return {no_node, node};
}

Simplified simplify_logic(Graph& graph, const Node& node) {
  const Look a{graph, node.a};
  if (node.op == NodeOp::logical_not) {
    const Node inner = a.node();
    switch (inner.op) {
      case NodeOp::logical_not:
        return {inner.a, {}};
      case NodeOp::less:
        return {graph.add({.op = NodeOp::less_equal, .a = inner.b, .b = inner.a}), {}};
      case NodeOp::less_equal:
        return {graph.add({.op = NodeOp::less, .a = inner.b, .b = inner.a}), {}};
      case NodeOp::equal:
        return {graph.add({.op = NodeOp::not_equal, .a = inner.a, .b = inner.b}), {}};
      case NodeOp::not_equal:
        return {graph.add({.op = NodeOp::equal, .a = inner.a, .b = inner.b}), {}};
      case NodeOp::role: {
        Node other = inner;
        other.payload = ~inner.payload & all_roles(inner.from);
        return {graph.add(other), {}};
      }
      default:
        return {no_node, node};
    }
  }
  const Look b{graph, node.b};
  const bool is_and = node.op == NodeOp::logical_and;
  if (node.a == node.b) return {node.a, {}};
  if (b.is_constant()) return {(b.number() != 0.0) == is_and ? node.a : graph.constant(is_and ? 0.0 : 1.0), {}};
  if (a.op() == NodeOp::role && b.op() == NodeOp::role && a.node().from == b.node().from) {
    Node merged = a.node();
    merged.payload = is_and ? merged.payload & b.node().payload : merged.payload | b.node().payload;
    return {graph.add(merged), {}};
  }
  if (a.op() == NodeOp::logical_not && a.node().a == node.b) return {graph.constant(is_and ? 0.0 : 1.0), {}};
  if (b.op() == NodeOp::logical_not && b.node().a == node.a) return {graph.constant(is_and ? 0.0 : 1.0), {}};
  return {no_node, node};
}

Simplified simplify_select(Graph& graph, const Node& node) {
  const Look condition{graph, node.a}, yes{graph, node.b}, no{graph, node.c};
  if (condition.is_constant()) return {condition.number() != 0.0 ? node.b : node.c, {}};
  if (node.b == node.c) return {node.b, {}};
  if (condition.op() == NodeOp::logical_not) {
    return {graph.add({.op = NodeOp::select, .a = condition.node().a, .b = node.c, .c = node.b}), {}};
  }
  if (yes.op() == NodeOp::select && yes.node().a == node.a) {
    return {graph.add({.op = NodeOp::select, .a = node.a, .b = yes.node().b, .c = node.c}), {}};
  }
  if (no.op() == NodeOp::select && no.node().a == node.a) {
    return {graph.add({.op = NodeOp::select, .a = node.a, .b = node.b, .c = no.node().c}), {}};
  }
  if (yes.facts().is_truth && no.facts().is_truth && condition.facts().is_truth) {
    if (no.is(0.0)) return {graph.add({.op = NodeOp::logical_and, .a = node.a, .b = node.b}), {}};
    if (yes.is(1.0)) return {graph.add({.op = NodeOp::logical_or, .a = node.a, .b = node.c}), {}};
    if (yes.is(0.0)) return {graph.add({.op = NodeOp::logical_and, .a = negation(graph, node.a), .b = node.c}), {}};
    if (no.is(1.0)) return {graph.add({.op = NodeOp::logical_or, .a = negation(graph, node.a), .b = node.b}), {}};
  }
  // The choice between x and nothing twice over: one condition. Costs the same, and equal things meet.
  if (yes.op() == NodeOp::select && yes.node().c == node.c && condition.facts().is_truth && graph.facts(yes.node().a).is_truth) {
    const Node inner = yes.node();
    const NodeId both = graph.add({.op = NodeOp::logical_and, .a = node.a, .b = inner.a});
    return {graph.add({.op = NodeOp::select, .a = both, .b = inner.b, .c = inner.c}), {}};
  }
  return {no_node, node};
}

Simplified hoist_group_part(Graph& graph, const Node& node) {
  const auto of_group = [&](NodeId id) { return graph.node(id).op == NodeOp::to_members && graph.node(id).from == node.level; };
  const auto over_members = [&](NodeId id) {
    Node inner = node;
    inner.a = id;
    return graph.add(inner);
  };
  if (node.op != NodeOp::member_sum && node.op != NodeOp::member_min && node.op != NodeOp::member_max) return {no_node, node};
  const Node inner = graph.node(node.a);
  if (inner.op == NodeOp::select && of_group(inner.a)) {
    const Look no{graph, inner.c};
    const bool neutral = no.is_constant() && (node.op != NodeOp::member_sum || no.is(0.0));
    if (neutral) {
      const NodeId yes = over_members(inner.b);
      return {graph.add({.op = NodeOp::select, .a = graph.node(inner.a).a, .b = yes, .c = inner.c}), {}};
    }
  }
  if (inner.op == NodeOp::logical_and || (inner.op == NodeOp::logical_or && node.op != NodeOp::member_sum)) {
    const NodeId outer = of_group(inner.a) ? inner.a : of_group(inner.b) ? inner.b : no_node;
    if (outer == no_node) return {no_node, node};
    const NodeId rest = over_members(outer == inner.a ? inner.b : inner.a);
    const NodeId claim = graph.node(outer).a;
    if (node.op != NodeOp::member_sum) return {graph.add({.op = inner.op, .a = claim, .b = rest}), {}};
    return {graph.add({.op = NodeOp::select, .a = claim, .b = rest, .c = graph.constant(0.0)}), {}};
  }
  return {no_node, node};
}

}  // namespace labacces::plan
