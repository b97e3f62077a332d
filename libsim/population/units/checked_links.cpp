// Links as given, less those that cannot be.
#include <algorithm>
#include <vector>

#include "libsim/population/units/notes.hpp"
#include "libsim/population/units/people.hpp"

namespace labacces::units {
namespace {

constexpr std::size_t longest_search =
    10'000;  // ancestors looked at before a cycle is given up: the link is wrong by its ages anyway

std::vector<std::int32_t> all_rows(const std::vector<std::int32_t>& links, std::int32_t persons) {
  return links.empty() ? std::vector<std::int32_t>(at(persons), no_person) : links;
}

/// Whether `ancestor` is among the ancestors of `person`, by the links as they are.
bool descends_from(const Links& links, std::int32_t person, std::int32_t ancestor) {
  std::vector<std::int32_t> open{person};
  std::vector<std::int32_t> seen;
  while (!open.empty() && seen.size() < longest_search) {
    const std::int32_t next = open.back();
    open.pop_back();
    if (next == ancestor) return true;
    if (std::find(seen.begin(), seen.end(), next) != seen.end()) continue;
    seen.push_back(next);
    for (const auto* parents : {&links.mother, &links.father}) {
      if ((*parents)[at(next)] != no_person) open.push_back((*parents)[at(next)]);
    }
  }
  return false;
}

void note_missing(const Kinship& kinship, Notes& findings) {
  for (const MissingLink& missing : kinship.missing_links) {
    findings.add(missing.link == Link::mother   ? wrong::mother_not_in_file
                 : missing.link == Link::father ? wrong::father_not_in_file
                                                : wrong::partner_not_in_file,
                 missing.row);
  }
}

void drop_self(std::vector<std::int32_t>& links, const NoteKind& kind, Notes& findings) {
  for (std::size_t row = 0; row < links.size(); ++row) {
    if (links[row] != row_of(row)) continue;
    findings.add(kind, row_of(row));
    links[row] = no_person;
  }
}

/// Parents who are not older. What is left has no cycle: age grows along every link.
void drop_young_parents(const People& people, Links& links, Notes& findings) {
  const Links given = links;
  for (std::int32_t child = 0; child < people.count(); ++child) {
    for (const bool is_mother : {true, false}) {
      std::int32_t& parent = is_mother ? links.mother[at(child)] : links.father[at(child)];
      if (parent == no_person || people.data().birth[at(parent)] < people.data().birth[at(child)]) continue;
      if (descends_from(given, parent, child)) {
        findings.add(is_mother ? wrong::cycle_of_mothers : wrong::cycle_of_fathers, child);
      } else {
        findings.add(is_mother ? wrong::mother_younger : wrong::father_younger, child);
      }
      parent = no_person;
    }
  }
}

bool is_parent_of(const Links& links, std::int32_t parent, std::int32_t child) {
  return links.mother[at(child)] == parent || links.father[at(child)] == parent;
}

void drop_partners(const People& people, Links& links, Notes& findings) {
  const std::vector<std::int32_t> given = links.partner;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::int32_t person = row_of(i);
    const std::int32_t partner = given[i];
    if (partner == no_person) continue;
    const bool mutual = given[at(partner)] == person;
    const bool relative = is_parent_of(links, partner, person) || is_parent_of(links, person, partner);
    if (!mutual) findings.add(wrong::partner_not_mutual, person);
    if (relative) findings.add(wrong::partner_is_relative, person);
    const bool too_young = people.age(person) < partner_from || people.age(partner) < partner_from;
    if (people.age(person) < partner_from) findings.add(wrong::partner_of_a_child, person);
    if (!mutual || relative || too_young) links.partner[i] = no_person;
  }
}

}  // namespace

Links checked_links(const People& people, Notes& findings) {
  const Kinship& data = people.data();
  Links links{all_rows(data.mother, people.count()), all_rows(data.father, people.count()),
              all_rows(data.partner, people.count())};
  note_missing(data, findings);
  drop_self(links.mother, wrong::own_mother, findings);
  drop_self(links.father, wrong::own_father, findings);
  drop_self(links.partner, wrong::own_partner, findings);
  for (std::int32_t person = 0; person < people.count(); ++person) {
    if (links.father[at(person)] == no_person || links.father[at(person)] != links.mother[at(person)]) continue;
    findings.add(wrong::one_parent_twice, person);
    links.father[at(person)] = no_person;
  }
  drop_young_parents(people, links, findings);
  drop_partners(people, links, findings);
  return links;
}

}  // namespace labacces::units
