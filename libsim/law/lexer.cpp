#include "libsim/law/lexer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace labacces::law {
namespace {

constexpr std::array<std::string_view, 8> declaration_keywords{"program", "enum",  "input", "param",
                                                               "table",   "scale", "rule",  "reform"};
constexpr std::array<std::string_view, 4> reform_keywords{"set", "drop", "replace", "add"};
constexpr std::array<std::string_view, 9> units{"EUR", "hour", "hours", "day", "days", "month", "months", "year", "years"};
constexpr std::array<std::string_view, 20> other_keywords{"of", "by",   "from",  "ends",      "ref", "let", "past",
                                                          "if", "then", "else",  "or",        "and", "not", "in",
                                                          "is", "at",   "where", "otherwise", "yes", "no"};

// Above this doubles no longer hold cents.
constexpr double largest_number = 1e13;

template <std::size_t n>
bool contains(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z'); }
bool is_word_part(char c) { return is_letter(c) || is_digit(c) || c == '_'; }

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count;
}

/// Length of the UTF-8 sequence that starts at `at`, 0 when it is none.
std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xC2 && lead < 0xE0   ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return 0;
  }
  // Overlong forms, surrogates and values above U+10FFFF.
  if ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) >= 0xA0)) return 0;
  if ((lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) >= 0x90)) return 0;
  return length;
}

std::string shown(std::string_view character) {
  if (character.size() > 1 || (static_cast<unsigned char>(character[0]) >= ' ' && character[0] != '\x7F'))
    return "'" + std::string(character) + "'";
  constexpr std::string_view hex = "0123456789abcdef";
  const auto code = static_cast<unsigned char>(character[0]);
  return std::string("control character 0x") + hex[code >> 4U] + hex[code & 15U];
}

}  // namespace

bool is_unit(std::string_view word) { return contains(units, word); }
bool is_declaration_keyword(std::string_view word) { return contains(declaration_keywords, word); }
bool is_reform_keyword(std::string_view word) { return contains(reform_keywords, word); }
bool is_reserved(std::string_view word) {
  return is_unit(word) || is_declaration_keyword(word) || is_reform_keyword(word) || contains(other_keywords, word);
}

std::size_t first_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

std::string unquote(std::string_view quoted) {
  std::string result;
  if (quoted.size() < 2) return result;
  const std::string_view inner = quoted.substr(1, quoted.size() - 2);
  result.reserve(inner.size());
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (inner[i] == '\\' && i + 1 < inner.size()) ++i;
    result += inner[i];
  }
  return result;
}

Lexer::Lexer(const Sources& sources, std::uint32_t file_index, DiagnosticList* diagnostics)
    : sources_(&sources), diagnostics_(diagnostics), text_(sources.file(file_index).text), file_(file_index) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text_.starts_with(byte_order_mark)) at_ = line_start_ = byte_order_mark.size();
}

Lexer Lexer::silent() const {
  Lexer copy(*sources_, file_, nullptr);
  copy.at_ = at_;
  copy.line_start_ = line_start_;
  copy.line_is_blank_ = line_is_blank_;
  return copy;
}

void Lexer::skip_blanks() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '\n') {
      ++at_;
      line_start_ = at_;
      line_is_blank_ = true;
    } else if (c == ' ' || c == '\t' || c == '\r') {
      ++at_;
    } else if (c == '#') {
      std::size_t end = std::min(text_.find('\n', at_), text_.size());
      const std::size_t next = end;
      while (end > at_ && (text_[end - 1] == '\r' || text_[end - 1] == ' ' || text_[end - 1] == '\t')) --end;
      if (diagnostics_ != nullptr) {
        comments_.push_back({{file_, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)}, line_is_blank_});
      }
      at_ = next;
    } else {
      return;
    }
  }
}

Token Lexer::make(TokenKind kind, std::size_t length) {
  Token token;
  token.kind = kind;
  token.starts_line = line_is_blank_;
  token.in_first_column = at_ == line_start_;
  token.span = {file_, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(at_ + length)};
  token.text = text_.substr(at_, length);
  at_ += length;
  line_is_blank_ = false;
  return token;
}

Token Lexer::fail(std::size_t length, std::string message, std::string hint) {
  const Token token = make(TokenKind::invalid, length);
  if (diagnostics_ != nullptr) diagnostics_->error(*sources_, token.span, std::move(message), std::move(hint));
  return token;
}

Token Lexer::next() {
  skip_blanks();
  if (at_ >= text_.size()) return make(TokenKind::end, 0);
  const char c = text_[at_];
  if (is_letter(c)) return word();
  if (is_digit(c)) return number_or_date();
  if (c == '"') return quoted();
  return symbol();
}

Token Lexer::word() {
  std::size_t length = 1;
  while (at_ + length < text_.size() && is_word_part(text_[at_ + length])) ++length;
  const std::string_view text = text_.substr(at_, length);
  if (std::all_of(text.begin(), text.end(), [](char c) { return !is_letter(c) || is_lower(c); }) || is_unit(text)) {
    return make(TokenKind::word, length);
  }
  std::string lower(text);
  for (char& c : lower) {
    if (is_letter(c) && !is_lower(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  const std::string hint = lower == "eur" || lower == "euro" || lower == "euros" ? "write EUR" : "write '" + lower + "'";
  return fail(length, "'" + std::string(text) + "' is not a name: names are written in a to z, 0 to 9 and _", hint);
}

Token Lexer::number_or_date() {
  const std::size_t first = digits_at(text_, at_);
  const auto dash_digits = [&](std::size_t offset) {
    const std::size_t at = at_ + offset;
    return at < text_.size() && text_[at] == '-' ? digits_at(text_, at + 1) : std::size_t{0};
  };
  if (const std::size_t second = dash_digits(first); second > 0) {
    const std::size_t third = dash_digits(first + 1 + second);
    const std::size_t length = first + 1 + second + (third > 0 ? 1 + third : 0);
    const std::string_view text = text_.substr(at_, length);
    if (const std::optional<Day> day = parse_day(text)) {
      Token token = make(TokenKind::date, length);
      token.day = *day;
      return token;
    }
    if (const std::optional<Month> month = parse_month(text)) {
      Token token = make(TokenKind::month, length);
      token.month = *month;
      return token;
    }
    const std::string written(text.substr(0, 40));
    if (third > 0) return fail(length, "'" + written + "' is not a date of the calendar", "a date is written 2024-04-01");
    return fail(length, "'" + written + "' is not a month", "a month is written 2024-04; a difference needs spaces: 'a - b'");
  }
  std::size_t length = first;
  const auto more = [&] {
    while (at_ + length < text_.size() && (is_digit(text_[at_ + length]) || text_[at_ + length] == '_')) ++length;
  };
  more();
  if (at_ + length + 1 < text_.size() && text_[at_ + length] == '.' && is_digit(text_[at_ + length + 1])) {
    ++length;
    more();
  }
  std::size_t end = length;
  while (at_ + end < text_.size() && is_word_part(text_[at_ + end])) ++end;
  if (end > length || text_[at_ + length - 1] == '_') {
    return fail(end, "'" + std::string(text_.substr(at_, std::min<std::size_t>(end, 40))) + "' is neither a number nor a name",
                "a name starts with a letter; a number is written 1234.56 or 56_849");
  }
  std::string digits(text_.substr(at_, length));
  std::erase(digits, '_');
  double value = 0.0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (result.ec != std::errc{} || !(value <= largest_number))
    return fail(length, "this number is too large: the limit is 10 000 000 000 000");
  Token token = make(TokenKind::number, length);
  token.number = value;
  return token;
}

Token Lexer::quoted() {
  for (std::size_t length = 1; at_ + length < text_.size(); ++length) {
    const char c = text_[at_ + length];
    if (c == '"') return make(TokenKind::text, length + 1);
    if (c == '\n' || c == '\r') return fail(length, "this text is not closed on its line", "end it with \"");
    if (static_cast<unsigned char>(c) < ' ' && c != '\t')
      return fail(length + 1, "a text cannot hold the " + shown(text_.substr(at_ + length, 1)));
    if (c != '\\') continue;
    ++length;
    const char escaped = at_ + length < text_.size() ? text_[at_ + length] : '\n';
    if (escaped != '"' && escaped != '\\')
      return fail(length, "a '\\' in a text stands before '\"' or '\\' only", "write '\\\\' for the character itself");
  }
  return fail(text_.size() - at_, "this text is not closed on its line", "end it with \"");
}

Token Lexer::symbol() {
  struct Symbol {
    std::string_view text;
    TokenKind kind;
  };
  // Longer ones first.
  static constexpr std::array<Symbol, 22> symbols{{{"..", TokenKind::range},
                                                   {"==", TokenKind::equal},
                                                   {"!=", TokenKind::not_equal},
                                                   {"<=", TokenKind::less_equal},
                                                   {">=", TokenKind::greater_equal},
                                                   {"->", TokenKind::arrow},
                                                   {"(", TokenKind::left_parenthesis},
                                                   {")", TokenKind::right_parenthesis},
                                                   {"[", TokenKind::left_bracket},
                                                   {"]", TokenKind::right_bracket},
                                                   {",", TokenKind::comma},
                                                   {".", TokenKind::dot},
                                                   {":", TokenKind::colon},
                                                   {"=", TokenKind::assign},
                                                   {"<", TokenKind::less},
                                                   {">", TokenKind::greater},
                                                   {"+", TokenKind::plus},
                                                   {"-", TokenKind::minus},
                                                   {"*", TokenKind::star},
                                                   {"/", TokenKind::slash},
                                                   {"%", TokenKind::percent},
                                                   {"&", TokenKind::ampersand}}};
  const std::string_view rest = text_.substr(at_, 2);
  if (rest == "&&") return unexpected();
  for (const Symbol& candidate : symbols) {
    if (rest.starts_with(candidate.text)) return make(candidate.kind, candidate.text.size());
  }
  return unexpected();
}

Token Lexer::unexpected() {
  const std::string_view rest = text_.substr(at_);
  const auto starts = [&](std::string_view prefix) { return rest.starts_with(prefix); };
  if (starts("&&")) return fail(2, "'&&' is not part of the language", "write 'and'");
  if (starts("||")) return fail(2, "'||' is not part of the language", "write 'or'");
  if (starts("!")) return fail(1, "'!' is not part of the language", "write 'not'");
  if (starts("\xE2\x82\xAC")) return fail(3, "'€' is not part of the language", "write EUR");
  if (starts("'")) return fail(1, "' does not open a text", "texts stand in double quotes: \"...\"");
  const std::size_t length = std::max<std::size_t>(utf8_length(rest, 0), 1);
  return fail(length, "unexpected " + shown(rest.substr(0, length)) +
                          ": outside texts and comments only ASCII letters, digits and operators are allowed");
}

void Lexer::skip_to_line(bool reform_items_too) {
  const auto go_to_next_line = [&] {
    const std::size_t newline = text_.find('\n', at_);
    at_ = line_start_ = newline == std::string_view::npos ? text_.size() : newline + 1;
    line_is_blank_ = true;
  };
  if (at_ != line_start_) go_to_next_line();
  for (; at_ < text_.size(); go_to_next_line()) {
    std::size_t word = at_;
    while (reform_items_too && word < text_.size() && (text_[word] == ' ' || text_[word] == '\t')) ++word;
    std::size_t end = word;
    while (end < text_.size() && is_word_part(text_[end])) ++end;
    const std::string_view found = text_.substr(word, end - word);
    if (word == at_ && is_declaration_keyword(found)) return;
    if (reform_items_too && is_reform_keyword(found)) return;
  }
}

}  // namespace labacces::law
