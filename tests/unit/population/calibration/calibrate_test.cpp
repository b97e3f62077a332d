#include "libsim/population/calibration/calibrate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "libsim/base/error.hpp"
#include "libsim/base/random.hpp"

namespace labacces::calibration {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// Twelve units, three margins: a count, a count of every third unit, a sum of amounts.
struct Small {
  Margins margins{{{"units", 150.0}, {"thirds", 62.0}, {"amounts", 640.0}}};
  std::vector<double> weights;
  Small() {
    for (int k = 0; k < 12; ++k) {
      const std::vector<Cell> all{{0, 1.0}, {1, k % 3 == 0 ? 1.0 : 0.0}, {2, 1.0 + (k * 5) % 7}};
      margins.add_unit(all);
      weights.push_back(10.0 + (7 * k) % 5);
    }
  }
};

std::string message_of(const Margins& margins, const std::vector<double>& weights, const Options& options) {
  try {
    calibrate(margins, weights, options);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Calibrate, raking_on_two_ways_of_counting_is_iterative_proportional_fitting) {
  // A 2 x 2 table: odds ratios of the given weights stay (Deming and Stephan 1940).
  Margins margins({{"a", 40.0}, {"b", 60.0}, {"men", 55.0}, {"women", 45.0}});
  const std::vector<double> weights{10.0, 20.0, 30.0, 15.0};
  for (std::uint32_t k = 0; k < 4; ++k) margins.add_unit(std::vector<Cell>{{k / 2, 1.0}, {2 + k % 2, 1.0}});
  const std::vector<double> w = calibrate(margins, weights, {.tolerance = 1e-13}).weights;
  EXPECT_NEAR(w[0] * w[3] / (w[1] * w[2]), 10.0 * 15.0 / (20.0 * 30.0), 1e-10);
  EXPECT_NEAR(w[0] + w[1], 40.0, 1e-9);
  EXPECT_NEAR(w[1] + w[3], 45.0, 1e-9);
}

TEST(Calibrate, households_meet_margins_of_persons_and_of_territories_at_once_and_threads_change_nothing) {
  const Stream stream(7, "calibration test");
  std::vector<Margin> wanted;
  for (int i = 0; i < 4; ++i) wanted.push_back({"territory " + std::to_string(i), 0.0});
  for (int i = 0; i < 6; ++i) wanted.push_back({"age " + std::to_string(i), 0.0});
  std::vector<std::vector<Cell>> rows;
  std::vector<double> weights;
  for (std::uint64_t h = 0; h < 50'000; ++h) {
    std::vector<Cell> cells{{static_cast<std::uint32_t>(4.0 * stream.uniform(h, 0)), 1.0}};
    const auto persons = 1 + static_cast<std::uint64_t>(5.0 * stream.uniform(h, 1));
    for (std::uint64_t p = 0; p < persons; ++p)
      cells.push_back({4 + static_cast<std::uint32_t>(6.0 * stream.uniform(h, 2 + p)), 1.0});
    rows.push_back(cells);
    weights.push_back(20.0);
    for (const Cell& cell : cells) wanted[cell.margin].total += 20.0 * cell.value * (1.0 + 0.02 * cell.margin);
  }
  Margins margins(wanted);
  for (const auto& row : rows) margins.add_unit(row);
  const Options options{.method = Method::logit, .lower = 0.3, .upper = 3.0};
  Options one = options, two = options;
  one.threads = 1;
  two.threads = 2;
  const Calibrated first = calibrate(margins, weights, one), second = calibrate(margins, weights, two);
  EXPECT_LT(first.largest_error, 1e-9);
  EXPECT_EQ(std::memcmp(first.weights.data(), second.weights.data(), first.weights.size() * sizeof(double)), 0);
  for (const double weight : first.weights) {
    EXPECT_GT(weight, 0.3 * 20.0);
    EXPECT_LT(weight, 3.0 * 20.0);
  }
}

TEST(Calibrate, margins_that_say_the_same_twice_are_met) {
  Small small;
  Margins margins({{"units", 150.0}, {"thirds", 62.0}, {"others", 88.0}});
  for (std::uint32_t k = 0; k < 12; ++k) margins.add_unit(std::vector<Cell>{{0, 1.0}, {k % 3 == 0 ? 1U : 2U, 1.0}});
  EXPECT_NEAR(calibrate(margins, small.weights, {}).achieved[2], 88.0, 1e-8);
}

TEST(Calibrate, margins_that_contradict_each_other_are_named) {
  Margins margins({{"men", 60.0}, {"women", 50.0}, {"persons", 100.0}, {"owners", 30.0}});
  for (std::uint32_t k = 0; k < 12; ++k) margins.add_unit(std::vector<Cell>{{k % 2, 1.0}, {2, 1.0}, {3, k % 3 == 0 ? 1.0 : 0.0}});
  const std::string message = message_of(margins, std::vector<double>(12, 10.0), {});
  EXPECT_THAT(message,
              AllOf(HasSubstr("margin 'persons' asks 100, but in these data it is 'men' + 'women', whose totals give 110")));
  EXPECT_THAT(message, testing::Not(HasSubstr("owners")));
}

TEST(Calibrate, a_margin_without_units_is_named) {
  Margins margins({{"units", 10.0}, {"centenarians", 3.0}});
  margins.add_unit(std::vector<Cell>{{0, 1.0}});
  EXPECT_THAT(message_of(margins, {5.0}, {}), HasSubstr("margin 'centenarians' asks 3, but no unit with a weight counts in it"));
}

TEST(Calibrate, a_margin_out_of_reach_of_the_bounds_is_named_with_its_reach) {
  const Small small;
  EXPECT_THAT(message_of(small.margins, small.weights, {.method = Method::logit, .lower = 0.9, .upper = 1.02}),
              AllOf(HasSubstr("margin 'units' asks 150"), HasSubstr("between")));
}

TEST(Calibrate, margins_that_the_bounds_cannot_meet_together_are_named_and_the_others_are_not) {
  Margins margins({{"low", 8.0}, {"low and high", 30.0}, {"free", 40.0}});
  for (std::uint32_t k = 0; k < 12; ++k) {
    std::vector<Cell> cells;
    if (k < 2) cells.push_back({0, 1.0});
    if (k < 4) cells.push_back({1, 1.0});
    if (k >= 8) cells.push_back({2, 1.0});
    margins.add_unit(cells);
  }
  // The two of "low" together weigh 8, so the other two would have to weigh 22, above 1.5 x 7 each.
  for (const Method method : {Method::logit, Method::truncated_linear}) {
    const std::string message = message_of(margins, std::vector<double>(12, 7.0), {.method = method, .lower = 0.5, .upper = 1.5});
    EXPECT_THAT(message, AllOf(HasSubstr("'low' (8)"), HasSubstr("'low and high' (30)"))) << message;
    EXPECT_THAT(message, testing::Not(HasSubstr("free")));
  }
}

TEST(Calibrate, bounds_that_hold_no_1_are_refused) {
  const Small small;
  EXPECT_THAT(message_of(small.margins, small.weights, {.method = Method::logit, .lower = 1.1, .upper = 2.0}),
              HasSubstr("bounds"));
}

TEST(Calibrate, replicate_weights_are_calibrated_alike) {
  const Small small;
  std::vector<double> other = small.weights;
  other[3] = 0.0;
  const auto found = calibrate_replicates(small.margins, {small.weights, other}, {});
  EXPECT_EQ(found[0].weights, calibrate(small.margins, small.weights, {}).weights);
  EXPECT_EQ(found[1].weights[3], 0.0);
  EXPECT_NEAR(found[1].achieved[2], 640.0, 1e-6);
}

TEST(Calibrate, wrong_weights_are_refused) {
  const Small small;
  EXPECT_THAT(message_of(small.margins, {1.0}, {}), HasSubstr("12 units, but 1 weights"));
  std::vector<double> negative = small.weights;
  negative[4] = -1.0;
  EXPECT_THAT(message_of(small.margins, negative, {}), HasSubstr("weight of unit 5"));
}

}  // namespace
}  // namespace labacces::calibration
