#include "libsim/population/synthetic/data_table.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "libsim/base/error.hpp"
#include "libsim/population/synthetic/embedded_data.hpp"

namespace labacces::synthetic {
namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void refuse(std::string_view file, const std::string& path, const std::string& what) {
  throw Error("tables of the synthetic population: " + std::string(file) + ".json: " + path + ": " + what);
}

std::string text_at(const Json& table, const char* key, std::string_view file, const std::string& path) {
  if (!table.contains(key) || !table[key].is_string() || table[key].get<std::string>().empty())
    refuse(file, path + "/" + key, "a text is needed");
  return table[key].get<std::string>();
}

bool known_status(const std::string& status) { return status == "published" || status == "recalled" || status == "assumption"; }

void check_row_status(const DataTable& table, std::size_t row, const std::string& path) {
  if (!known_status(table.text(row, "status"))) refuse(table.file, path, "status is published, recalled or assumption");
  if (table.text(row, "source").empty()) refuse(table.file, path, "a source is needed");
}

DataTable read_table(std::string_view file, const std::string& name, const Json& json) {
  const std::string path = "/tables/" + name;
  DataTable table;
  table.file = file;
  table.name = name;
  table.holds = text_at(json, "holds", file, path);
  table.status = text_at(json, "status", file, path);
  table.date = text_at(json, "date", file, path);
  const bool by_row = table.status == "by row";
  if (!by_row && !known_status(table.status)) refuse(file, path + "/status", "published, recalled, assumption or by row");
  if (!by_row) table.source = text_at(json, "source", file, path);
  if (!json.contains("columns") || !json.contains("rows")) refuse(file, path, "columns and rows are needed");
  for (const Json& column : json["columns"]) table.columns.push_back(column.get<std::string>());
  for (const Json& row : json["rows"]) {
    const std::string row_path = path + "/rows/" + std::to_string(table.rows.size());
    if (row.size() != table.columns.size()) refuse(file, row_path, "as many cells as columns are needed");
    std::vector<Cell>& cells = table.rows.emplace_back();
    for (const Json& cell : row) {
      if (cell.is_number()) {
        cells.emplace_back(cell.get<double>());
      } else if (cell.is_string()) {
        cells.emplace_back(cell.get<std::string>());
      } else {
        refuse(file, row_path, "a number or a text is needed");
      }
    }
    if (by_row) check_row_status(table, table.rows.size() - 1, row_path);
  }
  return table;
}

}  // namespace

std::size_t DataTable::column(std::string_view wanted) const {
  const auto found = std::find(columns.begin(), columns.end(), wanted);
  if (found == columns.end()) refuse(file, "/tables/" + name, "no column '" + std::string(wanted) + "'");
  return static_cast<std::size_t>(found - columns.begin());
}

double DataTable::number(std::size_t row, std::string_view wanted) const {
  const double* value = std::get_if<double>(&rows.at(row)[column(wanted)]);
  if (value == nullptr)
    refuse(file, "/tables/" + name + "/rows/" + std::to_string(row), "a number is needed in '" + std::string(wanted) + "'");
  return *value;
}

const std::string& DataTable::text(std::size_t row, std::string_view wanted) const {
  const std::string* value = std::get_if<std::string>(&rows.at(row)[column(wanted)]);
  if (value == nullptr)
    refuse(file, "/tables/" + name + "/rows/" + std::to_string(row), "a text is needed in '" + std::string(wanted) + "'");
  return *value;
}

std::size_t DataTable::row_of(std::string_view wanted, std::string_view key) const {
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (text(row, wanted) == key) return row;
  }
  refuse(file, "/tables/" + name, "no row '" + std::string(key) + "'");
}

std::vector<DataTable> read_data_tables(std::string_view file, std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) refuse(file, "/", "this is not JSON");
  if (!json.contains("tables")) refuse(file, "/tables", "tables are needed");
  std::vector<DataTable> tables;
  for (const auto& [name, table] : json["tables"].items()) tables.push_back(read_table(file, name, table));
  return tables;
}

const std::vector<DataTable>& all_tables() {
  static const std::vector<DataTable> tables = [] {
    std::vector<DataTable> all;
    for (const EmbeddedFile& data : embedded_data()) {
      for (DataTable& table : read_data_tables(data.name, data.text)) all.push_back(std::move(table));
    }
    return all;
  }();
  return tables;
}

const DataTable& table_named(std::string_view file, std::string_view name) {
  for (const DataTable& table : all_tables()) {
    if (table.file == file && table.name == name) return table;
  }
  refuse(file, "/tables/" + std::string(name), "no such table");
}

AgeTable::AgeTable(const DataTable& table, std::span<const std::string_view> columns, std::string_view key_column,
                   std::string_view key)
    : width_(columns.size()) {
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    if (!key_column.empty() && table.text(row, key_column) != key) continue;
    to_age_.push_back(static_cast<int>(table.number(row, "to_age")));
    for (const std::string_view column : columns) cells_.push_back(table.number(row, column));
  }
  if (to_age_.empty()) refuse(table.file, "/tables/" + table.name, "no row '" + std::string(key) + "'");
}

}  // namespace labacces::synthetic
