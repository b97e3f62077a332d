#include "libsim/base/exact_sum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "libsim/base/random.hpp"

namespace labacces {
namespace {

std::uint64_t bits(double x) {
  std::uint64_t out = 0;
  std::memcpy(&out, &x, sizeof out);
  return out;
}

TEST(ExactSum, any_order_and_any_grouping_give_the_same_bytes) {
  const Stream stream(3, "exact sum");
  std::vector<double> terms;
  for (std::uint64_t i = 0; i < 20'000; ++i)
    terms.push_back((stream.uniform(i) - 0.5) * std::pow(10.0, static_cast<double>(i % 18)));
  ExactSum forward, backward, grouped;
  for (const double x : terms) forward.add(x);
  for (auto it = terms.rbegin(); it != terms.rend(); ++it) backward.add(*it);
  for (std::size_t from = 0; from < terms.size(); from += 77) {
    ExactSum part;
    for (std::size_t i = from; i < std::min(terms.size(), from + 77); ++i) part.add(terms[i]);
    grouped.merge(part);
  }
  EXPECT_EQ(bits(forward.value()), bits(backward.value()));
  EXPECT_EQ(bits(forward.value()), bits(grouped.value()));
}

TEST(ExactSum, is_exact_on_cents_and_on_large_terms) {
  ExactSum sum;
  for (int i = 0; i < 1'000'000; ++i) sum.add(0.25);
  EXPECT_EQ(sum.value(), 250'000.0);
  sum.add(0x1.0p80);
  sum.add(1.0);
  sum.add(-0x1.0p80);
  EXPECT_EQ(sum.value(), 250'001.0);
}

TEST(ExactSum, a_value_that_is_no_number_is_not_hidden) {
  ExactSum sum;
  sum.add(std::numeric_limits<double>::quiet_NaN());
  EXPECT_TRUE(std::isnan(sum.value()));
  ExactSum infinite;
  infinite.add(std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(infinite.value()));
  ExactSum too_large;
  too_large.add(0x1.0p90);
  EXPECT_TRUE(std::isnan(too_large.value()));
  ExactSum beyond;
  for (int i = 0; i < (1 << 15); ++i) beyond.add(0x1.0p89);
  EXPECT_TRUE(std::isnan(beyond.value()));
}

}  // namespace
}  // namespace labacces
