// A table of text cells: printed for a terminal or as CSV.
#pragma once

#include <string>
#include <vector>

namespace labacces::report {

enum class Align { left, right };

struct TableColumn {
  std::string title;
  Align align = Align::right;
};

struct Table {
  std::string caption;
  std::vector<TableColumn> columns;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> notes;
};

/// For a terminal: aligned columns two spaces apart, a rule under the titles, notes below.
std::string to_text(const Table& table);

/// RFC 4180, comma, CRLF-free lines; the caption and the notes are left out.
std::string to_csv(const Table& table);

/// A tabular environment with booktabs rules, caption and notes as text around it.
std::string to_latex(const Table& table);

/// The text as it may stand in a page: & < > and quotes as entities.
std::string html_text(const std::string& text);

/// One <table> with caption, header cells and a foot of notes.
std::string to_html(const Table& table);

}  // namespace labacces::report
