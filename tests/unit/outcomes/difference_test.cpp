#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <vector>

#include "libsim/base/random.hpp"
#include "libsim/outcomes/non_take_up.hpp"

namespace labacces::outcomes {
namespace {

using S = NonTakeUpSums;

/// Clusters of two scenarios over the same units: in the second some rights are higher and some units more claim.
struct Clusters {
  std::vector<S::Cluster> base, other;
};

Clusters clusters(std::uint64_t seed, std::size_t count) {
  const Stream stream(seed, "difference");
  Clusters out;
  for (std::size_t i = 0; i < count; ++i) {
    const double weight = 50.0 + 100.0 * stream.uniform(i, 0);
    const double u = stream.uniform(i, 1);
    const bool eligible = stream.uniform(i, 2) < 0.3;
    const bool newly = stream.uniform(i, 2) < 0.35;
    const double right = 100.0 + 300.0 * stream.uniform(i, 3);
    S::Cluster& base = out.base.emplace_back();
    S::Cluster& other = out.other.emplace_back();
    base.add({weight, 2.0, eligible, u >= 0.66, right, u >= 0.66 ? right : 0.0});
    const double more = newly ? right + 50.0 : 0.0;
    other.add({weight, 2.0, newly, u >= 0.70, more, u >= 0.70 ? more : 0.0});
  }
  return out;
}

TEST(Differences, a_cluster_taken_back_leaves_no_trace) {
  const Clusters made = clusters(1, 50);
  S with, without;
  for (std::size_t i = 0; i < 50; ++i) {
    if (i != 20) without.add_cluster(made.base[i]);
    with.add_cluster(made.base[i]);
  }
  with.remove_cluster(made.base[20]);
  EXPECT_EQ(0, std::memcmp(&with, &without, sizeof with));
}

TEST(Differences, the_error_of_a_difference_of_rates_is_that_of_its_residuals) {
  const Clusters made = clusters(2, 400);
  S base, other;
  DifferenceSums change;
  for (std::size_t i = 0; i < 400; ++i) {
    base.add_cluster(made.base[i]);
    other.add_cluster(made.other[i]);
    change.add_cluster(made.base[i], made.other[i]);
  }
  // By the residuals themselves, cluster by cluster.
  const double r0 = base.rate_in_heads(400).value;
  const double r1 = other.rate_in_heads(400).value;
  const double b0 = base.total(S::units, 400).value;
  const double b1 = other.total(S::units, 400).value;
  double squares = 0.0;
  for (std::size_t i = 0; i < 400; ++i) {
    const double e = (made.other[i].z[S::units_out] - r1 * made.other[i].z[S::units]) / b1 -
                     (made.base[i].z[S::units_out] - r0 * made.base[i].z[S::units]) / b0;
    squares += e * e;
  }
  const Estimate found = change.rate_in_heads(base, other, 400);
  EXPECT_DOUBLE_EQ(found.value, r1 - r0);
  EXPECT_NEAR(found.standard_error, std::sqrt(400.0 / 399.0 * squares), 1e-9);
}

TEST(Differences, clusters_that_do_not_change_need_not_be_shown) {
  const Clusters made = clusters(3, 200);
  S base, other;
  DifferenceSums all, changed_only;
  for (std::size_t i = 0; i < 200; ++i) {
    base.add_cluster(made.base[i]);
    other.add_cluster(made.other[i]);
    all.add_cluster(made.base[i], made.other[i]);
    if (made.base[i].z != made.other[i].z) changed_only.add_cluster(made.base[i], made.other[i]);
  }
  EXPECT_EQ(0, std::memcmp(&all, &changed_only, sizeof all));
}

// 500 samples of 400 clusters: intervals of the difference of two rates over the same units cover its truth.
TEST(Differences, intervals_cover_the_truth) {
  const double truth = (1.0 - 0.70) - (1.0 - 0.66);
  int covered = 0;
  constexpr int samples = 500;
  for (int sample = 0; sample < samples; ++sample) {
    const Clusters made = clusters(1000 + static_cast<std::uint64_t>(sample), 400);
    S base, other;
    DifferenceSums change;
    for (std::size_t i = 0; i < 400; ++i) {
      base.add_cluster(made.base[i]);
      other.add_cluster(made.other[i]);
      change.add_cluster(made.base[i], made.other[i]);
    }
    const Estimate found = change.rate_in_heads(base, other, 400);
    covered += found.low() <= truth && truth <= found.high() ? 1 : 0;
  }
  EXPECT_GE(covered, samples * 92 / 100);
  EXPECT_LE(covered, samples * 98 / 100);
}

}  // namespace
}  // namespace labacces::outcomes
