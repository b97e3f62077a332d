// How one household is drawn: who lives in it, what each earns, where it lives.
#pragma once

#include <cstdint>
#include <vector>

#include "libsim/population/synthetic/household.hpp"
#include "libsim/population/synthetic/luck.hpp"
#include "libsim/population/synthetic/model.hpp"

namespace labacces::synthetic {

/// Households drawn side by side: in a block a student's dwelling may belong to the tax unit of parents in another one.
inline constexpr std::size_t block_households = 8;

/// What all draws of a population share.
struct DrawPlan {
  const Model& model;
  std::vector<std::size_t> territories;  ///< those drawn from, by index in the model
  std::vector<double> households;        ///< of each of them: the chances
  Month last;                            ///< last month of the histories: ages are of that month
  std::size_t period_index = 0;          ///< month of the history in which activity is told
};

/// Households `block * block_households + 1` and the following ones, in their order. A student with a dwelling of his own who stays in
/// his parents' tax unit stands right after them.
std::vector<Household> draw_block(const DrawPlan& plan, std::uint64_t seed, std::uint64_t block);

// ---------------------------------------------------------------- Parts of a household (used by draw_block)

enum class Living : std::uint8_t { with_parents, alone, in_couple };

struct PersonTraits {
  int age;
  bool woman;
  Living living;
  HouseholdType type;
  const Territory& territory;
  double power;         ///< latent earning power
  double diploma_rank;  ///< in [0, 1): place among persons of the same age and sex
};

/// Age, diploma, activity, health, wage, pension and the history of work; roles and units are left to the caller.
Person draw_person(Luck& luck, const DrawPlan& plan, const PersonTraits& traits);
/// Wage or profit, and months at work, with an allowance, without; `person.activity` says the last month's state.
void draw_work(Luck& luck, const DrawPlan& plan, const PersonTraits& traits, Person& person);
void draw_pension(Luck& luck, const DrawPlan& plan, const PersonTraits& traits, Person& person);
/// Persons of the household, its families and tax units.
void draw_composition(Luck& luck, const DrawPlan& plan, Household& household);
/// Commune, zone, tenure, rent, surface, distance.
void draw_dwelling(Luck& luck, const DrawPlan& plan, Household& household);
/// Savings and capital income.
void draw_wealth(Luck& luck, const DrawPlan& plan, Household& household);

/// Full years of age in the last month of the histories.
int age_of(const Person& person, Month last);
/// What a person does in a month of the history: employed or unemployed by the spells of work, the others as drawn.
Activity activity_in(const Person& person, std::size_t month);
/// Net income of a month of the history, EUR of 2025, without benefits.
double income_in(const Person& person, std::size_t month, const Model& model);

}  // namespace labacces::synthetic
