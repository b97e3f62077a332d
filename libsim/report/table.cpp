#include "libsim/report/table.hpp"

#include <algorithm>

#include "libsim/base/text.hpp"

namespace labacces::report {
namespace {

std::string padded(const std::string& text, std::size_t width, Align align) {
  const std::string blank(width - std::min(width, display_width(text)), ' ');
  return align == Align::right ? blank + text : text + blank;
}

std::string line(const Table& table, const std::vector<std::size_t>& widths, const std::vector<std::string>& cells) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i)
    out += (i == 0 ? "" : "  ") + padded(cells[i], widths[i], table.columns[i].align);
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out + "\n";
}

std::string quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\n\r") == std::string::npos) return cell;
  std::string out = "\"";
  for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) out += (i == 0 ? "" : ",") + quoted(cells[i]);
  return out + "\n";
}

std::vector<std::string> titles(const Table& table) {
  std::vector<std::string> out;
  for (const TableColumn& column : table.columns) out.push_back(column.title);
  return out;
}

}  // namespace

std::string to_text(const Table& table) {
  const std::vector<std::string> head = titles(table);
  std::vector<std::size_t> widths;
  for (const std::string& title : head) widths.push_back(display_width(title));
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::size_t total = widths.empty() ? 0 : 2 * (widths.size() - 1);
  for (const std::size_t width : widths) total += width;
  std::string out = table.caption.empty() ? "" : table.caption + "\n";
  out += line(table, widths, head) + std::string(total, '-') + "\n";
  for (const auto& row : table.rows) out += line(table, widths, row);
  for (const std::string& note : table.notes) out += wrapped("", note);
  return out;
}

std::string to_csv(const Table& table) {
  std::string out = csv_line(titles(table));
  for (const auto& row : table.rows) out += csv_line(row);
  return out;
}

}  // namespace labacces::report
