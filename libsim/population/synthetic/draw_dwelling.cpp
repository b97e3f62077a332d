// Where a household lives and what it pays for it.
#include <algorithm>
#include <array>
#include <cmath>

#include "libsim/population/synthetic/draw.hpp"

namespace labacces::synthetic {
namespace {

/// Months of the last year, a consumption unit: decides, with age, who owns and who has a social dwelling.
double living_standard(const Household& household, const DrawPlan& plan) {
  double income = 0.0;
  double units = 0.5;
  for (const Person& person : household.persons) {
    for (const std::size_t months_back : {1U, 7U}) income += 0.5 * income_in(person, history_months - months_back, plan.model);
    units += age_of(person, plan.last) >= 14 ? 0.5 : 0.3;
  }
  return income / units;
}

const AgeTable& tenure_table(const Model& model, HouseholdType type) {
  switch (type) {
    case HouseholdType::couple:
      return model.tenure_couple;
    case HouseholdType::couple_with_children:
      return model.tenure_family;
    case HouseholdType::lone_parent:
      return model.tenure_lone;
    case HouseholdType::single_man:
    case HouseholdType::single_woman:
    case HouseholdType::other_without_family:
      break;
  }
  return model.tenure_single;
}

double buying_share(const Model& model, int age) {
  if (age < 40) return model.buying_under_40;
  if (age < 50) return model.buying_under_50;
  return age < 60 ? model.buying_under_60 : model.buying_later;
}

Tenure draw_tenure(Luck& luck, const Model& model, const Household& household, int age, double standard) {
  const Territory& territory = model.territories[household.territory];
  const std::span<const double> row = tenure_table(model, household.type).at(age);
  const auto& [owner_odds, hlm_odds] = model.tenure_by_commune[static_cast<std::size_t>(household.commune)];
  const double level = std::clamp(standard / model.income_middle, 0.2, 3.0);
  const double owner =
      row[0] * territory.owner_odds * owner_odds * std::pow(level, age >= 65 ? model.owner_income_old : model.owner_income);
  const double hlm = row[1] * territory.hlm_odds * hlm_odds * std::pow(level, model.hlm_income);
  const std::array<double, 5> weights{owner, hlm, row[2], row[3], std::max(0.0, 1.0 - row[0] - row[1] - row[2] - row[3])};
  switch (luck.choose(weights)) {
    case 0:
      return !household.flat_share && luck.chance(buying_share(model, age)) ? Tenure::buying : Tenure::owner;
    case 1:
      return Tenure::hlm;
    case 2:
      return Tenure::empty_private;
    case 3:
      return Tenure::furnished;
    default:
      return Tenure::free;
  }
}

const Surface& surface_row(const Model& model, Tenure tenure) {
  switch (tenure) {
    case Tenure::hlm:
      return model.surface_hlm;
    case Tenure::empty_private:
      return model.surface_private;
    case Tenure::furnished:
      return model.surface_furnished;
    case Tenure::owner:
    case Tenure::buying:
    case Tenure::free:
      break;
  }
  return model.surface_owner;
}

double rent_a_metre(const Rents& rents, Tenure tenure) {
  return tenure == Tenure::hlm ? rents.hlm : tenure == Tenure::furnished ? rents.furnished : rents.empty_private;
}

}  // namespace

void draw_dwelling(Luck& luck, const DrawPlan& plan, Household& household) {
  const Model& model = plan.model;
  const Territory& territory = model.territories[household.territory];
  std::array<double, commune_count> shares{};
  for (std::size_t i = 0; i < commune_count; ++i) shares[i] = territory.places[i].share;
  const int age = age_of(household.persons[0], plan.last);
  const bool student = household.persons[0].activity == Activity::student;
  if (student) shares = {shares[0] * 4.0, shares[1], shares[2] * 0.15};  // where the schools are
  const std::size_t commune = luck.choose(shares);
  household.commune = static_cast<Commune>(commune);
  const Place& place = territory.places[commune];
  const double zone = luck.uniform();
  household.zone = zone < place.zone_1 ? 1 : zone < place.zone_1 + place.zone_2 ? 2 : 3;
  household.distance = std::clamp(luck.lognormal(model.distance[commune].first, model.distance[commune].second), 0.1, 60.0);

  const double standard = living_standard(household, plan);
  household.tenure = draw_tenure(luck, model, household, age, standard);
  if (household.flat_share && household.tenure == Tenure::owner) household.tenure = Tenure::empty_private;
  const Surface& surface = surface_row(model, household.tenure);
  const double others = static_cast<double>(household.persons.size() - 1);
  household.surface = std::clamp(
      (surface.first + surface.other * others - (student ? 12.0 : 0.0)) * std::exp(surface.sigma * luck.normal()), 9.0, 400.0);
  if (household.tenure == Tenure::buying) {
    double income = 0.0;
    for (const Person& person : household.persons) income += std::max(0.0, income_in(person, history_months - 1, model));
    household.rent = std::max(150.0, model.loan_share_of_income * income * std::exp(0.35 * luck.normal()));
    household.loan_year = plan.last.year() - luck.between(0, std::min(model.loan_years, std::max(0, age - 22)));
    household.helped_loan = luck.chance(model.helped_loan);
  } else if (household.tenure == Tenure::hlm || household.tenure == Tenure::empty_private ||
             household.tenure == Tenure::furnished) {
    // A metre of a small dwelling costs more.
    const double small = household.tenure == Tenure::hlm ? 1.0 : std::pow(household.surface / 55.0, -0.28);
    household.rent = household.surface * rent_a_metre(model.rents[commune], household.tenure) * small * territory.rents *
                     std::exp(model.rent_spread * luck.normal());
  }
}

}  // namespace labacces::synthetic
