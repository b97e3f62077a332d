// One person: diploma, activity, health, digital skills, pension.
#include <algorithm>
#include <array>
#include <cmath>

#include "libsim/population/synthetic/draw.hpp"

namespace labacces::synthetic {
namespace {

/// A birth date that makes the person `age` years old in the month `last`.
Day birth_of(Luck& luck, int age, Month last) {
  const Month month = last - (12 * age + luck.between(0, 11)) - 1;
  return Day::of(month.year(), month.month(), luck.between(1, 28));
}

/// Index at which the running sum of weights passes `rank` of their total.
std::size_t at_rank(std::span<const double> weights, double rank) {
  double total = 0.0;
  for (const double weight : weights) total += weight;
  double left = rank * total;
  for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
    left -= weights[i];
    if (left < 0.0) return i;
  }
  return weights.size() - 1;
}

/// Mean of a factor by diploma over the diplomas of an age, so that the factor leaves the age's mean as it is.
double mean_factor(const std::array<double, diploma_count>& factors, std::span<const double> shares) {
  double sum = 0.0;
  double total = 0.0;
  for (std::size_t i = 0; i < diploma_count; ++i) {
    sum += factors[i] * shares[i];
    total += shares[i];
  }
  return sum / total;
}

Activity draw_activity(Luck& luck, const Model& model, const PersonTraits& traits, Diploma diploma) {
  if (traits.age < 15) return Activity::other;
  if (traits.age <= 29) {
    const std::span<const double> students = model.students.at(traits.age);
    if (luck.chance(students[static_cast<std::size_t>(traits.living)])) return Activity::student;
  }
  const std::span<const double> row = model.activity.at(traits.age);
  // An adult child at home stands like a single person.
  const auto type = static_cast<std::size_t>(traits.living == Living::with_parents ? HouseholdType::single_woman : traits.type);
  const auto level = static_cast<std::size_t>(diploma);
  const bool young = traits.age < 30;
  const double young_jobless =
      traits.living == Living::with_parents ? model.unemployed_young_with_parents : model.unemployed_young_apart;
  double jobless = traits.territory.unemployment * (young ? young_jobless : model.unemployed_by_type[type]);
  double apart = (traits.age < 25 ? 1.0 : model.other_by_type[type]) * (traits.woman ? model.other_woman : model.other_man);
  if (traits.age < 18 || traits.age >= 62) {
    jobless = apart = 1.0;
  } else {
    const std::span<const double> shares = (traits.woman ? model.diploma_woman : model.diploma_man).at(traits.age);
    jobless *= model.unemployed_by_diploma[level] / mean_factor(model.unemployed_by_diploma, shares);
    apart *= model.other_by_diploma[level] / mean_factor(model.other_by_diploma, shares);
  }
  const std::array<double, 5> weights{row[0], row[1] * jobless, row[2], 0.0, row[4] * apart};
  return static_cast<Activity>(luck.choose(weights));
}

void draw_health(Luck& luck, const Model& model, const PersonTraits& traits, Person& person) {
  if (traits.age < 20 || traits.age >= 65) return;
  const std::span<const double> rates = model.disability.at(traits.age);
  const double health = luck.uniform();
  person.severe = health < rates[0];
  person.partial = !person.severe && health < rates[0] + rates[1];
  const bool disabled = person.severe || person.partial;
  if (traits.age < 62 && luck.chance(disabled ? model.invalidity_disabled : model.invalidity_other))
    person.invalidity_pension = std::clamp(luck.lognormal(model.invalidity_median, model.invalidity_sigma), 335.0, 2000.0);
  if (disabled && (person.activity == Activity::employed || person.activity == Activity::unemployed) &&
      luck.chance(model.disabled_out_of_work))
    person.activity = Activity::other;
}

Digital draw_digital(Luck& luck, const Model& model, int age, Diploma diploma, std::span<const double> diplomas) {
  const double odds = model.digital_odds[static_cast<std::size_t>(diploma)] / mean_factor(model.digital_odds, diplomas);
  const double share = model.digital_age.at(age)[0] / 100.0;
  const double without = share * odds / (1.0 - share + share * odds);
  const double drawn = luck.uniform();
  if (drawn < without) return Digital::illectronisme;
  const double weak = model.weak_digital_share * (1.0 + 0.35 * (odds - 1.0));
  return drawn < without + (1.0 - without) * weak ? Digital::weak : Digital::sound;
}

}  // namespace

int age_of(const Person& person, Month last) { return (last - person.birth.month_of()) / 12; }

Person draw_person(Luck& luck, const DrawPlan& plan, const PersonTraits& traits) {
  const Model& model = plan.model;
  Person person;
  person.woman = traits.woman;
  person.power = traits.power;
  person.birth = birth_of(luck, traits.age, plan.last);
  if (traits.age >= 15) {
    const AgeTable& diplomas = traits.woman ? model.diploma_woman : model.diploma_man;
    person.diploma = static_cast<Diploma>(at_rank(diplomas.at(traits.age), traits.diploma_rank));
    person.digital = draw_digital(luck, model, traits.age, person.diploma, diplomas.at(traits.age));
  }
  person.activity = draw_activity(luck, model, traits, person.diploma);
  draw_health(luck, model, traits, person);
  person.grant = person.activity == Activity::student && traits.age >= 18 && luck.chance(model.grant_share);
  draw_work(luck, plan, traits, person);
  draw_pension(luck, plan, traits, person);
  return person;
}

void draw_pension(Luck& luck, const DrawPlan& plan, const PersonTraits& traits, Person& person) {
  const Model& model = plan.model;
  const bool retired = person.activity == Activity::retired;
  const bool alone = traits.living == Living::alone;
  const double short_career = traits.woman ? (alone ? model.short_career_woman_alone : model.short_career_woman)
                                           : (alone ? model.short_career_man_alone : model.short_career_man);
  if (retired && !luck.chance(traits.age < model.short_career_from_age ? 0.0 : short_career)) {
    const std::span<const double> row = (traits.woman ? model.pension_woman : model.pension_man).at(traits.age);
    const double median = row[0] * model.pension_by_diploma[static_cast<std::size_t>(person.diploma)] * traits.territory.pensions;
    person.pension = std::max(model.lowest_pension, median * std::exp(row[1] * traits.power));
  } else if (retired || (traits.age >= 65 && person.activity == Activity::other)) {
    const double small = alone ? luck.lognormal(model.small_pension_alone, model.small_pension_alone_sigma)
                               : luck.lognormal(model.small_pension, model.small_pension_sigma);
    person.pension = std::max(model.lowest_pension, small);
  }
}

Activity activity_in(const Person& person, std::size_t month) {
  if (person.activity != Activity::employed && person.activity != Activity::unemployed) return person.activity;
  if (person.work[month] == WorkState::at_school) return Activity::student;
  return person.work[month] == WorkState::working ? Activity::employed : Activity::unemployed;
}

double income_in(const Person& person, std::size_t month, const Model& model) {
  const double fixed = person.pension + person.invalidity_pension + person.alimony_received - person.alimony_paid;
  const double full = person.self_employed == SelfEmployed::no ? person.wage : person.profit;
  if (person.work[month] == WorkState::working) return fixed + full * person.paid[month] / 100.0;
  return fixed + (person.work[month] == WorkState::with_allowance ? person.wage * model.allowance_to_wage : 0.0);
}

}  // namespace labacces::synthetic
