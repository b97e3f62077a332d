// Tax units (foyers fiscaux, CGI 6): spouses and PACS partners together, unmarried partners apart, children and attached adults with a parent.
#include "libsim/population/units/notes.hpp"
#include "libsim/population/units/people.hpp"

namespace labacces::units {
namespace {

class TaxUnitBuilder {
 public:
  TaxUnitBuilder(const People& people, const Links& links, const Heads& heads, const UnitsOfLevel& families, Notes& notes)
      : people_(people),
        links_(links),
        heads_(heads),
        notes_(notes),
        parent_of_(at(people.count()), no_person),
        has_dependant_(at(people.count()), false),
        taxed_together_(at(people.count()), false),
        host_of_(hosts(families)) {}

  UnitsOfLevel build() {
    for (std::int32_t person = 0; person < people_.count(); ++person) taxed_together_[at(person)] = is_joint(person);
    for (const std::int32_t person : people_.youngest_first()) place(person);
    std::vector<std::int32_t> head_of(at(people_.count()));
    std::vector<std::int32_t> conjoint_of(at(people_.count()), no_person);
    for (std::int32_t person = 0; person < people_.count(); ++person) {
      const bool is_dependant = parent_of_[at(person)] != no_person;
      head_of[at(person)] = head(is_dependant ? parent_of_[at(person)] : person);
      if (!is_dependant && head_of[at(person)] != person) conjoint_of[at(head_of[at(person)])] = person;
    }
    return units_from_heads(people_, head_of, conjoint_of);
  }

 private:
  /// Of a child in a family that is no parent's: the older adult there (the younger may be a minor, who is attached elsewhere).
  std::vector<std::int32_t> hosts(const UnitsOfLevel& families) const {
    std::vector<std::int32_t> principal(families.ids.size(), no_person);
    std::vector<std::int32_t> conjoint(families.ids.size(), no_person);
    for (std::int32_t person = 0; person < people_.count(); ++person) {
      const std::size_t family = at(families.unit_of[at(person)]);
      if (families.role_of[at(person)] == static_cast<std::uint8_t>(Role::principal)) principal[family] = person;
      if (families.role_of[at(person)] == static_cast<std::uint8_t>(Role::conjoint)) conjoint[family] = person;
    }
    std::vector<std::int32_t> result(at(people_.count()), no_person);
    for (std::int32_t person = 0; person < people_.count(); ++person) {
      const std::size_t family = at(families.unit_of[at(person)]);
      const bool is_parents = is_parent(principal[family], person) || is_parent(conjoint[family], person);
      if (families.role_of[at(person)] != static_cast<std::uint8_t>(Role::enfant) || is_parents) continue;
      const bool conjoint_is_older = conjoint[family] != no_person && people_.is_older(conjoint[family], principal[family]);
      result[at(person)] = conjoint_is_older ? conjoint[family] : principal[family];
    }
    return result;
  }
  bool is_parent(std::int32_t parent, std::int32_t child) const {
    return parent != no_person && (links_.mother[at(child)] == parent || links_.father[at(child)] == parent);
  }

  /// CGI 6 1: married or in a PACS. Notes what the data leave open.
  bool is_joint(std::int32_t person) {
    const std::int32_t partner = links_.partner[at(person)];
    if (partner == no_person) return false;
    const MaritalStatus own = people_.marital(person);
    const MaritalStatus others = people_.marital(partner);
    const bool legal = people_.in_legal_union(person);
    if (legal && people_.in_legal_union(partner)) return true;
    if (own == MaritalStatus::unknown && others == MaritalStatus::unknown) {
      notes_.add(assumed::couple_of_unknown_status, person);
      return true;
    }
    if (own == MaritalStatus::unknown || others == MaritalStatus::unknown) {
      notes_.add(assumed::status_of_one_partner, person);
      return legal || people_.in_legal_union(partner);
    }
    if (own != others) notes_.add(assumed::status_differs, person);
    return false;
  }

  /// The first declarant of a person who is no dependant.
  std::int32_t head(std::int32_t person) const {
    if (!taxed_together_[at(person)]) return person;
    const std::int32_t partner = links_.partner[at(person)];
    const bool is_reference = heads_.reference[at(people_.dwelling(person))] == person;
    const bool partner_is_reference = heads_.reference[at(people_.dwelling(partner))] == partner;
    if (is_reference != partner_is_reference) return is_reference ? person : partner;
    return people_.is_older(person, partner) ? person : partner;
  }

  void attach(std::int32_t person, std::int32_t parent) {
    parent_of_[at(person)] = parent;
    has_dependant_[at(parent)] = true;
  }

  void place(std::int32_t person) {
    // Spouses declare together, and who has children declares them, at any age (CGI 6 1 and 2).
    if (taxed_together_[at(person)] || has_dependant_[at(person)]) return;
    const std::int32_t host = host_of_[at(person)];
    const bool has_parent = links_.mother[at(person)] != no_person || links_.father[at(person)] != no_person;
    if (people_.age_in_january(person) < age_of_majority) {  // CGI 196 bis: on 1 January
      if (host != no_person) {
        attach(person, host);  // CGI 196 2°
      } else if (has_parent) {
        attach(person, declaring_parent(person));
      }
      return;
    }
    if (has_parent && links_.partner[at(person)] == no_person) place_adult(person);
  }

  /// CGI 6 3: under 21, or 25 when studying, on 1 January; disabled at any age.
  void place_adult(std::int32_t person) {
    const int age = people_.age_in_january(person);
    const bool studies = people_.student(person) == Answer::yes;
    const bool with_parent = lives_with(links_.mother[at(person)], person) || lives_with(links_.father[at(person)], person);
    const bool linked = with_parent || studies || people_.away(person);
    const bool young = age < attached_under || (age < attached_student_under && studies);
    if (young && linked) {
      if (people_.earns_a_living(person)) return notes_.add(assumed::paid_adult_alone, person);
      attach(person, declaring_parent(person));
      notes_.add(with_parent ? assumed::attached_adult : assumed::student_in_own_dwelling, person);
    } else if (people_.disabled(person) && with_parent) {
      attach(person, declaring_parent(person));
      notes_.add(assumed::attached_disabled, person);
    } else if (with_parent && age < attached_student_under && people_.student(person) == Answer::unknown) {
      notes_.add(assumed::studies_unknown, person);
    }
  }
  bool lives_with(std::int32_t parent, std::int32_t child) const {
    return parent != no_person && people_.live_together(parent, child);
  }

  /// The parent who declares the child (CGI 193 ter, 194): of two who declare apart the one who lives with it, who has the custody, who earns
  /// more, who comes first.
  std::int32_t declaring_parent(std::int32_t child) {
    const std::int32_t mother = links_.mother[at(child)];
    const std::int32_t father = links_.father[at(child)];
    if (mother == no_person || father == no_person) return mother == no_person ? father : mother;
    if (taxed_together_[at(mother)] && links_.partner[at(mother)] == father) return mother;
    if (people_.live_together(mother, child) != people_.live_together(father, child))
      return people_.live_together(mother, child) ? mother : father;
    if (people_.custody(child) == Custody::mother) return mother;
    if (people_.custody(child) == Custody::father) return father;
    const std::optional<double> hers = people_.income(mother);
    const std::optional<double> his = people_.income(father);
    if (hers && his && *hers != *his) {
      notes_.add(assumed::child_by_income, child);
      return *hers > *his ? mother : father;
    }
    notes_.add(assumed::child_by_order, child);
    const bool she_is_first = heads_.reference[at(people_.dwelling(mother))] == mother;
    const bool he_is_first = heads_.reference[at(people_.dwelling(father))] == father;
    if (she_is_first != he_is_first) return she_is_first ? mother : father;
    return people_.is_older(mother, father) ? mother : father;
  }

  const People& people_;
  const Links& links_;
  const Heads& heads_;
  Notes& notes_;
  std::vector<std::int32_t> parent_of_;  ///< whose dependant
  std::vector<bool> has_dependant_;
  std::vector<bool> taxed_together_;
  std::vector<std::int32_t> host_of_;
};

}  // namespace

UnitsOfLevel build_tax_units(const People& people, const Links& links, const Heads& heads, const UnitsOfLevel& families,
                             Notes& assumptions) {
  return TaxUnitBuilder(people, links, heads, families, assumptions).build();
}

}  // namespace labacces::units
