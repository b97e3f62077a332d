#include "libsim/base/rounding.hpp"

#include <gtest/gtest.h>

#include <cstdint>

#include "libsim/base/random.hpp"

namespace labacces {
namespace {

TEST(Rounding, halves_go_away_from_zero_whatever_their_binary_form) {
  EXPECT_DOUBLE_EQ(round_to(1.005, 0.01), 1.01);
  EXPECT_DOUBLE_EQ(round_to(-1.005, 0.01), -1.01);
  EXPECT_DOUBLE_EQ(round_to(2.675, 0.01), 2.68);
  EXPECT_DOUBLE_EQ(round_to(2.5, 1), 3);
  EXPECT_DOUBLE_EQ(round_to(149.0, 3), 150);
  EXPECT_EQ(round_to(0.0, 0.01), 0.0);
}

/// Amounts of four decimals as whole ten-thousandths: the decimal answer is integer arithmetic.
TEST(Rounding, agrees_with_decimal_arithmetic_on_two_million_amounts) {
  const Stream stream(20261, "rounding test");
  for (std::uint64_t i = 0; i < 2'000'000; ++i) {
    const auto units = static_cast<std::int64_t>(stream.uniform(i) * 1e11);  // up to 10 million EUR
    const double amount = static_cast<double>(units) / 10000.0;
    const std::int64_t cents = (units + 50) / 100;
    ASSERT_DOUBLE_EQ(round_to(amount, 0.01), static_cast<double>(cents) * 0.01) << amount;
    ASSERT_DOUBLE_EQ(round_to(-amount, 0.01), -static_cast<double>(cents) * 0.01) << amount;
    ASSERT_DOUBLE_EQ(round_down_to(amount, 1.0), static_cast<double>(units / 10000)) << amount;
    ASSERT_DOUBLE_EQ(round_up_to(amount, 100.0), static_cast<double>((units + 999'999) / 1'000'000 * 100)) << amount;
  }
}

TEST(Rounding, noise_of_binary_sums_does_not_move_a_whole_amount) {
  EXPECT_DOUBLE_EQ(round_up_to(14400.000000001, 100), 14400);
  EXPECT_DOUBLE_EQ(round_down_to(303.9999999999, 1), 304);
  EXPECT_DOUBLE_EQ(round_up_to(14400.01, 100), 14500);
  EXPECT_DOUBLE_EQ(round_down_to(303.99, 1), 303);
}

}  // namespace
}  // namespace labacces
