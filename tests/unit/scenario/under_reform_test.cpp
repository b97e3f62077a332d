// How decisions of the base meet a reform: the worked examples of docs/methods/take-up.md.
#include <gtest/gtest.h>

#include <vector>

#include "libsim/population/synthetic.hpp"
#include "libsim/report/results.hpp"
#include "libsim/scenario/run_scenario.hpp"

namespace labacces::scenario {
namespace {

using S = outcomes::NonTakeUpSums;
using takeup::UnderReform;

/// RSA alone at 66 %; the reform raises the amount to 900 EUR, and the rate to 90 %.
Scenario reform(UnderReform rule) {
  Scenario scenario = parse_scenario(
      "s.json", R"({"extends": "builtin:base", "name": "reform", "period": "2025-06", "benefits": ["rsa"], "groups": [],
    "take_up": {"rsa": {"rate": 0.9}}, "reforms": [{"rsa.montant_de_base": {"2023-01-01": 900}}]})");
  scenario.under_reform = rule;
  return scenario;
}

struct Totals {
  double eligible, paid, rate_of_new;
};

/// Weighted heads under the reform, and the share that claims of those whose right is new.
Totals totals_under(UnderReform rule) {
  const std::vector<Scenario> scenarios{
      parse_scenario("b.json", R"({"extends": "builtin:base", "period": "2025-06", "benefits": ["rsa"], "groups": []})"),
      reform(rule)};
  const law::Law before = scenario_law(scenarios[0]);
  const law::Law after = scenario_law(scenarios[1]);
  const std::vector<const law::Law*> laws{&before, &after};
  const Population population =
      make_synthetic(parse_synthetic("builtin:bretagne?households=20000&seed=5"), before.schema(), Month::of(2025, 6));
  const Comparison comparison = compare_scenarios(scenarios, laws, population);
  const std::size_t n = comparison.runs[0].clusters;
  const S& base = comparison.runs[0].benefits[0].groups[0].cells[0].sums[0];
  const S& other = comparison.runs[1].benefits[0].groups[0].cells[0].sums[0];
  const double newly = other.total(S::units, n).value - base.total(S::units, n).value;
  return {other.total(S::units, n).value, other.total(S::units_paid, n).value,
          (other.total(S::units_paid, n).value - base.total(S::units_paid, n).value) / newly};
}

TEST(UnderReform, redraw_lets_everybody_decide_by_the_models_of_the_scenario) {
  const Totals found = totals_under(UnderReform::redraw);
  EXPECT_NEAR(found.paid / found.eligible, 0.9, 0.02);
}

TEST(UnderReform, persist_keeps_the_rate_of_the_base_also_for_those_whose_right_is_new) {
  const Totals found = totals_under(UnderReform::persist);
  EXPECT_NEAR(found.rate_of_new, 0.66, 0.05);
  EXPECT_NEAR(found.paid / found.eligible, 0.66, 0.03);
}

TEST(UnderReform, newly_eligible_decide_by_the_scenario_and_the_others_stay_as_they_are) {
  const Totals found = totals_under(UnderReform::newly_eligible);
  EXPECT_NEAR(found.rate_of_new, 0.9, 0.04);
  EXPECT_LT(found.paid / found.eligible, 0.85);
}

TEST(UnderReform, automatic_pays_everybody_who_has_the_right) {
  const Totals found = totals_under(UnderReform::automatic);
  EXPECT_EQ(found.paid, found.eligible);
}

}  // namespace
}  // namespace labacces::scenario
