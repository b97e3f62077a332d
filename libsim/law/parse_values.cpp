// Names, types, dates, constants, and the rows of tables and scales.
#include <charconv>
#include <utility>

#include "libsim/law/parser_state.hpp"

namespace labacces::law {
namespace {

const std::vector<std::string>& measure_words() {
  static const std::vector<std::string> words{"EUR",  "hours", "days",  "months", "years", "month",
                                              "year", "share", "count", "yes_no", "date",  "enum"};
  return words;
}

}  // namespace

double percent_of(std::string_view written) {
  // 3.3e-2 is the double nearest to 0.033; 3.3 / 100 is not always.
  std::string digits(written);
  std::erase(digits, '_');
  digits += "e-2";
  double value = 0.0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

ast::Name Parser::name(std::string_view what) {
  if (at(TokenKind::word) && is_reserved(current_.text)) {
    // A keyword that opens a line is the next declaration or clause: then the name is missing rather than badly chosen.
    if (current_.starts_line) fail_expected(what);
    fail(current_.span, "'" + std::string(current_.text) + "' is a word of the language and cannot be " + std::string(what));
  }
  const Token token = expect(TokenKind::word, what);
  return {std::string(token.text), token.span};
}

ast::Name Parser::path(std::string_view what) {
  ast::Name result = name(what);
  while (at(TokenKind::dot)) {
    if (current_.span.begin != last_.end) fail(current_.span, "a path is written without spaces: 'program.name'");
    take();
    if (!at(TokenKind::word) || current_.span.begin != last_.end) fail_expected("a name right after the dot");
    const ast::Name part = name("a name right after the dot");
    result.text += '.';
    result.text += part.text;
    result.span = since(result.span);
  }
  return result;
}

ast::Text Parser::optional_text() {
  if (!at(TokenKind::text)) return {{}, {current_.span.file, last_.end, last_.end}};
  const Token token = take();
  return {unquote(token.text), token.span};
}

ast::Text Parser::label(ast::Text before) {
  ast::Text after = optional_text();
  if (before.span.begin == before.span.end) return after;
  if (after.span.begin != after.span.end) fail(after.span, "this declaration has two labels", "keep one of them");
  return before;
}

ast::References Parser::references() {
  ast::References result;
  while (take_word("ref")) {
    const Token token = expect(TokenKind::text, "a text after 'ref', as in ref \"CASF R262-1\"");
    result.push_back({unquote(token.text), token.span});
  }
  return result;
}

Level Parser::level() {
  if (at(TokenKind::word)) {
    if (const std::optional<Level> level = level_named(current_.text)) {
      take();
      return *level;
    }
  }
  fail_expected("a level: individu, famille, foyer_fiscal or menage", {"individu", "famille", "foyer_fiscal", "menage"});
}

Periodicity Parser::periodicity(bool eternal_too) {
  if (take_word("monthly")) return Periodicity::monthly;
  if (take_word("yearly")) return Periodicity::yearly;
  if (at_word("eternal") && !eternal_too) fail(current_.span, "a rule is monthly or yearly; only inputs are eternal");
  if (take_word("eternal")) return Periodicity::eternal;
  if (eternal_too) fail_expected("'monthly', 'yearly' or 'eternal'", {"monthly", "yearly", "eternal"});
  fail_expected("'monthly' or 'yearly'", {"monthly", "yearly"});
}

std::string Parser::measure(Span& span) {
  span = current_.span;
  std::string text;
  for (;;) {
    const bool is_word = at(TokenKind::word) && (is_unit(current_.text) || current_.text == "share" || current_.text == "count");
    if (!is_word) {
      fail_expected(text.empty() ? "a type: a measure such as EUR/month, share, count or years, or yes_no, date, enum NAME"
                                 : "a unit: EUR, hour, day, month or year",
                    measure_words());
    }
    text += take().text;
    if (!at(TokenKind::slash) && !at(TokenKind::star)) break;
    text += take().text;
  }
  span = since(span);
  return text;
}

ast::Type Parser::type() {
  ast::Type result;
  result.span = current_.span;
  if (take_word("yes_no")) {
    result.kind = ast::Type::Kind::yes_no;
    result.text = "yes_no";
  } else if (take_word("date")) {
    result.kind = ast::Type::Kind::date;
    result.text = "date";
  } else if (take_word("enum")) {
    result.kind = ast::Type::Kind::enumeration;
    result.text = name("the name of an enum").text;
  } else {
    result.text = measure(result.span);
  }
  result.span = since(result.span);
  return result;
}

ast::Date Parser::date(std::string_view what) {
  if (at(TokenKind::month)) {
    fail(current_.span, "expected " + std::string(what) + ", found a month",
         "write the day too: " + std::string(current_.text) + "-01");
  }
  const Token token = expect(TokenKind::date, what);
  return {token.day, token.span};
}

ast::Value Parser::value(std::string_view what) {
  ast::Value result;
  result.span = current_.span;
  const bool negative = take(TokenKind::minus);
  if (at(TokenKind::number)) {
    const Token token = take();
    result.digits = token.span;
    result.percent = take(TokenKind::percent);
    result.number = result.percent ? percent_of(token.text) : token.number;
    if (negative) result.number = -result.number;
    if (at(TokenKind::word) && (is_unit(current_.text))) {
      fail(current_.span, "a constant has no unit here: its measure is the one written after ':'",
           "leave '" + std::string(current_.text) + "' out");
    }
  } else if (negative) {
    fail_expected("a number after '-'");
  } else if (at(TokenKind::date)) {
    result.kind = ast::Value::Kind::date;
    result.day = take().day;
  } else if (at_word("yes") || at_word("no")) {
    result.kind = ast::Value::Kind::yes_no;
    result.number = take().text == "yes" ? 1.0 : 0.0;
  } else if (at(TokenKind::word) && !is_reserved(current_.text)) {
    result.kind = ast::Value::Kind::word;
    result.word = take().text;
  } else {
    fail_expected(what);
  }
  result.span = since(result.span);
  return result;
}

std::int32_t Parser::integer(std::string_view what, std::int32_t limit) {
  if (!at(TokenKind::number)) fail_expected(what);
  const Token token = take();
  const auto whole = static_cast<std::int64_t>(token.number);
  if (token.text.find('.') != std::string_view::npos || whole > limit) {
    fail(token.span, "expected " + std::string(what) + ": a whole number of at most " + std::to_string(limit));
  }
  return static_cast<std::int32_t>(whole);
}

std::int32_t Parser::signed_integer(std::string_view what, std::int32_t limit) {
  const bool negative = take(TokenKind::minus);
  const std::int32_t size = integer(what, limit);
  return negative ? -size : size;
}

ast::Key Parser::key() {
  ast::Key result;
  result.span = current_.span;
  if (at(TokenKind::word) && !is_reserved(current_.text)) {
    result.kind = ast::Key::Kind::item;
    result.item = take().text;
  } else if (at(TokenKind::number)) {
    result.digits = result.last_digits = current_.span;
    result.number = result.last = take().number;
    if (take(TokenKind::plus)) {
      result.kind = ast::Key::Kind::at_least;
    } else if (take(TokenKind::minus)) {
      result.kind = ast::Key::Kind::at_most;
    } else if (take(TokenKind::range)) {
      result.kind = ast::Key::Kind::range;
      result.last_digits = current_.span;
      result.last = expect(TokenKind::number, "the last number of the range").number;
      if (result.last < result.number) fail(since(result.span), "this range is empty: its last number is below its first");
    }
  } else {
    fail_expected("a key: 2, 3+ (3 and more), 0- (0 and less), 2 .. 4 or an item of the enum");
  }
  result.span = since(result.span);
  return result;
}

ast::Row Parser::row() {
  ast::Row result;
  result.span = current_.span;
  result.keys.push_back(key());
  if (take(TokenKind::ampersand)) result.keys.push_back(key());
  if (at(TokenKind::ampersand)) fail(current_.span, "a table has one or two keys");
  expect(TokenKind::arrow, "'->' between the key and the value");
  result.value = value("the value of this row");
  result.span = since(result.span);
  return result;
}

std::vector<ast::Row> Parser::rows() {
  std::vector<ast::Row> result;
  do {
    result.push_back(row());
  } while (take(TokenKind::comma));
  return result;
}

std::vector<ast::Bracket> Parser::brackets() {
  std::vector<ast::Bracket> result;
  do {
    ast::Bracket bracket;
    bracket.span = current_.span;
    bracket.threshold = value("the threshold of a bracket, a number");
    expect(TokenKind::arrow, "'->' between the threshold and the value");
    bracket.value = value("the value of this bracket");
    bracket.span = since(bracket.span);
    result.push_back(std::move(bracket));
  } while (take(TokenKind::comma));
  return result;
}

}  // namespace labacces::law
