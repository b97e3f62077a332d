#include "libsim/population/synthetic_household.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

#include "libsim/population/level.hpp"

namespace labacces::synthetic {
namespace {

/// The draws of one household: each use takes the next counter, so a household is a function of (seed, number).
class Luck {
 public:
  Luck(std::uint64_t seed, std::uint64_t number) : stream_(seed, "synthetic/bretagne"), number_(number) {}
  double uniform() {
    if (!spare_ready_) {
      pair_ = stream_.uniform_pair(number_, next_++);
      spare_ready_ = true;
      return pair_[0];
    }
    spare_ready_ = false;
    return pair_[1];
  }
  bool chance(double probability) { return uniform() < probability; }
  double normal() { return std::sqrt(-2.0 * std::log(1.0 - uniform())) * std::cos(2.0 * std::numbers::pi * uniform()); }
  double lognormal(double median, double sigma) { return median * std::exp(sigma * normal()); }
  std::size_t choose(std::span<const double> weights) {
    double total = 0.0;
    for (const double weight : weights) total += weight;
    double left = uniform() * total;
    for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
      left -= weights[i];
      if (left < 0.0) return i;
    }
    return weights.size() - 1;
  }
  int between(int from, int to) { return from + static_cast<int>(uniform() * (to - from + 1)); }

 private:
  Stream stream_;
  std::uint64_t number_;
  std::uint64_t next_ = 0;
  std::array<double, 2> pair_{};
  bool spare_ready_ = false;
};

constexpr std::uint8_t code(Role role) { return static_cast<std::uint8_t>(role); }

/// A birth date that makes the person `age` years old in the month `last`.
Day birth_of(Luck& luck, int age, Month last) {
  const Month month = last - (12 * age + luck.between(0, 11)) - 1;
  return Day::of(month.year(), month.month(), luck.between(1, 28));
}

const ActivityRow& activity_row(int age) {
  return *std::find_if(activity.begin(), activity.end(), [age](const ActivityRow& row) { return age <= row.to_age; });
}

Activity draw_activity(Luck& luck, int age, bool alone) {
  if (age < 16) return Activity::other;
  if (age >= 18 && age <= 24 && alone && luck.chance(student_alone_share)) return Activity::student;
  const ActivityRow& row = activity_row(age);
  const std::array<double, 5> weights{row.employed, row.unemployed, row.retired, row.student, row.other};
  auto drawn = static_cast<Activity>(luck.choose(weights));
  if (age >= 67 && drawn != Activity::employed) drawn = Activity::retired;
  return drawn;
}

/// Work month by month: a first state, then moves; an allowance for some of the unemployed, for a time.
void draw_history(Luck& luck, Person& person) {
  if (person.activity != Activity::employed && person.activity != Activity::unemployed) return;
  const bool short_jobs = luck.chance(short_jobs_share) || person.activity == Activity::unemployed;
  const bool with_allowance = luck.chance(allowance_share);
  // Walked backwards from the last month, where the state is known: the chain is close to reversible.
  bool at_work = person.activity == Activity::employed;
  std::array<bool, history_months> working{};
  for (std::size_t i = history_months; i-- > 0;) {
    working[i] = at_work;
    at_work = at_work ? !luck.chance(short_jobs ? short_loss : stable_loss) : luck.chance(finding);
  }
  int unemployed_for = with_allowance ? luck.between(0, allowance_months) : allowance_months;
  for (std::size_t i = 0; i < history_months; ++i) {
    unemployed_for = working[i] ? 0 : unemployed_for + 1;
    const bool paid = !working[i] && with_allowance && unemployed_for <= allowance_months;
    person.work[i] = working[i] ? 1 : paid ? 2 : 0;
  }
}

Person draw_person(Luck& luck, int age, bool woman, bool alone, Month last) {
  Person person;
  person.woman = woman;
  person.birth = birth_of(luck, age, last);
  person.activity = draw_activity(luck, age, alone);
  if (age >= 20 && age < 65) {
    const double health = luck.uniform();
    person.severe = health < severe_disability;
    person.partial = !person.severe && health < severe_disability + partial_disability;
    const bool invalid = age < 62 && luck.chance(invalidity * (person.severe || person.partial ? 8.0 : 0.8));
    if (invalid) person.invalidity_pension = std::clamp(luck.lognormal(820, 0.35), 320.0, 1900.0);
    if ((person.severe || person.partial) && person.activity == Activity::employed && luck.chance(0.65))
      person.activity = Activity::other;
  }
  person.grant = person.activity == Activity::student && age >= 18 && luck.chance(grant_share);
  const double full_time =
      std::max(luck.lognormal(woman ? wage_median_woman : wage_median_man, wage_sigma), minimum_net_wage_2025);
  const double hours = luck.chance(woman ? part_time_woman : part_time_man) ? 0.3 + 0.6 * luck.uniform() : 1.0;
  person.wage = full_time * hours * (age < 25 ? 0.9 : 1.0);
  if (person.activity == Activity::retired)
    person.pension = std::max(60.0, luck.lognormal(woman ? pension_median_woman : pension_median_man, pension_sigma));
  draw_history(luck, person);
  return person;
}

int draw_age(Luck& luck, HouseholdType type) {
  const auto& bands = ages[static_cast<std::size_t>(type)];
  std::array<double, 5> shares{};
  for (std::size_t i = 0; i < bands.size(); ++i) shares[i] = bands[i].share;
  const AgeBand& band = bands[luck.choose(shares)];
  return luck.between(band.from, band.to);
}

void add_partner(Luck& luck, Household& household, int age, Month last) {
  const bool woman = !household.persons[0].woman;
  const int other_age = std::clamp(age + luck.between(-6, 6) + (woman ? -1 : 1), 18, 98);
  Person partner = draw_person(luck, other_age, woman, false, last);
  const double union_draw = luck.uniform();
  const bool married = union_draw < married_share * (age < 35 ? 0.45 : 1.1);
  const bool pacs = !married && luck.chance(pacs_share / (1.0 - married_share) * (age < 45 ? 1.3 : 0.5));
  Person& first = household.persons[0];
  first.married = partner.married = married;
  first.pacs = partner.pacs = pacs;
  partner.family_role = partner.dwelling_role = code(Role::conjoint);
  if (married || pacs) {
    partner.tax_role = code(Role::conjoint);
  } else {
    partner.tax_unit = household.tax_units++;  // concubins are two tax units; children go with the first
  }
  household.persons.push_back(partner);
}

void add_children(Luck& luck, Household& household, int parent_age, Month last) {
  const bool lone = household.type == HouseholdType::lone_parent;
  const bool alimony = lone && luck.chance(alimony_share);
  const std::size_t count = 1 + luck.choose(lone ? std::span<const double>(children_of_lone_parent) : children_of_couple);
  int age = parent_age - luck.between(first_birth_from, first_birth_to) - luck.between(first_birth_from, first_birth_to);
  if (age < 0) age = luck.between(0, std::max(0, parent_age - 2 * first_birth_from));  // born to a younger parent
  if (age > oldest_child_at_home) age = luck.between(14, oldest_child_at_home);        // the elder ones have left
  for (std::size_t i = 0; i < count && household.persons.size() < most_persons; ++i) {
    Person child = draw_person(luck, age, luck.chance(0.49), false, last);
    child.family_role = child.dwelling_role = child.tax_role = code(Role::enfant);
    if (child.activity == Activity::retired) child.activity = Activity::other;
    if (age >= own_tax_unit_from && child.activity != Activity::student) {
      child.tax_unit = household.tax_units++;
      child.tax_role = code(Role::principal);
    }
    if (alimony && age < 20) household.persons[0].alimony += alimony_per_child * (0.6 + 0.8 * luck.uniform());
    household.persons.push_back(child);
    age = age >= 3 ? std::max(0, age - luck.between(2, 4)) : age + luck.between(2, 4);
    age = std::min(age, oldest_child_at_home);
  }
}

void add_flatmate(Luck& luck, Household& household, int age, Month last) {
  household.flat_share = true;
  Person other = draw_person(luck, std::clamp(age + luck.between(-4, 4), 18, 95), luck.chance(0.5), true, last);
  other.family = household.families++;
  other.tax_unit = household.tax_units++;
  other.dwelling_role = code(Role::autre);
  household.persons.push_back(other);
}

/// Income of the last month a consumption unit: decides who owns.
double standard_of_living(const Household& household, Month last) {
  double income = 0.0;
  double units = 0.5;
  for (const Person& person : household.persons) {
    const std::uint8_t work = person.work[history_months - 1];
    income += person.pension + person.invalidity_pension +
              (work == 1   ? person.wage
               : work == 2 ? person.wage * allowance_to_wage
                           : 0.0);
    units += last - person.birth.month_of() >= 14 * 12 ? 0.5 : 0.3;
  }
  return income / units;
}

void draw_dwelling(Luck& luck, Household& household, int age, Month last) {
  household.zone_2 = luck.chance(zone_2_share[static_cast<std::size_t>(household.departement)]);
  const bool family = household.type == HouseholdType::couple_with_children;
  TenureRow row = tenure_single;
  if (age < 30 && !family) {
    row = tenure_young;
  } else if (age >= 60) {
    row = tenure_old;
  } else if (household.type == HouseholdType::lone_parent) {
    row = tenure_lone_parent;
  } else if (family) {
    row = tenure_family;
  } else if (household.type == HouseholdType::couple) {
    row = tenure_couple;
  }
  const double owner = row.owner * (standard_of_living(household, last) < low_income ? low_income_owner : other_income_owner);
  const double rest = (1.0 - std::min(owner, 0.97)) / (1.0 - row.owner);
  const std::array<double, 4> weights{owner, row.hlm * rest, row.private_tenant * rest,
                                      (1.0 - row.owner - row.hlm - row.private_tenant) * rest};
  switch (luck.choose(weights)) {
    case 0:
      household.tenure = age < 60 && luck.chance(buying_before_60) ? 1 : 0;
      break;
    case 1:
      household.tenure = 2;
      break;
    case 2:
      household.tenure = luck.chance(age < 30 ? furnished_young : furnished_other) ? 4 : 3;
      break;
    default:
      household.tenure = 5;
      break;
  }
  if (household.flat_share && household.tenure < 2) household.tenure = 3;
  if (household.tenure < 2 || household.tenure == 5) return;
  const double surface = 20.0 + 17.0 * static_cast<double>(household.persons.size()) + (age >= 30 ? 8.0 : -4.0);
  const double per_metre = household.tenure == 2 ? hlm_rent : household.zone_2 ? private_rent_zone_2 : private_rent_zone_3;
  household.rent = surface * per_metre * std::exp(0.16 * luck.normal());
}

}  // namespace

Household draw_household(std::uint64_t seed, std::uint64_t number, Month last) {
  Luck luck(seed, number);
  Household household;
  std::array<double, departement_count> sizes{};
  for (std::size_t d = 0; d < departement_count; ++d) {
    for (const double households : households_by_type[d]) sizes[d] += households;
  }
  const std::size_t departement = luck.choose(sizes);
  household.departement = static_cast<Departement>(departement);
  household.type = static_cast<HouseholdType>(luck.choose(households_by_type[departement]));
  const int age = draw_age(luck, household.type);
  const bool alone = household.type == HouseholdType::single_man || household.type == HouseholdType::single_woman;
  bool woman = luck.chance(0.5);
  if (household.type == HouseholdType::single_man) woman = false;
  if (household.type == HouseholdType::single_woman) woman = true;
  if (household.type == HouseholdType::lone_parent) woman = luck.chance(0.81);
  const bool flat_share = household.type == HouseholdType::other_without_family;
  household.persons.push_back(draw_person(luck, age, woman, alone || flat_share, last));
  if (household.type == HouseholdType::couple || household.type == HouseholdType::couple_with_children)
    add_partner(luck, household, age, last);
  if (household.type == HouseholdType::couple_with_children || household.type == HouseholdType::lone_parent) {
    add_children(luck, household, age, last);
    household.recent_separation = household.type == HouseholdType::lone_parent && luck.chance(recent_separation);
  }
  if (flat_share) add_flatmate(luck, household, age, last);
  draw_dwelling(luck, household, age, last);
  return household;
}

}  // namespace labacces::synthetic
