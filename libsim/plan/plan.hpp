// Plan: the flat program that the engine runs. No names, no pointers.
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
  std::uint32_t payload = 0;
  double number = 0.0;
  std::uint32_t out = 0;  ///< register
  Operand a, b, c;
};

struct PlanOutput {
  Operand source;
  Level level = Level::individu;
};

struct Plan {
  std::vector<Instruction> instructions;
  std::vector<double> constants;
  std::vector<TableData> tables;
  std::vector<ScaleData> scales;
  std::vector<PlanOutput> outputs;  ///< same order as Graph::outputs
  std::uint32_t register_count = 0;
};

/// Order, liveness, register reuse. With `keep_all` every node keeps its register (for traces).
Plan schedule(const Graph& graph, bool keep_all = false);

}  // namespace labacces::plan
