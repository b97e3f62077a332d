// Units of measure: reading, printing, algebra.
#include "libsim/law/measure.hpp"

#include <gtest/gtest.h>

namespace labacces::law {
namespace {

TEST(Measure, what_is_printed_is_read_again) {
  for (const char* text : {"EUR", "EUR/month", "EUR/year", "EUR/hour", "years", "months", "days", "hours", "share",
                           "EUR*EUR/month", "1/month", "EUR/month/month", "EUR*month/year"}) {
    const auto measure = parse_measure(text);
    ASSERT_TRUE(measure) << text;
    EXPECT_EQ(to_string(*measure), text);
  }
}

TEST(Measure, shares_and_counts_have_no_dimension) {
  EXPECT_EQ(parse_measure("count"), dimensionless);
  EXPECT_EQ(parse_measure("share"), dimensionless);
  EXPECT_EQ(parse_measure("EUR/EUR"), dimensionless);
}

TEST(Measure, singular_and_plural_are_the_same_unit) {
  EXPECT_EQ(parse_measure("EUR/months"), eur_per_month);
  EXPECT_EQ(parse_measure("year"), in_years);
}

TEST(Measure, other_words_are_refused) {
  for (const char* text : {"", "euro", "EUR/", "/month", "EUR//month", "EUR month", "eur"})
    EXPECT_FALSE(parse_measure(text)) << text;
}

TEST(Measure, products_and_quotients_add_and_subtract_exponents) {
  EXPECT_EQ(eur_per_month * in_months, eur);
  EXPECT_EQ(eur / in_years, eur_per_year);
}

TEST(Measure, exponents_stay_in_bounds) {
  Measure measure = eur;
  for (int i = 0; i < 20; ++i) measure = measure * measure;
  EXPECT_GT(measure.exponents[0], 0);
}

}  // namespace
}  // namespace labacces::law
