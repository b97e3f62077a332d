// Who lives in a household, and in which families and tax units; blocks of households.
#include <algorithm>
#include <array>
#include <cmath>

#include "libsim/population/level.hpp"
#include "libsim/population/synthetic/draw.hpp"

namespace labacces::synthetic {
namespace {

constexpr std::uint8_t code(Role role) { return static_cast<std::uint8_t>(role); }

/// Latent earning powers of a household: each person's shares a part of it.
struct Powers {
  double common, correlation;
  double draw(Luck& luck) const { return std::sqrt(correlation) * common + std::sqrt(1.0 - correlation) * luck.normal(); }
};

int draw_reference_age(Luck& luck, const Model& model, HouseholdType type, const Territory& territory) {
  std::array<double, reference_age_bands> weights = model.reference_age[static_cast<std::size_t>(type)];
  for (std::size_t band = 0; band < reference_age_bands; ++band) {
    const int from = model.bands[band].first;
    weights[band] *= territory.age_tilt[from < 40 ? 0 : from < 65 ? 1 : 2];
  }
  const auto& [from, to] = model.bands[luck.choose(weights)];
  // Fewer have children at 25 than at 39, and at 54 than at 40.
  const bool children = type == HouseholdType::couple_with_children || type == HouseholdType::lone_parent;
  if (children && (from == 25 || from == 40)) {
    const double power = from == 25 ? model.young_parents_power : model.middle_parents_power;
    return from + static_cast<int>((to - from + 1) * std::pow(luck.uniform(), power));
  }
  // Deaths thin the oldest band out.
  return from >= 75 ? from + static_cast<int>((to - from) * std::pow(luck.uniform(), 1.5)) : luck.between(from, to);
}

Marital draw_marital(Luck& luck, const Model& model, int age, bool woman) {
  const std::span<const double> row = model.living_alone.at(age);
  const double drawn = luck.uniform();
  const double single = row[woman ? 0 : 2];
  const double divorced = row[woman ? 1 : 3];
  return drawn < single ? Marital::single : drawn < single + divorced ? Marital::divorced : Marital::widowed;
}

/// A widow's or widower's pension out of the other's.
void add_survivor(Luck& luck, const Model& model, const Territory& territory, Person& person) {
  if (person.marital != Marital::widowed || !luck.chance(person.woman ? model.survivor_share_woman : model.survivor_share_man))
    return;
  person.pension +=
      luck.lognormal(person.woman ? model.survivor_woman : model.survivor_man, model.survivor_sigma) * territory.pensions;
}

struct Maker {
  Luck& luck;
  const DrawPlan& plan;
  Household& household;
  Powers powers;

  const Territory& territory() const { return plan.model.territories[household.territory]; }
  Person person(int age, bool woman, Living living, double rank) const {
    return draw_person(luck, plan, {age, woman, living, household.type, territory(), powers.draw(luck), rank});
  }
  /// A person without a partner, in a family and a tax unit of his own.
  Person alone(int age, bool woman) const {
    Person person = this->person(age, woman, Living::alone, luck.uniform());
    person.marital = draw_marital(luck, plan.model, age, woman);
    if (woman && person.marital != Marital::widowed) person.pension *= plan.model.pension_woman_alone;
    add_survivor(luck, plan.model, territory(), person);
    return person;
  }
  void join_apart(Person person, Role role) const {
    person.family = household.families++;
    person.tax_unit = household.tax_units++;
    person.dwelling_role = code(role);
    household.persons.push_back(person);
  }
};

void add_partner(const Maker& make, int age, double first_rank) {
  const Model& model = make.plan.model;
  Luck& luck = make.luck;
  Person& first = make.household.persons[0];
  const bool woman = !first.woman;
  const int other_age = std::clamp(age + luck.between(-4, 4) + (woman ? -2 : 2), 18, 98);
  const double rank = luck.chance(model.same_diploma) ? first_rank : luck.uniform();
  Person partner = make.person(other_age, woman, Living::in_couple, rank);
  const std::span<const double> unions = model.unions.at(age);
  const double drawn = luck.uniform();
  first.marital = partner.marital = drawn < unions[0]               ? Marital::married
                                    : drawn < unions[0] + unions[1] ? Marital::pacs
                                                                    : Marital::single;
  partner.family_role = partner.dwelling_role = code(Role::conjoint);
  if (first.marital == Marital::single) {
    partner.tax_unit = make.household.tax_units++;  // concubins are two tax units; children go with the first
  } else {
    partner.tax_role = code(Role::conjoint);
  }
  make.household.persons.push_back(partner);
}

/// Age of the eldest child still at home where elder ones have left.
int draw_eldest_left(Luck& luck, const Model& model, int parent_age) {
  constexpr int latest_birth = 45;  // of a parent, and the span below
  const int from = std::max(model.youngest_left, parent_age - latest_birth);
  const int to = std::max(from, parent_age - 2 * model.parent_age_gap_from);
  std::vector<double> weights;
  for (int age = from; age <= to; ++age) weights.push_back(model.still_at_home.at(age)[0]);
  return from + static_cast<int>(luck.choose(weights));
}

/// Ages of the children at home, the eldest first.
std::vector<int> draw_child_ages(Luck& luck, const Model& model, int parent_age, std::size_t count) {
  int age = parent_age - luck.between(model.parent_age_gap_from, model.parent_age_gap_to) -
            luck.between(model.parent_age_gap_from, model.parent_age_gap_to);
  if (age < 0) age = luck.between(0, std::max(0, parent_age - 2 * model.parent_age_gap_from));  // born to a younger parent
  if (!luck.chance(model.still_at_home.at(age)[0])) age = draw_eldest_left(luck, model, parent_age);
  std::vector<int> ages;
  for (std::size_t i = 0; i < count; ++i) {
    ages.push_back(age);
    age = age >= 2 ? std::max(0, age - luck.between(2, 4)) : age + luck.between(2, 3);
    while (!luck.chance(model.still_at_home.at(age)[0])) age -= luck.between(1, 3);  // this one has left: the next is at home
  }
  return ages;
}

/// Mean pay of the six months up to the month asked.
double pay_of_six_months(const Person& person, std::size_t now) {
  constexpr std::size_t months = 6;
  const double full = person.self_employed == SelfEmployed::no ? person.wage : person.profit;
  double sum = 0.0;
  for (std::size_t month = now - months + 1; month <= now; ++month)
    sum += person.work[month] == WorkState::working ? full * person.paid[month] / 100.0 : 0.0;
  return sum / months;
}

/// Whether a child at home is paid too much to count in the parents' family.
bool earns_apart(const Person& child, int age, const DrawPlan& plan) {
  if (age < 18) return false;
  const double limit = age < 21 ? plan.model.own_family_pay_under_21 : plan.model.own_family_pay_from_21;
  return pay_of_six_months(child, plan.period_index) >= limit;
}

void add_children(const Maker& make, int parent_age) {
  const Model& model = make.plan.model;
  Luck& luck = make.luck;
  Household& household = make.household;
  const bool lone = household.type == HouseholdType::lone_parent;
  const bool alimony = lone && household.persons[0].marital != Marital::widowed && luck.chance(model.alimony_received);
  const std::size_t count = 1 + luck.choose(lone ? model.children_of_lone_parent : model.children_of_couple);
  for (const int age : draw_child_ages(luck, model, parent_age, count)) {
    if (household.persons.size() == most_persons) break;
    Person child = make.person(age, luck.chance(0.488), Living::with_parents, luck.uniform());
    if (age >= 25) {  // no longer a dependant of anybody
      make.join_apart(child, Role::enfant);
      continue;
    }
    child.family_role = child.dwelling_role = child.tax_role = code(Role::enfant);
    if (earns_apart(child, age, make.plan)) {
      child.family = household.families++;
      child.family_role = code(Role::principal);
    }
    if (age >= 21 && child.activity != Activity::student) {  // CGI 6: 21 years, 25 for students
      child.tax_unit = household.tax_units++;
      child.tax_role = code(Role::principal);
    }
    if (alimony && age < 20) household.persons[0].alimony_received += model.alimony_per_child * (0.5 + luck.uniform());
    household.persons.push_back(child);
  }
}

/// Households of several persons without a family: young ones share a flat, older ones are mostly kin.
void add_others(const Maker& make, int age) {
  Luck& luck = make.luck;
  make.household.flat_share = age < 40;
  const std::size_t others = 1 + (luck.chance(0.2) ? 1U : 0U) + (luck.chance(0.05) ? 1U : 0U);
  for (std::size_t i = 0; i < others; ++i)
    make.join_apart(make.alone(std::clamp(age + luck.between(-4, 4), 18, 97), luck.chance(0.47)), Role::autre);
}

void add_alimony_paid(Luck& luck, const Model& model, Month last, Household& household) {
  for (Person& person : household.persons) {
    const int age = age_of(person, last);
    const bool may = !person.woman && age >= 28 && age <= 55 &&
                     (household.type == HouseholdType::single_man || household.type == HouseholdType::couple);
    if (may && person.activity == Activity::employed && luck.chance(model.alimony_paid))
      person.alimony_paid = model.alimony_per_child * (0.5 + 1.5 * luck.uniform());
  }
}

/// May be the parents of a student who lives apart.
bool may_be_parents(const Household& household, int student_age, Month last) {
  if (household.type != HouseholdType::couple && household.type != HouseholdType::couple_with_children &&
      household.type != HouseholdType::lone_parent)
    return false;
  const int age = age_of(household.persons[0], last) - student_age;
  return age >= 22 && age <= 42 && household.persons.size() < most_persons;
}

bool may_leave_for_study(const Household& household, Month last) {
  const Person& person = household.persons[0];
  return household.persons.size() == 1 && person.activity == Activity::student && age_of(person, last) < 25;
}

Household draw_household(const DrawPlan& plan, Luck& luck) {
  Household household;
  household.territory = plan.territories[luck.choose(plan.households)];
  household.type = static_cast<HouseholdType>(luck.choose(plan.model.territories[household.territory].households));
  draw_composition(luck, plan, household);
  draw_dwelling(luck, plan, household);
  draw_wealth(luck, plan, household);
  return household;
}

}  // namespace

void draw_composition(Luck& luck, const DrawPlan& plan, Household& household) {
  const Model& model = plan.model;
  const Maker make{luck, plan, household, {luck.normal(), model.household_correlation}};
  const int age = draw_reference_age(luck, model, household.type, make.territory());
  const bool woman = household.type == HouseholdType::single_woman ||
                     (household.type != HouseholdType::single_man &&
                      luck.chance(household.type == HouseholdType::lone_parent ? model.lone_parent_woman_at(age)
                                                                               : model.reference_person_woman));
  const bool couple = household.type == HouseholdType::couple || household.type == HouseholdType::couple_with_children;
  if (couple) {
    const double rank = luck.uniform();
    household.persons.push_back(make.person(age, woman, Living::in_couple, rank));
    add_partner(make, age, rank);
  } else {
    household.persons.push_back(make.alone(age, woman));
  }
  if (household.type == HouseholdType::couple_with_children || household.type == HouseholdType::lone_parent)
    add_children(make, age);
  household.recent_separation = household.type == HouseholdType::lone_parent &&
                                household.persons[0].marital != Marital::widowed && luck.chance(model.recent_separation);
  if (household.type == HouseholdType::other_without_family) add_others(make, age);
  const bool with_family = household.type == HouseholdType::couple_with_children || household.type == HouseholdType::lone_parent;
  if (with_family && age >= 30 && age <= 65 && household.persons.size() < most_persons && luck.chance(model.grandparent_at_home))
    make.join_apart(make.alone(std::min(97, age + luck.between(22, 36)), luck.chance(0.75)), Role::autre);
  add_alimony_paid(luck, model, plan.last, household);
}

std::vector<Household> draw_block(const DrawPlan& plan, std::uint64_t seed, std::uint64_t block) {
  std::vector<Household> drawn;
  std::vector<bool> attached;
  for (std::uint64_t i = 0; i < block_households; ++i) {
    Luck luck(seed, block * block_households + i + 1);
    drawn.push_back(draw_household(plan, luck));
    attached.push_back(may_leave_for_study(drawn.back(), plan.last) && luck.chance(plan.model.student_attached));
  }
  std::vector<int> parents(drawn.size(), -1);  // of a student: the parents' household
  std::vector<int> student(drawn.size(), -1);
  for (std::size_t s = 0; s < drawn.size(); ++s) {
    if (!attached[s]) continue;
    for (std::size_t p = 0; p < drawn.size() && parents[s] < 0; ++p) {
      if (student[p] >= 0 || !may_be_parents(drawn[p], age_of(drawn[s].persons[0], plan.last), plan.last)) continue;
      parents[s] = static_cast<int>(p);
      student[p] = static_cast<int>(s);
    }
  }
  std::vector<Household> ordered;
  for (std::size_t h = 0; h < drawn.size(); ++h) {
    if (parents[h] >= 0) continue;
    ordered.push_back(std::move(drawn[h]));
    if (student[h] < 0) continue;
    Household& child = ordered.emplace_back(std::move(drawn[static_cast<std::size_t>(student[h])]));
    child.of_parents_tax_unit = true;
    child.tax_units = 0;
    child.persons[0].tax_role = code(Role::enfant);
  }
  return ordered;
}

}  // namespace labacces::synthetic
