// Kernels: the loops behind the operations of one row on the same row, one table of them for each instruction set.
//
// They are compiled once an instruction set from the same source and without fused multiply-add, so every table gives the same bits;
// the tests compare them. (A table of pointers rather than target_clones: the sanitizers start before ifuncs are resolved, and a test
// can ask for each set by name.)
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "libsim/plan/graph.hpp"

namespace labacces::engine {

/// out[i] = op(a[i], b[i], c[i]) for i < n. An operand that is the same for all rows is read at [0] only; which ones are is the
/// kernel's shape. `out` may be a, b or c itself, but must not overlap them otherwise. Operands that an operation does not have are
/// constants too: any address of a double will do.
using RowKernel = void (*)(double* out, const double* a, const double* b, const double* c, double number, std::size_t n);

/// Which operands are constants: bit 0 a, bit 1 b, bit 2 c.
inline constexpr std::size_t shape_count = 8;
inline constexpr std::size_t node_op_count = static_cast<std::size_t>(plan::NodeOp::decision) + 1;

/// How a key finds its cell: the floored key minus `low`, held within 0 .. cells - 1, times `stride`.
struct KeyAxis {
  double low = 0.0;
  std::int32_t cells = 1;
  std::int32_t stride = 1;
};

/// The loops that are not of one row on the same row. No output may overlap an input.
struct LevelKernels {
  /// out[i] = a[index[i]]
  void (*gather)(double* out, const double* a, const std::int32_t* index, std::size_t n) = nullptr;
  /// out[unit[i]] += a[i] in row order, from 0. min and max: from the neutral element.
  void (*member_sum)(double* out, std::size_t units, const double* a, const std::int32_t* unit, std::size_t persons) = nullptr;
  void (*member_min)(double* out, std::size_t units, const double* a, const std::int32_t* unit, std::size_t persons) = nullptr;
  void (*member_max)(double* out, std::size_t units, const double* a, const std::int32_t* unit, std::size_t persons) = nullptr;
  /// out[i] = whether bit role[i] of `roles` is set
  void (*role)(double* out, const std::uint8_t* role, std::uint32_t roles, std::size_t n) = nullptr;
  /// out[i] = flag[i] != 0
  void (*truth_of_bytes)(double* out, const std::uint8_t* flag, std::size_t n) = nullptr;
  /// cell[i] = place of key[i] on the axis; with `add` added to what cell[i] holds
  void (*cells)(std::int32_t* cell, const double* key, KeyAxis axis, bool add, std::size_t n) = nullptr;
  /// One bracket of a scale, from `threshold` to `top` (infinity for the last): where threshold <= key, `out` becomes
  /// out + value * (min(key, top) - threshold), key * value, or value.
  void (*marginal)(double* out, const double* key, double threshold, double top, double value, std::size_t n) = nullptr;
  void (*average)(double* out, const double* key, double threshold, double value, std::size_t n) = nullptr;
  void (*bracket)(double* out, const double* key, double threshold, double value, std::size_t n) = nullptr;
};

/// The kernels of one instruction set. Operations between levels, tables and inputs have none (null) in `row`.
struct KernelTable {
  std::string_view name;
  std::array<std::array<RowKernel, shape_count>, node_op_count> row{};
  LevelKernels levels{};

  RowKernel kernel(plan::NodeOp op, std::size_t shape) const { return row[static_cast<std::size_t>(op)][shape]; }
};

/// The tables that this machine can run, the widest last.
std::span<const KernelTable* const> kernel_tables();

/// The widest of them.
const KernelTable& kernels();

}  // namespace labacces::engine
