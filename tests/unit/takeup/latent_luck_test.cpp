#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "libsim/base/error.hpp"
#include "libsim/takeup/draw.hpp"
#include "libsim/takeup/normal.hpp"

namespace labacces::takeup {
namespace {

constexpr int units = 40'000;
constexpr Month june = Month::of(2025, 6);

/// Correlation, over units, of the normal scores of two draws; and the mean and variance of the first.
struct Scores {
  double correlation = 0.0, mean = 0.0, variance = 0.0;
};

template <typename First, typename Second>
Scores scores(const First& first, const Second& second) {
  double x = 0.0, y = 0.0, xx = 0.0, yy = 0.0, xy = 0.0;
  for (std::uint64_t unit = 0; unit < units; ++unit) {
    const double a = normal_quantile(first(unit));
    const double b = normal_quantile(second(unit));
    x += a;
    y += b;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  const double n = units;
  const double variance = xx / n - x / n * (x / n);
  return {(xy / n - x / n * (y / n)) / std::sqrt(variance * (yy / n - y / n * (y / n))), x / n, variance};
}

TEST(LatentLuck, without_dependence_it_is_the_draw_of_the_benefit_alone_in_all_months) {
  const std::vector<double> persistence{1.0, 1.0};
  const LatentLuck luck(7, {"rsa", "ppa"}, {}, persistence);
  const LatentDraws alone(7, "ppa");
  for (std::uint64_t unit = 0; unit < 1000; ++unit) {
    EXPECT_EQ(luck.uniform(1, unit, june), alone.uniform(unit));
    EXPECT_EQ(luck.uniform(1, unit, june + 5), alone.uniform(unit));
  }
}

TEST(LatentLuck, two_benefits_correlate_as_asked_and_each_stays_uniform) {
  const std::vector<double> persistence{1.0, 1.0, 1.0};
  const std::vector<Correlation> asked{{"a", "b", 0.6}, {"b", "c", -0.3}};
  const LatentLuck luck(7, {"a", "b", "c"}, asked, persistence);
  const auto draw = [&](std::size_t benefit) {
    return [&luck, benefit](std::uint64_t unit) { return luck.uniform(benefit, unit, june); };
  };
  const double tolerance = 4.0 / std::sqrt(units);
  EXPECT_NEAR(scores(draw(0), draw(1)).correlation, 0.6, tolerance);
  EXPECT_NEAR(scores(draw(1), draw(2)).correlation, -0.3, tolerance);
  EXPECT_NEAR(scores(draw(0), draw(2)).correlation, 0.0, tolerance);
  EXPECT_NEAR(scores(draw(2), draw(0)).mean, 0.0, tolerance);
  EXPECT_NEAR(scores(draw(2), draw(0)).variance, 1.0, 2.0 * tolerance);
}

TEST(LatentLuck, months_correlate_by_the_power_of_the_persistence) {
  const std::vector<double> persistence{0.8};
  const LatentLuck luck(7, {"a"}, {}, persistence);
  const auto draw = [&](int later) { return [&luck, later](std::uint64_t unit) { return luck.uniform(0, unit, june + later); }; };
  const double tolerance = 4.0 / std::sqrt(units);
  EXPECT_NEAR(scores(draw(0), draw(1)).correlation, 0.8, tolerance);
  EXPECT_NEAR(scores(draw(0), draw(3)).correlation, 0.512, tolerance);
  EXPECT_NEAR(scores(draw(0), draw(1)).variance, 1.0, 2.0 * tolerance);
}

// Nothing jumps where decisions become final: months far apart correlate as they should, and near 1 the luck is that of 1.
TEST(LatentLuck, as_persistence_nears_1_decisions_become_one_for_ever) {
  const std::vector<double> high{0.99}, nearly{0.9999999}, final{1.0};
  const LatentLuck luck(7, {"a"}, {}, high), near(7, {"a"}, {}, nearly), one(7, {"a"}, {}, final);
  const Month month = Month::of(2025, 6);
  double product = 0.0;
  for (std::uint64_t unit = 0; unit < 20000; ++unit) {
    product += normal_quantile(luck.uniform(0, unit, month)) * normal_quantile(luck.uniform(0, unit, month - 8));
    EXPECT_NEAR(near.uniform(0, unit, month), one.uniform(0, unit, month), 0.01);
  }
  EXPECT_NEAR(product / 20000.0, std::pow(0.99, 8) - std::pow(0.99, 64) + std::pow(0.99, 72), 0.03);
}

TEST(LatentLuck, correlations_that_cannot_be_are_refused) {
  const std::vector<double> persistence{1.0, 1.0, 1.0};
  const std::vector<Correlation> impossible{{"a", "b", 0.9}, {"b", "c", 0.9}, {"a", "c", -0.9}};
  EXPECT_THROW(LatentLuck(7, {"a", "b", "c"}, impossible, persistence), Error);
  const std::vector<Correlation> unknown{{"a", "d", 0.5}};
  EXPECT_THROW(LatentLuck(7, {"a", "b", "c"}, unknown, persistence), Error);
}

}  // namespace
}  // namespace labacces::takeup
