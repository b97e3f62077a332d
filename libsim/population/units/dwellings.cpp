// The dwelling: its reference person, conjoint, children, others.
#include <algorithm>
#include <tuple>

#include "libsim/base/error.hpp"
#include "libsim/population/units/notes.hpp"
#include "libsim/population/units/people.hpp"

namespace labacces::units {
namespace {

bool has_partner_here(const People& people, const Links& links, std::int32_t person) {
  const std::int32_t partner = links.partner[at(person)];
  return partner != no_person && people.live_together(person, partner);
}

/// INSEE's reference person is found alike: first in a couple, then a parent, then by age; activity, which it looks at too, is not.
std::int32_t chosen_reference(const People& people, const Links& links, std::span<const std::int32_t> members) {
  const auto is_parent_here = [&](std::int32_t person) {
    return std::any_of(members.begin(), members.end(), [&](std::int32_t child) {
      return links.mother[at(child)] == person || links.father[at(child)] == person;
    });
  };
  std::int32_t best = members.front();
  auto best_claim = std::tuple{false, false, false};
  for (const std::int32_t person : members) {  // the oldest first: a later one needs a better claim
    const auto claim = std::tuple{people.is_adult(person), has_partner_here(people, links, person), is_parent_here(person)};
    if (claim <= best_claim) continue;
    best = person;
    best_claim = claim;
  }
  return best;
}

}  // namespace

Heads heads_of_dwellings(const People& people, const Links& links, Notes& assumptions, Notes& findings) {
  Heads heads;
  for (std::int32_t dwelling = 0; dwelling < people.dwellings(); ++dwelling) {
    const std::span<const std::int32_t> members = people.members(dwelling);
    SIM_CHECK(!members.empty(), "each dwelling of a kinship has a person");
    std::int32_t reference = no_person;
    std::int32_t conjoint = no_person;
    for (const std::int32_t person : members) {
      if (people.place(person) == Place::reference) {
        if (reference != no_person) findings.add(wrong::two_references, person);
        if (reference == no_person) reference = person;
      }
      if (people.place(person) != Place::conjoint) continue;
      if (conjoint != no_person) findings.add(wrong::two_conjoints, person);
      if (conjoint == no_person) conjoint = person;
    }
    if (reference == no_person) {
      reference = chosen_reference(people, links, members);
      if (members.size() > 1) assumptions.add(assumed::reference_chosen, reference);
    }
    heads.reference.push_back(reference);
    if (conjoint == no_person && has_partner_here(people, links, reference)) conjoint = links.partner[at(reference)];
    heads.conjoint.push_back(conjoint);
  }
  return heads;
}

UnitsOfLevel build_dwellings(const People& people, const Links& links, const Heads& heads, const UnitsOfLevel& families) {
  UnitsOfLevel units;
  units.ids = people.data().dwelling_ids;
  units.unit_of = people.data().dwelling;
  units.role_of.reserve(at(people.count()));
  for (std::int32_t person = 0; person < people.count(); ++person) {
    const std::int32_t reference = heads.reference[at(people.dwelling(person))];
    const std::int32_t conjoint = heads.conjoint[at(people.dwelling(person))];
    const auto is_child_of = [&](std::int32_t parent) {
      return parent != no_person && (links.mother[at(person)] == parent || links.father[at(person)] == parent);
    };
    const bool in_family = families.unit_of[at(person)] == families.unit_of[at(reference)] &&
                           families.role_of[at(person)] == static_cast<std::uint8_t>(Role::enfant);
    Role role = Role::autre;
    if (person == reference) {
      role = Role::principal;
    } else if (person == conjoint) {
      role = Role::conjoint;
    } else if (people.place(person) == Place::child ||
               (people.place(person) == Place::unknown && (is_child_of(reference) || is_child_of(conjoint) || in_family))) {
      role = Role::enfant;
    }
    units.role_of.push_back(static_cast<std::uint8_t>(role));
  }
  return units;
}

}  // namespace labacces::units
