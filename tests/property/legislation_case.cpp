#include "tests/property/legislation_case.hpp"

#include "libsim/legislation/embedded.hpp"
#include "tests/property/random_population.hpp"

namespace labacces::property {

std::vector<law::LawText> texts_of(const std::string& country) {
  std::vector<law::LawText> texts;
  for (const EmbeddedFile& file : embedded_law(country)) texts.push_back({std::string(file.name), std::string(file.text)});
  return texts;
}

std::vector<plan::Request> rules_in_force(const law::Law& law, Month month, bool with_years) {
  std::vector<plan::Request> requests;
  for (const law::Variable& variable : law.variables()) {
    if (variable.is_input) continue;
    const bool yearly = variable.periodicity == Periodicity::yearly;
    const Month at = yearly ? Month::of(month.year(), 1) : month;
    if ((yearly && !with_years) || law::Law::in_force(variable.versions, at) == nullptr) continue;
    requests.push_back({variable.name, yearly ? Period::year(month.year()) : Period::month(month)});
  }
  return requests;
}

Population people_of(const law::Law& law, std::uint64_t seed, int dwellings, double amounts, int births_from) {
  const PopulationStyle style{.zero_amounts = 0.96,
                              .amounts = amounts,
                              .births_from = births_from,
                              .given_rules = 0.0,
                              .first_year = 2015,
                              .monthly_columns = 0.02};
  return PopulationBuilder::build(random_population(seed, dwellings, law, style));
}

}  // namespace labacces::property
