// The parser's view of the tokens, and its messages.
#include <utility>

#include "libsim/law/parser_state.hpp"

namespace labacces::law {
namespace {

std::string described(const Token& token) {
  constexpr std::size_t shown = 40;
  const std::string text(token.text.substr(0, shown));
  switch (token.kind) {
    case TokenKind::end:
      return "the end of the text";
    case TokenKind::number:
      return "the number " + text;
    case TokenKind::date:
      return "the date " + text;
    case TokenKind::month:
      return "the month " + text;
    case TokenKind::text:
      return "a text";
    default:
      return "'" + text + "'";
  }
}

}  // namespace

Token Parser::take() {
  const Token taken = current_;
  if (taken.kind == TokenKind::invalid) throw ParseFailure{};
  last_ = taken.span;
  current_ = lexer_.next();
  return taken;
}

bool Parser::take(TokenKind kind) {
  if (!at(kind)) return false;
  take();
  return true;
}

bool Parser::take_word(std::string_view word) {
  if (!at_word(word)) return false;
  take();
  return true;
}

Token Parser::expect(TokenKind kind, std::string_view what) {
  if (!at(kind)) fail_expected(what);
  return take();
}

void Parser::expect_word(std::string_view word, std::string_view where) {
  if (!at_word(word)) fail_expected("'" + std::string(word) + "' " + std::string(where), {std::string(word)});
  take();
}

Span Parser::since(Span first) const { return {first.file, first.begin, last_.end > first.begin ? last_.end : first.end}; }

void Parser::fail(Span span, std::string message, std::string hint) {
  diagnostics_.error(sources_, span, std::move(message), std::move(hint));
  throw ParseFailure{};
}

void Parser::fail_expected(std::string_view what, const std::vector<std::string>& words) {
  if (at(TokenKind::invalid)) throw ParseFailure{};
  std::string hint;
  // A keyword is no misspelling of another.
  if (at(TokenKind::word) && !is_declaration_keyword(current_.text)) hint = did_you_mean(current_.text, words);
  if (at(TokenKind::assign) && nesting_ > 0) hint = "a comparison is written '=='";
  // What is missing at the end of the text is missing after its last token.
  const Span place = at(TokenKind::end) ? Span{last_.file, last_.end, last_.end} : current_.span;
  fail(place, "expected " + std::string(what) + ", found " + described(current_), std::move(hint));
}

}  // namespace labacces::law
