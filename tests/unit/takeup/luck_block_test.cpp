#include "libsim/takeup/luck_block.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "libsim/takeup/luck_kernels.hpp"
#include "libsim/takeup/normal.hpp"

namespace labacces::takeup {
namespace {

constexpr Month june = Month::of(2025, 6);
constexpr std::size_t months = 9;

std::vector<std::uint64_t> some_keys(std::size_t count) {
  std::vector<std::uint64_t> keys(count);
  for (std::size_t i = 0; i < count; ++i) keys[i] = hash_name("famille " + std::to_string(i));
  return keys;
}

std::vector<double> some_probabilities(std::size_t count) {
  const Stream stream(3, "probabilities");
  std::vector<double> out(count);
  for (std::size_t i = 0; i < count; ++i) out[i] = stream.uniform(i);
  for (std::size_t i = 0; i + 4 < count; i += 50) {
    out[i] = 0.0;
    out[i + 1] = 1.0;
    out[i + 2] = 1.0 - 0x1p-53;
    out[i + 3] = 1e-12;
  }
  return out;
}

TEST(LuckKernels, every_instruction_set_gives_the_bits_of_one_unit_at_any_length) {
  const Stream stream(17, "take_up/rsa");
  for (const std::size_t n : {0U, 1U, 3U, 4U, 5U, 7U, 8U, 9U, 511U, 512U, 513U, 2047U, 2048U}) {
    const std::vector<std::uint64_t> keys = some_keys(n);
    const std::vector<double> p = some_probabilities(n);
    const Chances chances(p);
    for (const LuckKernels* set : luck_kernel_sets()) {
      for (const std::uint64_t draw : {std::uint64_t{0}, (std::uint64_t{7} << 32U) | 0xfffffff0U}) {
        std::vector<double> uniforms(n, -1.0);
        std::vector<std::uint8_t> below(n, 9);
        set->uniforms(stream.key(), keys.data(), draw, uniforms.data(), n);
        set->below(stream.key(), keys.data(), draw, chances.thresholds().data(), below.data(), n);
        std::vector<double> by_draw(n, -1.0);
        set->uniforms_of_unit(stream.key(), draw + 5, keys.data(), by_draw.data(), n);
        for (std::size_t i = 0; i < n; ++i)
          ASSERT_EQ(by_draw[i], stream.uniform(draw + 5, keys[i])) << set->name << " " << n << " " << i;
        std::vector<double> scores = uniforms;
        set->scores(scores.data(), n);
        for (std::size_t i = 0; i < n; ++i) {
          const double u = stream.uniform(keys[i], draw);
          ASSERT_EQ(uniforms[i], u) << set->name << " " << n << " " << i;
          ASSERT_EQ(below[i], u < p[i] ? 1 : 0) << set->name << " " << n << " " << i;
          ASSERT_EQ(scores[i], score_of_uniform(u)) << set->name << " " << n << " " << i;
        }
      }
    }
  }
}

TEST(LuckKernels, scores_of_the_ends_are_finite_and_those_of_the_far_tail_are_the_quantiles) {
  for (const LuckKernels* set : luck_kernel_sets()) {
    std::vector<double> x{0.0, 0x1p-53, 1e-13, 1e-11, 2e-11, 0.074, 0.075, 0.076, 0.5, 0.925, 1.0 - 1e-12, 1.0 - 0x1p-53};
    const std::vector<double> uniforms = x;
    set->scores(x.data(), x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      EXPECT_TRUE(std::isfinite(x[i])) << set->name << " " << uniforms[i];
      EXPECT_EQ(x[i], score_of_uniform(uniforms[i])) << set->name << " " << uniforms[i];
      if (i > 0) {
        EXPECT_GT(x[i], x[i - 1]) << set->name << " " << uniforms[i];
      }
    }
  }
}

TEST(LuckKernels, what_is_near_or_far_out_is_doubtful) {
  const std::vector<double> z{1.0, 1.0, 1.0, 1.0, 9.0, -9.0};
  const std::vector<double> limits{2.0, 0.5, 1.0 + 1e-9, 1.0 - 1e-9, 6.0, -INFINITY};
  for (const LuckKernels* set : luck_kernel_sets()) {
    std::vector<std::uint8_t> out(z.size()), doubtful(z.size());
    set->lower(z.data(), limits.data(), out.data(), doubtful.data(), z.size());
    EXPECT_EQ(out, (std::vector<std::uint8_t>{1, 0, 1, 0, 0, 0})) << set->name;
    EXPECT_EQ(doubtful, (std::vector<std::uint8_t>{0, 0, 1, 1, 1, 1})) << set->name;
  }
}

TEST(Chances, thresholds_are_exact_for_every_draw_near_the_probability) {
  for (const double p : {0.3, 0.5, 1.0, 0x1p-53, 0x1.8p-53, 1e-300, 1.0 - 0x1p-53, 0.1}) {
    const Chances chances({p});
    const std::uint64_t threshold = chances.thresholds()[0];
    for (std::uint64_t k = threshold < 3 ? 0 : threshold - 3; k < std::min(threshold + 3, std::uint64_t{1} << 53U); ++k) {
      EXPECT_EQ(k < threshold, static_cast<double>(k) * 0x1p-53 < p) << p << " " << k;
    }
  }
  EXPECT_EQ(Chances({0.0, -1.0, 2.0}).thresholds()[0], 0U);
  EXPECT_EQ(Chances({0.0, -1.0, 2.0}).thresholds()[1], 0U);
  EXPECT_EQ(Chances({0.0, -1.0, 2.0}).thresholds()[2], std::uint64_t{1} << 53U);
}

/// Four benefits: alone; persistent; correlated with both; correlated and persistent.
LatentLuck dependent_luck(std::uint64_t seed) {
  const std::vector<double> persistence{1.0, 0.9, 1.0, 0.8};
  const std::vector<Correlation> correlations{{"b", "c", 0.5}, {"c", "d", -0.4}};
  return {seed, {"a", "b", "c", "d"}, correlations, persistence};
}

TEST(LuckBlock, gives_the_bits_of_unit_by_unit_luck_in_all_months_and_replications) {
  const LatentLuck luck = dependent_luck(5);
  const std::vector<std::uint64_t> keys = some_keys(137);
  Chances chances(some_probabilities(keys.size()));
  for (const std::uint64_t replication : {0U, 3U}) {
    LuckBlock block(luck, keys, june, months, replication);
    std::vector<double> uniforms(keys.size());
    std::vector<std::uint8_t> claims(keys.size());
    for (std::size_t benefit = 0; benefit < 4; ++benefit) {
      for (const std::size_t month : {8U, 0U, 5U}) {
        block.uniforms(benefit, month, uniforms);
        block.claims(benefit, month, chances, claims);
        for (std::size_t i = 0; i < keys.size(); ++i) {
          const double u = luck.uniform(benefit, keys[i], june + static_cast<int>(month), replication);
          ASSERT_EQ(uniforms[i], u) << benefit << " " << month << " " << i;
          ASSERT_EQ(claims[i], u < chances.probabilities()[i] ? 1 : 0) << benefit << " " << month << " " << i;
        }
      }
    }
  }
}

TEST(LuckBlock, comparing_scores_decides_as_comparing_uniforms_on_many_draws) {
  const LatentLuck luck = dependent_luck(6);
  const std::vector<std::uint64_t> keys = some_keys(500);
  std::vector<double> uniforms(keys.size());
  std::vector<std::uint8_t> claims(keys.size());
  std::size_t takers = 0;
  for (std::uint64_t replication = 0; replication < 40; ++replication) {
    LuckBlock block(luck, keys, june, 1, replication);
    for (const std::size_t benefit : {1U, 2U, 3U}) {
      block.uniforms(benefit, 0, uniforms);
      // Probabilities at the draw itself, a step above and a step below: the hardest to tell.
      std::vector<double> p(keys.size());
      for (std::size_t i = 0; i < p.size(); ++i)
        p[i] = i % 3 == 0 ? uniforms[i] : std::nextafter(uniforms[i], i % 3 == 1 ? 1.0 : 0.0);
      Chances chances(p);
      block.claims(benefit, 0, chances, claims);
      for (std::size_t i = 0; i < p.size(); ++i) ASSERT_EQ(claims[i], uniforms[i] < p[i] ? 1 : 0) << benefit << " " << i;
      takers = std::accumulate(claims.begin(), claims.end(), takers);
    }
  }
  EXPECT_NEAR(static_cast<double>(takers), 20'000.0, 200.0);
}

// Four invariances of every kind of luck: what a unit draws is its own, whatever the units beside it, their order, and the blocks they are in.
TEST(LuckBlock, neither_order_nor_blocks_nor_a_subsample_change_a_draw) {
  const LatentLuck luck = dependent_luck(7);
  const std::vector<std::uint64_t> keys = some_keys(300);
  std::vector<std::uint64_t> backwards(keys.rbegin(), keys.rend());
  LuckBlock all(luck, keys, june, months);
  LuckBlock reversed(luck, backwards, june, months);
  LuckBlock part(luck, std::span(keys).subspan(91, 43), june, months);
  LuckBlock later(luck, keys, june + 2, months);  // a run that begins in another month
  std::vector<double> u(300), r(300), p(43), l(300);
  for (std::size_t benefit = 0; benefit < 4; ++benefit) {
    all.uniforms(benefit, 4, u);
    reversed.uniforms(benefit, 4, r);
    part.uniforms(benefit, 4, p);
    later.uniforms(benefit, 2, l);
    for (std::size_t i = 0; i < u.size(); ++i) {
      ASSERT_EQ(u[i], r[299 - i]) << benefit << " " << i;
      ASSERT_EQ(u[i], l[i]) << benefit << " " << i;
    }
    for (std::size_t i = 0; i < p.size(); ++i) ASSERT_EQ(p[i], u[91 + i]) << benefit << " " << i;
  }
}

TEST(LuckBlock, raising_every_probability_adds_takers_and_removes_none_whatever_the_dependence) {
  const LatentLuck luck = dependent_luck(8);
  const std::vector<std::uint64_t> keys = some_keys(400);
  std::vector<double> raised = some_probabilities(keys.size());
  Chances before(raised);
  for (double& p : raised) p = std::min(1.0, p + 0.05);
  Chances after(raised);
  LuckBlock block(luck, keys, june, 2);
  std::vector<std::uint8_t> low(keys.size()), high(keys.size());
  for (std::size_t benefit = 0; benefit < 4; ++benefit) {
    std::size_t added = 0;
    for (std::size_t month = 0; month < 2; ++month) {
      block.claims(benefit, month, before, low);
      block.claims(benefit, month, after, high);
      for (std::size_t i = 0; i < keys.size(); ++i) {
        ASSERT_LE(low[i], high[i]) << benefit << " " << i;
        added += high[i] - low[i];
      }
    }
    EXPECT_GT(added, 0U) << benefit;
  }
}

}  // namespace
}  // namespace labacces::takeup
