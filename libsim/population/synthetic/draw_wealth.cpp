// Savings and capital income of a household.
#include <algorithm>
#include <cmath>

#include "libsim/population/synthetic/draw.hpp"

namespace labacces::synthetic {

void draw_wealth(Luck& luck, const DrawPlan& plan, Household& household) {
  const Model& model = plan.model;
  const Person& first = household.persons[0];
  const std::span<const double> row = model.capital.at(age_of(first, plan.last));
  const double fortune =
      std::exp(0.55 * first.power) * (household.tenure == Tenure::owner || household.tenure == Tenure::buying ? 1.3 : 0.5);
  const double level = fortune * model.territories[household.territory].capital;
  for (Person& person : household.persons) {
    if (age_of(person, plan.last) < 18) continue;
    person.livret_a = std::min(22'950.0, luck.lognormal(0.5 * row[6], 1.1) * fortune);
  }
  if (luck.chance(std::min(0.95, row[0] * std::sqrt(level)))) {
    const double income = luck.lognormal(row[1], row[2]) * level;
    household.interest = 0.7 * income;
    household.dividends = 0.3 * income;
  }
  if (luck.chance(std::min(0.6, row[3] * level))) household.rents = luck.lognormal(row[4], row[5]);
}

}  // namespace labacces::synthetic
