// Populations in CSV: one row a person, or a folder with one file per entity.
#include "libsim/population/csv_population.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/csv_cells.hpp"
#include "libsim/population/csv_header.hpp"
#include "libsim/population/csv_months.hpp"
#include "libsim/population/csv_text.hpp"
#include "libsim/population/id_order.hpp"
#include "libsim/population/population_builder.hpp"

namespace labacces {
namespace {

using Use = CsvColumn::Use;

constexpr std::size_t most_ids_compared = 10'000;  // for the nearest id in a message

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

/// Ids of one level in order of first appearance.
class IdIndex {
 public:
  /// The row of an id, made when it is new.
  std::size_t row_of(std::string_view id) {
    if (!ids.empty() && ids[last_] == id) return last_;
    const auto found = rows_.find(id);
    if (found != rows_.end()) return last_ = found->second;
    last_ = ids.size();
    rows_.emplace(std::string(id), last_);
    ids.emplace_back(id);
    return last_;
  }
  std::optional<std::size_t> find(std::string_view id) {
    if (!ids.empty() && ids[last_] == id) return last_;
    if (last_ + 1 < ids.size() && ids[last_ + 1] == id) return ++last_;  // files are often in one order
    const auto found = rows_.find(id);
    if (found == rows_.end()) return std::nullopt;
    return last_ = found->second;
  }
  std::vector<std::string> ids;

 private:
  std::unordered_map<std::string, std::size_t, TextHash, std::equal_to<>> rows_;
  std::size_t last_ = 0;
};

/// What the persons say of the units of one group level.
struct GroupState {
  bool has_file = false;
  IdIndex index;
  std::vector<std::uint32_t> first_line;              ///< of the unit in the file of persons, 0 = no person yet
  std::array<std::vector<std::uint32_t>, 2> holders;  ///< lines of principal and conjoint, 0 = none yet
};

class Reader {
 public:
  Reader(const CsvTexts& texts, const Schema& schema, const CsvOptions& options)
      : texts_(texts), schema_(schema), options_(options) {}

  Population read() {
    SIM_CHECK(texts_.files.contains(Level::individu), "there is a file of persons");
    for (const Level group : group_levels) {
      if (texts_.files.contains(group)) read_file(group);
    }
    read_file(Level::individu);
    findings_.throw_if_any();
    PopulationTables read = tables();
    for (const auto& [level, file] : texts_.months)
      read_csv_months(file, level, schema_, options_.ignore_unknown_columns, read, findings_);
    findings_.throw_if_any();
    return PopulationBuilder::build(std::move(read));
  }

 private:
  struct File {
    CsvText text;
    CsvHeader header;
    std::vector<CsvCells> cells;
  };

  void read_file(Level level) {
    const auto& [name, content] = texts_.files.at(level);
    files_.push_back(std::make_unique<File>(File{CsvText(name, content), {}, {}}));
    File& file = *files_.back();
    file.header = read_csv_header(file.text, schema_, {level, options_.ignore_unknown_columns}, findings_);
    findings_.throw_if_any();
    for (const CsvColumn& column : file.header.columns) {
      if (column.use == Use::value || column.use == Use::weight) file.cells.emplace_back(column);
    }
    refuse_second_file(file);
    bool has_rows = false;
    while (!findings_.full() && file.text.next(findings_)) {
      if (!has_rows && !is_group(level)) reserve(file);
      has_rows = true;
      if (!check_width(file)) continue;
      if (is_group(level)) {
        read_unit(file, level);
      } else {
        read_person(file);
      }
    }
    if (!has_rows && !findings_.any())
      findings_.add(file.text.line_location(file.text.line()), "there is a header line, but no row under it");
    if (is_group(level)) {
      state(level).has_file = true;
    } else if (!findings_.any()) {
      check_person_ids(file);
      check_units(file);
    }
  }

  void reserve(File& file) {
    for (CsvCells& cells : file.cells) {
      if (cells.column().use == Use::value && !is_group(cells.column().variable->level))
        cells.reserve(file.text.rows_left_estimate() + 1);
    }
  }

  /// A variable of a group in the file of persons and in the group's own file.
  void refuse_second_file(const File& file) {
    for (const CsvCells& cells : file.cells) {
      const CsvColumn& column = cells.column();
      for (const auto& other : files_) {
        if (other.get() == &file) continue;
        for (const CsvCells& known : other->cells) {
          if (known.column().use != column.use || known.column().variable != column.variable ||
              known.column().period != column.period)
            continue;
          findings_.add(file.text.line_location(1),
                        "the column '" + column.name + "' is also in " + other->text.file() + ": give it in one file");
        }
      }
    }
  }

  bool check_width(const File& file) {
    const std::size_t found = file.text.fields().size();
    if (found == file.header.field_count) return true;
    const std::string cut = found < file.header.field_count && file.text.at_end() ? ": is the file truncated?" : "";
    findings_.add(file.text.line_location(file.text.line()), "this row has " + std::to_string(found) +
                                                                 (found == 1 ? " field" : " fields") + ", the header has " +
                                                                 std::to_string(file.header.field_count) + cut);
    return false;
  }

  std::string_view cell(const File& file, const CsvColumn& column) const { return trim(file.text.fields()[column.field]); }

  void read_unit(File& file, Level level) {
    const CsvColumn& id = *file.header.find(Use::id);
    const std::string_view text = cell(file, id);
    GroupState& group = state(level);
    if (text.empty()) {
      findings_.add(file.text.location(id.field), "column 'id': the id is empty");
      return;
    }
    const std::size_t row = group.index.row_of(text);
    if (row < group.first_line.size()) {
      findings_.add(file.text.location(id.field),
                    "the id '" + std::string(text) + "' is on line " + std::to_string(group.first_line[row]) + " already");
      return;
    }
    group.first_line.push_back(static_cast<std::uint32_t>(file.text.line()));
    for (CsvCells& cells : file.cells) put(file, cells, row, {});
  }

  void read_person(File& file) {
    const std::size_t person = person_ids_.size();
    const CsvColumn* id = file.header.find(Use::id);
    const std::string number = id == nullptr ? std::to_string(person + 1) : std::string();
    const std::string_view text = id == nullptr ? std::string_view(number) : cell(file, *id);
    if (text.empty()) {
      findings_.add(file.text.location(id->field), "column 'id': the id is empty");
      return;
    }
    person_ids_.emplace_back(text);
    person_lines_.push_back(static_cast<std::uint32_t>(file.text.line()));
    std::array<std::size_t, level_count> rows{};
    rows[index_of(Level::individu)] = person;
    for (const Level group : group_levels) {
      const std::optional<std::size_t> unit = link(file, group);
      unit_of_[index_of(group)].push_back(static_cast<std::int32_t>(unit.value_or(0)));
      if (!unit) return drop_person();
      rows[index_of(group)] = *unit;
    }
    for (CsvCells& cells : file.cells) {
      const Level level = cells.column().use == Use::weight ? Level::menage : cells.column().variable->level;
      put(file, cells, rows[index_of(level)], is_group(level) ? std::string(name_of(level)) : std::string());
    }
  }

  /// A row with a bad link: columns stay of equal length, the findings stop the reading in the end.
  void drop_person() {
    for (const Level group : group_levels) {
      unit_of_[index_of(group)].resize(person_ids_.size(), 0);
      role_of_[index_of(group)].resize(person_ids_.size(), 0);
    }
  }

  std::optional<std::size_t> link(const File& file, Level level) {
    const CsvColumn& id = *file.header.find(Use::unit, level);
    const std::string_view text = cell(file, id);
    GroupState& group = state(level);
    if (text.empty()) {
      findings_.add(file.text.location(id.field),
                    "column '" + id.name + "' is empty: the person is in no " + std::string(name_of(level)));
      return std::nullopt;
    }
    const std::optional<std::size_t> unit = group.has_file ? group.index.find(text) : group.index.row_of(text);
    if (!unit) {
      findings_.add(file.text.location(id.field),
                    "column '" + id.name + "': there is no " + std::string(name_of(level)) + " '" + std::string(text) + "' in " +
                        texts_.files.at(level).first,
                    group.index.ids.size() <= most_ids_compared ? did_you_mean(text, group.index.ids) : std::string());
      return std::nullopt;
    }
    if (!read_role(file, level, *unit)) return std::nullopt;
    return unit;
  }

  bool read_role(const File& file, Level level, std::size_t unit) {
    const CsvColumn& column = *file.header.find(Use::role, level);
    const std::optional<double> number = parse_number(cell(file, column));
    const bool is_code = number && *number >= 0 && *number < 1000 && *number == static_cast<double>(static_cast<int>(*number));
    const int last = level == Level::menage ? 3 : 999;
    if (!is_code || *number > last) {
      const std::string codes = level == Level::menage         ? "0 (reference), 1 (conjoint), 2 (enfant) or 3 (autre)"
                                : level == Level::foyer_fiscal ? "0 (declarant), 1 (conjoint), 2 and more (personne a charge)"
                                                               : "0 (demandeur), 1 (conjoint), 2 and more (enfant)";
      findings_.add(file.text.location(column.field),
                    "column '" + column.name + "': expected " + codes + ", found '" + std::string(cell(file, column)) + "'");
      return false;
    }
    const int code = static_cast<int>(*number);
    role_of_[index_of(level)].push_back(static_cast<std::uint8_t>(level == Level::menage ? code : std::min(code, 2)));
    GroupState& group = state(level);
    if (first_person_line_[index_of(level)].size() <= unit) first_person_line_[index_of(level)].resize(unit + 1, 0);
    if (first_person_line_[index_of(level)][unit] == 0)
      first_person_line_[index_of(level)][unit] = static_cast<std::uint32_t>(file.text.line());
    if (code > 1) return true;
    std::vector<std::uint32_t>& holders = group.holders[static_cast<std::size_t>(code)];
    if (holders.size() <= unit) holders.resize(unit + 1, 0);
    if (holders[unit] != 0) {
      findings_.add(file.text.location(column.field), std::string(name_of(level)) + " '" + group.index.ids[unit] +
                                                          "' has two persons with " + column.name + " " + std::to_string(code) +
                                                          " (" + (code == 0 ? std::string(principal_role(level)) : "conjoint") +
                                                          "): the other is on line " + std::to_string(holders[unit]));
    } else {
      holders[unit] = static_cast<std::uint32_t>(file.text.line());
    }
    return true;
  }

  void put(const File& file, CsvCells& cells, std::size_t row, const std::string& unit) {
    const CsvColumn& column = cells.column();
    const std::string_view text = cell(file, column);
    if (text.empty()) return;
    const std::optional<double> value = column.use == Use::weight
                                            ? cell_weight(column, text, file.text, findings_)
                                            : cell_number(*column.variable, column, text, file.text, findings_);
    if (value) cells.put(row, *value, file.text, unit, findings_);
  }

  void check_person_ids(const File& persons) {
    if (persons.header.find(Use::id) == nullptr) return;
    for (const auto& [first, second] : duplicated_ids(std::span<const std::string>(person_ids_), 20)) {
      findings_.add(persons.text.line_location(person_lines_[static_cast<std::size_t>(second)]),
                    "column 'id': the id '" + person_ids_[static_cast<std::size_t>(second)] + "' is on line " +
                        std::to_string(person_lines_[static_cast<std::size_t>(first)]) + " already");
    }
  }

  void check_units(const File& persons) {
    for (const Level level : group_levels) {
      GroupState& group = state(level);
      group.holders[0].resize(group.index.ids.size(), 0);
      first_person_line_[index_of(level)].resize(group.index.ids.size(), 0);
      for (std::size_t unit = 0; unit < group.index.ids.size() && !findings_.full(); ++unit) {
        const std::string name = std::string(name_of(level)) + " '" + group.index.ids[unit] + "'";
        const std::uint32_t line = first_person_line_[index_of(level)][unit];
        if (line == 0) {
          findings_.add(Location{texts_.files.at(level).first, group.first_line[unit], 0, {}},
                        name + " has no person in " + persons.text.file());
        } else if (group.holders[0][unit] == 0) {
          findings_.add(persons.text.line_location(line),
                        name + " has no " + std::string(principal_role(level)) + " (" + std::string(role_column(level)) + " 0)");
        }
      }
    }
  }

  PopulationTables tables() {
    PopulationTables result;
    result.source = texts_.source;
    result.synthetic = texts_.synthetic;
    result.ids[index_of(Level::individu)] = std::move(person_ids_);
    for (const Level group : group_levels) result.ids[index_of(group)] = std::move(state(group).index.ids);
    result.unit_of = std::move(unit_of_);
    result.role_of = std::move(role_of_);
    std::unordered_map<std::string, std::size_t> variables;
    for (const auto& file : files_) {
      for (CsvCells& cells : file->cells) add_column(std::move(cells), variables, result);
    }
    return result;
  }

  void add_column(CsvCells&& cells, std::unordered_map<std::string, std::size_t>& variables, PopulationTables& result) {
    const CsvColumn& column = cells.column();
    if (column.use == Use::weight) {
      Column weights = std::move(cells).finish(result.ids[index_of(Level::menage)].size());
      const auto missing = std::find(weights.given.begin(), weights.given.end(), 0);
      if (missing != weights.given.end()) {
        const std::string& id = result.ids[index_of(Level::menage)][static_cast<std::size_t>(missing - weights.given.begin())];
        throw Error(Location{texts_.source, 0, 0, {}}, "column 'wprm': menage '" + id + "' has no weight, others have one");
      }
      result.weights = std::move(weights.values);
      return;
    }
    const Level level = column.variable->level;
    const auto [entry, is_new] = variables.emplace(column.variable->name, result.variables.size());
    if (is_new) result.variables.push_back({column.variable->name, level, {}});
    result.variables[entry->second].periods.push_back({column.period, static_cast<std::uint32_t>(result.columns.size())});
    result.columns.push_back(std::move(cells).finish(result.ids[index_of(level)].size()));
  }

  GroupState& state(Level group) { return groups_[index_of(group)]; }

  const CsvTexts& texts_;
  const Schema& schema_;
  const CsvOptions& options_;
  CsvFindings findings_;
  std::vector<std::unique_ptr<File>> files_;
  std::array<GroupState, level_count> groups_;
  std::vector<std::string> person_ids_;
  std::vector<std::uint32_t> person_lines_;
  std::array<std::vector<std::int32_t>, level_count> unit_of_;
  std::array<std::vector<std::uint8_t>, level_count> role_of_;
  std::array<std::vector<std::uint32_t>, level_count> first_person_line_;
};

}  // namespace

Population read_csv_texts(const CsvTexts& texts, const Schema& schema, const CsvOptions& options) {
  return Reader(texts, schema, options).read();
}

Population read_csv_population(const std::string& path, const Schema& schema, const CsvOptions& options) {
  return read_csv_texts(read_csv_files(path), schema, options);
}

}  // namespace labacces
