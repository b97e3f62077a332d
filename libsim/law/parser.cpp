#include "libsim/law/parser.hpp"

#include <limits>
#include <utility>

#include "libsim/law/parser_state.hpp"

namespace labacces::law {
namespace {

// Beyond this a text is not law, and the rest of the messages would not be read.
constexpr std::size_t most_errors = 50;
constexpr std::size_t most_bytes = std::size_t{64} * 1024 * 1024;

}  // namespace

Parser::Parser(const Sources& sources, std::uint32_t file_index, DiagnosticList& diagnostics)
    : sources_(sources), diagnostics_(diagnostics), lexer_(sources, file_index, &diagnostics) {
  file_.index = file_index;
  last_ = {file_index, 0, 0};
  current_ = lexer_.next();
}

ast::File Parser::parse_file() {
  const std::size_t errors_before = diagnostics_.error_count();
  while (!at(TokenKind::end)) {
    try {
      declaration();
    } catch (const ParseFailure&) {
      nesting_ = 0;
      if (diagnostics_.error_count() - errors_before >= most_errors) {
        diagnostics_.error(sources_, last_, "too many errors in this text: the rest is not read");
        break;
      }
      // The token that surprised may itself open the next declaration.
      if (at_declaration() && current_.in_first_column) continue;
      lexer_.skip_to_line(false);
      current_ = lexer_.next();
    }
  }
  file_.comments = lexer_.take_comments();
  return std::move(file_);
}

ast::File parse(const Sources& sources, std::uint32_t file_index, DiagnosticList& diagnostics) {
  ast::File empty;
  empty.index = file_index;
  const std::string& text = sources.file(file_index).text;
  if (text.size() > most_bytes) {
    diagnostics.error(sources, {file_index, 0, 0}, "this text is too long for a law: the limit is 64 MB");
    return empty;
  }
  if (const std::size_t at = first_invalid_utf8(text); at != std::string::npos) {
    const auto byte = static_cast<std::uint32_t>(at);
    Diagnostic& made =
        diagnostics.error(sources, {file_index, byte, byte + 1},
                          "this text is not UTF-8: byte " + std::to_string(at + 1) + " of the file is not part of a character",
                          "save the file as UTF-8");
    for (std::size_t bad = first_invalid_utf8(made.source_line); bad != std::string::npos;
         bad = first_invalid_utf8(made.source_line)) {
      made.source_line[bad] = '?';
    }
    return empty;
  }
  return Parser(sources, file_index, diagnostics).parse_file();
}

}  // namespace labacces::law
