// Lines of canonical law text, with the comments put back where they stood.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/base/diagnostics.hpp"
#include "libsim/law/ast.hpp"

namespace labacces::law {

/// Writes pieces of a file in the order of their spans.
class LawWriter {
 public:
  LawWriter(const Sources& sources, const ast::File& file) : sources_(sources), comments_(file.comments), file_(file.index) {}

  enum class Gap : std::uint8_t {
    as_written,  ///< a blank line where the author had some
    forced,      ///< a blank line in any case
  };

  /// Writes `text` (its first line will be indented, the others already are) for what stood at `span`. Comments that stood
  /// before it or inside it come first, on lines of their own; one at the end of its line stays there.
  void piece(Span span, std::size_t indent, std::string_view text, Gap gap = Gap::as_written);

  /// Writes the comments that are left and returns the whole text.
  std::string finish();

  bool has_comment_within(Span span) const;

 private:
  void comment_line(const ast::Comment& comment, std::size_t indent);
  void comments_before(std::uint32_t end, std::size_t indent, Gap& gap);
  void blank_line_if(bool wanted);
  bool blank_written_before(std::uint32_t position) const;
  bool is_indented(const ast::Comment& comment) const;

  const Sources& sources_;
  const std::vector<ast::Comment>& comments_;
  std::uint32_t file_;
  std::size_t next_comment_ = 0;
  std::string out_;
};

}  // namespace labacces::law
