// Reforms and their items.
#include <utility>

#include "libsim/law/parser_state.hpp"

namespace labacces::law {

void Parser::reform() {
  ast::Reform result;
  result.span = take().span;
  result.name = name("the name of the reform");
  result.label = optional_text();
  result.references = references();
  end_of_declaration("'set', 'drop', 'replace' or 'add'", {"ref", "set", "drop", "replace", "add"});
  if (!at_reform_item())
    fail(result.name.span, "reform '" + result.name.text + "' changes nothing: expected 'set', 'drop', 'replace' or 'add'");
  bool whole = true;
  while (at_reform_item()) {
    try {
      result.items.push_back(reform_item());
    } catch (const ParseFailure&) {
      whole = false;
      nesting_ = 0;
      const bool stay = at_reform_item() || (at_declaration() && current_.in_first_column);
      if (!stay) {
        lexer_.skip_to_line(true);
        current_ = lexer_.next();
      }
    }
  }
  result.span = since(result.span);
  if (whole) file_.declarations.emplace_back(std::move(result));
}

ast::ReformItem Parser::reform_item() {
  const Token keyword = take();
  if (keyword.text == "set") return set_item(keyword.span);
  if (keyword.text == "add") return add_item(keyword.span);
  if (keyword.text == "replace") {
    if (!at_word("rule")) fail_expected("'rule' after 'replace'", {"rule"});
    ast::Replace replace;
    replace.rule = rule();
    replace.span = since(keyword.span);
    return replace;
  }
  ast::Drop drop;
  drop.path = path("the name of a parameter, table, scale or rule after 'drop'");
  expect_word("from", "and the date of the end");
  drop.since = date("a date after 'from', as 2026-01-01");
  drop.references = references();
  drop.span = since(keyword.span);
  end_of_declaration("'ref', the next change or the next declaration", {"ref", "set", "drop", "replace", "add"});
  return drop;
}

ast::Set Parser::set_item(Span first) {
  ast::Set set;
  set.path = path("the name of a parameter, table or scale after 'set'");
  expect_word("from", "and the date of the change");
  set.since = date("a date after 'from', as 2025-01-01");
  if (take_word("ends")) set.until = date("a date after 'ends', as 2026-01-01");
  expect(TokenKind::assign, "'=' and the new value");
  if (rows_follow()) {
    set.rows = rows();
  } else {
    set.expr = expression();
  }
  set.references = references();
  set.span = since(first);
  end_of_declaration("'ref', the next change or the next declaration", {"ref", "set", "drop", "replace", "add"});
  return set;
}

ast::Add Parser::add_item(Span first) {
  ast::Add add;
  if (at_word("enum")) {
    add.declaration = enumeration();
  } else if (at_word("input")) {
    add.declaration = input();
  } else if (at_word("param")) {
    add.declaration = param(true);
  } else if (at_word("table")) {
    add.declaration = table(true);
  } else if (at_word("scale")) {
    add.declaration = scale(true);
  } else if (at_word("rule")) {
    add.declaration = rule();
  } else {
    fail_expected("'rule', 'param', 'table', 'scale', 'input' or 'enum' after 'add'",
                  {"rule", "param", "table", "scale", "input", "enum"});
  }
  add.span = since(first);
  return add;
}

bool Parser::rows_follow() const {
  // A row starts with at most "key & key ->", a key being at most three tokens: "2 .. 4".
  constexpr int longest_start = 8;
  Lexer ahead = lexer_.silent();
  Token token = current_;
  for (int i = 0; i < longest_start; ++i) {
    switch (token.kind) {
      case TokenKind::arrow:
        return true;
      case TokenKind::word:
      case TokenKind::number:
      case TokenKind::plus:
      case TokenKind::minus:
      case TokenKind::range:
      case TokenKind::ampersand:
        break;
      default:
        return false;
    }
    if (i > 0 && token.starts_line && token.kind == TokenKind::word && is_reserved(token.text)) return false;
    token = ahead.next();
  }
  return false;
}

}  // namespace labacces::law
