// Algebra on nodes: constants, neutral elements, one form for equal things. Never changes a rounding.
#pragma once

#include "libsim/plan/graph.hpp"

namespace labacces::plan {

/// Either an existing node that has the same values (`same`), or the node to look up or make, in canonical form.
struct Simplified {
  NodeId same = no_node;
  Node node;
};

/// May add operand nodes to the graph. The sign of zero may change, nothing else.
Simplified simplify(Graph& graph, const Node& node);

/// Whether an operation works on one row of each operand (level follows from the operands).
bool is_row_operation(NodeOp op);

}  // namespace labacces::plan
