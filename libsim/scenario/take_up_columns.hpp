// Where the behaviours of a scenario find what they look at among the outputs of a pass. Internal to this folder.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "libsim/law/law.hpp"
#include "libsim/scenario/claims.hpp"
#include "libsim/scenario/scenario.hpp"

namespace labacces::scenario {

/// Adds the variables that the behaviours look at, each once. Throws Error with the JSON path: a variable that the law lacks (nearest
/// name), an item that an enumeration lacks, a text where a number is needed.
void add_facts(const Scenario& scenario, const law::Law& law, std::vector<std::string>& facts);

/// The period in which a fact is asked: the month, its year, or always.
Period period_of_fact(const law::Law& law, const std::string& fact, Month month);

/// Outputs of one scenario: benefits by month from `first` on, facts from first + first_fact on; where it declares an order, those of its
/// plan::Resolution from `first_resolved` on.
struct OutputsOfScenario {
  std::size_t first = 0, first_fact = 0, months = 0;
  const std::vector<std::string>& facts;
  std::size_t first_resolved = 0;
};
/// Throws Error: a gateway or a correlation between benefits of different levels.
std::vector<BenefitColumns> benefit_columns(const Scenario& scenario, const law::Law& law, const OutputsOfScenario& outputs);

takeup::LatentLuck luck_of(const Scenario& scenario);

}  // namespace labacces::scenario
