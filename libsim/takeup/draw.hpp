// Luck: one latent uniform per unit, benefit and month, the same in every scenario.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/base/date.hpp"
#include "libsim/base/random.hpp"
#include "libsim/population/population.hpp"
#include "libsim/takeup/behaviour.hpp"

namespace labacces::takeup {

/// Keys of the units of a level: a function of their ids alone, so draws do not depend on rows, subsamples or chunks.
std::vector<std::uint64_t> unit_keys(const Population& population, Level level);

/// The latent uniforms of one benefit on its own. A unit claims when its uniform is below its probability of claiming, so raising a
/// probability only ever adds takers, and scenarios with the same seed share their luck. `draw` numbers replications.
class LatentDraws {
 public:
  LatentDraws(std::uint64_t seed, std::string_view benefit) : stream_(seed, "take_up/" + std::string(benefit)) {}
  double uniform(std::uint64_t unit_key, std::uint64_t replication = 0) const noexcept {
    return stream_.uniform(unit_key, replication);
  }
  bool claims(std::uint64_t unit_key, double probability, std::uint64_t replication = 0) const noexcept {
    return uniform(unit_key, replication) < probability;
  }
  const Stream& stream() const { return stream_; }
  bool operator==(const LatentDraws&) const = default;

 private:
  Stream stream_;
};

/// The latent uniforms of all benefits of a scenario, dependent where it says so. Each is uniform on (0, 1) by itself.
/// - Between benefits: a Gaussian copula. z_b = sum of L_bk e_k, L the Cholesky factor of the correlations, u_b = normal_cdf(z_b).
/// - Between months: z of month t = sqrt(1 - r^2) * sum of r^k e_(t-k), k = 0 .. 35, + r^36 e, e the normal of LatentDraws: variance 1, months h apart correlate
///   r^h - r^(72-h) + r^72, which is r^h but for r near 1, and tends to one decision for ever as r tends to 1. It is a function of t alone,
///   so the first month computed does not matter.
/// With neither the uniform is that of LatentDraws, the same in all months. LuckBlock gives the same numbers for many units, faster.
class LatentLuck {
 public:
  static constexpr std::size_t months_remembered = 36;
  /// Throws Error: a benefit that is not in `benefits`, correlations that no joint distribution has (not positive definite).
  LatentLuck(std::uint64_t seed, const std::vector<std::string>& benefits, std::span<const Correlation> correlations,
             std::span<const double> persistence);
  double uniform(std::size_t benefit, std::uint64_t unit_key, Month month, std::uint64_t replication = 0) const;
  bool operator==(const LatentLuck&) const = default;

 private:
  friend class LuckBlock;
  /// Number of the draw of a month in a replication.
  static std::uint64_t draw_of_month(Month month, std::uint64_t replication) {
    return (replication << 32U) | static_cast<std::uint32_t>(month.index);
  }
  double normal(std::size_t benefit, std::uint64_t unit_key, Month month, std::uint64_t replication) const;

  std::vector<LatentDraws> own_;
  std::vector<Stream> monthly_;
  std::vector<double> persistence_;
  std::vector<std::vector<double>> factor_;  // rows of L; empty where a benefit is independent of those before it
};

}  // namespace labacces::takeup
