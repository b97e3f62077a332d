// What is wrong with the user's input, where, and what to do: collected, rendered, carried by Error.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace labacces {

/// A stretch of bytes [begin, end) of one source text.
struct Span {
  std::uint32_t file = 0;  ///< index in a Sources
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct SourceFile {
  std::string name;  ///< as shown to the user
  std::string text;
};

/// The texts that spans point into.
class Sources {
 public:
  std::uint32_t add(std::string name, std::string text);
  const SourceFile& file(std::uint32_t index) const { return files_[index]; }
  std::size_t size() const { return files_.size(); }
  std::string_view text(Span span) const;

 private:
  std::vector<SourceFile> files_;
};

/// A place as a person reads it. `line` and `column` start at 1 (columns count code points); 0 = unknown. `path` is for
/// JSON ("individus/jean/salaire_net/2024-01").
struct Location {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::string path;
};

struct Note {
  Location location;
  std::string message;
};

enum class Severity { error, warning };

/// One finding. It keeps the text it shows, so it outlives the sources.
struct Diagnostic {
  Severity severity = Severity::error;
  Location location;
  std::string message;      ///< one line: what is wrong, what was expected
  std::string hint;         ///< printed beside the caret, or after the message: "did you mean 'rsa'?"
  std::string source_line;  ///< empty when there is none
  std::uint32_t caret_length = 0;
  std::vector<Note> notes;
};

Location locate(const Sources& sources, Span span);

/// "file:line:col: error: message" and, where there is a source line, the line with a caret and the hint under it.
std::string render(const Diagnostic& diagnostic);
/// The first line only, with the hint appended in brackets: for one-line reports.
std::string render_one_line(const Diagnostic& diagnostic);

/// Findings in the order they were made.
class DiagnosticList {
 public:
  Diagnostic& error(const Sources& sources, Span span, std::string message, std::string hint = {});
  Diagnostic& error(Location location, std::string message, std::string hint = {});
  Diagnostic& warning(const Sources& sources, Span span, std::string message, std::string hint = {});
  void add(Diagnostic diagnostic) { items_.push_back(std::move(diagnostic)); }
  bool has_errors() const;
  std::size_t error_count() const;
  const std::vector<Diagnostic>& items() const { return items_; }
  std::vector<Diagnostic>& items() { return items_; }
  /// Sorts by file, line and column (stable).
  void sort();

 private:
  std::vector<Diagnostic> items_;
};

std::string render(const DiagnosticList& diagnostics);

/// The candidate nearest to `name` by edit distance (Damerau), or "" when none is near enough (about a third of its length).
std::string nearest_name(std::string_view name, const std::vector<std::string>& candidates);
/// "did you mean 'x'?" or "".
std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace labacces
