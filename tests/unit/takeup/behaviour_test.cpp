#include "libsim/takeup/behaviour.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "libsim/takeup/normal.hpp"

namespace labacces::takeup {
namespace {

UnitFacts with_right(double right) {
  UnitFacts facts;
  facts.right = right;
  return facts;
}

TEST(Normal, distribution_and_quantile_have_their_known_values_and_undo_each_other) {
  EXPECT_NEAR(normal_cdf(1.959963984540054), 0.975, 1e-15);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
  for (const double p : {1e-300, 1e-10, 0.01, 0.5, 0.9, 1.0 - 1e-12})
    EXPECT_NEAR(normal_cdf(normal_quantile(p)) / p, 1.0, 1e-10) << p;
  EXPECT_TRUE(std::isinf(normal_quantile(0.0)) && std::isinf(normal_quantile(1.0)));
}

TEST(Normal, the_logistic_function_does_not_overflow) {
  EXPECT_EQ(logistic(-1e6), 0.0);
  EXPECT_EQ(logistic(1e6), 1.0);
  EXPECT_DOUBLE_EQ(logistic(logit(0.3)), 0.3);
}

TEST(Behaviour, without_a_right_nobody_claims) {
  for (const Model model : {Model::rate, Model::logit, Model::probit, Model::threshold, Model::observed}) {
    Behaviour behaviour;
    behaviour.model = model;
    behaviour.cost = 100.0;
    EXPECT_EQ(probability(behaviour, with_right(0.0)), 0.0);
  }
}

TEST(Behaviour, logit_and_probit_are_the_link_of_their_index) {
  Behaviour behaviour;
  behaviour.model = Model::logit;
  behaviour.intercept = -2.0;
  behaviour.form = AmountForm::log;
  behaviour.amount = 0.5;
  behaviour.duration = 0.1;
  behaviour.traits = {{"age", "", 0.02}, {"tenure", "hlm", 0.3}};
  const std::array<double, 2> traits{40.0, 1.0};
  UnitFacts facts = with_right(200.0);
  facts.months = 6.0;
  facts.traits = traits;
  const double index = -2.0 + 0.5 * std::log(200.0) + 0.6 + 0.8 + 0.3;
  EXPECT_DOUBLE_EQ(probability(behaviour, facts), 1.0 / (1.0 + std::exp(-index)));
  behaviour.model = Model::probit;
  EXPECT_DOUBLE_EQ(probability(behaviour, facts), normal_cdf(index));
  behaviour.form = AmountForm::level;
  EXPECT_DOUBLE_EQ(probability(behaviour, facts), normal_cdf(-2.0 + 0.5 * 2.0 + 0.6 + 0.8 + 0.3));
  behaviour.form = AmountForm::share_of_income;
  facts.income = 600.0;
  EXPECT_DOUBLE_EQ(probability(behaviour, facts), normal_cdf(-2.0 + 0.5 * 0.25 + 0.6 + 0.8 + 0.3));
}

TEST(Behaviour, half_claim_when_the_gain_is_the_median_cost) {
  Behaviour behaviour;
  behaviour.model = Model::threshold;
  behaviour.cost = 1200.0;
  behaviour.spread = 0.8;
  EXPECT_NEAR(probability(behaviour, with_right(100.0)), 0.5, 1e-15);
  EXPECT_GT(probability(behaviour, with_right(150.0)), probability(behaviour, with_right(100.0)));
}

TEST(Behaviour, the_first_cell_that_holds_gives_the_rate) {
  Behaviour behaviour;
  behaviour.rate = 0.5;
  behaviour.cells = {{"a", "yes", 0.1}, {"b", "yes", 0.2}};
  UnitFacts facts = with_right(10.0);
  const std::array<double, 2> both{1.0, 1.0}, second{0.0, 1.0}, none{0.0, 0.0};
  facts.cells = both;
  EXPECT_EQ(probability(behaviour, facts), 0.1);
  facts.cells = second;
  EXPECT_EQ(probability(behaviour, facts), 0.2);
  facts.cells = none;
  EXPECT_EQ(probability(behaviour, facts), 0.5);
}

TEST(Behaviour, who_is_seen_to_receive_claims_and_the_others_by_the_rate) {
  Behaviour behaviour;
  behaviour.model = Model::observed;
  behaviour.rate = 0.05;
  UnitFacts facts = with_right(10.0);
  EXPECT_EQ(probability(behaviour, facts), 0.05);
  facts.received = true;
  EXPECT_EQ(probability(behaviour, facts), 1.0);
}

TEST(Behaviour, a_gateway_shifts_the_log_odds) {
  Behaviour behaviour;
  behaviour.rate = 0.4;
  UnitFacts facts = with_right(10.0);
  facts.gateway = 0.7;
  EXPECT_DOUBLE_EQ(logit(probability(behaviour, facts)), logit(0.4) + 0.7);
}

}  // namespace
}  // namespace labacces::takeup
