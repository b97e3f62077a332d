// The built-in law as a graph: what a node means never depends on what else is asked.
#include <gtest/gtest.h>

#include "libsim/law/load_law.hpp"
#include "libsim/legislation/embedded.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/plan/plan.hpp"
#include "tests/unit/plan/small_population.hpp"

namespace labacces::plan {
namespace {

law::Law french_law() {
  std::vector<law::LawText> texts;
  for (const EmbeddedFile& file : embedded_law("france")) texts.push_back({std::string(file.name), std::string(file.text)});
  return law::load_law_or_throw(std::move(texts));
}

/// Seven people with a column for every input that has no default, and net wages month by month in place of their rule.
Population people_for(const law::Law& law) {
  SmallPopulation people;
  const auto rows = [](Level level) {
    return level == Level::individu ? std::size_t{7} : level == Level::menage ? std::size_t{3} : std::size_t{4};
  };
  for (const law::Variable& variable : law.variables()) {
    const bool is_wage = variable.name == "salaire_net" || variable.name == "salaire_imposable";
    if (!variable.is_input && !is_wage) continue;
    const std::vector<double> values(rows(variable.level), 1.0);
    if (is_wage) {
      for (Month month = Month::of(2021, 1); month < Month::of(2026, 1); month = month + 1) {
        people.add(variable.name, variable.level, Period::month(month),
                   std::vector<double>(rows(variable.level), month.index % 100));
      }
    } else if (!variable.default_value) {
      people.add(variable.name, variable.level, Period::eternity(), values);
    }
  }
  return people.build();
}

const std::vector<std::string> benefits{"rsa", "ppa", "aide_logement", "af", "cf", "asf", "paje_base"};

TEST(FrenchLaw, a_month_asked_alone_is_the_same_computation_as_among_twelve_and_beside_a_second_scenario) {
  const law::Law law = french_law();
  const Population people = people_for(law);
  std::vector<Request> year;
  for (int month = 1; month <= 12; ++month) {
    for (const std::string& benefit : benefits) year.push_back({benefit, Period::month(Month::of(2024, month))});
  }
  const std::vector<const law::Law*> two{&law, &law};
  const Graph together = build_graph(two, year, people);
  const std::size_t count = year.size();
  for (std::size_t i = 0; i < count; ++i) {
    EXPECT_EQ(together.outputs[i].node, together.outputs[count + i].node) << "equal laws share everything";
  }
  const std::vector<const law::Law*> one{&law};
  for (const std::size_t i : {std::size_t{0}, 5 * benefits.size() + 1, 11 * benefits.size() + 2, count - 1}) {
    const std::vector<Request> alone{year[i]};
    const Graph graph = build_graph(one, alone, people);
    EXPECT_EQ(graph.facts(graph.outputs[0].node).hash, together.facts(together.outputs[i].node).hash) << year[i].variable;
  }
}

TEST(FrenchLaw, months_share_what_they_have_in_common) {
  const law::Law law = french_law();
  const Population people = people_for(law);
  const std::vector<const law::Law*> laws{&law};
  std::vector<Request> month, year;
  for (const std::string& benefit : benefits) {
    month.push_back({benefit, Period::month(Month::of(2024, 12))});
    for (int number = 1; number <= 12; ++number) year.push_back({benefit, Period::month(Month::of(2024, number))});
  }
  const std::size_t alone = schedule(build_graph(laws, month, people)).instructions.size();
  const std::size_t together = schedule(build_graph(laws, year, people)).instructions.size();
  EXPECT_LT(together, 4 * alone);
}

}  // namespace
}  // namespace labacces::plan
