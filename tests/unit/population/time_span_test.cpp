// Periods as users write them.
#include "libsim/population/time_span.hpp"

#include <gtest/gtest.h>

namespace labacces {
namespace {

TEST(TimeSpan, months_years_and_runs_of_them_are_read) {
  EXPECT_EQ(parse_time_span("2024-01"), (TimeSpan{Month::of(2024, 1), 1}));
  EXPECT_EQ(parse_time_span("month:2024-02"), (TimeSpan{Month::of(2024, 2), 1}));
  EXPECT_EQ(parse_time_span("month:2024-02:3"), (TimeSpan{Month::of(2024, 2), 3}));
  EXPECT_EQ(parse_time_span("2024"), (TimeSpan{Month::of(2024, 1), 12}));
  EXPECT_EQ(parse_time_span("year:2024"), (TimeSpan{Month::of(2024, 1), 12}));
  EXPECT_EQ(parse_time_span("year:2023:2"), (TimeSpan{Month::of(2023, 1), 24}));
  EXPECT_EQ(parse_time_span("year:2023-04"), (TimeSpan{Month::of(2023, 4), 12}));
  EXPECT_TRUE(parse_time_span("ETERNITY")->is_eternity());
}

TEST(TimeSpan, civil_years_start_in_january) {
  EXPECT_EQ(parse_time_span("year:2023:2")->civil_years(), 2);
  EXPECT_EQ(parse_time_span("month:2023-01:12")->civil_years(), 1);
  EXPECT_EQ(parse_time_span("year:2023-04")->civil_years(), 0);
  EXPECT_EQ(parse_time_span("ETERNITY")->civil_years(), 0);
}

TEST(TimeSpan, other_texts_are_refused) {
  for (const char* text :
       {"", "2024-13", "2024-1", "24", "2024-01-01", "month:2024", "month:2024-01:0", "month:2024-01:x", "year:2024:101",
        "day:2024-01-01", "0024", "-024", "2024 ", "month:2024-01:3:4", "year:", "month:2024-01:99999999999999", "2024W01"}) {
    EXPECT_FALSE(parse_time_span(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace labacces
