// What the data say of dwellings, families and tax units.
#include <array>
#include <cmath>

#include "libsim/base/rounding.hpp"
#include "libsim/population/level.hpp"
#include "libsim/population/synthetic/columns.hpp"

namespace labacces::synthetic {
namespace {

constexpr int years_before_period = 4;

double cents(double amount) { return round_to(amount, 0.01); }

/// A declarant who brings children up alone and lives with no other adult (case T).
bool lone_declarant(const Household& household) {
  return household.type == HouseholdType::lone_parent && household.tax_units == 1;
}

double alimony_paid(const TaxUnitRow& row) {
  double sum = 0.0;
  for (const Person& person : row.household.persons) {
    if (person.tax_unit == row.index) sum += person.alimony_paid;
  }
  return sum;
}

}  // namespace

std::vector<ColumnSpec<Household>> dwelling_columns(const ColumnPlan& plan) {
  const Schema& schema = plan.schema;
  const Period always = Period::eternity();
  std::vector<ColumnSpec<Household>> columns;
  const auto add = [&](const char* name, std::function<double(const Household&)> value) {
    columns.push_back({{name}, always, std::move(value)});
  };
  const char* const tenure = "statut_occupation_logement";
  const std::array<double, 6> tenures{
      item_code(schema, tenure, "proprietaire"),     item_code(schema, tenure, "primo_accedant"),
      item_code(schema, tenure, "locataire_hlm"),    item_code(schema, tenure, "locataire_vide"),
      item_code(schema, tenure, "locataire_meuble"), item_code(schema, tenure, "loge_gratuitement")};
  add(tenure, [=](const Household& h) { return tenures[static_cast<std::size_t>(h.tenure)]; });
  const std::array<double, 4> zones{0.0, item_code(schema, "zone_apl", "zone_1"), item_code(schema, "zone_apl", "zone_2"),
                                    item_code(schema, "zone_apl", "zone_3")};
  add("zone_apl", [=](const Household& h) { return zones[h.zone]; });
  add("coloc", [](const Household& h) {
    return h.flat_share && (h.tenure == Tenure::empty_private || h.tenure == Tenure::furnished) ? 1.0 : 0.0;
  });
  std::vector<double> departements;
  std::vector<double> regions;
  for (const Territory& territory : plan.model.territories) {
    departements.push_back(item_code(schema, "departement", territory.departement));
    regions.push_back(item_code(schema, "region", territory.region));
  }
  add("departement", [=](const Household& h) { return departements[h.territory]; });
  add("region", [=](const Household& h) { return regions[h.territory]; });
  const std::array<double, commune_count> communes{item_code(schema, "commune_type", "dense"),
                                                   item_code(schema, "commune_type", "intermediaire"),
                                                   item_code(schema, "commune_type", "rurale")};
  add("commune_type", [=](const Household& h) { return communes[static_cast<std::size_t>(h.commune)]; });
  add("distance_guichet_km", [](const Household& h) { return round_to(h.distance, 0.1); });
  add("surface_logement", [](const Household& h) { return std::round(h.surface); });
  add("aide_logement_date_pret", [](const Household& h) {
    return static_cast<double>((h.loan_year == 0 ? Day::of(9999, 12, 31) : Day::of(h.loan_year, 6, 1)).days);
  });
  add("aide_logement_est_pret_conventionne", [](const Household& h) { return h.helped_loan ? 1.0 : 0.0; });
  for (int y = plan.period.year() - years_before_period; y <= plan.period.year(); ++y) {
    const double prices = plan.model.price(y);
    // A loan's payment does not grow with prices.
    columns.push_back({{"loyer"}, Period::year(y), [=](const Household& h) {
                         return cents(12.0 * h.rent * (h.tenure == Tenure::buying ? 1.0 : prices));
                       }});
  }
  return columns;
}

std::vector<ColumnSpec<FamilyRow>> family_columns(const ColumnPlan&) {
  return {{{"rsa_isolement_recent"},
           Period::eternity(),
           [](const FamilyRow& row) { return row.index == 0 && row.household.recent_separation ? 1.0 : 0.0; }},
          // A grown-up child's family, or a grandparent's: the dwelling is the first family's.
          {{"proprietaire_proche_famille"}, Period::eternity(), [](const FamilyRow& row) {
             const HouseholdType type = row.household.type;
             return row.index > 0 && (type == HouseholdType::couple_with_children || type == HouseholdType::lone_parent) ? 1.0
                                                                                                                         : 0.0;
           }}};
}

std::vector<ColumnSpec<TaxUnitRow>> tax_unit_columns(const ColumnPlan& plan) {
  std::vector<ColumnSpec<TaxUnitRow>> columns;
  for (int y = plan.period.year() - years_before_period; y <= plan.period.year(); ++y) {
    const double prices = plan.model.price(y);
    const Period whole = Period::year(y);
    columns.push_back({{"f2tr"}, whole, [=](const TaxUnitRow& row) {
                         return row.index == 0 ? std::round(row.household.interest * prices) : 0.0;
                       }});
    columns.push_back({{"f2dc"}, whole, [=](const TaxUnitRow& row) {
                         return row.index == 0 ? std::round(row.household.dividends * prices) : 0.0;
                       }});
    columns.push_back({{"f4ba"}, whole, [=](const TaxUnitRow& row) {
                         return row.index == 0 ? std::round(row.household.rents * prices) : 0.0;
                       }});
    columns.push_back({{"pensions_alimentaires_versees"}, whole, [=](const TaxUnitRow& row) {
                         return std::round(12.0 * alimony_paid(row) * prices);
                       }});
    columns.push_back(
        {{"caset"}, whole, [](const TaxUnitRow& row) { return row.index == 0 && lone_declarant(row.household) ? 1.0 : 0.0; }});
  }
  return columns;
}

}  // namespace labacces::synthetic
