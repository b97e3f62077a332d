#include "libsim/law/parser.hpp"

#include <gtest/gtest.h>

#include <string>
#include <variant>

namespace labacces::law {
namespace {

struct Parsed {
  Sources sources;
  DiagnosticList diagnostics;
  ast::File file;
  std::string messages;
};

Parsed read(std::string text) {
  Parsed result;
  const std::uint32_t index = result.sources.add("a.law", std::move(text));
  result.file = parse(result.sources, index, result.diagnostics);
  result.messages = render(result.diagnostics);
  return result;
}

template <typename T>
const T& only(const Parsed& parsed) {
  EXPECT_EQ(parsed.messages, "");
  EXPECT_EQ(parsed.file.declarations.size(), 1U);
  return std::get<T>(parsed.file.declarations.at(0));
}

constexpr const char* rule_head = "rule x of famille monthly : EUR/month\n  from 2020-01-01 = ";

const ast::Expr& formula(const Parsed& parsed) { return parsed.file.expr(only<ast::Rule>(parsed).versions.at(0).expr); }

Parsed read_formula(const std::string& text) { return read(rule_head + text + "\n"); }

TEST(Parser, reads_a_program_with_references) {
  const Parsed parsed = read("program rsa \"Revenu\"\n  ref \"a \\\"b\\\"\"\n  ref \"c\"\n");
  EXPECT_EQ(parsed.messages, "");
  ASSERT_TRUE(parsed.file.program);
  EXPECT_EQ(parsed.file.program->references.at(0).text, "a \"b\"");
  EXPECT_EQ(parsed.file.program->references.size(), 2U);
}

TEST(Parser, reads_dated_values_with_their_references_and_an_end) {
  const Parsed parsed = read("param m \"Montant\" : EUR/month\n  2024-04-01  1_635.71 ref \"d\" ref \"e\"\n  2030-01-01 ends\n");
  const ast::Param& param = only<ast::Param>(parsed);
  EXPECT_EQ(param.type.text, "EUR/month");
  EXPECT_DOUBLE_EQ(param.versions.at(0).content->number, 1635.71);
  EXPECT_EQ(param.versions.at(0).references.size(), 2U);
  EXPECT_FALSE(param.versions.at(1).content);
}

TEST(Parser, a_percentage_is_the_nearest_double) {
  const Parsed parsed = read("param p : share\n  2024-01-01 3.3 %\n");
  EXPECT_EQ(only<ast::Param>(parsed).versions.at(0).content->number, 0.033);
}

TEST(Parser, reads_open_and_double_keys) {
  const Parsed parsed = read("table t by zone & n : EUR/month\n  2024-01-01 z1 & 0- -> 1, z1 & 1 .. 3 -> 2, z1 & 4+ -> 3\n");
  const auto& rows = *only<ast::Table>(parsed).versions.at(0).content;
  EXPECT_EQ(rows.at(0).keys.at(1).kind, ast::Key::Kind::at_most);
  EXPECT_EQ(rows.at(1).keys.at(1).last, 3.0);
  EXPECT_EQ(rows.at(2).keys.at(1).kind, ast::Key::Kind::at_least);
}

TEST(Parser, reads_a_scale) {
  const Parsed parsed =
      read("scale b \"Barème\" marginal by EUR/year : share\n  2024-01-01  0 -> 0 %, 11294 -> 11 %  ref \"CGI 197\"\n");
  EXPECT_EQ(only<ast::Scale>(parsed).versions.at(0).content->at(1).threshold.number, 11294.0);
}

TEST(Parser, products_bind_tighter_than_sums_and_sums_than_comparisons) {
  const Parsed parsed = read_formula("if 1 + 2 * 3 < 4 and not a or b then 1 else 2");
  const ast::Expr& choose = formula(parsed);
  ASSERT_EQ(choose.kind, ast::ExprKind::choose);
  const ast::Expr& either = parsed.file.expr(choose.a);
  EXPECT_EQ(either.op, Op::logical_or);
  const ast::Expr& both = parsed.file.expr(either.a);
  EXPECT_EQ(both.op, Op::logical_and);
  EXPECT_EQ(parsed.file.expr(both.a).op, Op::less);
  EXPECT_EQ(parsed.file.expr(both.b).op, Op::logical_not);
}

TEST(Parser, one_argument_aggregates_over_members_and_several_compare) {
  EXPECT_EQ(formula(read_formula("max(member.x)")).kind, ast::ExprKind::aggregate);
  EXPECT_EQ(formula(read_formula("max(x, 0)")).kind, ast::ExprKind::call);
  EXPECT_EQ(formula(read_formula("min(member.x where member is enfant, otherwise 3)")).kind, ast::ExprKind::aggregate);
  EXPECT_EQ(formula(read_formula("max(x, months -3 .. -1)")).kind, ast::ExprKind::window);
}

TEST(Parser, reads_every_form_of_time) {
  const auto time = [](const std::string& text) {
    const Parsed parsed = read_formula(text);
    return formula(parsed).time;
  };
  EXPECT_EQ(time("x at month -1"), (TimeRef{TimeRef::Kind::months, -1, -1, 0}));
  EXPECT_EQ(time("x at month 7 of year 0"), (TimeRef{TimeRef::Kind::month_of_year, 0, 0, 7}));
  EXPECT_EQ(time("x at 2013-04"),
            (TimeRef{TimeRef::Kind::absolute_month, Month::of(2013, 4).index, Month::of(2013, 4).index, 0}));
  EXPECT_EQ(time("x at year -2"), (TimeRef{TimeRef::Kind::year, -2, -2, 0}));
  EXPECT_EQ(time("mean(x, months -3..-1)"), (TimeRef{TimeRef::Kind::months, -3, -1, 0}));
  EXPECT_EQ(time("sum(x, year -2)"), (TimeRef{TimeRef::Kind::year, -2, -2, 0}));
}

TEST(Parser, a_unit_after_a_number_is_its_measure_and_a_name_after_a_slash_divides) {
  EXPECT_EQ(formula(read_formula("5 EUR/month")).text, "EUR/month");
  EXPECT_EQ(formula(read_formula("5 EUR / loyer")).op, Op::divide);
}

TEST(Parser, reads_rank_role_and_membership) {
  const Parsed parsed = read_formula("rank(member.date_naissance in famille where member is enfant)");
  EXPECT_EQ(formula(parsed).kind, ast::ExprKind::rank);
  EXPECT_EQ(formula(parsed).text, "famille");
  EXPECT_EQ(formula(read_formula("zone in (zone_1, zone_2)")).args.size(), 2U);
}

TEST(Parser, reads_reforms) {
  const Parsed parsed = read(
      "reform plus \"RSA +10 %\"\n  set rsa.m from 2025-01-01 ends 2026-01-01 = before * 1.10\n  set rsa.t from 2025-01-01 = 1 "
      "-> 10 %, 2+ -> 12 %\n"
      "  drop rsa.x from 2026-01-01\n  replace rule y of famille monthly : EUR/month\n    from 2025-01-01 = 0\n  add param rsa.z "
      ": share\n    2025-01-01 1 %\n");
  const auto& items = only<ast::Reform>(parsed).items;
  ASSERT_EQ(items.size(), 5U);
  EXPECT_TRUE(std::get<ast::Set>(items.at(0)).until);
  EXPECT_EQ(std::get<ast::Set>(items.at(1)).rows.size(), 2U);
}

TEST(Parser, reports_each_wrong_declaration_and_keeps_the_others) {
  const Parsed parsed = read(
      "parm x : share\n  2020-01-01 1\nparam y : share\n  2020-01-01 1\nparam z : shar\n  2020-01-01 1\nrule r of famile monthly "
      ": share\n");
  EXPECT_EQ(parsed.diagnostics.error_count(), 3U);
  EXPECT_EQ(parsed.file.declarations.size(), 1U);
  EXPECT_NE(parsed.messages.find("did you mean 'param'?"), std::string::npos) << parsed.messages;
  EXPECT_NE(parsed.messages.find("did you mean 'share'?"), std::string::npos) << parsed.messages;
  EXPECT_NE(parsed.messages.find("did you mean 'famille'?"), std::string::npos) << parsed.messages;
}

TEST(Parser, ten_million_parentheses_are_one_error) {
  EXPECT_EQ(read_formula(std::string(10'000'000, '(')).diagnostics.error_count(), 1U);
  EXPECT_EQ(read(std::string(10'000'000, '(')).diagnostics.error_count(), 1U);
}

TEST(Parser, a_long_sum_is_an_error_before_it_is_too_deep) {
  std::string text = "1";
  for (int i = 0; i < 100'000; ++i) text += " + 1";
  EXPECT_EQ(read_formula(text).diagnostics.error_count(), 1U);
}

TEST(Parser, bytes_that_are_not_text_are_errors) {
  EXPECT_EQ(read(std::string("program a\n\0param", 15)).diagnostics.error_count(), 1U);
  EXPECT_EQ(read("program a \"\xC3\x28\"\n").diagnostics.error_count(), 1U);
  EXPECT_EQ(read("program a \"open\nparam b : share\n 2020-01-01 99999999999999999999999999\n").diagnostics.error_count(), 2U);
  EXPECT_EQ(read("").diagnostics.error_count(), 0U);
}

}  // namespace
}  // namespace labacces::law
