// Expressions: operators, literals, names.
#include <algorithm>
#include <optional>
#include <utility>

#include "libsim/law/parser_state.hpp"

namespace labacces::law {
namespace {

constexpr int deepest_nesting = 200;

// Loosest first.
enum Precedence : int { level_or = 1, level_and, level_not, level_comparison, level_sum, level_product };

struct BinaryOperator {
  Op op;
  int level;
};

std::optional<BinaryOperator> binary_operator(const Token& token) {
  switch (token.kind) {
    case TokenKind::equal:
      return BinaryOperator{Op::equal, level_comparison};
    case TokenKind::not_equal:
      return BinaryOperator{Op::not_equal, level_comparison};
    case TokenKind::less:
      return BinaryOperator{Op::less, level_comparison};
    case TokenKind::less_equal:
      return BinaryOperator{Op::less_equal, level_comparison};
    case TokenKind::greater:
      return BinaryOperator{Op::greater, level_comparison};
    case TokenKind::greater_equal:
      return BinaryOperator{Op::greater_equal, level_comparison};
    case TokenKind::plus:
      return BinaryOperator{Op::add, level_sum};
    case TokenKind::minus:
      return BinaryOperator{Op::subtract, level_sum};
    case TokenKind::star:
      return BinaryOperator{Op::multiply, level_product};
    case TokenKind::slash:
      return BinaryOperator{Op::divide, level_product};
    case TokenKind::word:
      if (token.text == "or") return BinaryOperator{Op::logical_or, level_or};
      if (token.text == "and") return BinaryOperator{Op::logical_and, level_and};
      // `in` and `is` are made by comparison_of_words.
      if (token.text == "in" || token.text == "is") return BinaryOperator{Op::equal, level_comparison};
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

}  // namespace

Parser::Nested::Nested(Parser& parser) : parser_(parser) {
  if (parser_.nesting_ >= deepest_nesting) {
    parser_.fail(parser_.current_.span, "this expression is nested more than " + std::to_string(deepest_nesting) + " levels deep",
                 "name its parts with 'let'");
  }
  ++parser_.nesting_;
}

ast::ExprId Parser::add(ast::Expr node, Span first) {
  std::uint16_t below = 0;
  const auto look = [&](ast::ExprId child) {
    if (child != ast::no_expr) below = std::max(below, expr(child).depth);
  };
  look(node.a);
  look(node.b);
  look(node.c);
  for (const ast::ExprId child : node.args) look(child);
  node.span = since(first);
  if (below >= ast::max_expression_depth) {
    fail(node.span, "this expression has more than " + std::to_string(ast::max_expression_depth) + " operations in a row",
         "name its parts with 'let'");
  }
  node.depth = static_cast<std::uint16_t>(below + 1);
  file_.exprs.push_back(std::move(node));
  return ast::ExprId{static_cast<std::uint32_t>(file_.exprs.size() - 1)};
}

ast::ExprId Parser::expression() {
  const Nested nested(*this);
  return at_word("if") ? choose() : operation(level_or);
}

ast::ExprId Parser::choose() {
  const Span first = take().span;
  ast::Expr node;
  node.kind = ast::ExprKind::choose;
  node.a = expression();
  expect_word("then", "after the condition of 'if'");
  node.b = expression();
  if (!at_word("else")) fail_expected("'else': every 'if' says what holds otherwise", {"else"});
  take();
  node.c = expression();
  return add(std::move(node), first);
}

ast::ExprId Parser::operation(int loosest) {
  const Span first = current_.span;
  ast::ExprId left = ast::no_expr;
  bool compared = false;
  if (at_word("not")) {
    if (loosest > level_not) fail(current_.span, "'not' binds looser than this operator", "put it in parentheses: (not ...)");
    const Nested nested(*this);
    take();
    ast::Expr node;
    node.kind = ast::ExprKind::unary;
    node.op = Op::logical_not;
    node.a = operation(level_not);
    left = add(std::move(node), first);
  } else {
    left = unary();
  }
  for (;;) {
    const std::optional<BinaryOperator> found = binary_operator(current_);
    if (!found || found->level < loosest) return left;
    if (found->level == level_comparison && compared) {
      fail(current_.span, "comparisons do not chain", "write 'a < b and b < c'");
    }
    compared = found->level == level_comparison;
    if (at_word("in") || at_word("is")) {
      left = comparison_of_words(left);
      continue;
    }
    take();
    ast::Expr node;
    node.kind = ast::ExprKind::binary;
    node.op = found->op;
    node.a = left;
    node.b = operation(found->level + 1);
    left = add(std::move(node), first);
  }
}

ast::ExprId Parser::operation_without_comparison() { return operation(level_sum); }

ast::ExprId Parser::comparison_of_words(ast::ExprId left) {
  const Span first = expr(left).span;
  ast::Expr node;
  node.a = left;
  if (take_word("is")) {
    if (expr(left).kind != ast::ExprKind::name)
      fail(first, "only a person is in a role", "write 'member is enfant' or 'self is famille.enfant'");
    node.kind = ast::ExprKind::role;
    const ast::Name role = path("a role after 'is', as enfant or famille.enfant");
    node.text = role.text;
    node.text_span = role.span;
    return add(std::move(node), first);
  }
  take();
  node.kind = ast::ExprKind::contains;
  expect(TokenKind::left_parenthesis, "'(' and a list of values after 'in', as in 'x in (a, b)'");
  do {
    node.args.push_back(expression());
  } while (take(TokenKind::comma));
  expect(TokenKind::right_parenthesis, "',' or ')' in this list");
  return add(std::move(node), first);
}

ast::ExprId Parser::unary() {
  if (!at(TokenKind::minus)) return postfix();
  const Nested nested(*this);
  const Span first = take().span;
  ast::Expr node;
  node.kind = ast::ExprKind::unary;
  node.op = Op::negate;
  node.a = unary();
  return add(std::move(node), first);
}

ast::ExprId Parser::postfix() {
  const Span first = current_.span;
  ast::ExprId value = atom();
  while (take_word("at")) {
    ast::Expr node;
    node.kind = ast::ExprKind::shift;
    node.a = value;
    const Span time = current_.span;
    node.time = shift_time();
    node.time_span = since(time);
    value = add(std::move(node), first);
  }
  return value;
}

ast::ExprId Parser::atom() {
  const Token token = current_;
  ast::Expr node;
  switch (token.kind) {
    case TokenKind::number:
      return number_literal();
    case TokenKind::date:
      take();
      node.kind = ast::ExprKind::date;
      node.day = token.day;
      return add(std::move(node), token.span);
    case TokenKind::month:
      fail(token.span, "a month stands only after 'at', as in 'x at 2013-04'",
           "a date is written 2013-04-01; a difference needs spaces: 'a - b'");
    case TokenKind::text:
      fail(token.span, "a text is not a value: expressions have numbers, yes/no, dates and items of enums");
    case TokenKind::left_parenthesis: {
      take();
      const ast::ExprId inside = expression();
      expect(TokenKind::right_parenthesis, "an operator or ')'");
      return inside;
    }
    case TokenKind::word:
      if (token.text == "yes" || token.text == "no") {
        take();
        node.kind = ast::ExprKind::yes_no;
        node.number = token.text == "yes" ? 1.0 : 0.0;
        return add(std::move(node), token.span);
      }
      if (token.text == "if")
        fail(token.span, "'if' binds looser than this operator", "put it in parentheses: (if ... then ... else ...)");
      if (is_reserved(token.text)) fail_expected("an expression");
      return name_call_or_index();
    default:
      fail_expected("an expression");
  }
}

ast::ExprId Parser::number_literal() {
  const Token token = take();
  ast::Expr node;
  node.kind = ast::ExprKind::number;
  node.number = token.number;
  node.digits = token.span;
  if (take(TokenKind::percent)) {
    node.percent = true;
    node.number = percent_of(token.text);
  } else if (at(TokenKind::word) && is_unit(current_.text)) {
    node.text_span = current_.span;
    node.text = take().text;
    // "5 EUR/month" is a unit, "5 EUR / loyer" a division.
    for (;;) {
      Lexer ahead = lexer_.silent();
      const bool goes_on = at(TokenKind::slash) || at(TokenKind::star);
      const Token next = goes_on ? ahead.next() : Token{};
      if (next.kind != TokenKind::word || !is_unit(next.text)) break;
      node.text += take().text;
      node.text += take().text;
    }
    node.text_span = since(node.text_span);
  }
  return add(std::move(node), token.span);
}

ast::ExprId Parser::name_call_or_index() {
  const ast::Name read = path("a name");
  if (at(TokenKind::left_parenthesis)) return call(read);
  ast::Expr node;
  node.text = read.text;
  node.text_span = read.span;
  node.kind = ast::ExprKind::name;
  if (take(TokenKind::left_bracket)) {
    node.kind = ast::ExprKind::index;
    do {
      node.args.push_back(expression());
    } while (take(TokenKind::comma));
    expect(TokenKind::right_bracket, "',' or ']' after the key");
    if (node.args.size() > 2) fail(since(read.span), "a table has one or two keys, here are " + std::to_string(node.args.size()));
  }
  return add(std::move(node), read.span);
}

}  // namespace labacces::law
