// Functions, aggregates over members, windows and shifts in time.
#include <array>
#include <optional>
#include <utility>

#include "libsim/law/parser_state.hpp"

namespace labacces::law {
namespace {

constexpr std::int32_t most_months = 1200;
constexpr std::int32_t most_years = 100;

std::optional<Aggregation> aggregation_named(std::string_view name) {
  struct Named {
    std::string_view name;
    Aggregation aggregation;
  };
  static constexpr std::array<Named, 7> all{{{"sum", Aggregation::sum},
                                             {"mean", Aggregation::mean},
                                             {"any", Aggregation::any},
                                             {"all", Aggregation::all},
                                             {"count", Aggregation::count},
                                             {"min", Aggregation::min},
                                             {"max", Aggregation::max}}};
  for (const Named& entry : all) {
    if (entry.name == name) return entry.aggregation;
  }
  return std::nullopt;
}

}  // namespace

ast::ExprId Parser::call(const ast::Name& function) {
  if (function.text.find('.') != std::string::npos) {
    fail(function.span, "'" + function.text + "' is not a function",
         "tables and scales are read with brackets: " + function.text.substr(0, 60) + "[key]");
  }
  take();
  if (function.text == "rank") return rank(function);
  if (const std::optional<Aggregation> aggregation = aggregation_named(function.text)) return aggregate(function, *aggregation);
  ast::Expr node;
  node.kind = ast::ExprKind::call;
  node.text = function.text;
  node.text_span = function.span;
  do {
    node.named_otherwise = take_word("otherwise");
    node.args.push_back(expression());
  } while (!node.named_otherwise && take(TokenKind::comma));
  expect(TokenKind::right_parenthesis,
         node.named_otherwise ? "')' after the value of 'otherwise'" : "',' or ')' in the arguments of '" + function.text + "'");
  return add(std::move(node), function.span);
}

ast::ExprId Parser::aggregate(const ast::Name& function, Aggregation aggregation) {
  ast::Expr node;
  node.kind = ast::ExprKind::aggregate;
  node.aggregation = aggregation;
  node.text = function.text;
  node.text_span = function.span;
  node.a = expression();
  if (take_word("where")) return aggregate_condition(std::move(node), function);
  if (at(TokenKind::comma)) return aggregate_tail(std::move(node), function);
  expect(TokenKind::right_parenthesis, "'where', ',' or ')' in '" + function.text + "'");
  if (aggregation == Aggregation::mean) {
    fail(since(function.span), "'mean' is taken over months: expected 'mean(x, months -3 .. -1)'",
         "over members, divide a sum by a count");
  }
  return add(std::move(node), function.span);
}

ast::ExprId Parser::aggregate_condition(ast::Expr node, const ast::Name& function) {
  const Span where = last_;
  if (node.aggregation == Aggregation::mean)
    fail(where, "'mean' is taken over months: expected 'mean(x, months -3 .. -1)'", "over members, divide a sum by a count");
  if (node.aggregation == Aggregation::any || node.aggregation == Aggregation::count) {
    fail(where, "'" + function.text + "' takes one condition and no 'where'", "write '" + function.text + "(a and b)'");
  }
  node.b = expression();
  if (take(TokenKind::comma)) {
    if (at_word("months") || at_word("year"))
      fail(current_.span, "a window has no 'where'", "take the sum over members first: 'sum(sum(x where c), months -3 .. -1)'");
    if (node.aggregation != Aggregation::min && node.aggregation != Aggregation::max)
      fail_expected("')' after the condition of 'where'");
    expect_word("otherwise", "and the value when no member fulfils the condition");
    node.c = expression();
  }
  expect(TokenKind::right_parenthesis, "an operator, ',' or ')' after the condition of 'where'");
  const bool is_extreme = node.aggregation == Aggregation::min || node.aggregation == Aggregation::max;
  if (is_extreme && node.c == ast::no_expr) {
    fail(since(function.span), "'" + function.text + "' with 'where' says what holds when no member fulfils the condition",
         "write '" + function.text + "(x where c, otherwise 0)'");
  }
  return add(std::move(node), function.span);
}

ast::ExprId Parser::aggregate_tail(ast::Expr node, const ast::Name& function) {
  take();
  const bool is_extreme = node.aggregation == Aggregation::min || node.aggregation == Aggregation::max;
  if (at_word("months") || at_word("month") || at_word("year")) {
    node.kind = ast::ExprKind::window;
    const Span time = current_.span;
    node.time = window_time();
    node.time_span = since(time);
  } else if (is_extreme && take_word("otherwise")) {
    node.c = expression();
  } else if (is_extreme) {
    node.kind = ast::ExprKind::call;
    node.args.push_back(std::exchange(node.a, ast::no_expr));
    do {
      node.args.push_back(expression());
    } while (take(TokenKind::comma));
  } else {
    fail_expected("a window after the ',', as in '" + function.text + "(x, months -3 .. -1)' or '" + function.text +
                  "(x, year -1)'");
  }
  expect(TokenKind::right_parenthesis, "',' or ')' in '" + function.text + "'");
  return add(std::move(node), function.span);
}

ast::ExprId Parser::rank(const ast::Name& function) {
  ast::Expr node;
  node.kind = ast::ExprKind::rank;
  // The key is a sum at most: `in` belongs to rank.
  node.a = operation_without_comparison();
  expect_word("in", "and the group, as in 'rank(date_naissance in famille)'");
  const ast::Name group = name("the group after 'in': famille, foyer_fiscal or menage");
  node.text = group.text;
  node.text_span = group.span;
  if (take_word("where")) node.b = expression();
  expect(TokenKind::right_parenthesis, "'where' or ')' in 'rank'");
  return add(std::move(node), function.span);
}

TimeRef Parser::shift_time() {
  TimeRef time;
  if (at(TokenKind::month)) {
    time.kind = TimeRef::Kind::absolute_month;
    time.first = time.last = take().month.index;
    return time;
  }
  if (at(TokenKind::date)) {
    fail(current_.span, "expected a month after 'at', found a date",
         "write it without the day: " + std::string(current_.text.substr(0, 7)));
  }
  if (take_word("year")) {
    time.kind = TimeRef::Kind::year;
    time.first = time.last = signed_integer("a number of years, as in 'at year -2'", most_years);
    return time;
  }
  if (!at_word("month"))
    fail_expected("'month -1', 'month 7 of year 0', 'year -2' or a month such as 2013-04 after 'at'", {"month", "year"});
  take();
  const Token number = current_;
  time.first = time.last = signed_integer("a number of months, as in 'at month -1'", most_months);
  if (!take_word("of")) return time;
  time.month = time.first;
  if (time.month < 1 || time.month > 12) fail(number.span, "a month of a year is 1 to 12");
  expect_word("year", "after 'of', as in 'month 7 of year 0'");
  time.kind = TimeRef::Kind::month_of_year;
  time.first = time.last = signed_integer("a number of years, as in 'month 7 of year -1'", most_years);
  return time;
}

TimeRef Parser::window_time() {
  TimeRef time;
  const Span first = current_.span;
  if (take_word("year")) {
    time.kind = TimeRef::Kind::year;
    time.first = time.last = signed_integer("a number of years, as in 'year -2'", most_years);
    return time;
  }
  if (!take_word("months")) fail_expected("a window such as 'months -3 .. -1' or 'year -2'", {"months", "year"});
  time.first = signed_integer("the first month of the window, as in 'months -3 .. -1'", most_months);
  expect(TokenKind::range, "'..' and the last month of the window, as in 'months -3 .. -1'");
  time.last = signed_integer("the last month of the window, as in 'months -3 .. -1'", most_months);
  if (time.last < time.first) {
    fail(since(first), "this window is empty: its last month is before its first",
         "write the earlier month first, as in 'months -3 .. -1'");
  }
  return time;
}

}  // namespace labacces::law
