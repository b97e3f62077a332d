#include "libsim/law/format_law.hpp"

#include <gtest/gtest.h>

#include <string>

namespace labacces::law {
namespace {

std::string formatted(const std::string& text) {
  DiagnosticList diagnostics;
  const std::optional<std::string> result = format_law("a.law", text, diagnostics);
  EXPECT_TRUE(result) << render(diagnostics);
  return result.value_or("");
}

std::string formula(const std::string& text) {
  const std::string head = "rule x of famille monthly : EUR/month\n  from 2020-01-01 =";
  const std::string whole = formatted(head + " " + text + "\n");
  EXPECT_EQ(whole, formatted(whole));
  EXPECT_TRUE(whole.starts_with(head));
  return whole.size() > head.size() ? whole.substr(head.size() + 1, whole.size() - head.size() - 2) : "";
}

TEST(FormatLaw, keeps_only_the_parentheses_that_are_needed) {
  EXPECT_EQ(formula("((a+b)) - (c - d)*(2)"), "a + b - (c - d) * 2");
  EXPECT_EQ(formula("a - (b + c)"), "a - (b + c)");
  EXPECT_EQ(formula("(a * b) / c"), "a * b / c");
  EXPECT_EQ(formula("-(-5)"), "-(-5)");
  EXPECT_EQ(formula("(a at month -1) at year 0"), "a at month -1 at year 0");
  EXPECT_EQ(formula("(a + b) at month -1"), "(a + b) at month -1");
  EXPECT_EQ(formula("(if a then b else c) + 1"), "(if a then b else c) + 1");
}

TEST(FormatLaw, parts_and_from_or) {
  EXPECT_EQ(formula("if a and b or c then 1 else 2"), "if (a and b) or c then 1 else 2");
  EXPECT_EQ(formula("if not (a == b) then 1 else 2"), "if not (a == b) then 1 else 2");
  EXPECT_EQ(formula("if not (member is enfant) then 1 else 2"), "if not member is enfant then 1 else 2");
}

TEST(FormatLaw, percentages_and_units_are_spaced_alike) {
  EXPECT_EQ(formula("a * 12% + 5   EUR / month"), "a * 12 % + 5 EUR/month");
}

TEST(FormatLaw, breaks_long_sums_under_each_other) {
  const std::string a(40, 'a');
  EXPECT_EQ(formula(a + " + " + a + " - " + a), "    " + a + "\n    + " + a + "\n    - " + a);
}

TEST(FormatLaw, breaks_long_choices_by_branch) {
  const std::string a(40, 'a');
  EXPECT_EQ(formula("if c then " + a + " else if d then " + a + " else " + a),
            "    if c then " + a + "\n    else if d then " + a + "\n    else " + a);
}

TEST(FormatLaw, aligns_decimal_points_and_references) {
  EXPECT_EQ(
      formatted("param m:EUR/month\n 2020-01-01 60 ref \"a\"\n 2021-01-01 1_101.50 ref \"b\"\n 2022-01-01 ends ref \"c\"\n"),
      "param m : EUR/month\n"
      "  2020-01-01     60     ref \"a\"\n"
      "  2021-01-01  1_101.50  ref \"b\"\n"
      "  2022-01-01  ends      ref \"c\"\n");
}

TEST(FormatLaw, comments_stay_where_they_stand) {
  const std::string text =
      "# first\n"
      "program p  # of the program\n"
      "\n"
      "# of the parameter\n"
      "param m : EUR/month  # of the head\n"
      "  # of the line\n"
      "  2020-01-01  1  # at its end\n"
      "  # last of the parameter\n"
      "\n"
      "# apart\n"
      "\n"
      "# of the enum\n"
      "enum e =\n"
      "  a \"A\",  # of a\n"
      "  b \"B\"\n"
      "# end\n";
  EXPECT_EQ(formatted(text), text);
}

TEST(FormatLaw, comments_inside_a_formula_move_above_it) {
  EXPECT_EQ(formatted("rule x of famille monthly : share\n  from 2020-01-01 = 1 # one\n   + 2 # two\n"),
            "rule x of famille monthly : share\n  # one\n  from 2020-01-01 = 1 + 2  # two\n");
}

TEST(FormatLaw, one_blank_line_parts_rules_and_kinds_and_the_rest_may_stand_together) {
  EXPECT_EQ(formatted("input a of individu monthly : count\ninput b of individu monthly : count\n\n\n\ninput c of individu "
                      "monthly : count\nparam x : share\n"
                      "\n  2020-01-01 1\nparam y : share\n  2020-01-01 1\n"),
            "input a of individu monthly : count\ninput b of individu monthly : count\n\ninput c of individu monthly : "
            "count\n\nparam x : share\n"
            "\n  2020-01-01  1\nparam y : share\n  2020-01-01  1\n");
}

TEST(FormatLaw, a_wrong_text_is_not_printed) {
  DiagnosticList diagnostics;
  EXPECT_FALSE(format_law("a.law", "param x\n", diagnostics));
  EXPECT_EQ(diagnostics.error_count(), 1U);
}

}  // namespace
}  // namespace labacces::law
