#include "libsim/population/mapping/source_table.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"

namespace labacces::mapping {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

/// '*' stands for any letters.
bool fits(std::string_view name, std::string_view pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return name == pattern;
  if (!name.starts_with(pattern.substr(0, star))) return false;
  for (std::size_t from = star; from <= name.size(); ++from) {
    if (fits(name.substr(from), pattern.substr(star + 1))) return true;
  }
  return false;
}

}  // namespace

std::string file_of_table(const std::string& folder, const Table& table) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::string name = lower(entry.path().filename().string());
    if (name.ends_with(".gz")) name.resize(name.size() - 3);
    if (std::any_of(table.files.begin(), table.files.end(),
                    [&](const std::string& pattern) { return fits(name, lower(pattern)); }))
      found.push_back(entry.path().string());
  }
  std::sort(found.begin(), found.end());
  if (found.size() > 1) {
    throw Error(Location{folder, 0, 0, {}}, "two files fit the table '" + table.name + "' of the mapping (" +
                                                join(table.files, ", ") +
                                                "): " + std::filesystem::path(found[0]).filename().string() + " and " +
                                                std::filesystem::path(found[1]).filename().string());
  }
  return found.empty() ? std::string() : found[0];
}

SourceTable::SourceTable(const Mapping& mapping, const Table& table, std::string path, std::vector<WantedColumn> wanted,
                         CsvFindings& findings)
    : mapping_(mapping), path_(std::move(path)), file_(read_text_file(path_)) {
  CsvText text(path_, file_.text, mapping.separator);
  if (!text.next(findings)) return;
  read_header(text, wanted, findings);
  const std::size_t width = text.fields().size();
  while (!findings.full() && text.next(findings)) {
    if (lines_.empty()) {
      for (auto& cells : cells_) cells.reserve(text.rows_left_estimate() + 1);
    }
    if (text.fields().size() != width) {
      const bool cut = text.fields().size() < width && text.at_end();
      findings.add(text.line_location(text.line()), "this row has " + std::to_string(text.fields().size()) +
                                                        (text.fields().size() == 1 ? " field" : " fields") + ", the header has " +
                                                        std::to_string(width) + (cut ? ": is the file truncated?" : ""));
      continue;
    }
    lines_.push_back(static_cast<std::uint32_t>(text.line()));
    for (std::size_t i = 0; i < fields_.size(); ++i) cells_[i].push_back(kept(trim(text.fields()[fields_[i]])));
  }
  if (lines_.empty() && !findings.any())
    findings.add(text.line_location(text.line()), "the table '" + table.name + "' has a header line, but no row under it");
}

std::string SourceTable::key(std::string_view name) const { return mapping_.ignore_case ? lower(name) : std::string(name); }

void SourceTable::read_header(CsvText& text, const std::vector<WantedColumn>& wanted, CsvFindings& findings) {
  std::unordered_map<std::string, std::size_t> fields;
  std::vector<std::string> names;
  for (std::size_t field = 0; field < text.fields().size(); ++field) {
    names.emplace_back(trim(text.fields()[field]));
    if (!fields.emplace(key(names.back()), field).second)
      findings.add(text.location(field), "the column '" + names.back() + "' is there twice");
  }
  std::set<std::size_t> read;
  for (const WantedColumn& column : wanted) {
    const auto found = fields.find(key(column.name));
    if (found == fields.end()) {
      if (!column.optional) {
        findings.add(Location{mapping_.file, 0, 0, column.path}, path_ + " has no column '" + column.name + "'",
                     did_you_mean(column.name, names));
      }
      continue;
    }
    read.insert(found->second);
    if (!index_.emplace(found->first, fields_.size()).second) continue;
    fields_.push_back(found->second);
    cells_.emplace_back();
  }
  for (std::size_t field = 0; field < names.size(); ++field) {
    if (!read.contains(field)) unread_.push_back(names[field]);
  }
}

std::string_view SourceTable::kept(std::string_view cell) {
  const bool in_text =
      std::less_equal<>()(file_.text.data(), cell.data()) && std::less<>()(cell.data(), file_.text.data() + file_.text.size());
  return in_text || cell.empty() ? cell : std::string_view(copies_.emplace_back(cell));
}

const std::vector<std::string_view>* SourceTable::column(const std::string& name) const {
  const auto found = index_.find(key(name));
  return found == index_.end() ? nullptr : &cells_[found->second];
}

Location SourceTable::place(std::size_t row, const std::string& column) const {
  const auto found = index_.find(key(column));
  if (found == index_.end()) return {path_, lines_[row], 0, {}};
  CsvFindings unused;
  CsvText text(path_, file_.text, mapping_.separator);
  while (text.next(unused)) {
    if (text.line() == lines_[row]) return text.location(fields_[found->second]);
  }
  return {path_, lines_[row], 0, {}};
}

}  // namespace labacces::mapping
