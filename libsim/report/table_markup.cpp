// Tables for papers and pages.
#include "libsim/report/table.hpp"

namespace labacces::report {
namespace {

std::string latex(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\\':
        out += "\\textbackslash{}";
        break;
      case '~':
        out += "\\textasciitilde{}";
        break;
      case '^':
        out += "\\textasciicircum{}";
        break;
      case '&':
      case '%':
      case '$':
      case '#':
      case '_':
      case '{':
      case '}':
        out += std::string("\\") + c;
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string html_cell(const char* tag, const TableColumn& column, const std::string& text) {
  const char* align = column.align == Align::left ? "left" : "right";
  return std::string("<") + tag + " style=\"text-align:" + align + "\">" + html_text(text) + "</" + tag + ">";
}

}  // namespace

std::string html_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string to_latex(const Table& table) {
  std::string out = "% needs \\usepackage{booktabs}\n\\begin{table}\n\\caption{" + latex(table.caption) + "}\n\\begin{tabular}{";
  for (const TableColumn& column : table.columns) out += column.align == Align::left ? 'l' : 'r';
  out += "}\n\\toprule\n";
  for (std::size_t i = 0; i < table.columns.size(); ++i) out += (i == 0 ? "" : " & ") + latex(table.columns[i].title);
  out += " \\\\\n\\midrule\n";
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : " & ") + latex(row[i]);
    out += " \\\\\n";
  }
  out += "\\bottomrule\n\\end{tabular}\n";
  for (const std::string& note : table.notes) out += "\n\\footnotesize " + latex(note) + "\n";
  return out + "\\end{table}\n";
}

std::string to_html(const Table& table) {
  std::string out = "<table>\n<caption>" + html_text(table.caption) + "</caption>\n<thead><tr>";
  for (const TableColumn& column : table.columns) out += html_cell("th", column, column.title);
  out += "</tr></thead>\n<tbody>\n";
  for (const auto& row : table.rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) out += html_cell("td", table.columns[i], row[i]);
    out += "</tr>\n";
  }
  out += "</tbody>\n";
  if (!table.notes.empty()) {
    out += "<tfoot>\n";
    for (const std::string& note : table.notes)
      out += "<tr><td colspan=\"" + std::to_string(table.columns.size()) + "\">" + html_text(note) + "</td></tr>\n";
    out += "</tfoot>\n";
  }
  return out + "</table>\n";
}

}  // namespace labacces::report
