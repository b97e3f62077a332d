#include "libsim/population/mapping/person_units.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <utility>

#include "libsim/base/text.hpp"

namespace labacces::mapping {
namespace {

using units::Answer;
using units::Kinship;
using units::Link;

/// Codes of roles, as in the files of populations: 0, 1, 2 and more; in dwellings 3 is another person.
void read_roles(const SourceTable& persons, const std::string& column, Level level, std::vector<std::uint8_t>& out,
                CsvFindings& findings) {
  const auto& cells = *persons.column(column);
  const int last = level == Level::menage ? 3 : 999;
  for (std::size_t row = 0; row < cells.size() && !findings.full(); ++row) {
    const auto number = parse_number(cells[row]);
    const bool is_code = number && *number >= 0 && *number <= last && *number == static_cast<double>(static_cast<int>(*number));
    if (!is_code) {
      findings.add(
          persons.place(row, column),
          "column '" + column + "': expected " +
              std::string(level == Level::menage ? "0 (reference), 1 (conjoint), 2 (enfant) or 3 (autre)" : "0, 1, 2 and more") +
              ", found '" + std::string(cells[row]) + "'");
    }
    const int code = is_code ? static_cast<int>(*number) : 0;
    out.push_back(static_cast<std::uint8_t>(level == Level::menage ? code : std::min(code, 2)));
  }
}

void read_links(const SourceTable& persons, const std::string& column, Level level, PopulationTables& tables,
                CsvFindings& findings) {
  const auto& cells = *persons.column(column);
  std::unordered_map<std::string_view, std::int32_t> known;
  auto& ids = tables.ids[index_of(level)];
  for (std::size_t row = 0; row < cells.size() && !findings.full(); ++row) {
    const std::string_view id = id_of(cells[row]);
    if (id.empty())
      findings.add(persons.place(row, column),
                   "column '" + column + "' is empty: the person is in no " + std::string(name_of(level)));
    const auto [entry, is_new] = known.emplace(id, static_cast<std::int32_t>(ids.size()));
    if (is_new) ids.push_back(std::string(id));
    tables.unit_of[index_of(level)].push_back(entry->second);
  }
}

/// Rows of the persons whom a column of links names.
std::vector<std::int32_t> links_of(const Mapping& mapping, const LoadedTables& loaded, const std::string& column, Link link,
                                   const std::unordered_map<std::string_view, std::int32_t>& rows, Kinship& kinship) {
  if (column.empty()) return {};
  const auto& cells = *loaded.table_of_persons().column(column);
  std::vector<std::int32_t> out(cells.size(), units::no_person);
  for (std::size_t row = 0; row < cells.size(); ++row) {
    const std::string_view cell = cells[row];
    const auto is_cell = [&](const std::vector<std::string>& texts) {
      return std::find(texts.begin(), texts.end(), cell) != texts.end();
    };
    const std::string_view id = id_of(cell);
    const auto means_nobody = [&] {
      return std::find(mapping.ids.nobody.begin(), mapping.ids.nobody.end(), id) != mapping.ids.nobody.end();
    };
    if (id.empty() || is_cell(mapping.missing) || means_nobody()) continue;
    const auto found = rows.find(id);
    if (found != rows.end()) {
      out[row] = found->second;
    } else {
      kinship.missing_links.push_back({static_cast<std::int32_t>(row), link, std::string(id)});
    }
  }
  return out;
}

/// A variable that is no variable of the law, for the sources under `kinship`.
VariableInfo word_info(const std::string& name, std::vector<std::string> items) {
  VariableInfo info;
  info.name = name;
  info.kind = items.empty() ? ValueKind::number : ValueKind::enumeration;
  info.items = std::move(items);
  return info;
}

/// Evaluates what the mapping says of `key`; gives each person's value to `use`.
class KinshipReader {
 public:
  KinshipReader(const Mapping& mapping, const LoadedTables& loaded, AgeBasis basis, CsvFindings& findings)
      : mapping_(mapping), loaded_(loaded), basis_(basis), findings_(findings) {}

  template <typename Value>
  void words(const std::string& key, const std::vector<std::string>& items, const std::vector<Value>& values, Value unknown,
             std::vector<Value>& out) {
    const auto source = mapping_.kinship.find(key);
    if (source == mapping_.kinship.end()) return;
    const Cells cells = evaluate(source->second, word_info(key, items), loaded_.persons, mapping_, basis_, findings_);
    out.assign(cells.values.size(), unknown);
    for (std::size_t row = 0; row < out.size(); ++row) {
      if (cells.given[row] != 0) out[row] = values[static_cast<std::size_t>(cells.values[row])];
    }
  }
  void answers(const std::string& key, std::vector<Answer>& out) {
    const auto source = mapping_.kinship.find(key);
    if (source == mapping_.kinship.end()) return;
    VariableInfo info = word_info(key, {});
    info.kind = ValueKind::yes_no;
    const Cells cells = evaluate(source->second, info, loaded_.persons, mapping_, basis_, findings_);
    out.assign(cells.values.size(), Answer::unknown);
    for (std::size_t row = 0; row < out.size(); ++row) {
      if (cells.given[row] != 0) out[row] = cells.values[row] != 0.0 ? Answer::yes : Answer::no;
    }
  }
  void amounts(const std::string& key, std::vector<std::optional<double>>& out) {
    const auto source = mapping_.kinship.find(key);
    if (source == mapping_.kinship.end()) return;
    const Cells cells = evaluate(source->second, word_info(key, {}), loaded_.persons, mapping_, basis_, findings_);
    out.assign(cells.values.size(), std::nullopt);
    for (std::size_t row = 0; row < out.size(); ++row) {
      if (cells.given[row] != 0) out[row] = cells.values[row] / mapping_.per_euro;
    }
  }

 private:
  const Mapping& mapping_;
  const LoadedTables& loaded_;
  AgeBasis basis_;
  CsvFindings& findings_;
};

}  // namespace

void set_given_units(const Mapping& mapping, const LoadedTables& loaded, PopulationTables& tables, CsvFindings& findings) {
  const SourceTable& persons = loaded.table_of_persons();
  const Ids& ids = mapping.ids;
  const std::array<std::tuple<Level, const std::string*, const std::string*>, 3> columns{
      {{Level::menage, &ids.household, &ids.household_role},
       {Level::famille, &ids.family, &ids.family_role},
       {Level::foyer_fiscal, &ids.tax_unit, &ids.tax_unit_role}}};
  for (const auto& [level, id, role] : columns) {
    read_links(persons, *id, level, tables, findings);
    read_roles(persons, *role, level, tables.role_of[index_of(level)], findings);
  }
}

units::Kinship kinship_of(const Mapping& mapping, const LoadedTables& loaded, AgeBasis basis, CsvFindings& findings) {
  Kinship kinship;
  kinship.ids = loaded.person_ids;
  kinship.dwelling_ids = loaded.household_ids;
  kinship.dwelling = loaded.household_of;
  std::unordered_map<std::string_view, std::int32_t> rows;
  for (std::size_t row = 0; row < kinship.ids.size(); ++row) rows.emplace(loaded.person_ids[row], static_cast<std::int32_t>(row));
  kinship.mother = links_of(mapping, loaded, mapping.ids.mother, Link::mother, rows, kinship);
  kinship.father = links_of(mapping, loaded, mapping.ids.father, Link::father, rows, kinship);
  kinship.partner = links_of(mapping, loaded, mapping.ids.partner, Link::partner, rows, kinship);
  KinshipReader reader(mapping, loaded, basis, findings);
  reader.words<units::Sex>("sex", {"man", "woman"}, {units::Sex::man, units::Sex::woman}, units::Sex::unknown, kinship.sex);
  using units::MaritalStatus;
  reader.words<MaritalStatus>("marital_status", {"none", "married", "pacs"},
                              {MaritalStatus::none, MaritalStatus::married, MaritalStatus::pacs}, MaritalStatus::unknown,
                              kinship.marital);
  using units::Place;
  reader.words<Place>("place", {"reference", "conjoint", "child", "other"},
                      {Place::reference, Place::conjoint, Place::child, Place::other}, Place::unknown, kinship.place);
  reader.answers("student", kinship.student);
  reader.answers("disabled", kinship.disabled);
  reader.amounts("monthly_pay", kinship.monthly_pay);
  reader.amounts("yearly_income", kinship.yearly_income);
  return kinship;
}

Location place_of_link(const Mapping& mapping, const LoadedTables& loaded, std::int32_t row, units::Link link) {
  const Ids& ids = mapping.ids;
  std::string column;
  switch (link) {
    case Link::mother:
      column = ids.mother;
      break;
    case Link::father:
      column = ids.father;
      break;
    case Link::partner:
      column = ids.partner;
      break;
    case Link::person:
    case Link::birth:
    case Link::place:
      column = ids.person;
      break;
  }
  return loaded.table_of_persons().place(static_cast<std::size_t>(row), column);
}

}  // namespace labacces::mapping
