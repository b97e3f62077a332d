#include "libsim/population/calibration/margin_data.hpp"

#include <algorithm>

#include "libsim/base/error.hpp"

namespace labacces::calibration {
namespace {

MarginColumn ages(const MarginData& data, Month month) {
  const MarginColumn* births = data.find("date_naissance");
  SIM_CHECK(births != nullptr, "age needs dates of birth");
  MarginColumn out{"age", Level::individu, ValueKind::number, {}, {}, {}};
  // On 31 December: the census counts on 1 January in years completed.
  for (const double birth : births->values()) out.own.push_back(month.year() - Day{static_cast<std::int32_t>(birth)}.year());
  return out;
}

/// Of the person of reference, for all persons of the dwelling.
MarginColumn reference_ages(const MarginData& data, Month month) {
  const MarginColumn persons = ages(data, month);
  MarginColumn out{"age_reference", Level::menage, ValueKind::number, {}, {}, {}};
  for (const std::int32_t person : data.memberships[index_of(Level::menage)]->principal_of)
    out.own.push_back(persons.own[static_cast<std::size_t>(person)]);
  return out;
}

/// Dwellings in which everybody studies.
MarginColumn students_alone(const MarginData& data) {
  const MarginColumn* activity = data.find("activite");
  SIM_CHECK(activity != nullptr, "etudiants_seuls needs activite");
  const auto code = std::find(activity->items.begin(), activity->items.end(), "etudiant") - activity->items.begin();
  MarginColumn out{"etudiants_seuls",
                   Level::menage,
                   ValueKind::yes_no,
                   {},
                   {},
                   std::vector<double>(data.counts[index_of(Level::menage)], 1.0)};
  const Membership& dwellings = *data.memberships[index_of(Level::menage)];
  for (std::size_t person = 0; person < dwellings.unit_of.size(); ++person) {
    if (activity->values()[person] != static_cast<double>(code))
      out.own[static_cast<std::size_t>(dwellings.unit_of[person])] = 0.0;
  }
  return out;
}

MarginColumn sizes(const MarginData& data) {
  MarginColumn out{
      "personnes", Level::menage, ValueKind::number, {}, {}, std::vector<double>(data.counts[index_of(Level::menage)])};
  for (const std::int32_t dwelling : data.memberships[index_of(Level::menage)]->unit_of)
    out.own[static_cast<std::size_t>(dwelling)] += 1.0;
  return out;
}

MarginColumn types(const MarginData& data) {
  enum Type { alone, no_family, couple, couple_with_children, lone_parent };
  MarginColumn out{"type_menage",
                   Level::menage,
                   ValueKind::enumeration,
                   {"personne_seule", "sans_famille", "couple_sans_enfant", "couple_avec_enfant", "famille_monoparentale"},
                   {},
                   {}};
  struct Roles {
    int persons = 0;
    bool partner = false, child = false;
  };
  std::vector<Roles> roles(data.counts[index_of(Level::menage)]);
  const Membership& dwellings = *data.memberships[index_of(Level::menage)];
  for (std::size_t person = 0; person < dwellings.unit_of.size(); ++person) {
    Roles& of = roles[static_cast<std::size_t>(dwellings.unit_of[person])];
    ++of.persons;
    of.partner = of.partner || dwellings.role_of[person] == static_cast<std::uint8_t>(Role::conjoint);
    of.child = of.child || dwellings.role_of[person] == static_cast<std::uint8_t>(Role::enfant);
  }
  for (const Roles& of : roles) {
    out.own.push_back(of.partner && of.child ? couple_with_children
                      : of.partner           ? couple
                      : of.child             ? lone_parent
                      : of.persons == 1      ? alone
                                             : no_family);
  }
  return out;
}

}  // namespace

const MarginColumn* MarginData::find(std::string_view name) const {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const MarginColumn& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

std::size_t MarginData::row_at(Level from, std::size_t row, Level to) const {
  if (from == to) return row;
  const std::size_t person =
      from == Level::individu ? row : static_cast<std::size_t>(memberships[index_of(from)]->principal_of[row]);
  return to == Level::individu ? person : static_cast<std::size_t>(memberships[index_of(to)]->unit_of[person]);
}

MarginData margin_data(const Population& population) {
  MarginData out;
  for (std::size_t level = 0; level < level_count; ++level) out.counts[level] = population.count(static_cast<Level>(level));
  for (const Level group : group_levels) out.memberships[index_of(group)] = &population.membership(group);
  return out;
}

const std::vector<std::string>& derived_names() {
  static const std::vector<std::string> names{"age", "age_reference", "etudiants_seuls", "personnes", "type_menage"};
  return names;
}

std::string needed_by(const std::string& derived) {
  return derived.starts_with("age") ? "date_naissance" : derived == "etudiants_seuls" ? "activite" : "";
}

void add_derived(MarginData& data, const std::string& name, Month month) {
  if (name == "age") data.columns.push_back(ages(data, month));
  if (name == "age_reference") data.columns.push_back(reference_ages(data, month));
  if (name == "etudiants_seuls") data.columns.push_back(students_alone(data));
  if (name == "personnes") data.columns.push_back(sizes(data));
  if (name == "type_menage") data.columns.push_back(types(data));
}

std::vector<std::string> variables_of(const MarginFile& file) {
  std::vector<std::string> out;
  const auto add = [&](const std::string& name) {
    if (!name.empty() && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
  };
  for (const MarginTable& table : file.tables) {
    for (const auto* conditions : {&table.where, &table.part}) {
      for (const Condition& condition : *conditions) add(condition.variable);
    }
    for (const Dimension& side : table.by) add(side.variable);
    add(table.of);
  }
  return out;
}

}  // namespace labacces::calibration
