// Who claims: one latent uniform per unit and benefit, the same in every scenario.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/base/random.hpp"
#include "libsim/population/population.hpp"

namespace labacces::takeup {

/// Keys of the units of a level: a function of their ids alone, so draws do not depend on rows, subsamples or chunks.
std::vector<std::uint64_t> unit_keys(const Population& population, Level level);

/// The latent uniforms of one benefit. A unit claims when its uniform is below its probability of claiming, so raising a
/// probability only ever adds takers, and scenarios with the same seed share their luck. The decision is made once for all months:
/// `draw` numbers replications, not months.
class LatentDraws {
 public:
  LatentDraws(std::uint64_t seed, std::string_view benefit) : stream_(seed, "take_up/" + std::string(benefit)) {}
  double uniform(std::uint64_t unit_key, std::uint64_t replication = 0) const noexcept { return stream_.uniform(unit_key, replication); }
  bool claims(std::uint64_t unit_key, double probability, std::uint64_t replication = 0) const noexcept {
    return uniform(unit_key, replication) < probability;
  }
  const Stream& stream() const { return stream_; }
  bool operator==(const LatentDraws&) const = default;

 private:
  Stream stream_;
};

}  // namespace labacces::takeup
