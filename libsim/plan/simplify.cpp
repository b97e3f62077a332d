#include "libsim/plan/simplify.hpp"

#include <cmath>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/plan/scalar.hpp"
#include "libsim/plan/simplify_parts.hpp"

namespace labacces::plan {
namespace {

bool is_commutative(NodeOp op) {
  switch (op) {
    case NodeOp::add:
    case NodeOp::multiply:
    case NodeOp::minimum:
    case NodeOp::maximum:
    case NodeOp::equal:
    case NodeOp::not_equal:
    case NodeOp::logical_and:
    case NodeOp::logical_or:
      return true;
    default:
      return false;
  }
}

/// Constants stand right; other operands in the order of their hashes, which depends on their meaning only.
void order_operands(const Graph& graph, Node& node) {
  const bool a_constant = graph.node(node.a).op == NodeOp::constant, b_constant = graph.node(node.b).op == NodeOp::constant;
  if (a_constant != b_constant) {
    if (a_constant) std::swap(node.a, node.b);
  } else if (graph.facts(node.b).hash < graph.facts(node.a).hash) {
    std::swap(node.a, node.b);
  }
}

/// Level of an operation of one row: that of its operands, which must agree; scalar when all are.
void set_level(const Graph& graph, Node& node) {
  node.is_scalar = true;
  node.level = Level::individu;
  node.from = Level::individu;
  for (const NodeId id : {node.a, node.b, node.c}) {
    if (id == no_node || graph.node(id).is_scalar) continue;
    const Level level = graph.node(id).level;
    SIM_CHECK(node.is_scalar || node.level == level, "operands of one operation live on two levels");
    node.level = level;
    node.is_scalar = false;
  }
}

NodeId fold_constants(Graph& graph, const Node& node) {
  const auto value = [&graph](NodeId id) { return id == no_node ? 0.0 : graph.node(id).number; };
  const double a = value(node.a), b = value(node.b), c = value(node.c);
  if (node.op == NodeOp::table) return graph.constant(look_up(graph.tables()[node.payload], a, b, c));
  if (node.op == NodeOp::scale) return graph.constant(apply_scale(graph.scales()[node.payload], a));
  return graph.constant(evaluate(node.op, node.number, a, b, c));
}

Simplified simplify_arithmetic(Graph& graph, const Node& node) {
  const Look a{graph, node.a}, b{graph, node.b};
  switch (node.op) {
    case NodeOp::add:
      if (b.is(0.0)) return {node.a, {}};
      if (a.op() == NodeOp::negate) return {graph.add({.op = NodeOp::subtract, .a = node.b, .b = a.node().a}), {}};
      if (b.op() == NodeOp::negate) return {graph.add({.op = NodeOp::subtract, .a = node.a, .b = b.node().a}), {}};
      break;
    case NodeOp::subtract:
      if (b.is(0.0)) return {node.a, {}};
      if (a.is(0.0)) return {graph.add({.op = NodeOp::negate, .a = node.b}), {}};
      if (node.a == node.b) return {graph.constant(0.0), {}};
      if (b.op() == NodeOp::negate) return {graph.add({.op = NodeOp::add, .a = node.a, .b = b.node().a}), {}};
      break;
    case NodeOp::multiply:
      if (b.is(1.0)) return {node.a, {}};
      if (b.is(0.0)) return {graph.constant(0.0), {}};
      if (b.is(-1.0)) return {graph.add({.op = NodeOp::negate, .a = node.a}), {}};
      if (a.facts().is_truth && b.facts().is_truth) return {graph.add({.op = NodeOp::logical_and, .a = node.a, .b = node.b}), {}};
      break;
    case NodeOp::divide:
      if (b.is(1.0)) return {node.a, {}};
      if (a.is(0.0)) return {graph.constant(0.0), {}};
      if (b.is_constant()) {
        int exponent = 0;
        // Dividing by a power of two is multiplying by its inverse, exactly.
        if (std::frexp(b.number(), &exponent) == 0.5 && std::abs(exponent) < 500) {
          return {graph.add({.op = NodeOp::multiply, .a = node.a, .b = graph.constant(1.0 / b.number())}), {}};
        }
      }
      break;
    case NodeOp::divide_or:
      if (b.is(0.0)) return {node.c, {}};
      if (b.is_constant() || b.facts().lowest > 0.0) return {graph.add({.op = NodeOp::divide, .a = node.a, .b = node.b}), {}};
      break;
    case NodeOp::negate:
      if (a.op() == NodeOp::negate) return {a.node().a, {}};
      break;
    case NodeOp::absolute:
      if (a.facts().lowest >= 0.0) return {node.a, {}};
      if (a.op() == NodeOp::negate) return {graph.add({.op = NodeOp::absolute, .a = a.node().a}), {}};
      break;
    case NodeOp::round_half:
    case NodeOp::round_up:
    case NodeOp::round_down:
      if (a.op() == node.op && a.node().number == node.number) return {node.a, {}};
      break;
    default:
      break;
  }
  return {no_node, node};
}

/// minimum and maximum; `sign` is 1 for maximum, -1 for minimum.
Simplified simplify_extremum(Graph& graph, const Node& node) {
  const Look a{graph, node.a}, b{graph, node.b};
  if (node.a == node.b) return {node.a, {}};
  const bool is_max = node.op == NodeOp::maximum;
  const auto beats = [is_max](const Graph::Facts& winner, const Graph::Facts& loser) {
    return is_max ? winner.lowest >= loser.highest : winner.highest <= loser.lowest;
  };
  if (beats(a.facts(), b.facts())) return {node.a, {}};
  if (beats(b.facts(), a.facts())) return {node.b, {}};
  if (b.is_constant() && a.op() == node.op) {
    const Look inner{graph, a.node().b};
    if (inner.is_constant()) {
      const NodeId bound = graph.constant(evaluate(node.op, 0.0, inner.number(), b.number(), 0.0));
      return {graph.add({.op = node.op, .a = a.node().a, .b = bound}), {}};
    }
  }
  return {no_node, node};
}

Simplified simplify_between_levels(Graph& graph, const Node& node) {
  if (node.op == NodeOp::role) {
    const std::uint32_t all = all_roles(node.from);
    if ((node.payload & all) == all) return {graph.constant(1.0), {}};
    if ((node.payload & all) == 0) return {graph.constant(0.0), {}};
    Node result = node;
    result.payload &= all;
    return {no_node, result};
  }
  if (node.op == NodeOp::rank) return {no_node, node};
  const Look a{graph, node.a};
  if (a.is_constant()) {
    if (node.op != NodeOp::member_sum || a.is(0.0)) return {node.a, {}};
    if (a.is(1.0)) return {no_node, node};
    Node members = node;
    members.a = graph.constant(1.0);
    return {graph.add({.op = NodeOp::multiply, .a = graph.add(members), .b = node.a}), {}};
  }
  if (node.op == NodeOp::of_principal) {
    if (a.op() == NodeOp::to_members && a.node().from == node.level) return {a.node().a, {}};
    if (a.op() == NodeOp::role && a.node().from == node.level)
      return {graph.constant((a.node().payload & 1U) != 0 ? 1.0 : 0.0), {}};
  }
  if (node.op == NodeOp::member_min || node.op == NodeOp::member_max) {
    if (a.op() == NodeOp::to_members && a.node().from == node.level) return {a.node().a, {}};
  }
  return hoist_group_part(graph, node);
}

}  // namespace

bool is_row_operation(NodeOp op) {
  return op == NodeOp::table || op == NodeOp::scale || (op >= NodeOp::add && op <= NodeOp::add_months);
}

Simplified simplify(Graph& graph, const Node& given) {
  Node node = given;
  if (node.op == NodeOp::constant) return {graph.constant(node.number), {}};
  if (node.op == NodeOp::input || node.op == NodeOp::input_given) return {no_node, node};
  if (!is_row_operation(node.op)) return simplify_between_levels(graph, node);

  set_level(graph, node);
  if (node.is_scalar) return {fold_constants(graph, node), {}};
  if (is_commutative(node.op)) order_operands(graph, node);
  switch (node.op) {
    case NodeOp::minimum:
    case NodeOp::maximum:
      return simplify_extremum(graph, node);
    case NodeOp::less:
    case NodeOp::less_equal:
    case NodeOp::equal:
    case NodeOp::not_equal:
      return simplify_comparison(graph, node);
    case NodeOp::logical_and:
    case NodeOp::logical_or:
    case NodeOp::logical_not:
      return simplify_logic(graph, node);
    case NodeOp::select:
      return simplify_select(graph, node);
    default:
      return simplify_arithmetic(graph, node);
  }
}

}  // namespace labacces::plan
