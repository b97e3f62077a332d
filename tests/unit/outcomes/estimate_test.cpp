#include "libsim/outcomes/estimate.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "libsim/base/random.hpp"

namespace labacces::outcomes {
namespace {

// By hand: z = 1, 2, 3, 6: total 12, s^2 = 14/3, variance of the total = 4 * 14/3.
TEST(Estimates, a_total_has_the_textbook_standard_error) {
  TotalSums sums;
  for (const double z : {1.0, 2.0, 3.0, 6.0}) sums.add_cluster(z);
  const Estimate total = estimate_total(sums, 4);
  EXPECT_DOUBLE_EQ(total.value, 12.0);
  EXPECT_NEAR(total.standard_error, std::sqrt(4.0 * 14.0 / 3.0), 1e-12);
}

TEST(Estimates, a_ratio_of_nobody_is_unknown_and_one_cluster_has_no_error) {
  EXPECT_FALSE(estimate_ratio({}, {}, 0.0, 100).known);
  TotalSums one;
  one.add_cluster(3.0);
  EXPECT_TRUE(std::isnan(estimate_total(one, 1).standard_error));
}

// A population model with known rate: 500 samples of 400 clusters of unequal size and weight. Bias within 3 Monte-Carlo errors,
// and 95 % intervals that cover between 92 % and 98 % (3 Monte-Carlo errors at 500 samples are 2.9 points).
TEST(Estimates, intervals_of_a_ratio_cover_the_truth) {
  constexpr int samples = 500;
  constexpr std::size_t clusters = 400;
  const double truth = 0.34;
  const Stream stream(99, "coverage");
  int covered = 0;
  double bias = 0.0;
  double squares = 0.0;
  std::uint64_t draw = 0;
  for (int sample = 0; sample < samples; ++sample) {
    TotalSums out, all;
    double product = 0.0;
    for (std::size_t cluster = 0; cluster < clusters; ++cluster) {
      const auto size = 1 + static_cast<int>(stream.uniform(draw++) * 3.0);
      const double weight = 50.0 + 50.0 * stream.uniform(draw++);
      double a = 0.0;
      double b = 0.0;
      for (int unit = 0; unit < size; ++unit) {
        b += weight;
        a += stream.uniform(draw++) < truth ? weight : 0.0;
      }
      out.add_cluster(a);
      all.add_cluster(b);
      product += a * b;
    }
    const Estimate rate = estimate_ratio(out, all, product, clusters);
    covered += rate.low() <= truth && truth <= rate.high() ? 1 : 0;
    bias += rate.value - truth;
    squares += (rate.value - truth) * (rate.value - truth);
  }
  const double monte_carlo = std::sqrt(squares) / samples;
  EXPECT_NEAR(bias / samples, 0.0, 3.0 * monte_carlo);
  EXPECT_GE(covered, samples * 92 / 100);
  EXPECT_LE(covered, samples * 98 / 100);
}

}  // namespace
}  // namespace labacces::outcomes
