// Couples and parents where the data have no such links: from places in the dwelling, marital status and ages. All of it is noted.
#include <algorithm>
#include <cmath>
#include <optional>

#include "libsim/population/units/notes.hpp"
#include "libsim/population/units/people.hpp"

namespace labacces::units {
namespace {

using Members = std::span<const std::int32_t>;

/// Years by which `parent` is older than `child`.
double gap(const People& people, std::int32_t parent, std::int32_t child) {
  return (people.data().birth[at(child)].days - people.data().birth[at(parent)].days) / 365.25;
}

class DwellingInference {
 public:
  DwellingInference(const People& people, Links& links, Notes& notes, Members members)
      : people_(people), links_(links), notes_(notes), members_(members) {
    places_given_ = std::any_of(members.begin(), members.end(), [&](std::int32_t p) {
      return people.place(p) != Place::unknown && people.place(p) != Place::reference;
    });
  }

  void find_couples() {
    couple_of_places();
    couples_of_children();
    for (const bool any_sex : {false, true}) couples_of_marital_status(any_sex);
    couples_of_ages();
  }

  void find_parents() {
    for (const std::int32_t child : members_) {
      if (people_.place(child) == Place::child) {
        parents_of_place(child);
      } else if (!places_given_ || (people_.place(child) == Place::other && !people_.is_adult(child))) {
        parents_of_age(child);
      }
    }
  }

 private:
  bool is_single(std::int32_t p) const { return links_.partner[at(p)] == no_person; }
  bool same_sex(std::int32_t a, std::int32_t b) const {
    return people_.sex(a) != Sex::unknown && people_.sex(a) == people_.sex(b);
  }
  bool are_kin(std::int32_t a, std::int32_t b) const {
    for (const auto* first : {&links_.mother, &links_.father}) {
      if ((*first)[at(a)] == b || (*first)[at(b)] == a) return true;
      if ((*first)[at(a)] != no_person && (*first)[at(a)] == (*first)[at(b)]) return true;
    }
    return false;
  }
  std::int32_t in_place(Place place) const {
    const auto found = std::find_if(members_.begin(), members_.end(), [&](std::int32_t p) { return people_.place(p) == place; });
    return found == members_.end() ? no_person : *found;
  }
  void join(std::int32_t a, std::int32_t b) {
    links_.partner[at(a)] = b;
    links_.partner[at(b)] = a;
  }
  void join(std::int32_t a, std::int32_t b, const NoteKind& kind) {
    join(a, b);
    notes_.add(kind, a);
    notes_.add(kind, b);
  }

  void couple_of_places() {  // given, not assumed
    const std::int32_t reference = in_place(Place::reference);
    const std::int32_t conjoint = in_place(Place::conjoint);
    if (reference != no_person && conjoint != no_person && !are_kin(reference, conjoint)) join(reference, conjoint);
  }

  void couples_of_children() {
    for (const std::int32_t child : members_) {
      const std::int32_t mother = links_.mother[at(child)];
      const std::int32_t father = links_.father[at(child)];
      if (mother == no_person || father == no_person || !people_.live_together(mother, child) ||
          !people_.live_together(father, child) || !is_single(mother) || !is_single(father) || are_kin(mother, father))
        continue;
      join(mother, father, assumed::couple_from_children);
    }
  }

  void couples_of_marital_status(bool any_sex) {
    for (const std::int32_t a : members_) {
      if (!people_.in_legal_union(a) || !is_single(a)) continue;
      std::int32_t nearest = no_person;
      for (const std::int32_t b : members_) {
        if (b == a || !is_single(b) || people_.marital(b) != people_.marital(a) || are_kin(a, b)) continue;
        if (!any_sex && same_sex(a, b)) continue;
        const double years = std::abs(gap(people_, a, b));
        if (years > spouses_differ_by_at_most) continue;
        if (nearest == no_person || years < std::abs(gap(people_, a, nearest))) nearest = b;
      }
      if (nearest != no_person) join(a, nearest, assumed::couple_from_marital_status);
    }
  }

  /// Adults within fifteen years of the oldest of them are one generation; a couple is what a generation of exactly two may be.
  void couples_of_ages() {
    std::size_t first = 0;
    while (first < members_.size() && people_.is_adult(members_[first])) {
      std::size_t end = first + 1;
      while (end < members_.size() && people_.is_adult(members_[end]) &&
             gap(people_, members_[first], members_[end]) <= partners_differ_by_at_most)
        ++end;
      if (end - first == 2 && may_be_couple(members_[first], members_[first + 1], first > 0))
        join(members_[first], members_[first + 1], assumed::couple_from_ages);
      first = end;
    }
  }

  bool may_be_couple(std::int32_t a, std::int32_t b, bool elders) const {
    if (!is_single(a) || !is_single(b) || same_sex(a, b) || are_kin(a, b)) return false;
    if (people_.student(a) == Answer::yes && people_.student(b) == Answer::yes) return false;
    if (people_.marital(a) != people_.marital(b) && (people_.in_legal_union(a) || people_.in_legal_union(b))) return false;
    if (places_given_ && (people_.place(a) != Place::other || people_.place(b) != Place::other)) return false;
    // Two young adults under one roof with elders are brother and sister, unless a child there may be theirs.
    return !elders || std::any_of(members_.begin(), members_.end(), [&](std::int32_t child) {
      return !people_.is_adult(child) && gap(people_, b, child) >= parent_older_by;
    });
  }

  void set_parent(std::int32_t child, std::int32_t parent) {
    const bool as_father =
        people_.sex(parent) == Sex::man ? links_.father[at(child)] == no_person : links_.mother[at(child)] != no_person;
    (as_father ? links_.father : links_.mother)[at(child)] = parent;
  }
  bool is_older(std::int32_t parent, std::int32_t child) const {
    return people_.data().birth[at(parent)] < people_.data().birth[at(child)];
  }

  void parents_of_place(std::int32_t child) {
    bool found = false;
    for (const Place place : {Place::reference, Place::conjoint}) {
      const std::int32_t parent = in_place(place);
      if (parent == no_person || parent == child || !is_older(parent, child)) continue;
      set_parent(child, parent);
      found = true;
    }
    if (found) notes_.add(assumed::parents_from_places, child);
  }

  bool may_be_parent(std::int32_t parent, std::int32_t child) const {
    const double years = gap(people_, parent, child);
    const double most = people_.sex(parent) == Sex::man ? father_older_by_at_most : mother_older_by_at_most;
    return years >= parent_older_by && years <= most && links_.partner[at(parent)] != child;
  }

  void parents_of_age(std::int32_t child) {
    if (!is_single(child)) return;
    std::int32_t nearest = no_person;
    double nearest_distance = 0.0;
    for (const std::int32_t parent : members_) {
      if (!may_be_parent(parent, child)) continue;
      const double distance = std::abs(gap(people_, parent, child) - usual_parent_gap);
      if (nearest != no_person && distance >= nearest_distance) continue;
      nearest = parent;
      nearest_distance = distance;
    }
    if (nearest == no_person) return;
    const std::int32_t other = links_.partner[at(nearest)];
    set_parent(child, nearest);
    if (other != no_person && people_.live_together(other, nearest) && may_be_parent(other, child)) set_parent(child, other);
    notes_.add(assumed::parents_from_ages, child);
  }

  const People& people_;
  Links& links_;
  Notes& notes_;
  Members members_;
  bool places_given_ = false;
};

}  // namespace

void infer_links(const People& people, Links& links, Notes& assumptions) {
  const bool no_partners = people.data().partner.empty();
  const bool no_parents = people.data().mother.empty() && people.data().father.empty();
  if (!no_partners && !no_parents) return;
  for (std::int32_t dwelling = 0; dwelling < people.dwellings(); ++dwelling) {
    DwellingInference inference(people, links, assumptions, people.members(dwelling));
    if (no_partners) inference.find_couples();
    if (no_parents) inference.find_parents();
  }
}

}  // namespace labacces::units
