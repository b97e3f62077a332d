// Families and tax units of a population that is being read, built from kinship where the data do not give them.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "libsim/base/date.hpp"
#include "libsim/population/population_builder.hpp"
#include "libsim/population/schema.hpp"
#include "libsim/population/units/build_units.hpp"

namespace labacces {

/// What was assumed to build the units of a population.
struct AssumedUnits {
  std::string json;  ///< for the run record: a list of {"kind", "text", "count"}
  std::string text;  ///< for people, one line an assumption; "" when there are none
};

/// Fills what `kinship` does not say yet from the columns of persons in `tables`: date_naissance, statut_marital, activite, carte_invalidite,
/// taux_incapacite, garde_alternee; pay (salaire_net) and incomes (pay, unemployment benefit, pension) as the mean of the six months before. Of
/// several periods, and where none of these months is known, the latest that does not lie behind `on` counts.
void fill_from_columns(const PopulationTables& tables, const Schema& schema, Day on, units::Kinship& kinship);

/// Builds families, tax units and roles in the dwellings, and puts them into `tables`, whose persons are there; dwellings that are there keep their order. With them the
/// inputs of the law that follow from kinship (habite_chez_parents, proprietaire_proche_famille, coloc), where the data do not give them.
/// Throws the findings of the kinship at the places that `place` gives, and an Error for a person without a date of birth.
AssumedUnits build_units_of(PopulationTables& tables, const Schema& schema, const units::Kinship& kinship, Day on,
                            const std::function<Location(std::int32_t row, units::Link link)>& place);

}  // namespace labacces
