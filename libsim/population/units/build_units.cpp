#include "libsim/population/units/build_units.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "libsim/base/disjoint_sets.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/units/notes.hpp"
#include "libsim/population/units/people.hpp"

namespace labacces::units {
namespace {

constexpr std::size_t shown_errors = 20;  // as the readers
constexpr std::size_t shown_ids = 3;

/// Everybody whom parents, partners or a common family join, over all dwellings.
DisjointSets kin_of(const Links& links, const UnitsOfLevel& families) {
  DisjointSets kin(families.unit_of.size());
  std::vector<std::int32_t> first(families.ids.size(), no_person);
  for (std::size_t i = 0; i < families.unit_of.size(); ++i) {
    const std::int32_t person = row_of(i);
    for (const auto* others : {&links.mother, &links.father, &links.partner}) {
      if ((*others)[i] != no_person) kin.join(person, (*others)[i]);
    }
    std::int32_t& known = first[at(families.unit_of[i])];
    if (known == no_person) known = person;
    kin.join(known, person);
  }
  return kin;
}

/// The inputs of the law that kinship says.
void derive_inputs(const People& people, const Links& links, const Heads& heads, BuiltUnits& built) {
  const UnitsOfLevel& families = built.of[index_of(Level::famille)];
  DisjointSets kin = kin_of(links, families);
  built.lives_with_parents.assign(at(people.count()), 0);
  built.hosted_by_family.assign(families.ids.size(), 0);
  built.flat_share.assign(at(people.dwellings()), 0);
  for (std::int32_t person = 0; person < people.count(); ++person) {
    for (const auto* parents : {&links.mother, &links.father}) {
      const std::int32_t parent = (*parents)[at(person)];
      if (parent != no_person && people.live_together(parent, person)) built.lives_with_parents[at(person)] = 1;
    }
    if (families.role_of[at(person)] != static_cast<std::uint8_t>(Role::principal)) continue;
    const std::int32_t reference = heads.reference[at(people.dwelling(person))];
    if (families.unit_of[at(person)] == families.unit_of[at(reference)]) continue;
    if (kin.root(person) == kin.root(reference)) {
      built.hosted_by_family[at(families.unit_of[at(person)])] = 1;
    } else {
      built.flat_share[at(people.dwelling(person))] = 1;
    }
  }
}

std::vector<std::string> first_ids(const Kinship& kinship, const UnitNote& note, std::size_t most) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < std::min(most, note.rows.size()); ++i) ids.push_back(kinship.ids[at(note.rows[i])]);
  return ids;
}

/// The id to which the wrong cell points, for a message.
std::string linked_id(const Kinship& kinship, const UnitNote& note, std::int32_t row) {
  for (const MissingLink& missing : kinship.missing_links) {
    if (missing.row == row && missing.link == note.link && note.kind.ends_with("_not_in_file")) return missing.id;
  }
  const std::vector<std::int32_t>& links = note.link == Link::mother   ? kinship.mother
                                           : note.link == Link::father ? kinship.father
                                                                       : kinship.partner;
  const bool is_link = note.link == Link::mother || note.link == Link::father || note.link == Link::partner;
  return is_link && !links.empty() && links[at(row)] != no_person ? kinship.ids[at(links[at(row)])] : std::string();
}

}  // namespace

BuiltUnits build_units(const Kinship& kinship, const UnitOptions& options) {
  const People people(kinship, options);
  Notes assumptions;
  Notes findings;
  Links links = checked_links(people, findings);
  infer_links(people, links, assumptions);
  const Heads heads = heads_of_dwellings(people, links, assumptions, findings);
  BuiltUnits built;
  UnitsOfLevel& families = built.of[index_of(Level::famille)];
  families = build_families(people, links, heads, assumptions);
  built.of[index_of(Level::foyer_fiscal)] = build_tax_units(people, links, heads, families, assumptions);
  built.of[index_of(Level::menage)] = build_dwellings(people, links, heads, families);
  derive_inputs(people, links, heads, built);
  built.assumptions = assumptions.list();
  built.findings = findings.list();
  return built;
}

Error kinship_error(const Kinship& kinship, const BuiltUnits& units,
                    const std::function<Location(std::int32_t row, Link link)>& place) {
  DiagnosticList list;
  const std::size_t kinds = std::max<std::size_t>(units.findings.size(), 1);
  const std::size_t of_a_kind = std::max<std::size_t>(shown_errors / kinds, 1);  // each kind is seen
  std::size_t count = 0;
  std::vector<std::string> counts;
  for (const UnitNote& note : units.findings) {
    count += note.count;
    counts.push_back(note.kind + " " + std::to_string(note.count));
    for (std::size_t i = 0; i < std::min(of_a_kind, note.rows.size()); ++i) {
      const std::int32_t row = note.rows[i];
      const std::string other = linked_id(kinship, note, row);
      list.error(place(row, note.link),
                 "individu '" + kinship.ids[at(row)] + "': " + note.text + (other.empty() ? "" : ": '" + other + "'"));
    }
  }
  if (count > list.error_count()) {
    const std::string file = list.items().front().location.file;
    list.error(Location{file, 0, 0, {}},
               std::to_string(count) + " links of kinship cannot be, the first of each kind are above: " + join(counts, ", "));
  }
  return Error(list);
}

nlohmann::ordered_json assumptions_json(const BuiltUnits& units) {
  nlohmann::ordered_json result = nlohmann::ordered_json::array();
  for (const UnitNote& note : units.assumptions)
    result.push_back({{"kind", note.kind}, {"text", note.text}, {"count", note.count}});
  return result;
}

std::string assumptions_text(const Kinship& kinship, const BuiltUnits& units) {
  std::string result;
  for (const UnitNote& note : units.assumptions) {
    const std::string many = note.count > shown_ids ? ", …" : "";
    result += wrapped("",
                      std::to_string(note.count) + (note.count == 1 ? " person: " : " persons: ") + note.text + " [" +
                          join(first_ids(kinship, note, shown_ids), ", ") + many + "]",
                      4);
  }
  return result;
}

}  // namespace labacces::units
