// Parts of a population that were run apart, and states sent as bytes, are the whole to the last bit.
#include "libsim/scenario/comparison_state.hpp"

#include <gtest/gtest.h>

#include "libsim/base/error.hpp"
#include "libsim/population/csv_population.hpp"
#include "libsim/report/results.hpp"
#include "libsim/scenario/scenario.hpp"

namespace labacces::scenario {
namespace {

std::vector<Scenario> three_scenarios() {
  Scenario base = base_scenario();
  base.period = Month::of(2025, 6);
  base.income = false;  // deciles of parts do not add up
  Scenario plus = base;
  plus.name = "plus";
  plus.reforms.push_back(reform_of_parameters("plus", "plus", {{"rsa.montant_de_base", {{Day::of(2025, 1, 1), 700.0}}}}));
  Scenario ordered = base;
  ordered.name = "ordered";
  ordered.order = {"aide_logement", "rsa", "ppa"};
  return {base, plus, ordered};
}

/// Persons alone in their dwellings, numbers first to last, in a department each third of them.
Comparison compared(int first, int last) {
  const std::vector<Scenario> scenarios = three_scenarios();
  const law::Law base = scenario_law(scenarios[0]);
  const law::Law plus = scenario_law(scenarios[1]);
  std::string text =
      "idmen,quimen,idfam,quifam,idfoy,quifoy,wprm,date_naissance,salaire_net,statut_occupation_logement,loyer,departement\n";
  for (int i = first; i < last; ++i) {
    const std::string id = std::to_string(i);
    text += id + ",0," + id + ",0," + id + ",0," + std::to_string(1.0 / 3.0 + i) + ",1980-01-31," +
            std::to_string(37 * (i % 40)) + ",locataire_vide,450," +
            (i % 3 == 0 ? "d22"
             : i < 60   ? "d29"
                        : "d56") +
            "\n";
  }
  CsvTexts texts{"persons", {{Level::individu, {"persons.csv", text}}}};
  const Population population = read_csv_texts(texts, base.schema());
  const law::Law* laws[] = {&base, &plus, &base};
  return compare_scenarios(scenarios, laws, population);
}

std::string text_of(const Comparison& comparison) { return report::comparison_json(comparison); }

TEST(ComparisonState, parts_add_up_to_the_whole_in_any_order) {
  const std::string whole = text_of(compared(1, 120));
  Comparison forward = compared(1, 50);
  merge(forward, compared(50, 90));
  merge(forward, compared(90, 120));
  EXPECT_EQ(text_of(forward), whole);
  Comparison backward = compared(90, 120);
  merge(backward, compared(50, 90));
  merge(backward, compared(1, 50));
  EXPECT_EQ(text_of(backward), whole);
}

TEST(ComparisonState, what_was_sent_goes_on_as_before) {
  const Comparison part = compared(1, 50);
  Comparison sent = comparison_of_state(comparison_state(part), three_scenarios());
  EXPECT_EQ(text_of(sent), text_of(part));
  merge(sent, compared(50, 120));
  EXPECT_EQ(text_of(sent), text_of(compared(1, 120)));
}

TEST(ComparisonState, other_or_damaged_states_are_refused) {
  const std::string state = comparison_state(compared(1, 10));
  EXPECT_THROW(comparison_of_state("", three_scenarios()), Error);
  EXPECT_THROW(comparison_of_state(state.substr(0, state.size() / 2), three_scenarios()), Error);
  EXPECT_THROW(comparison_of_state(state, {three_scenarios()[0]}), Error);
  Comparison one{{compared(1, 10).runs[0]}, {}};
  EXPECT_THROW(merge(one, compared(10, 20)), Error);
}

}  // namespace
}  // namespace labacces::scenario
