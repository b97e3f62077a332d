// Populations from tables in memory, with the column names of the CSV files.
#include "libsim/population/frame_population.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/base/parallel.hpp"
#include "libsim/population/frame_links.hpp"
#include "libsim/population/frame_values.hpp"
#include "libsim/population/id_order.hpp"
#include "libsim/population/population_builder.hpp"

namespace labacces {
namespace {

using Use = CsvColumn::Use;

class Reader {
 public:
  Reader(FrameTables tables, const Schema& schema) : tables_(std::move(tables)), schema_(schema) {}

  FramePopulation read() {
    SIM_CHECK(tables_.frames.contains(Level::individu), "there is a table of persons");
    result_.source = tables_.source;
    result_.synthetic = tables_.synthetic;
    result_.weighting = tables_.weighting;
    std::vector<std::string_view> names;
    for (const FrameColumn& column : tables_.frames.at(Level::individu).columns) names.emplace_back(column.name);
    kinship_ = asks_for_units(names);
    for (auto& [level, frame] : tables_.frames) headers_[level] = header_of(level, frame);
    findings_.throw_if_any();
    refuse_second_tables();
    for (const Level level : group_levels) {
      if (tables_.frames.contains(level)) read_units(level);
    }
    findings_.throw_if_any();
    read_persons();
    findings_.throw_if_any();
    FramePopulation out;
    if (kinship_) out.assumed = build_units();
    for (auto& [level, frame] : tables_.frames) read_values(level, frame);
    findings_.throw_if_any();
    out.population = PopulationBuilder::build(std::move(result_));
    return out;
  }

 private:
  CsvHeader header_of(Level level, const Frame& frame) {
    HeaderNames names;
    for (const FrameColumn& column : frame.columns) names.names.emplace_back(column.name);
    names.place = [&frame](std::optional<std::size_t>) { return Location{frame.name, 0, 0, {}}; };
    CsvHeader header =
        read_header(names, schema_, {level, tables_.ignore_unknown_columns, kinship_ && !is_group(level)}, findings_);
    if (kinship_ && (level == Level::famille || level == Level::foyer_fiscal)) {
      findings_.add(
          Location{frame.name, 0, 0, {}},
          "the persons come with kinship, from which families and tax units are built: they have no table of their own");
    }
    if (frame.rows == 0) findings_.add(Location{frame.name, 0, 0, {}}, "the table has no row");
    return header;
  }

  /// A variable of a group in the table of persons and in the group's own table.
  void refuse_second_tables() {
    for (const CsvColumn& mine : headers_[Level::individu].columns) {
      for (const auto& [level, header] : headers_) {
        if (!is_group(level)) continue;
        for (const CsvColumn& other : header.columns) {
          const bool same = mine.use == other.use &&
                            (mine.use == Use::weight ||
                             (mine.use == Use::value && mine.variable == other.variable && mine.period == other.period));
          if (same)
            findings_.add(
                Location{tables_.frames.at(Level::individu).name, 0, 0, {}},
                "the column '" + mine.name + "' is also in " + tables_.frames.at(level).name + ": give it in one table");
        }
      }
    }
  }

  void read_units(Level level) {
    const Frame& frame = tables_.frames.at(level);
    result_.ids[index_of(level)] = read_own_ids(frame, frame.columns[headers_[level].find(Use::id)->field]);
  }

  IdList read_own_ids(const Frame& frame, const FrameColumn& column) {
    if (std::optional<IdList> rising = rising_ids(column)) return std::move(*rising);
    FrameIds ids = read_ids(frame, column, findings_);
    if (ids.ids.size() < ids.row_of.size() && !findings_.any()) report_twice(frame, column, ids);
    return std::move(ids.ids);
  }

  void report_twice(const Frame& frame, const FrameColumn& column, const FrameIds& ids) {
    std::vector<std::int32_t> first(ids.ids.size(), -1);
    for (std::size_t row = 0; row < ids.row_of.size() && !findings_.full(); ++row) {
      std::int32_t& known = first[static_cast<std::size_t>(ids.row_of[row])];
      if (known >= 0)
        findings_.add(frame_row(frame, row), "column '" + column.name + "': the id '" + cell_text(column, row) + "' is in row " +
                                                 std::to_string(known) + " already");
      if (known < 0) known = static_cast<std::int32_t>(row);
    }
  }

  void read_persons() {
    const Frame& frame = tables_.frames.at(Level::individu);
    const CsvHeader& header = headers_[Level::individu];
    IdList& ids = result_.ids[index_of(Level::individu)];
    if (const CsvColumn* id = header.find(Use::id)) {
      ids = read_own_ids(frame, frame.columns[id->field]);
    } else {
      std::vector<std::int64_t> rows(frame.rows);
      std::iota(rows.begin(), rows.end(), 1);
      ids = IdList(std::move(rows));
    }
    if (kinship_) {
      read_dwellings(frame, header);
    } else {
      std::array<CsvFindings, std::size(group_levels)> findings;
      for_each_chunk(std::size(group_levels), threads_for(frame.rows),
                     [&](std::size_t i, unsigned) { read_links(frame, header, group_levels[i], findings[i]); });
      for (const CsvFindings& found : findings) findings_.add(found);
    }
  }

  void read_dwellings(const Frame& frame, const CsvHeader& header) {
    const FrameColumn& column = frame.columns[header.find(Use::unit, Level::menage)->field];
    FrameIds links = read_ids(frame, column, findings_);
    if (findings_.any()) return;
    if (tables_.frames.contains(Level::menage))
      match_ids(frame, column.name, tables_.frames.at(Level::menage).name, result_.ids[index_of(Level::menage)], links,
                findings_);
    result_.ids[index_of(Level::menage)] = std::move(links.ids);
    result_.unit_of[index_of(Level::menage)] = std::move(links.row_of);
  }

  /// Builds units from the links, once the columns of persons are read; the values of units are read after it.
  AssumedUnits build_units() {
    const Frame& frame = tables_.frames.at(Level::individu);
    if (!tables_.on)
      throw Error(Location{frame.name, 0, 0, {}},
                  "families and tax units are built from kinship for a month: which month is not said");
    std::vector<const CsvColumn*> columns;
    for (const CsvColumn& column : headers_[Level::individu].columns) {
      if (column.use == Use::value && !is_group(column.variable->level)) columns.push_back(&column);
    }
    read_variables(Level::individu, tables_.frames.at(Level::individu), columns);
    findings_.throw_if_any();
    units::Kinship kinship = read_kinship(frame, headers_[Level::individu], result_, findings_);
    findings_.throw_if_any();
    fill_from_columns(result_, schema_, *tables_.on, kinship);
    return build_units_of(result_, schema_, kinship, *tables_.on,
                          [&frame](std::int32_t row, units::Link) { return frame_row(frame, static_cast<std::size_t>(row)); });
  }

  void read_links(const Frame& frame, const CsvHeader& header, Level group, CsvFindings& findings) {
    const FrameColumn& column = frame.columns[header.find(Use::unit, group)->field];
    const bool has_table = tables_.frames.contains(group);
    IdList& known = result_.ids[index_of(group)];
    FrameIds links;
    if (auto near = has_table ? near_links(column, known) : std::nullopt) {
      links = {std::move(known), std::move(*near)};
    } else {
      links = read_ids(frame, column, findings);
      if (findings.any()) return;
      if (has_table) match_ids(frame, column.name, tables_.frames.at(group).name, known, links, findings);
    }
    std::vector<std::uint8_t> roles = read_roles(frame, frame.columns[header.find(Use::role, group)->field], group, findings);
    if (findings.any()) return;
    check_holders(frame, group, links, roles, findings);
    known = std::move(links.ids);
    result_.unit_of[index_of(group)] = std::move(links.row_of);
    result_.role_of[index_of(group)] = std::move(roles);
  }

  void read_values(Level table, Frame& frame) {
    std::vector<const CsvColumn*> columns;
    for (const CsvColumn& column : headers_[table].columns) {
      if (column.use == Use::weight) read_weights(table, frame, column);
      const bool is_read = kinship_ && column.use == Use::value && !is_group(column.variable->level);  // before units were built
      if (column.use == Use::value && !is_read) columns.push_back(&column);
    }
    read_variables(table, frame, columns);
  }

  /// Columns are looked through side by side; what is found in them is told in their order.
  void read_variables(Level table, Frame& frame, const std::vector<const CsvColumn*>& columns) {
    std::vector<Column> values(columns.size());
    std::vector<CsvFindings> findings(columns.size());
    for_each_chunk(columns.size(), threads_for(frame.rows),
                   [&](std::size_t i, unsigned) { values[i] = values_of(table, frame, *columns[i], findings[i]); });
    for (std::size_t i = 0; i < columns.size(); ++i) {
      findings_.add(findings[i]);
      keep(*columns[i]->variable, columns[i]->period, std::move(values[i]));
    }
  }

  void read_weights(Level table, Frame& frame, const CsvColumn& column) {
    Column weights = frame_weights(frame, std::move(frame.columns[column.field]), findings_);
    const IdList& dwellings = result_.ids[index_of(Level::menage)];
    if (!is_group(table))
      weights = values_of_units(frame, column.name, weights, result_.unit_of[index_of(Level::menage)], dwellings, Level::menage,
                                findings_);
    const auto missing = std::find(weights.given.begin(), weights.given.end(), 0);
    if (missing != weights.given.end()) {
      findings_.add(Location{frame.name, 0, 0, {}}, "column '" + column.name + "': menage '" +
                                                        dwellings[static_cast<std::size_t>(missing - weights.given.begin())] +
                                                        "' has no weight, others have one");
    }
    result_.weights.assign(weights.cells().begin(), weights.cells().end());
  }

  Column values_of(Level table, Frame& frame, const CsvColumn& column, CsvFindings& findings) const {
    const VariableInfo& variable = *column.variable;
    Column values = frame_values(frame, std::move(frame.columns[column.field]), variable, findings);
    if (is_group(table) || !is_group(variable.level)) return values;
    return values_of_units(frame, column.name, values, result_.unit_of[index_of(variable.level)],
                           result_.ids[index_of(variable.level)], variable.level, findings);
  }

  void keep(const VariableInfo& variable, Period period, Column values) {
    const auto [entry, is_new] = places_.emplace(variable.name, result_.variables.size());
    if (is_new) result_.variables.push_back({variable.name, variable.level, {}});
    result_.variables[entry->second].periods.push_back({period, static_cast<std::uint32_t>(result_.columns.size())});
    result_.columns.push_back(std::move(values));
  }

  FrameTables tables_;
  const Schema& schema_;
  CsvFindings findings_;
  bool kinship_ = false;
  std::map<Level, CsvHeader> headers_;
  PopulationTables result_;
  std::unordered_map<std::string, std::size_t> places_;
};

}  // namespace

Population read_frames(FrameTables tables, const Schema& schema) { return Reader(std::move(tables), schema).read().population; }

FramePopulation read_kin_frames(FrameTables tables, const Schema& schema) { return Reader(std::move(tables), schema).read(); }

}  // namespace labacces
