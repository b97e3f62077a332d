// The data of a report of take-up out of a scenario and a population: rights by the law, receipt by the behaviours or as observed.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "libsim/law/law.hpp"
#include "libsim/outcomes/take_up_data.hpp"
#include "libsim/population/population.hpp"
#include "libsim/scenario/parameter_spread.hpp"
#include "libsim/scenario/scenario.hpp"

namespace labacces::scenario {

struct MeasureOptions {
  std::vector<std::pair<std::string, std::string>> receipts =
      {};                         ///< benefit, variable that says what is received; for all benefits or none
  std::size_t replications = 20;  ///< of the luck of claiming
  std::vector<ParameterSpread> spreads = {};
  std::size_t parameter_draws = 50;  ///< where there are spreads
  std::vector<double> ages = {30, 40, 50, 65}, amounts = {50, 100, 200, 400};
  std::string living = "niveau_de_vie", consumption_units = "unites_consommation";  ///< "" = not looked at
  outcomes::SurveyDesign design = {};            ///< of dwellings; without weights: theirs, clusters the linked blocks
  std::vector<std::string> more_variables = {};  ///< computed too, each once, in the month or its year
  std::vector<double> income_errors = {};        ///< standard deviations of the logarithm
  std::vector<std::string> incomes = {};         ///< variables with that error; empty = given_incomes
  std::size_t income_draws = 10;
  unsigned threads = 0;
};

/// The design of the dwellings of a population: their weights, and, where nothing else is given, the linked blocks as clusters.
outcomes::SurveyDesign design_of(const Population& population, const outcomes::SurveyDesign& given);

/// Groups: family_type, age, those of the scenario, statut_occupation_logement where the data have it, amount, decile.
/// Rights are those at full take-up; where the scenario declares an order, what is received is resolved in it, each replication a run of the law.
/// Throws Error as run_scenario, and: an order with observed receipt; a receipt of a benefit that is not asked, receipts of some benefits only, a receipt that is neither EUR/month nor
/// yes/no.
outcomes::TakeUpData measure_take_up(const Scenario& scenario, const std::shared_ptr<const law::Law>& law,
                                     const std::shared_ptr<const Population>& population, const MeasureOptions& options);

}  // namespace labacces::scenario
