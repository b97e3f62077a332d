// Plan: the flat program that the engine runs. No names, no pointers.
// Columns are operands, never instructions, but for input_given. Any operand may be a constant (member_sum of 1 counts members).
// A column operand has the level on which the instruction reads: its `level`; individu for member_*, of_principal, rank;
// `from` for to_members.
#pragma once

#include <cstdint>
#include <vector>

#include "libsim/plan/graph.hpp"

namespace labacces::plan {

/// A register of the scratch block, or a constant, or a column of the population (read in place).
struct Operand {
  enum class Kind : std::uint8_t { none, scratch, constant, column } kind = Kind::none;
  std::uint32_t index = 0;  ///< register number, constant number or column number
  bool operator==(const Operand&) const = default;
};

struct Instruction {
  NodeOp op = NodeOp::constant;
  Level level = Level::individu;  ///< rows of the result
  Level from = Level::individu;
  std::uint32_t payload = 0;  ///< of a decision: the name by which the caller is asked
  double number = 0.0;
  std::uint32_t out = 0;  ///< register
  Operand a, b, c;
};

struct PlanOutput {
  Operand source;
  Level level = Level::individu;
};

/// Whether `out` may be the register of one of the instruction's operands (one read here for the last time): all operations
/// of one row on the same row, so not those that move between levels, tables and scales. Kernels must allow out == a, b or c.
constexpr bool may_work_in_place(NodeOp op) {
  switch (op) {
    case NodeOp::constant:
    case NodeOp::input:
    case NodeOp::input_given:
    case NodeOp::table:
    case NodeOp::scale:
    case NodeOp::member_sum:
    case NodeOp::member_min:
    case NodeOp::member_max:
    case NodeOp::to_members:
    case NodeOp::of_principal:
    case NodeOp::role:
    case NodeOp::rank:
    case NodeOp::decision:
      return false;
    case NodeOp::add:
    case NodeOp::subtract:
    case NodeOp::multiply:
    case NodeOp::divide:
    case NodeOp::negate:
    case NodeOp::absolute:
    case NodeOp::minimum:
    case NodeOp::maximum:
    case NodeOp::less:
    case NodeOp::less_equal:
    case NodeOp::equal:
    case NodeOp::not_equal:
    case NodeOp::logical_and:
    case NodeOp::logical_or:
    case NodeOp::logical_not:
    case NodeOp::select:
    case NodeOp::divide_or:
    case NodeOp::round_half:
    case NodeOp::round_up:
    case NodeOp::round_down:
    case NodeOp::floor_div:
    case NodeOp::month_index:
    case NodeOp::month_of:
    case NodeOp::year_of:
    case NodeOp::add_months:
      return true;
  }
  return false;
}

struct Plan {
  std::vector<Instruction> instructions;
  std::vector<double> constants;
  std::vector<TableData> tables;
  std::vector<ScaleData> scales;
  std::vector<PlanOutput> outputs;  ///< same order as Graph::outputs
  std::uint32_t register_count = 0;
  std::vector<NodeId> computed;  ///< by instruction: the node it computes (for explanations only)
  /// With keep_all: where each node's value stands, by NodeId (kind none = dropped). Empty otherwise.
  std::vector<Operand> node_operands;
};

/// Order, liveness, register reuse. With `keep_all` every node keeps its register (for traces).
Plan schedule(const Graph& graph, bool keep_all = false);

}  // namespace labacces::plan
