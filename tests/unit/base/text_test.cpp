#include "libsim/base/text.hpp"

#include <gtest/gtest.h>

#include "libsim/base/hash.hpp"

namespace labacces {
namespace {

TEST(Text, numbers_are_read_whole_or_not_at_all) {
  EXPECT_EQ(parse_number("1234.5"), 1234.5);
  EXPECT_EQ(parse_number("-0.25"), -0.25);
  EXPECT_EQ(parse_number("1e3"), 1000.0);
  for (const char* text : {"", "1,5", "12abc", "nan", "inf", "1e999", "0x10", " 1", "--1"})
    EXPECT_FALSE(parse_number(text)) << text;
}

TEST(Text, amounts_are_grouped_by_thousands) {
  EXPECT_EQ(grouped(1234567.891, 2), "1 234 567.89");
  EXPECT_EQ(grouped(-1234.0, 0), "-1 234");
  EXPECT_EQ(grouped(-123.0, 0), "-123");
  EXPECT_EQ(grouped(999.999, 0), "1 000");
  EXPECT_EQ(fixed(-0.0001, 2), "0.00");
}

TEST(Text, the_first_bad_byte_of_utf8_is_found) {
  EXPECT_FALSE(invalid_utf8("éà €"));
  EXPECT_EQ(invalid_utf8("ab\xff\xfe"), 2U);
  EXPECT_EQ(invalid_utf8("a\xc3"), 1U);
  EXPECT_EQ(display_width("éà €"), 4U);
}

TEST(Text, splits_keep_empty_parts) {
  EXPECT_EQ(split("a,,b,", ',').size(), 4U);
  EXPECT_EQ(split("", ',').size(), 1U);
}

// FIPS 180-2, appendix B.1.
TEST(Hash, gives_the_published_known_answer) {
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace labacces
