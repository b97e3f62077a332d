#include "libsim/base/diagnostics.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace labacces {
namespace {

constexpr std::size_t shown_columns = 120;  // longer source lines are cut around the caret

bool starts_code_point(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_code_point));
}

/// The line of text that holds byte `at`, without its end.
std::string_view line_at(std::string_view text, std::size_t at) {
  at = std::min(at, text.size());
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  std::size_t end = text.find('\n', at);
  if (end == std::string_view::npos) end = text.size();
  if (end > begin && text[end - 1] == '\r') --end;
  return text.substr(begin, end - begin);
}

std::string place(const Location& location) {
  std::string out = location.file;
  if (location.line > 0) {
    out += ":" + std::to_string(location.line);
    if (location.column > 0) out += ":" + std::to_string(location.column);
  }
  if (!location.path.empty()) out += out.empty() ? location.path : ": " + location.path;
  return out;
}

std::string head(const Location& location, std::string_view word, const std::string& message) {
  const std::string where = place(location);
  return (where.empty() ? "" : where + ": ") + std::string(word) + ": " + message;
}

std::string_view word_of(Severity severity) { return severity == Severity::error ? "error" : "warning"; }

/// Source text fit to print: controls (tabs too) become spaces, one column a code point.
std::string printable(std::string_view text) {
  std::string out(text);
  for (char& byte : out) {
    if (static_cast<unsigned char>(byte) < 0x20U || byte == 0x7F) byte = ' ';
  }
  return out;
}

/// Byte position of code point number `index`.
std::size_t byte_of(std::string_view text, std::size_t index) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (starts_code_point(text[at])) {
      if (index == 0) return at;
      --index;
    }
  }
  return at;
}

std::string source_and_caret(const Diagnostic& diagnostic) {
  const std::string line = printable(diagnostic.source_line);
  std::size_t column = diagnostic.location.column > 0 ? diagnostic.location.column - 1 : 0;
  std::size_t first = 0;
  const std::size_t length = code_points(line);
  if (length > shown_columns) first = column > shown_columns / 2 ? column - shown_columns / 2 : 0;
  const std::size_t begin = byte_of(line, first);
  const std::size_t end = byte_of(line, std::min(length, first + shown_columns));
  const std::string shown = line.substr(begin, end - begin);
  column -= first;
  const std::string number = std::to_string(diagnostic.location.line);
  const std::string margin = "  " + number + " | ";
  std::size_t carets = std::max<std::size_t>(1, diagnostic.caret_length);
  carets = std::min(carets, std::max<std::size_t>(1, code_points(shown) - std::min(code_points(shown), column)));
  std::string out = margin + shown + "\n" + std::string(2 + number.size(), ' ') + " | " + std::string(column, ' ') + "^" +
                    std::string(carets - 1, '~');
  if (!diagnostic.hint.empty()) out += " " + diagnostic.hint;
  return out + "\n";
}

}  // namespace

std::uint32_t Sources::add(std::string name, std::string text) {
  files_.push_back({std::move(name), std::move(text)});
  return static_cast<std::uint32_t>(files_.size() - 1);
}

std::string_view Sources::text(Span span) const {
  const std::string_view all = files_[span.file].text;
  const std::size_t begin = std::min<std::size_t>(span.begin, all.size());
  return all.substr(begin, span.end > span.begin ? span.end - span.begin : 0);
}

Location locate(const Sources& sources, Span span) {
  Location location;
  if (span.file >= sources.size()) return location;
  const SourceFile& file = sources.file(span.file);
  const std::string_view before = std::string_view(file.text).substr(0, std::min<std::size_t>(span.begin, file.text.size()));
  location.file = file.name;
  location.line = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  const std::size_t newline = before.rfind('\n');
  location.column =
      static_cast<std::uint32_t>(code_points(newline == std::string_view::npos ? before : before.substr(newline + 1))) + 1;
  return location;
}

Diagnostic& DiagnosticList::error(const Sources& sources, Span span, std::string message, std::string hint) {
  Diagnostic& made = error(locate(sources, span), std::move(message), std::move(hint));
  if (span.file < sources.size()) {
    const std::string_view line = line_at(sources.file(span.file).text, span.begin);
    made.source_line = std::string(line);
    std::string_view marked = sources.text(span);
    marked = marked.substr(0, marked.find('\n'));
    made.caret_length = static_cast<std::uint32_t>(code_points(marked));
  }
  return made;
}

Diagnostic& DiagnosticList::error(Location location, std::string message, std::string hint) {
  Diagnostic made;
  made.location = std::move(location);
  made.message = std::move(message);
  made.hint = std::move(hint);
  items_.push_back(std::move(made));
  return items_.back();
}

Diagnostic& DiagnosticList::warning(const Sources& sources, Span span, std::string message, std::string hint) {
  Diagnostic& made = error(sources, span, std::move(message), std::move(hint));
  made.severity = Severity::warning;
  return made;
}

std::size_t DiagnosticList::error_count() const {
  return static_cast<std::size_t>(
      std::count_if(items_.begin(), items_.end(), [](const Diagnostic& item) { return item.severity == Severity::error; }));
}

bool DiagnosticList::has_errors() const { return error_count() > 0; }

void DiagnosticList::sort() {
  std::stable_sort(items_.begin(), items_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.location.file, a.location.line, a.location.column) <
           std::tie(b.location.file, b.location.line, b.location.column);
  });
}

std::string render(const Diagnostic& diagnostic) {
  const bool with_source = !diagnostic.source_line.empty() && diagnostic.location.line > 0;
  std::string out;
  if (with_source) {
    out = head(diagnostic.location, word_of(diagnostic.severity), diagnostic.message) + "\n" + source_and_caret(diagnostic);
  } else {
    out = render_one_line(diagnostic) + "\n";
  }
  for (const Note& note : diagnostic.notes) out += head(note.location, "note", note.message) + "\n";
  return out;
}

std::string render_one_line(const Diagnostic& diagnostic) {
  std::string out = head(diagnostic.location, word_of(diagnostic.severity), diagnostic.message);
  if (!diagnostic.hint.empty()) out += " (" + diagnostic.hint + ")";
  return out;
}

std::string render(const DiagnosticList& diagnostics) {
  std::string out;
  for (const Diagnostic& item : diagnostics.items()) out += render(item);
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

}  // namespace labacces
