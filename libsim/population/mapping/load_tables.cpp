#include "libsim/population/mapping/load_tables.hpp"

#include <algorithm>
#include <filesystem>
#include <unordered_map>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/base/hash.hpp"
#include "libsim/base/text.hpp"

namespace labacces::mapping {
namespace {

constexpr std::size_t most_ids_compared = 10'000;  // for the nearest id in a message

using Index = std::unordered_map<std::string_view, std::int32_t>;

/// The file of each table; "" for an optional one that is not there.
std::map<std::string, std::string> files_of(const std::string& path, const Mapping& mapping) {
  std::error_code unreadable;
  const bool is_folder = std::filesystem::is_directory(path, unreadable);
  if (!is_folder && !std::filesystem::exists(path, unreadable))
    throw Error(Location{path, 0, 0, {}}, "there is no such file or folder");
  std::map<std::string, std::string> out;
  for (const Table& table : mapping.tables) {
    if (!is_folder) {
      out[table.name] = table.name == "persons" ? path : "";
      if (table.name != "persons" && !table.optional) {
        throw Error(Location{path, 0, 0, {}}, "a folder was expected: " + mapping.file + " reads the table '" + table.name +
                                                  "' (" + join(table.files, ", ") + ") too");
      }
      continue;
    }
    if (table.files.empty())
      throw Error(Location{path, 0, 0, {}},
                  "a file was expected: " + mapping.file + " names no file for the table '" + table.name + "' of a folder");
    out[table.name] = file_of_table(path, table);
    if (out[table.name].empty() && !table.optional) {
      throw Error(Location{path, 0, 0, {}}, "the folder has no file for the table '" + table.name + "' of " + mapping.file +
                                                ": " + join(table.files, ", "));
    }
  }
  return out;
}

class Loader {
 public:
  Loader(const Mapping& mapping, CsvFindings& findings) : mapping_(mapping), findings_(findings) {}

  LoadedTables load(const std::string& path, const std::map<std::string, std::vector<WantedColumn>>& wanted) {
    const auto files = files_of(path, mapping_);
    std::string bytes;
    for (const Table& table : mapping_.tables) {
      const std::string& file = files.at(table.name);
      if (file.empty()) continue;
      const auto columns = wanted.find(table.name);
      auto source = std::make_unique<SourceTable>(
          mapping_, table, file, columns == wanted.end() ? std::vector<WantedColumn>{} : columns->second, findings_);
      bytes += source->file().bytes();
      out_.tables.emplace(table.name, std::move(source));
    }
    findings_.throw_if_any();
    out_.sha256 = sha256(bytes);
    read_persons();
    findings_.throw_if_any();
    join_tables();
    findings_.throw_if_any();
    return std::move(out_);
  }

 private:
  void read_persons() {
    const SourceTable& table = out_.table_of_persons();
    const auto* ids = mapping_.ids.person.empty() ? nullptr : table.column(mapping_.ids.person);
    for (std::size_t row = 0; row < table.rows() && !findings_.full(); ++row) {
      out_.person_ids.push_back(ids == nullptr ? std::to_string(row + 1) : std::string(id_of((*ids)[row])));
    }
    if (ids != nullptr) persons_ = index_of(table, mapping_.ids.person, "the person");
    const auto& households = *table.column(mapping_.ids.household);
    for (std::size_t row = 0; row < table.rows() && !findings_.full(); ++row) {
      const std::string_view id = id_of(households[row]);
      if (id.empty())
        findings_.add(table.place(row, mapping_.ids.household),
                      "column '" + mapping_.ids.household + "' is empty: the person is in no household");
      const auto [entry, is_new] = households_.emplace(id, static_cast<std::int32_t>(out_.household_ids.size()));
      if (is_new) out_.household_ids.emplace_back(id);
      out_.household_of.push_back(entry->second);
    }
    out_.persons.rows = table.rows();
    out_.persons.own = "persons";
  }

  /// Rows by id. Ids that are empty or stand twice are findings.
  Index index_of(const SourceTable& table, const std::string& column, const std::string& whose) {
    Index index;
    const auto& ids = *table.column(column);
    index.reserve(ids.size());
    for (std::size_t row = 0; row < ids.size() && !findings_.full(); ++row) {
      const std::string_view id = id_of(ids[row]);
      if (id.empty()) {
        findings_.add(table.place(row, column), "column '" + column + "': the id of " + whose + " is empty");
        continue;
      }
      const auto [entry, is_new] = index.emplace(id, static_cast<std::int32_t>(row));
      if (!is_new) {
        findings_.add(table.place(row, column), "column '" + column + "': the id '" + std::string(id) + "' is on line " +
                                                    std::to_string(table.line(static_cast<std::size_t>(entry->second))) +
                                                    " already");
      }
    }
    return index;
  }

  void join_tables() {
    for (const Table& table : mapping_.tables) {
      const auto found = out_.tables.find(table.name);
      const SourceTable* source = found == out_.tables.end() ? nullptr : found->second.get();
      RowFrame::Joined joined{source, {}};
      if (source != nullptr && table.rows == Rows::months) {
        join_months(table, *source);
        continue;
      }
      if (source != nullptr && table.name != "persons")
        joined.row_of = table.rows == Rows::households ? rows_of_households(table, *source) : rows_of_persons(table, *source);
      out_.persons.tables.emplace(table.name, std::move(joined));
    }
    for (auto& [name, frame] : out_.months) frame.tables.emplace(name, RowFrame::Joined{out_.tables.at(name).get(), {}});
  }

  std::vector<std::int32_t> rows_of_households(const Table& table, const SourceTable& source) {
    const Index index = index_of(source, table.id, "the household");
    std::vector<std::int32_t> of_household(out_.household_ids.size(), -1);
    std::size_t used = 0;
    for (std::size_t household = 0; household < of_household.size(); ++household) {
      const auto found = index.find(out_.household_ids[household]);
      if (found == index.end()) continue;
      of_household[household] = found->second;
      ++used;
    }
    out_.households_without_person += index.size() - std::min(index.size(), used);
    std::vector<std::int32_t> out(out_.persons.rows, -1);
    for (std::size_t row = 0; row < out.size() && !findings_.full(); ++row) {
      out[row] = of_household[static_cast<std::size_t>(out_.household_of[row])];
      if (out[row] < 0) {
        const std::string& id = out_.household_ids[static_cast<std::size_t>(out_.household_of[row])];
        findings_.add(out_.table_of_persons().place(row, mapping_.ids.household),
                      "column '" + mapping_.ids.household + "': there is no household '" + id + "' in " + source.path(),
                      nearest(id, index));
      }
    }
    return out;
  }

  static std::string nearest(const std::string& id, const Index& index) {
    if (index.size() > most_ids_compared) return {};
    std::vector<std::string> known;
    for (const auto& [text, row] : index) known.emplace_back(text);
    std::sort(known.begin(), known.end());
    return did_you_mean(id, known);
  }

  std::vector<std::int32_t> rows_of_persons(const Table& table, const SourceTable& source) {
    std::vector<std::int32_t> out(out_.persons.rows, -1);
    index_of(source, table.id, "the person");
    const std::vector<std::int32_t> persons = persons_of(table, source);
    for (std::size_t row = 0; row < persons.size(); ++row) {
      if (persons[row] >= 0) out[static_cast<std::size_t>(persons[row])] = static_cast<std::int32_t>(row);
    }
    return out;
  }

  /// The person of each row of another table.
  std::vector<std::int32_t> persons_of(const Table& table, const SourceTable& source) {
    std::vector<std::int32_t> out(source.rows(), -1);
    if (mapping_.ids.person.empty()) {
      findings_.add(Location{mapping_.file, 0, 0, "ids"},
                    "'person' is missing: the table '" + table.name + "' is joined by the ids of persons");
      return out;
    }
    const auto& ids = *source.column(table.id);
    for (std::size_t row = 0; row < out.size() && !findings_.full(); ++row) {
      const auto found = persons_.find(id_of(ids[row]));
      if (found != persons_.end()) {
        out[row] = found->second;
      } else if (!id_of(ids[row]).empty()) {
        findings_.add(source.place(row, table.id),
                      "column '" + table.id + "': there is no person '" + std::string(id_of(ids[row])) + "' in " +
                          out_.table_of_persons().path(),
                      nearest(std::string(id_of(ids[row])), persons_));
      } else if (table.rows == Rows::months) {
        findings_.add(source.place(row, table.id), "column '" + table.id + "': the id of the person is empty");
      }
    }
    return out;
  }

  void join_months(const Table& table, const SourceTable& source) {
    out_.person_of[table.name] = persons_of(table, source);
    RowFrame& frame = out_.months[table.name];
    frame.rows = source.rows();
    frame.own = table.name;
  }

  const Mapping& mapping_;
  CsvFindings& findings_;
  LoadedTables out_;
  Index persons_, households_;
};

}  // namespace

std::string_view id_of(std::string_view cell) {
  const std::size_t point = cell.find('.');
  if (point == std::string_view::npos || point == 0) return cell;
  const bool whole = cell.substr(0, point).find_first_not_of("0123456789") == std::string_view::npos &&
                     cell.substr(point + 1).find_first_not_of('0') == std::string_view::npos;
  return whole ? cell.substr(0, point) : cell;
}

LoadedTables load_tables(const std::string& path, const Mapping& mapping,
                         const std::map<std::string, std::vector<WantedColumn>>& wanted, CsvFindings& findings) {
  return Loader(mapping, findings).load(path, wanted);
}

}  // namespace labacces::mapping
