#include "libsim/scenario/curve.hpp"

#include <gtest/gtest.h>

#include "libsim/base/error.hpp"
#include "libsim/population/situation.hpp"
#include "libsim/scenario/explain.hpp"
#include "libsim/scenario/run_scenario.hpp"

namespace labacces::scenario {
namespace {

const law::Law& french() {
  static const law::Law law = scenario_law(base_scenario());
  return law;
}

std::string couple(double wage) {
  return R"({"individus": {"a": {"date_naissance": {"ETERNITY": "1985-01-01"}, "salaire_net": {"ETERNITY": )" +
         std::to_string(wage) +
         R"(}}, "b": {"date_naissance": {"ETERNITY": "1986-01-01"}, "salaire_net": {"ETERNITY": 400}}},
    "familles": {"f": {"parents": ["a", "b"]}}, "foyers_fiscaux": {"t": {"declarants": ["a", "b"]}},
    "menages": {"m": {"personne_de_reference": ["a"], "conjoint": ["b"]}}})";
}

Population household(double wage) { return read_situation("s", couple(wage), french().schema()).population; }

CurveAsked wages(double from, double to, double step) {
  CurveAsked asked;
  asked.vary = "salaire_net";
  asked.entity = "a";
  asked.from = from;
  asked.to = to;
  asked.step = step;
  asked.month = Month::of(2025, 6);
  return asked;
}

TEST(Curve, each_point_is_the_household_with_that_amount) {
  const Curve drawn = curve(french(), household(0.0), wages(0.0, 1500.0, 250.0));
  ASSERT_EQ(drawn.axis.size(), 7U);
  for (std::size_t i = 0; i < drawn.axis.size(); ++i) {
    const Population alone = household(drawn.axis[i]);
    for (const CurveLine& line : drawn.lines) {
      if (line.name != "rsa" && line.name != "ppa") continue;
      EXPECT_EQ(line.values[i], explain(french(), alone, line.name, Period::month(Month::of(2025, 6)), "f").values[0].number)
          << line.name << i;
    }
    EXPECT_NEAR(drawn.income[i] * 12, explain(french(), alone, "revenu_disponible", Period::year(2025), "m").values[0].number,
                1e-6);
  }
}

TEST(Curve, the_marginal_rate_is_the_share_of_a_step_that_is_lost) {
  const Curve drawn = curve(french(), household(0.0), wages(0.0, 3000.0, 100.0));
  ASSERT_EQ(drawn.marginal_rate.size() + 1, drawn.axis.size());
  double lost = 0.0;
  for (const double rate : drawn.marginal_rate) lost += 100.0 * rate;
  EXPECT_NEAR(drawn.income.back() - drawn.income.front(), 3000.0 - lost, 1e-6);
  EXPECT_GT(lost, 300.0);
}

TEST(Curve, other_amounts_move_along) {
  CurveAsked asked = wages(0.0, 4000.0, 1000.0);
  asked.outputs = {"aide_logement", "salaire_imposable"};
  asked.also = {{"salaire_imposable", 1.05}};
  const Curve drawn = curve(french(), household(0.0), asked);
  EXPECT_EQ(drawn.lines[1].values[3] - drawn.lines[1].values[0], 3000.0 * 1.05);
}

TEST(Curve, an_axis_of_no_euros_has_no_marginal_rate) {
  CurveAsked asked = wages(0.0, 40.0, 20.0);
  asked.vary = "nb_heures_travaillees";
  if (french().schema().find(asked.vary) == nullptr) asked.vary = "aeeh_niveau_handicap";
  EXPECT_TRUE(curve(french(), household(0.0), asked).marginal_rate.empty());
}

TEST(Curve, what_is_wrong_is_named) {
  const auto message = [](CurveAsked asked) {
    try {
      curve(french(), household(0.0), asked);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CurveAsked asked = wages(0.0, 100.0, 0.0);
  EXPECT_NE(message(asked).find("an axis that rises"), std::string::npos);
  asked = wages(0.0, 1e9, 1.0);
  EXPECT_NE(message(asked).find("2 to 100 000 points"), std::string::npos);
  asked = wages(0.0, 100.0, 10.0);
  asked.vary = "date_naissance";
  EXPECT_NE(message(asked).find("a number was expected, 'date_naissance' is date"), std::string::npos);
  asked = wages(0.0, 100.0, 10.0);
  asked.also = {{"loyer", 1.0}};
  EXPECT_NE(message(asked).find("'loyer' is of menage"), std::string::npos);
  asked = wages(0.0, 100.0, 10.0);
  asked.outputs = {"rsaa"};
  EXPECT_NE(message(asked).find("did you mean 'rsa'?"), std::string::npos);
}

}  // namespace
}  // namespace labacces::scenario
