// Loops over columns of units behind the draws: one set of them for each instruction set, all with the same bits. Internal to this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "libsim/base/random.hpp"

namespace labacces::takeup {

struct LuckKernels {
  std::string_view name;
  /// out[i] = Stream::uniform(units[i], draw) of the stream with this key.
  void (*uniforms)(PhiloxKey key, const std::uint64_t* units, std::uint64_t draw, double* out, std::size_t n) = nullptr;
  /// out[i] = Stream::uniform(unit, draws[i]).
  void (*uniforms_of_unit)(PhiloxKey key, std::uint64_t unit, const std::uint64_t* draws, double* out, std::size_t n) = nullptr;
  /// out[i] = whether Stream::uniform(units[i], draw) is below thresholds[i] / 2^53.
  void (*below)(PhiloxKey key, const std::uint64_t* units, std::uint64_t draw, const std::uint64_t* thresholds, std::uint8_t* out,
                std::size_t n) = nullptr;
  /// x[i] = score_of_uniform(x[i]).
  void (*scores)(double* x, std::size_t n) = nullptr;
  /// sum[i] += factor * x[i]
  void (*add_scaled)(double* sum, const double* x, double factor, std::size_t n) = nullptr;
  /// out[i] = z[i] < limits[i]; doubtful[i] = whether they are too near, or too far out, to tell by this (as scores_decide).
  void (*lower)(const double* z, const double* limits, std::uint8_t* out, std::uint8_t* doubtful, std::size_t n) = nullptr;
};

/// Normal score of a uniform in [0, 1): half a step of 2^-53 above it, so that it is finite.
double score_of_uniform(double uniform) noexcept;

/// Whether normal_cdf(z) < p is the same as z < normal_quantile(p) for certain: where the score of p is within +/- 5, both functions err by
/// less than 1e-9 of score (at 5 the density is 1.5e-6, and a step of doubles below 1 is 1.1e-16).
inline constexpr double nearest_score = 1e-8;
inline constexpr double farthest_score = 5.0;

const LuckKernels& luck_kernels_portable();
const LuckKernels& luck_kernels_avx2();    ///< x86-64 only
const LuckKernels& luck_kernels_avx512();  ///< x86-64 only

/// The sets that this machine can run, the widest last; and the widest.
std::span<const LuckKernels* const> luck_kernel_sets();
const LuckKernels& luck_kernels();

}  // namespace labacces::takeup
