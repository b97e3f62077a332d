// Small kinships for tests, person by person, and the units built from them in a line of text.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "libsim/population/units/build_units.hpp"

namespace labacces::units {

inline constexpr const char* nobody = "";

/// A person as a test says it; links by id.
struct Somebody {
  std::string id;
  std::string dwelling = "m";
  std::string birth = "1980-06-15";
  std::string mother = nobody, father = nobody, partner = nobody;
  Sex sex = Sex::unknown;
  MaritalStatus marital = MaritalStatus::unknown;
  Answer student = Answer::unknown;
  Answer disabled = Answer::unknown;
  Answer away = Answer::unknown;
  Place place = Place::unknown;
  Custody custody = Custody::unknown;
  std::optional<double> pay = std::nullopt;
  std::optional<double> income = std::nullopt;
};

/// What columns the file has.
struct Columns {
  bool parents = true, partner = true;
};

inline Kinship kinship_of(const std::vector<Somebody>& people, Columns columns = {}) {
  Kinship result;
  const auto find = [&](std::int32_t row, const std::string& id, Link link) {
    if (id.empty()) return no_person;
    const auto found = std::find_if(people.begin(), people.end(), [&](const Somebody& one) { return one.id == id; });
    if (found == people.end()) result.missing_links.push_back({row, link, id});
    return found == people.end() ? no_person : static_cast<std::int32_t>(found - people.begin());
  };
  for (const Somebody& one : people) {
    const auto row = static_cast<std::int32_t>(result.ids.size());
    result.ids.push_back(one.id);
    const auto dwelling = std::find(result.dwelling_ids.begin(), result.dwelling_ids.end(), one.dwelling);
    result.dwelling.push_back(static_cast<std::int32_t>(dwelling - result.dwelling_ids.begin()));
    if (dwelling == result.dwelling_ids.end()) result.dwelling_ids.push_back(one.dwelling);
    result.birth.push_back(parse_day(one.birth).value());
    if (columns.parents) {
      result.mother.push_back(find(row, one.mother, Link::mother));
      result.father.push_back(find(row, one.father, Link::father));
    }
    if (columns.partner) result.partner.push_back(find(row, one.partner, Link::partner));
    result.sex.push_back(one.sex);
    result.marital.push_back(one.marital);
    result.student.push_back(one.student);
    result.disabled.push_back(one.disabled);
    result.away_from_parents.push_back(one.away);
    result.place.push_back(one.place);
    result.custody.push_back(one.custody);
    result.monthly_pay.push_back(one.pay);
    result.yearly_income.push_back(one.income);
  }
  return result;
}

inline const UnitOptions in_june_2025{.on = Day::of(2025, 6, 1)};

/// "ann+bob(cid) dan": the units of a level, conjoint after +, children in brackets, others after a /, in the order of rows.
inline std::string units_text(const Kinship& kinship, const BuiltUnits& built, Level level) {
  const UnitsOfLevel& units = built.of[index_of(level)];
  std::vector<std::string> texts;
  for (std::size_t unit = 0; unit < units.ids.size(); ++unit) {
    std::string by_role[4];
    for (std::size_t row = 0; row < kinship.ids.size(); ++row) {
      if (static_cast<std::size_t>(units.unit_of[row]) != unit) continue;
      std::string& members = by_role[units.role_of[row]];
      members += (members.empty() ? "" : " ") + kinship.ids[row];
    }
    texts.push_back(by_role[0] + (by_role[1].empty() ? "" : "+" + by_role[1]) +
                    (by_role[2].empty() ? "" : "(" + by_role[2] + ")") + (by_role[3].empty() ? "" : "/" + by_role[3]));
  }
  std::string result;
  for (const std::string& text : texts) result += (result.empty() ? "" : " ") + text;
  return result;
}

inline std::string families_of(const std::vector<Somebody>& people, Columns columns = {}) {
  const Kinship kinship = kinship_of(people, columns);
  return units_text(kinship, build_units(kinship, in_june_2025), Level::famille);
}
inline std::string tax_units_of(const std::vector<Somebody>& people, Columns columns = {}) {
  const Kinship kinship = kinship_of(people, columns);
  return units_text(kinship, build_units(kinship, in_june_2025), Level::foyer_fiscal);
}
inline std::string dwellings_of(const std::vector<Somebody>& people, Columns columns = {}) {
  const Kinship kinship = kinship_of(people, columns);
  return units_text(kinship, build_units(kinship, in_june_2025), Level::menage);
}

/// "kind 2, other 1" of notes.
inline std::string notes_text(const std::vector<UnitNote>& notes) {
  std::string result;
  for (const UnitNote& note : notes) result += (result.empty() ? "" : ", ") + note.kind + " " + std::to_string(note.count);
  return result;
}
inline std::string assumptions_of(const std::vector<Somebody>& people, Columns columns = {}) {
  return notes_text(build_units(kinship_of(people, columns), in_june_2025).assumptions);
}
inline std::string findings_of(const std::vector<Somebody>& people, Columns columns = {}) {
  return notes_text(build_units(kinship_of(people, columns), in_june_2025).findings);
}

}  // namespace labacces::units
