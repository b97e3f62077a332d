// Characters -> tokens, one at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/base/diagnostics.hpp"
#include "libsim/law/ast.hpp"
#include "libsim/law/token.hpp"

namespace labacces::law {

/// Cuts one text into tokens on demand. What is no token is reported once and comes out as TokenKind::invalid.
class Lexer {
 public:
  /// `diagnostics` may be null: then nothing is reported (for looking ahead).
  Lexer(const Sources& sources, std::uint32_t file_index, DiagnosticList* diagnostics);

  Token next();

  /// Moves to the next line that starts with a declaration keyword in column 1, or (when asked) with a reform keyword at any
  /// column; to the end when there is none.
  void skip_to_line(bool reform_items_too);

  /// The same place in the text, reporting nothing.
  Lexer silent() const;

  std::vector<ast::Comment> take_comments() { return std::move(comments_); }

 private:
  void skip_blanks();
  Token make(TokenKind kind, std::size_t length);
  Token fail(std::size_t length, std::string message, std::string hint = {});
  Token number_or_date();
  Token quoted();
  Token word();
  Token symbol();
  Token unexpected();

  const Sources* sources_;
  DiagnosticList* diagnostics_;
  std::string_view text_;
  std::uint32_t file_;
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;
  bool line_is_blank_ = true;  ///< no token yet on this line
  std::vector<ast::Comment> comments_;
};

/// Position of the first byte that is not UTF-8, or npos.
std::size_t first_invalid_utf8(std::string_view text);

/// The characters of a quoted token, escapes resolved.
std::string unquote(std::string_view quoted);

}  // namespace labacces::law
