#include "libsim/law/law_writer.hpp"

#include <algorithm>

namespace labacces::law {

bool LawWriter::has_comment_within(Span span) const {
  return std::any_of(comments_.begin(), comments_.end(), [&](const ast::Comment& comment) {
    return comment.span.begin > span.begin && comment.span.begin < span.end;
  });
}

/// True when the line above the one of `position` is blank.
bool LawWriter::blank_written_before(std::uint32_t position) const {
  const std::string& text = sources_.file(file_).text;
  int newlines = 0;
  for (std::size_t at = position; at > 0; --at) {
    const char c = text[at - 1];
    if (c == '\n') {
      if (++newlines == 2) return true;
    } else if (c != ' ' && c != '\t' && c != '\r') {
      return false;
    }
  }
  return false;
}

bool LawWriter::is_indented(const ast::Comment& comment) const {
  const std::string& text = sources_.file(file_).text;
  return comment.span.begin > 0 && (text[comment.span.begin - 1] == ' ' || text[comment.span.begin - 1] == '\t');
}

void LawWriter::blank_line_if(bool wanted) {
  if (wanted && !out_.empty()) out_ += '\n';
}

void LawWriter::comment_line(const ast::Comment& comment, std::size_t indent) {
  out_.append(indent, ' ');
  out_ += sources_.text(comment.span);
  out_ += '\n';
}

void LawWriter::comments_before(std::uint32_t end, std::size_t indent, Gap& gap) {
  // Indented comments after the last line of a declaration belong to it, not to the declaration that follows.
  bool trailing = indent == 0 && !out_.empty();
  for (; next_comment_ < comments_.size() && comments_[next_comment_].span.begin < end; ++next_comment_) {
    const ast::Comment& comment = comments_[next_comment_];
    trailing = trailing && comment.own_line && is_indented(comment);
    if (trailing) {
      blank_line_if(blank_written_before(comment.span.begin));
      comment_line(comment, 2);
    } else {
      blank_line_if(gap == Gap::forced || (comment.own_line && blank_written_before(comment.span.begin)));
      gap = Gap::as_written;
      comment_line(comment, indent);
    }
  }
}

void LawWriter::piece(Span span, std::size_t indent, std::string_view text, Gap gap) {
  comments_before(span.begin, indent, gap);
  blank_line_if(gap == Gap::forced || blank_written_before(span.begin));
  for (; next_comment_ < comments_.size() && comments_[next_comment_].span.begin < span.end; ++next_comment_) {
    comment_line(comments_[next_comment_], indent);
  }
  out_.append(indent, ' ');
  out_ += text;
  if (next_comment_ < comments_.size() && !comments_[next_comment_].own_line) {
    const ast::Comment& comment = comments_[next_comment_];
    const std::string& source = sources_.file(file_).text;
    const auto between = std::string_view(source).substr(span.end, comment.span.begin - span.end);
    if (between.find('\n') == std::string_view::npos) {
      out_ += "  ";
      out_ += sources_.text(comment.span);
      ++next_comment_;
    }
  }
  out_ += '\n';
}

std::string LawWriter::finish() {
  Gap gap = Gap::as_written;
  comments_before(static_cast<std::uint32_t>(sources_.file(file_).text.size()) + 1, 0, gap);
  return std::move(out_);
}

}  // namespace labacces::law
