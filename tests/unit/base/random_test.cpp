#include "libsim/base/random.hpp"

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace labacces {
namespace {

// Known answers published with the generator (Random123, kat_vectors, philox4x32 10 rounds).
TEST(Philox, gives_the_published_known_answers) {
  EXPECT_EQ(philox4x32_10({0, 0, 0, 0}, {0, 0}), (PhiloxCounter{0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U}));
  constexpr std::uint32_t ones = 0xffffffffU;
  EXPECT_EQ(philox4x32_10({ones, ones, ones, ones}, {ones, ones}),
            (PhiloxCounter{0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU}));
  EXPECT_EQ(philox4x32_10({0x243f6a88U, 0x85a308d3U, 0x13198a2eU, 0x03707344U}, {0xa4093822U, 0x299f31d0U}),
            (PhiloxCounter{0xd16cfe09U, 0x94fdccebU, 0x5001e420U, 0x24126ea1U}));
}

TEST(Philox, equals_the_reference_library_on_many_counters) {
  for (std::uint32_t i = 0; i < 10000; ++i) {
    const r123::Philox4x32::ctr_type counter = {{i, i * 7919U, ~i, i ^ 0xABCDU}};
    const r123::Philox4x32::key_type key = {{i * 31U, 17U - i}};
    const auto expected = r123::Philox4x32{}(counter, key);
    const PhiloxCounter got = philox4x32_10({counter[0], counter[1], counter[2], counter[3]}, {key[0], key[1]});
    for (std::size_t word = 0; word < 4; ++word) ASSERT_EQ(got[word], expected[word]);
  }
}

TEST(Stream, a_draw_is_a_function_of_its_key_only) {
  const Stream stream(42, "take_up/rsa");
  const double once = stream.uniform(hash_name("famille 7"), 3);
  for (std::uint64_t other = 0; other < 100; ++other) static_cast<void>(stream.uniform(other));
  EXPECT_EQ(Stream(42, "take_up/rsa").uniform(hash_name("famille 7"), 3), once);
  EXPECT_NE(Stream(43, "take_up/rsa").uniform(hash_name("famille 7"), 3), once);
  EXPECT_NE(Stream(42, "take_up/ppa").uniform(hash_name("famille 7"), 3), once);
  EXPECT_NE(stream.uniform(hash_name("famille 8"), 3), once);
  EXPECT_NE(stream.uniform(hash_name("famille 7"), 4), once);
}

// 200,000 draws: mean within 5 standard errors of 1/2, chi-square of 100 cells within 5 standard deviations, neighbours uncorrelated.
TEST(Stream, draws_of_consecutive_units_are_uniform_and_uncorrelated) {
  const Stream stream(7, "uniformity");
  constexpr std::size_t n = 200'000;
  std::vector<double> cells(100, 0.0);
  double sum = 0.0;
  double product = 0.0;
  double last = 0.5;
  for (std::size_t i = 0; i < n; ++i) {
    const double u = stream.uniform(i);
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
    cells[static_cast<std::size_t>(u * 100)] += 1.0;
    sum += u;
    product += (u - 0.5) * (last - 0.5);
    last = u;
  }
  double chi_square = 0.0;
  for (const double cell : cells) chi_square += (cell - n / 100.0) * (cell - n / 100.0) / (n / 100.0);
  EXPECT_NEAR(sum / n, 0.5, 5.0 / std::sqrt(12.0 * n));
  EXPECT_NEAR(chi_square, 99.0, 5.0 * std::sqrt(2.0 * 99.0));
  EXPECT_NEAR(product / n, 0.0, 5.0 / 12.0 / std::sqrt(static_cast<double>(n)));
}

}  // namespace
}  // namespace labacces
