// The parts of simplify(), internal to this folder.
#pragma once

#include "libsim/plan/simplify.hpp"

namespace labacces::plan {

/// A short way to look at an operand. Holds an id, not a reference: the arena moves when nodes are added.
class Look {
 public:
  Look(const Graph& graph, NodeId id) : graph_(graph), id_(id) {}
  const Node& node() const { return graph_.node(id_); }
  const Graph::Facts& facts() const { return graph_.facts(id_); }
  NodeOp op() const { return node().op; }
  bool is_constant() const { return op() == NodeOp::constant; }
  double number() const { return node().number; }
  bool is(double value) const { return is_constant() && node().number == value; }

 private:
  const Graph& graph_;
  NodeId id_;
};

/// Bits of all roles of a group.
constexpr std::uint32_t all_roles(Level group) { return group == Level::menage ? 0b1111U : 0b0111U; }

Simplified simplify_comparison(Graph& graph, const Node& node);
Simplified simplify_logic(Graph& graph, const Node& node);
Simplified simplify_select(Graph& graph, const Node& node);
/// member_* of `x where c` with c of the group itself: c is asked once a group, not once a member.
Simplified hoist_group_part(Graph& graph, const Node& node);

}  // namespace labacces::plan
