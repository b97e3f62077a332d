#include "libsim/base/json_text.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "libsim/base/error.hpp"

namespace labacces {
namespace {

std::string message_of(std::string_view text) {
  try {
    static_cast<void>(parse_json("s.json", text));
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

TEST(JsonText, a_syntax_error_names_line_and_column) {
  EXPECT_NE(message_of("{\n  \"a\": 1,\n  \"b\": ?\n}").find("s.json:3:8: error: JSON syntax error"), std::string::npos)
      << message_of("{\n  \"a\": 1,\n  \"b\": ?\n}");
  EXPECT_NE(message_of("{\"a\": [1, 2").find("s.json:1:"), std::string::npos);
}

TEST(JsonText, a_repeated_key_is_refused_with_its_path) {
  EXPECT_EQ(message_of(R"({"a": {"b": 1, "c": 2, "b": 3}})"), "s.json: a/b: error: the key 'b' stands twice in one object");
}

TEST(JsonText, hostile_texts_are_errors_and_no_more) {
  EXPECT_FALSE(message_of("").empty());
  EXPECT_FALSE(message_of("\xff\xfe{}").empty());
  EXPECT_FALSE(message_of(std::string(1'000'000, '[')).empty());
  EXPECT_FALSE(message_of("{\"a\": 1e999}").empty());
  EXPECT_FALSE(message_of(std::string("{}\0{}", 5)).empty());
}

TEST(JsonText, unknown_keys_are_named_with_the_nearest) {
  try {
    refuse_unknown_keys("s.json", "take_up", parse_json("s.json", R"({"raet": 1})"), {"rate", "source"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "s.json: take_up/raet: error: unknown key 'raet' (did you mean 'rate'?)");
  }
}

}  // namespace
}  // namespace labacces
