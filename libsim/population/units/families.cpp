// Families (foyers of the CAF and of the RSA): a couple or one adult, with the children at charge by the widest of the law's limits.
#include "libsim/base/error.hpp"
#include "libsim/population/units/notes.hpp"
#include "libsim/population/units/people.hpp"

namespace labacces::units {
namespace {

class FamilyBuilder {
 public:
  FamilyBuilder(const People& people, const Links& links, const Heads& heads, Notes& notes)
      : people_(people),
        links_(links),
        heads_(heads),
        notes_(notes),
        parent_of_(at(people.count()), no_person),
        is_parent_(at(people.count()), false) {}

  UnitsOfLevel build() {
    // The youngest first: parents are older than their children, so that all who depend on a person are known when her turn comes.
    for (const std::int32_t person : people_.youngest_first()) place(person);
    for (const std::int32_t minor : taken_in_) parent_of_[at(minor)] = host_of(minor);
    std::vector<std::int32_t> head_of(at(people_.count()));
    std::vector<std::int32_t> conjoint_of(at(people_.count()), no_person);
    for (std::int32_t person = 0; person < people_.count(); ++person) {
      const bool is_child = parent_of_[at(person)] != no_person;
      head_of[at(person)] = head(is_child ? parent_of_[at(person)] : person);
      if (!is_child && head_of[at(person)] != person) conjoint_of[at(head_of[at(person)])] = person;
    }
    return units_from_heads(people_, head_of, conjoint_of);
  }

 private:
  bool lives_with_partner(std::int32_t person) const {
    const std::int32_t partner = links_.partner[at(person)];
    return partner != no_person && people_.live_together(person, partner);
  }
  bool lives_here(std::int32_t parent, std::int32_t child) const {
    return parent != no_person && people_.live_together(parent, child);
  }

  /// The demandeur of a person who is no child: in a couple the reference person, else the older one.
  std::int32_t head(std::int32_t person) const {
    if (!lives_with_partner(person)) return person;
    const std::int32_t partner = links_.partner[at(person)];
    const std::int32_t reference = heads_.reference[at(people_.dwelling(person))];
    if (person == reference || partner == reference) return reference;
    return people_.is_older(person, partner) ? person : partner;
  }

  /// Of two parents who are no couple the mother, as in CSS R513-1 where they have not agreed; the father where he has the custody.
  std::int32_t chosen(std::int32_t mother, std::int32_t father, std::int32_t child) const {
    if (mother == no_person || father == no_person) return mother == no_person ? father : mother;
    return people_.custody(child) == Custody::father ? father : mother;
  }
  void put_under(std::int32_t child, std::int32_t parent) {
    parent_of_[at(child)] = parent;
    is_parent_[at(parent)] = true;
  }

  void place(std::int32_t person) {
    if (links_.partner[at(person)] != no_person && !lives_with_partner(person)) notes_.add(assumed::partners_apart, person);
    // Who has a partner or a child of her own here is a family, at any age and under anybody's roof (CASF L262-4, R262-3; CSS L512-3).
    if (lives_with_partner(person) || is_parent_[at(person)]) return;
    const std::int32_t mother = links_.mother[at(person)];
    const std::int32_t father = links_.father[at(person)];
    const std::int32_t parent_here =
        chosen(lives_here(mother, person) ? mother : no_person, lives_here(father, person) ? father : no_person, person);
    if (!people_.is_adult(person)) return place_minor(person, parent_here, chosen(mother, father, person));
    if (parent_here == no_person || people_.age(person) >= rsa_child_under || people_.earns_a_living(person)) return;
    // From 21 on no benefit but the RSA and those that follow it counts her, and these only while her pay is low.
    if (people_.age(person) >= rsa_child_alone_from && people_.earns_her_rsa(person)) return;
    if (people_.disabled(person) && people_.age(person) >= disabled_adult_from) return;
    put_under(person, parent_here);
    notes_.add(assumed::adult_child_at_charge, person);
  }

  void place_minor(std::int32_t minor, std::int32_t parent_here, std::int32_t parent_anywhere) {
    const bool adult_here = people_.is_adult(people_.members(people_.dwelling(minor)).front());
    if (parent_here != no_person) {
      put_under(minor, parent_here);
    } else if (parent_anywhere != no_person && (people_.away(minor) || !adult_here)) {
      put_under(minor, parent_anywhere);
      notes_.add(assumed::away_at_charge, minor);
    } else if (adult_here) {
      taken_in_.push_back(minor);
      notes_.add(assumed::taken_in, minor);
    } else {
      notes_.add(assumed::minor_alone, minor);
    }
  }

  /// The reference person, or else the oldest adult who is at nobody's charge: there is one wherever there is an adult, as an adult is
  /// only at the charge of an adult under the same roof.
  std::int32_t host_of(std::int32_t minor) const {
    const std::int32_t reference = heads_.reference[at(people_.dwelling(minor))];
    const auto may_host = [&](std::int32_t p) { return people_.is_adult(p) && parent_of_[at(p)] == no_person; };
    if (may_host(reference)) return reference;
    for (const std::int32_t person : people_.members(people_.dwelling(minor))) {
      if (may_host(person)) return person;
    }
    SIM_CHECK(false, "a dwelling with an adult has one who is at nobody's charge");
  }

  const People& people_;
  const Links& links_;
  const Heads& heads_;
  Notes& notes_;
  std::vector<std::int32_t> parent_of_;  ///< at whose charge
  std::vector<bool> is_parent_;          ///< has somebody at charge
  std::vector<std::int32_t> taken_in_;
};

}  // namespace

UnitsOfLevel build_families(const People& people, const Links& links, const Heads& heads, Notes& assumptions) {
  return FamilyBuilder(people, links, heads, assumptions).build();
}

}  // namespace labacces::units
