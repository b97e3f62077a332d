#include "libsim/base/date.hpp"

#include <gtest/gtest.h>

namespace labacces {
namespace {

TEST(Dates, days_and_months_go_to_text_and_back) {
  for (int days = -200000; days < 400000; days += 37) {
    const Day day{days};
    if (day.year() < 1000) continue;
    EXPECT_EQ(parse_day(to_string(day)), day);
    EXPECT_EQ(parse_month(to_string(day.month_of())), day.month_of());
  }
}

TEST(Dates, impossible_days_are_refused) {
  for (const char* text : {"2023-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "2024-1-01", "2024-01-1", "24-01-01",
                           "2024/01/01", "2024-01-01 ", "", "2024-01", "-024-01-01"}) {
    EXPECT_FALSE(parse_day(text)) << text;
  }
  EXPECT_TRUE(parse_day("2024-02-29"));
  EXPECT_FALSE(parse_month("2024-13"));
  EXPECT_FALSE(parse_month("2024-1"));
}

TEST(Dates, a_value_dated_in_mid_month_is_read_from_the_next_month) {
  EXPECT_EQ(first_month_from(Day::of(2024, 4, 1)), Month::of(2024, 4));
  EXPECT_EQ(first_month_from(Day::of(2024, 4, 2)), Month::of(2024, 5));
  EXPECT_EQ(first_month_from(Day::of(2024, 12, 31)), Month::of(2025, 1));
}

TEST(Dates, months_count_through_years) {
  EXPECT_EQ(Month::of(2025, 1) - 1, Month::of(2024, 12));
  EXPECT_EQ((Month::of(2025, 1) - 13).year(), 2023);
  EXPECT_EQ((Month{-1}).year(), -1);
  EXPECT_EQ((Month{-1}).month(), 12);
}

}  // namespace
}  // namespace labacces
