// Wages, profits, and the months at work and out of it.
#include <algorithm>
#include <cmath>

#include "libsim/population/synthetic/draw.hpp"

namespace labacces::synthetic {
namespace {

SelfEmployed draw_kind(Luck& luck, const Model& model, int age) {
  if (age < 25) return SelfEmployed::no;
  double left = luck.uniform();
  for (std::size_t i = 0; i < model.self_employed.size(); ++i) {
    left -= model.self_employed[i].share;
    if (left < 0.0) return static_cast<SelfEmployed>(i + 1);
  }
  return SelfEmployed::no;
}

/// Net wage of a full month at full time.
double full_wage(const Model& model, const PersonTraits& traits, Diploma diploma, bool insecure) {
  const double above = model.wage_above_floor[static_cast<std::size_t>(diploma)] * model.wage_age.at(traits.age)[0] *
                       (traits.woman ? model.wage_woman : model.wage_man) * traits.territory.wages *
                       (traits.living == Living::with_parents ? 1.0 : model.wage_by_type[static_cast<std::size_t>(traits.type)]) *
                       (insecure ? model.unemployed_wage : 1.0);
  return model.wage_floor * model.net_minimum_wage + above * std::exp(model.wage_spread * traits.power);
}

/// Spells, walked backwards from the last month, where the state is known: the chain is close to reversible.
void draw_spells(Luck& luck, double loss, double finding, Person& person) {
  bool working = person.activity == Activity::employed;
  std::size_t left = history_months;
  while (left > 0) {
    const auto length = std::min<std::size_t>(left, static_cast<std::size_t>(luck.months_until(working ? loss : finding)));
    for (std::size_t i = 0; i < length; ++i) person.work[--left] = working ? WorkState::working : WorkState::none;
    working = !working;
  }
}

/// An allowance for some of the spells out of work, for a time.
void draw_allowances(Luck& luck, const Model& model, int age, Person& person) {
  const int months = age >= 57 ? model.allowance_months_from_57 : model.allowance_months;
  std::size_t month = 0;
  while (month < history_months) {
    if (person.work[month] == WorkState::working) {
      ++month;
      continue;
    }
    const bool paid = luck.chance(model.allowance_share);
    int left = month == 0 ? luck.between(0, months) : months;  // the first spell began before
    while (month < history_months && person.work[month] != WorkState::working) {
      if (paid && left-- > 0) person.work[month] = WorkState::with_allowance;
      ++month;
    }
  }
}

/// The young had no work before they left school.
void forget_school_years(Luck& luck, int age, Person& person) {
  if (age >= 27) return;
  const int months_since_school = luck.between(2, 12 * std::max(1, age - 17));
  const int forgotten = static_cast<int>(history_months) - months_since_school;
  for (int i = 0; i < forgotten; ++i) person.work[static_cast<std::size_t>(i)] = WorkState::at_school;
}

}  // namespace

void draw_work(Luck& luck, const DrawPlan& plan, const PersonTraits& traits, Person& person) {
  if (person.activity != Activity::employed && person.activity != Activity::unemployed) return;
  const Model& model = plan.model;
  const auto level = static_cast<std::size_t>(person.diploma);
  if (person.activity == Activity::employed) person.self_employed = draw_kind(luck, model, traits.age);
  if (person.self_employed != SelfEmployed::no) {
    const SelfEmployedKind& kind = model.self_employed[static_cast<std::size_t>(person.self_employed) - 1];
    person.profit = luck.chance(kind.without_profit) ? 0.0 : kind.median * std::exp(kind.sigma * traits.power);
    person.work.fill(WorkState::working);
    const bool monthly = person.self_employed == SelfEmployed::micro;
    for (std::uint8_t& percent : person.paid)
      percent = monthly ? static_cast<std::uint8_t>(std::clamp(100.0 * luck.lognormal(0.9, 0.45), 0.0, 250.0)) : 100;
    return;
  }
  const bool unemployed = person.activity == Activity::unemployed;
  person.apprentice =
      !unemployed && traits.age < 30 &&
      luck.chance(model.apprentices.at(traits.age)[0] * (traits.living == Living::with_parents ? 1.0 : model.apprentices_apart));
  const bool short_jobs = !person.apprentice && luck.chance(unemployed ? 0.6 : model.short_jobs.at(traits.age)[level]);
  const double hours =
      luck.chance(traits.woman ? model.part_time_woman : model.part_time_man)
          ? (traits.woman ? model.part_time_woman_from + luck.uniform() * (model.part_time_woman_to - model.part_time_woman_from)
                          : model.part_time_man_from + luck.uniform() * (model.part_time_man_to - model.part_time_man_from))
          : 1.0;
  person.wage = full_wage(model, traits, person.diploma, unemployed || short_jobs) * hours;
  if (person.apprentice)
    person.wage = model.gross_minimum_wage * model.apprentices.at(traits.age)[static_cast<std::size_t>(luck.between(1, 3))];
  const MonthlyMoves& moves = model.moves[level];
  // Those out of work today are partly out of it for long: length-biased, their chance to have found it is lower.
  const double finding = moves.finding * (unemployed && !short_jobs ? 0.35 : 1.2);
  draw_spells(luck, short_jobs ? moves.short_loss : moves.stable_loss, finding, person);
  draw_allowances(luck, model, traits.age, person);
  forget_school_years(luck, traits.age, person);
  const double span = model.short_hours_to - model.short_hours_from;
  for (std::size_t i = 0; i < history_months; ++i) {
    if (person.work[i] != WorkState::working) continue;
    person.paid[i] = short_jobs ? static_cast<std::uint8_t>(100.0 * (model.short_hours_from + luck.uniform() * span)) : 100;
  }
  person.solidarity_allowance = unemployed && traits.age >= 40 && person.work[plan.period_index] == WorkState::none &&
                                luck.chance(model.solidarity_allowance);
}

}  // namespace labacces::synthetic
