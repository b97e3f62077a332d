// The loops between levels, of tables and of scales, instantiated once for each instruction set like those of kernel_loops.hpp.
#pragma once

#include <cstddef>
#include <cstdint>

#include "libsim/engine/kernels.hpp"

namespace labacces::engine {

template <class InstructionSet>
struct LevelLoops {
  static void gather(double* __restrict out, const double* __restrict a, const std::int32_t* __restrict index, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] = a[index[i]];
  }

  // Members of a unit are added in row order, whatever the instruction set: the sum of a unit has one value.
  static void member_sum(double* __restrict out, std::size_t units, const double* __restrict a,
                         const std::int32_t* __restrict unit, std::size_t persons) {
    for (std::size_t i = 0; i < units; ++i) out[i] = 0.0;
    for (std::size_t i = 0; i < persons; ++i) out[unit[i]] += a[i];
  }
  static void member_min(double* __restrict out, std::size_t units, const double* __restrict a,
                         const std::int32_t* __restrict unit, std::size_t persons) {
    for (std::size_t i = 0; i < units; ++i) out[i] = __builtin_inf();
    for (std::size_t i = 0; i < persons; ++i) {
      const double known = out[unit[i]];
      out[unit[i]] = a[i] < known ? a[i] : known;
    }
  }
  static void member_max(double* __restrict out, std::size_t units, const double* __restrict a,
                         const std::int32_t* __restrict unit, std::size_t persons) {
    for (std::size_t i = 0; i < units; ++i) out[i] = -__builtin_inf();
    for (std::size_t i = 0; i < persons; ++i) {
      const double known = out[unit[i]];
      out[unit[i]] = a[i] > known ? a[i] : known;
    }
  }

  static void role(double* __restrict out, const std::uint8_t* __restrict role_of, std::uint32_t roles, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<double>(static_cast<std::int32_t>((roles >> role_of[i]) & 1U));
  }
  static void truth_of_bytes(double* __restrict out, const std::uint8_t* __restrict flag, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] = flag[i] != 0 ? 1.0 : 0.0;
  }

  static void cells(std::int32_t* __restrict cell, const double* __restrict key, KeyAxis axis, bool add, std::size_t n) {
    const double last = static_cast<double>(axis.cells - 1);
    const std::int32_t keep = add ? -1 : 0;  // a mask, so that the loop has no branch
    for (std::size_t i = 0; i < n; ++i) {
      const double place = __builtin_floor(key[i]) - axis.low;
      const double low = place > 0.0 ? place : 0.0;
      cell[i] = (cell[i] & keep) + static_cast<std::int32_t>(low < last ? low : last) * axis.stride;
    }
  }

  static void marginal(double* __restrict out, const double* __restrict key, double threshold, double top, double value,
                       std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      const double end = top < key[i] ? top : key[i];
      const double part = value * (end - threshold);
      out[i] += key[i] >= threshold ? part : 0.0;
    }
  }
  static void average(double* __restrict out, const double* __restrict key, double threshold, double value, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      const double whole = key[i] * value;
      const double known = out[i];
      out[i] = key[i] >= threshold ? whole : known;
    }
  }
  static void bracket(double* __restrict out, const double* __restrict key, double threshold, double value, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      const double known = out[i];
      out[i] = key[i] >= threshold ? value : known;
    }
  }
};

template <class InstructionSet>
constexpr LevelKernels make_level_kernels() {
  using Loops = LevelLoops<InstructionSet>;
  return {.gather = Loops::gather,
          .member_sum = Loops::member_sum,
          .member_min = Loops::member_min,
          .member_max = Loops::member_max,
          .role = Loops::role,
          .truth_of_bytes = Loops::truth_of_bytes,
          .cells = Loops::cells,
          .marginal = Loops::marginal,
          .average = Loops::average,
          .bracket = Loops::bracket};
}

}  // namespace labacces::engine
