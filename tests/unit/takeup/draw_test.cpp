#include "libsim/takeup/draw.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace labacces::takeup {
namespace {

TEST(LatentDraws, raising_a_probability_adds_takers_and_removes_none) {
  const LatentDraws draws(11, "rsa");
  for (std::uint64_t unit = 0; unit < 5000; ++unit) {
    if (draws.claims(unit, 0.4)) {
      EXPECT_TRUE(draws.claims(unit, 0.41)) << unit;
    }
  }
}

TEST(LatentDraws, nobody_claims_at_zero_and_all_at_one) {
  const LatentDraws draws(11, "rsa");
  for (std::uint64_t unit = 0; unit < 5000; ++unit) {
    EXPECT_FALSE(draws.claims(unit, 0.0));
    EXPECT_TRUE(draws.claims(unit, 1.0));
  }
}

TEST(LatentDraws, share_of_takers_is_the_probability_within_sampling_error) {
  const LatentDraws draws(5, "ppa");
  constexpr int units = 100'000;
  int takers = 0;
  for (std::uint64_t unit = 0; unit < units; ++unit) takers += draws.claims(unit, 0.73) ? 1 : 0;
  EXPECT_NEAR(takers / static_cast<double>(units), 0.73, 4.0 * std::sqrt(0.73 * 0.27 / units));
}

TEST(LatentDraws, benefits_and_seeds_have_their_own_luck) {
  int same_benefit = 0;
  int same_seed = 0;
  for (std::uint64_t unit = 0; unit < 10'000; ++unit) {
    const bool claims = LatentDraws(5, "rsa").claims(unit, 0.5);
    same_benefit += claims == LatentDraws(5, "ppa").claims(unit, 0.5) ? 1 : 0;
    same_seed += claims == LatentDraws(6, "rsa").claims(unit, 0.5) ? 1 : 0;
  }
  EXPECT_NEAR(same_benefit, 5000, 250);
  EXPECT_NEAR(same_seed, 5000, 250);
}

}  // namespace
}  // namespace labacces::takeup
