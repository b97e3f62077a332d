#include "tests/property/property_case.hpp"

#include <algorithm>
#include <cstdlib>

#include "libsim/base/error.hpp"
#include "tests/property/dice.hpp"
#include "tests/property/random_population.hpp"

namespace labacces::property {
namespace {

constexpr std::uint64_t population_salt = 0x5eed;

std::uint64_t from_environment(const char* name, std::uint64_t usual) {
  const char* const text = std::getenv(name);
  return text == nullptr ? usual : std::strtoull(text, nullptr, 10);
}

std::vector<plan::Request> requests_of(const RandomLaw& law, Dice& dice) {
  std::vector<plan::Request> requests;
  for (const Declared& rule : law.rules) {
    if (rule.periodicity == Periodicity::yearly) {
      requests.push_back({rule.name, Period::year(dice.between(2022, 2025))});
      continue;
    }
    for (int i = dice.between(1, 2); i > 0; --i) {
      const Month month = Month::of(dice.between(2021, 2025), dice.between(1, 12));
      requests.push_back({rule.name, Period::month(std::max(month, rule.from))});
    }
    if (rule.type == Type::monthly_amount && rule.from < Month::of(2021, 1) && dice.chance(0.1))
      requests.push_back({rule.name, Period::year(dice.between(2022, 2024))});
  }
  return requests;
}

std::string text_of(const Period& period) {
  return period.kind == Period::Kind::month ? to_string(Month{period.value}) : std::to_string(period.value);
}

std::string declaration_of(const RandomLaw& law, const std::string& rule) {
  const std::size_t begin = law.text.find("rule " + rule + " ");
  return law.text.substr(begin, law.text.find("\nrule ", begin) - begin);
}

}  // namespace

std::uint64_t first_seed() { return from_environment("LABACCES_PROPERTY_SEED", 1); }

int case_count(int usual) {
  return static_cast<int>(from_environment("LABACCES_PROPERTY_CASES", static_cast<std::uint64_t>(usual)));
}

law::Law load(const RandomLaw& written, bool reformed) {
  std::vector<law::LawText> texts{{"random.law", written.text}};
  if (!reformed) return law::load_law_or_throw(std::move(texts));
  texts.push_back({"reform.law", written.reform});
  return law::load_law_or_throw(std::move(texts), {"changed"});
}

PropertyCase make_case(std::uint64_t seed, int dwellings) {
  PropertyCase made;
  made.seed = seed;
  made.written = random_law(seed);
  made.law = load(made.written);
  made.tables = random_population(seed ^ population_salt, dwellings, made.law);
  made.population = PopulationBuilder::build(made.tables);
  Dice dice(seed, "requests");
  made.requests = requests_of(made.written, dice);
  return made;
}

std::vector<std::vector<double>> answers(const law::Law& law, const std::vector<plan::Request>& requests,
                                         const Population& population, const engine::RunOptions& options) {
  const law::Law* const one = &law;
  const plan::Graph graph = plan::build_graph({&one, 1}, requests, population);
  return engine::run(plan::schedule(graph), population, options);
}

std::string describe(const PropertyCase& made, const plan::Request& request, std::size_t row) {
  const law::Variable& variable = made.law.variables()[*made.law.find_variable(request.variable)];
  return "seed " + std::to_string(made.seed) + ": " + request.variable + " of " + std::string(name_of(variable.level)) + " '" +
         made.population.ids(variable.level)[row] + "' in " + text_of(request.period) + "\n" +
         declaration_of(made.written, request.variable);
}

}  // namespace labacces::property
