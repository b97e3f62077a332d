#include "libsim/outcomes/non_take_up.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace labacces::outcomes {
namespace {

/// Records of a unit that claims in all months, or in none.
std::array<UnitRecord, window_count> records_of(const std::vector<double>& rights, bool claims, double weight, double persons) {
  return unit_records(rights, claims ? rights : std::vector<double>(rights.size(), 0.0), weight, persons);
}

const UnitRecord& in(const std::array<UnitRecord, window_count>& records, Window window) {
  return records[static_cast<std::size_t>(window)];
}

TEST(NonTakeUp, a_right_in_one_month_of_the_quarter_makes_the_unit_eligible_in_the_quarter_only) {
  const std::vector<double> rights{0, 0, 0, 0, 0, 0, 300, 0, 0};
  const auto records = records_of(rights, false, 10.0, 2.0);
  EXPECT_FALSE(in(records, Window::month).eligible);
  EXPECT_TRUE(in(records, Window::quarter).eligible);
  EXPECT_TRUE(in(records, Window::quarter).missing_out);
  EXPECT_DOUBLE_EQ(in(records, Window::quarter).unclaimed, 100.0);
}

TEST(NonTakeUp, durable_needs_the_right_in_three_quarters_running) {
  const std::vector<double> new_right{0, 0, 0, 0, 0, 9, 9, 9, 9};
  const std::vector<double> old_right{0, 9, 0, 9, 0, 0, 0, 0, 9};
  EXPECT_FALSE(in(records_of(new_right, false, 1, 1), Window::durable).missing_out);
  EXPECT_TRUE(in(records_of(new_right, false, 1, 1), Window::durable).eligible);
  EXPECT_TRUE(in(records_of(old_right, false, 1, 1), Window::durable).missing_out);
  EXPECT_FALSE(in(records_of(old_right, true, 1, 1), Window::durable).missing_out);
}

TEST(NonTakeUp, with_fewer_months_the_longer_windows_are_empty) {
  const auto records = records_of(std::vector<double>{5.0, 5.0}, false, 1, 1);
  EXPECT_TRUE(in(records, Window::month).eligible);
  EXPECT_FALSE(in(records, Window::quarter).eligible);
  EXPECT_FALSE(in(records, Window::durable).eligible);
}

TEST(NonTakeUp, who_claims_in_one_month_of_the_quarter_leaves_only_euros) {
  const std::vector<double> rights{0, 0, 0, 0, 0, 0, 300, 300, 300};
  const std::vector<double> paid{0, 0, 0, 0, 0, 0, 0, 300, 0};
  const auto records = unit_records(rights, paid, 1.0, 1.0);
  EXPECT_TRUE(in(records, Window::month).missing_out);
  EXPECT_FALSE(in(records, Window::quarter).missing_out);
  EXPECT_DOUBLE_EQ(in(records, Window::quarter).euros, 300.0);
  EXPECT_DOUBLE_EQ(in(records, Window::quarter).unclaimed, 200.0);
}

TEST(NonTakeUp, what_is_paid_beyond_the_right_of_one_month_makes_up_for_no_other) {
  const std::vector<double> rights{0, 0, 0, 0, 0, 0, 300, 300, 300};
  const std::vector<double> paid{0, 0, 0, 0, 0, 0, 0, 400, 250};
  const auto records = unit_records(rights, paid, 1.0, 1.0);
  EXPECT_FALSE(in(records, Window::month).missing_out);
  EXPECT_DOUBLE_EQ(in(records, Window::month).unclaimed, 50.0);
  EXPECT_DOUBLE_EQ(in(records, Window::quarter).unclaimed, 350.0 / 3.0);
}

TEST(NonTakeUp, heads_euros_and_persons_are_weighted_and_add_up) {
  NonTakeUpSums sums;
  NonTakeUpSums::Cluster first, second;
  first.add({100.0, 3.0, true, true, 200.0, 200.0});
  first.add({100.0, 1.0, true, false, 50.0, 0.0});
  second.add({300.0, 2.0, true, false, 100.0, 0.0});
  second.add({300.0, 2.0, false, false, 0.0, 0.0});
  sums.add_cluster(first);
  sums.add_cluster(second);
  using S = NonTakeUpSums;
  EXPECT_DOUBLE_EQ(sums.total(S::units, 2).value, 500.0);
  EXPECT_DOUBLE_EQ(sums.total(S::persons_out, 2).value, 300.0);
  EXPECT_DOUBLE_EQ(sums.total(S::euros, 2).value, 55'000.0);
  EXPECT_DOUBLE_EQ(sums.total(S::euros_out, 2).value + sums.total(S::euros_paid, 2).value, 55'000.0);
  EXPECT_DOUBLE_EQ(sums.rate_in_heads(2).value, 0.2);
  EXPECT_DOUBLE_EQ(sums.rate_in_euros(2).value, 20.0 / 55.0);
  EXPECT_EQ(sums.sampled_units(), 3U);
}

}  // namespace
}  // namespace labacces::outcomes
