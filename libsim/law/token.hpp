// The tokens of law text.
#pragma once

#include <cstdint>
#include <string_view>

#include "libsim/base/date.hpp"
#include "libsim/base/diagnostics.hpp"

namespace labacces::law {

enum class TokenKind : std::uint8_t {
  end,      ///< of the text
  invalid,  ///< already reported by the lexer
  word,     ///< a name, a keyword or a unit of measure
  number,   ///< number
  date,     ///< day
  month,    ///< month
  text,     ///< quoted; text includes the quotes
  left_parenthesis,
  right_parenthesis,
  left_bracket,
  right_bracket,
  comma,
  dot,
  range,  ///< ..
  colon,
  assign,  ///< =
  equal,   ///< ==
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  plus,
  minus,
  star,
  slash,
  percent,
  ampersand,
  arrow,  ///< ->
};

/// One token; `text` points into the source.
struct Token {
  TokenKind kind = TokenKind::end;
  bool starts_line = false;  ///< nothing but blanks before it on its line
  bool in_first_column = false;
  Span span;
  std::string_view text;
  double number = 0.0;
  Day day;
  Month month;
};

/// True for words that cannot be names: keywords, yes, no and the units of measure.
bool is_reserved(std::string_view word);
/// True for EUR, hour(s), day(s), month(s), year(s).
bool is_unit(std::string_view word);
/// True for program, enum, input, param, table, scale, rule, reform.
bool is_declaration_keyword(std::string_view word);
/// True for set, drop, replace, add.
bool is_reform_keyword(std::string_view word);

}  // namespace labacces::law
