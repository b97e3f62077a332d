// The source of all kernels, instantiated once for each instruction set by kernels_*.cpp. Nothing of the standard library is called
// here: an inline function compiled for a wide instruction set must not be the copy that the linker keeps for the others.
#pragma once

#include <cstddef>

#include "libsim/engine/kernel_dates.hpp"
#include "libsim/engine/kernel_level_loops.hpp"
#include "libsim/engine/kernels.hpp"

namespace labacces::engine {

/// One row of each operation: the same meaning as plan::evaluate, written so that a loop of it has no branch.
template <class InstructionSet>
struct RowOps {
  using Dates = RowDates<InstructionSet>;

  static double truth(bool claim) { return claim ? 1.0 : 0.0; }
  static double slack(double steps) { return 1e-9 + 1e-14 * steps; }  // base/rounding.hpp says why

  static double add(double a, double b, double, double) { return a + b; }
  static double subtract(double a, double b, double, double) { return a - b; }
  static double multiply(double a, double b, double, double) { return a * b; }
  static double divide(double a, double b, double, double) { return a / b; }
  static double negate(double a, double, double, double) { return -a; }
  static double absolute(double a, double, double, double) { return __builtin_fabs(a); }
  static double minimum(double a, double b, double, double) { return a < b ? a : b; }
  static double maximum(double a, double b, double, double) { return a > b ? a : b; }
  static double less(double a, double b, double, double) { return truth(a < b); }
  static double less_equal(double a, double b, double, double) { return truth(a <= b); }
  static double equal(double a, double b, double, double) { return truth(a == b); }
  static double not_equal(double a, double b, double, double) { return truth(a != b); }
  static double logical_and(double a, double b, double, double) { return truth((a != 0.0) & (b != 0.0)); }
  static double logical_or(double a, double b, double, double) { return truth((a != 0.0) | (b != 0.0)); }
  static double logical_not(double a, double, double, double) { return truth(a == 0.0); }
  static double select(double a, double b, double c, double) { return a != 0.0 ? b : c; }
  static double divide_or(double a, double b, double c, double) { return b == 0.0 ? c : a / b; }
  static double round_half(double a, double, double, double step) {
    const double steps = __builtin_fabs(a) / step;
    return __builtin_copysign(__builtin_floor(steps + 0.5 + slack(steps)) * step, a);
  }
  static double round_up(double a, double, double, double step) {
    const double steps = a / step;
    return __builtin_ceil(steps - slack(__builtin_fabs(steps))) * step;
  }
  static double round_down(double a, double, double, double step) {
    const double steps = a / step;
    return __builtin_floor(steps + slack(__builtin_fabs(steps))) * step;
  }
  static double floor_div(double a, double, double, double divisor) { return __builtin_floor(a / divisor); }
  static double month_index(double a, double, double, double) { return Dates::month_index(a); }
  static double month_of(double a, double, double, double) { return Dates::month_of(a); }
  static double year_of(double a, double, double, double) { return Dates::year_of(a); }
  static double add_months(double a, double b, double, double) { return Dates::add_months(a, b); }
};

using RowOp = double (*)(double a, double b, double c, double number);

/// The loop of one operation and shape. ivdep: out may be an operand itself, which is no dependence between rows.
template <class InstructionSet, RowOp op, std::size_t shape>
void row_loop(double* out, const double* a, const double* b, const double* c, double number, std::size_t n) {
  const double a0 = *a;
  const double b0 = *b;
  const double c0 = *c;
#pragma GCC ivdep
  for (std::size_t i = 0; i < n; ++i) {
    const double x = (shape & 1) != 0 ? a0 : a[i];
    const double y = (shape & 2) != 0 ? b0 : b[i];
    const double z = (shape & 4) != 0 ? c0 : c[i];
    out[i] = op(x, y, z, number);
  }
}

/// Fills the shapes of an operation of `arity` operands; those it does not have count as constants.
template <class InstructionSet, RowOp op, int arity>
constexpr void fill_shapes(std::array<RowKernel, shape_count>& shapes) {
  constexpr RowKernel a_varies = row_loop<InstructionSet, op, 0b110>;
  constexpr RowKernel none_varies = row_loop<InstructionSet, op, 0b111>;
  for (std::size_t shape = 0; shape < shape_count; ++shape) {
    shapes[shape] = (shape & 1) != 0 ? none_varies : a_varies;
  }
  if constexpr (arity >= 2) {
    shapes[0b000] = shapes[0b100] = row_loop<InstructionSet, op, 0b100>;
    shapes[0b001] = shapes[0b101] = row_loop<InstructionSet, op, 0b101>;
  }
  if constexpr (arity >= 3) {
    shapes[0b000] = row_loop<InstructionSet, op, 0b000>;
    shapes[0b001] = row_loop<InstructionSet, op, 0b001>;
    shapes[0b010] = row_loop<InstructionSet, op, 0b010>;
    shapes[0b011] = row_loop<InstructionSet, op, 0b011>;
  }
}

/// The whole table of one instruction set.
template <class InstructionSet>
constexpr KernelTable make_kernel_table(std::string_view name) {
  using Set = InstructionSet;
  using Ops = RowOps<Set>;
  using plan::NodeOp;
  KernelTable table{.name = name};
  const auto shapes = [&table](NodeOp op) -> auto& { return table.row[static_cast<std::size_t>(op)]; };
  fill_shapes<Set, Ops::add, 2>(shapes(NodeOp::add));
  fill_shapes<Set, Ops::subtract, 2>(shapes(NodeOp::subtract));
  fill_shapes<Set, Ops::multiply, 2>(shapes(NodeOp::multiply));
  fill_shapes<Set, Ops::divide, 2>(shapes(NodeOp::divide));
  fill_shapes<Set, Ops::negate, 1>(shapes(NodeOp::negate));
  fill_shapes<Set, Ops::absolute, 1>(shapes(NodeOp::absolute));
  fill_shapes<Set, Ops::minimum, 2>(shapes(NodeOp::minimum));
  fill_shapes<Set, Ops::maximum, 2>(shapes(NodeOp::maximum));
  fill_shapes<Set, Ops::less, 2>(shapes(NodeOp::less));
  fill_shapes<Set, Ops::less_equal, 2>(shapes(NodeOp::less_equal));
  fill_shapes<Set, Ops::equal, 2>(shapes(NodeOp::equal));
  fill_shapes<Set, Ops::not_equal, 2>(shapes(NodeOp::not_equal));
  fill_shapes<Set, Ops::logical_and, 2>(shapes(NodeOp::logical_and));
  fill_shapes<Set, Ops::logical_or, 2>(shapes(NodeOp::logical_or));
  fill_shapes<Set, Ops::logical_not, 1>(shapes(NodeOp::logical_not));
  fill_shapes<Set, Ops::select, 3>(shapes(NodeOp::select));
  fill_shapes<Set, Ops::divide_or, 3>(shapes(NodeOp::divide_or));
  fill_shapes<Set, Ops::round_half, 1>(shapes(NodeOp::round_half));
  fill_shapes<Set, Ops::round_up, 1>(shapes(NodeOp::round_up));
  fill_shapes<Set, Ops::round_down, 1>(shapes(NodeOp::round_down));
  fill_shapes<Set, Ops::floor_div, 1>(shapes(NodeOp::floor_div));
  fill_shapes<Set, Ops::month_index, 1>(shapes(NodeOp::month_index));
  fill_shapes<Set, Ops::month_of, 1>(shapes(NodeOp::month_of));
  fill_shapes<Set, Ops::year_of, 1>(shapes(NodeOp::year_of));
  fill_shapes<Set, Ops::add_months, 2>(shapes(NodeOp::add_months));
  table.levels = make_level_kernels<Set>();
  return table;
}

}  // namespace labacces::engine
