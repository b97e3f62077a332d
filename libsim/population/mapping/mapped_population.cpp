#include "libsim/population/mapping/mapped_population.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "libsim/base/text.hpp"
#include "libsim/population/column_set.hpp"
#include "libsim/population/kin_units.hpp"
#include "libsim/population/mapping/lift.hpp"
#include "libsim/population/mapping/load_tables.hpp"
#include "libsim/population/mapping/person_units.hpp"
#include "libsim/population/mapping/resolve.hpp"
#include "libsim/population/time_span.hpp"

namespace labacces::mapping {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Period& period) {
  if (period.kind == Period::Kind::eternity) return "always";
  return period.kind == Period::Kind::year ? std::to_string(period.value) : to_string(Month{period.value});
}

/// A month or a year, also as "202401" and "2024m1".
std::optional<TimeSpan> time_of(std::string_view text) {
  if (text.size() >= 6 && (text[4] == 'm' || text[4] == 'M')) {
    return parse_time_span(std::string(text.substr(0, 4)) + "-" + (text.size() == 6 ? "0" : "") + std::string(text.substr(5)));
  }
  if (text.size() == 6) return parse_time_span(std::string(text.substr(0, 4)) + "-" + std::string(text.substr(4)));
  return parse_time_span(text);
}

/// The columns that a source reads, for the record.
std::string columns_text(const Source& source) {
  if (source.kind == Source::Kind::column) return source.table.empty() ? source.column : source.table + "." + source.column;
  if (source.kind == Source::Kind::constant) return "constant " + source.constant;
  std::vector<std::string> parts;
  for (const Source& part : source.parts) parts.push_back(columns_text(part));
  return join(parts, ", ");
}

class Reader {
 public:
  Reader(const std::string& path, const Mapping& mapping, const Schema& schema, Month period)
      : path_(path), mapping_(mapping), schema_(schema), basis_(age_basis(mapping, period)), on_(first_day(period)) {}

  MappedPopulation read() {
    targets_ = resolve(mapping_, schema_, findings_);
    findings_.throw_if_any();
    loaded_ = load_tables(path_, mapping_, wanted_columns(mapping_, targets_), findings_);
    tables_.source = path_;
    tables_.synthetic = mapping_.synthetic;
    tables_.ids[index_of(Level::individu)] = loaded_.person_ids;
    for (const ResolvedTarget& target : targets_)
      cells_.push_back(target.months_of.empty() ? evaluated(target.source, *target.variable) : Cells{});
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      if (!needs_units(targets_[i])) add_column(i);
    }
    add_histories();
    findings_.throw_if_any();
    const std::optional<AssumedUnits> assumed = set_units();
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      if (needs_units(targets_[i])) add_column(i);
    }
    read_weights();
    findings_.throw_if_any();
    MappedPopulation out{{}, loaded_.sha256, record(assumed), assumed ? assumed->text : std::string()};
    out.population = PopulationBuilder::build(std::move(tables_));
    return out;
  }

 private:
  /// Values of units, and of the reference person of a dwelling.
  static bool needs_units(const ResolvedTarget& target) {
    return is_group(target.variable->level) || target.target->give_to == GiveTo::reference;
  }

  Cells evaluated(const Source& source, const VariableInfo& variable) {
    return evaluate(source, variable, loaded_.persons, mapping_, basis_, findings_);
  }

  void add_column(std::size_t i) {
    const ResolvedTarget& target = targets_[i];
    if (!target.months_of.empty() || findings_.any()) return;
    Column column = lifted(std::move(cells_[i]), target, mapping_, loaded_, tables_, findings_);
    if (!findings_.any())
      add_period_column(tables_, target.variable->name, target.variable->level, target.period, std::move(column));
  }

  /// Values of tables with a row a person and month.
  void add_histories() {
    ColumnSet set(Level::individu, loaded_.person_ids.size());
    for (const ResolvedTarget& target : targets_) {
      if (!target.months_of.empty()) read_history(target, set);
    }
    PopulationTables read;
    set.move_into(read);
    for (VariableData& variable : read.variables) {
      for (const PeriodColumn& period : variable.periods) {
        if (add_period_column(tables_, variable.name, variable.level, period.period, std::move(read.columns[period.column])))
          continue;
        findings_.add(
            Location{mapping_.file, 0, 0, "columns/" + variable.name},
            "'" + variable.name + "' is given for " + text_of(period.period) + " by another column and by the rows of a history");
      }
    }
  }

  void read_history(const ResolvedTarget& target, ColumnSet& set) {
    const Table& table = *mapping_.find_table(target.months_of);
    const auto frame = loaded_.months.find(table.name);
    if (frame == loaded_.months.end()) return;  // an optional table that is absent
    const SourceTable& source = *loaded_.tables.at(table.name);
    const Cells cells = evaluate(target.source, *target.variable, frame->second, mapping_, basis_, findings_);
    const auto& periods = *source.column(table.period);
    const auto& person_of = loaded_.person_of.at(table.name);
    for (std::size_t row = 0; row < cells.values.size() && !findings_.full(); ++row) {
      const std::optional<TimeSpan> span = time_of(periods[row]);
      if (!span || (!span->is_month() && span->civil_years() != 1)) {
        findings_.add(source.place(row, table.period), "column '" + table.period + "': '" + std::string(periods[row]) +
                                                           "' is not a period: expected a month '2024-01' or a year '2024'");
        continue;
      }
      if (cells.given[row] == 0) continue;
      const double value = converted(cells.values[row], *target.variable, target.target->unit,
                                     span->is_month() ? Period::Kind::month : Period::Kind::year, mapping_.per_euro);
      const auto person = static_cast<std::size_t>(person_of[row]);
      const PutResult result = set.put(*target.variable, *span, person, value);
      if (result == PutResult::stored) continue;
      findings_.add(source.place(row, table.period),
                    result == PutResult::given_twice
                        ? "'" + target.variable->name + "' of the person '" + loaded_.person_ids[person] + "' for " +
                              std::string(periods[row]) + " is on a line before already"
                        : "'" + target.variable->name + "' is yearly: expected a year such as '2024', found '" +
                              std::string(periods[row]) + "'");
    }
  }

  std::optional<AssumedUnits> set_units() {
    if (!mapping_.ids.family.empty()) {
      set_given_units(mapping_, loaded_, tables_, findings_);
      findings_.throw_if_any();
      return std::nullopt;
    }
    units::Kinship kinship = kinship_of(mapping_, loaded_, basis_, findings_);
    findings_.throw_if_any();
    fill_from_columns(tables_, schema_, on_, kinship);
    return build_units_of(tables_, schema_, kinship, on_,
                          [this](std::int32_t row, units::Link link) { return place_of_link(mapping_, loaded_, row, link); });
  }

  void read_weights() {
    if (!mapping_.weight || findings_.any()) return;
    VariableInfo info;
    info.name = "weight";
    info.level = Level::menage;
    Target said;
    said.path = "weight";
    const ResolvedTarget target{&said, &info, *mapping_.weight, {}, {}};
    Column column = lifted(evaluated(*mapping_.weight, info), target, mapping_, loaded_, tables_, findings_);
    const auto& dwellings = tables_.ids[index_of(Level::menage)];
    for (std::size_t i = 0; i < column.values.size() && !findings_.full(); ++i) {
      if (!column.given.empty() && column.given[i] == 0) {
        findings_.add(Location{path_, 0, 0, {}}, "the household '" + dwellings[i] + "' has no weight");
      } else if (column.values[i] < 0) {
        findings_.add(Location{path_, 0, 0, {}},
                      "the weight of the household '" + dwellings[i] + "' lies below 0: " + shortest(column.values[i]));
      }
    }
    tables_.weights = std::move(column.values);
  }

  std::string record(const std::optional<AssumedUnits>& assumed) const {
    Json out;
    out["mapping"] = {
        {"name", mapping_.name}, {"sha256", mapping_.sha256}, {"income", text_of(period_of(mapping_.income, mapping_))}};
    out["mapping"]["survey"] = mapping_.survey.kind == When::Kind::always ? "run" : text_of(period_of(mapping_.survey, mapping_));
    if (mapping_.per_euro != 1.0) out["mapping"]["currency"] = {{"name", mapping_.currency}, {"per_euro", mapping_.per_euro}};
    Json columns = Json::array();
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      const ResolvedTarget& target = targets_[i];
      std::size_t last = i;
      while (last + 1 < targets_.size() && targets_[last + 1].target == target.target) ++last;
      Json column{{"variable", target.variable->name}, {"from", columns_text(target.target->source)}};
      column["for"] = !target.months_of.empty()
                          ? "rows of " + target.months_of
                          : text_of(target.period) + (last > i ? " to " + text_of(targets_[last].period) : std::string());
      if (!target.target->unit.empty()) column["unit"] = target.target->unit;
      columns.push_back(std::move(column));
      i = last;
    }
    out["columns"] = std::move(columns);
    out["not_read"] = Json::object();
    for (const Table& table : mapping_.tables) {
      const auto found = loaded_.tables.find(table.name);
      if (found != loaded_.tables.end() && !found->second->unread().empty())
        out["not_read"][table.name] = found->second->unread();
    }
    if (loaded_.households_without_person > 0) out["households_without_person"] = loaded_.households_without_person;
    if (assumed) out["units"] = Json::parse(assumed->json);
    return out.dump();
  }

  const std::string& path_;
  const Mapping& mapping_;
  const Schema& schema_;
  AgeBasis basis_;
  Day on_;
  CsvFindings findings_;
  std::vector<ResolvedTarget> targets_;
  LoadedTables loaded_;
  std::vector<Cells> cells_;
  PopulationTables tables_;
};

}  // namespace

MappedPopulation read_mapped(const std::string& path, const Mapping& mapping, const Schema& schema, Month period) {
  return Reader(path, mapping, schema, period).read();
}

}  // namespace labacces::mapping
