#include "libsim/scenario/measure_take_up.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <memory>
#include <string>

#include "libsim/base/error.hpp"
#include "libsim/population/scaled.hpp"
#include "libsim/population/synthetic.hpp"
#include "libsim/scenario/run_scenario.hpp"

namespace labacces::scenario {
namespace {

using outcomes::MeasuredCell;
using outcomes::MeasuredFigure;
using outcomes::MeasuredGroup;

constexpr Month june = Month::of(2025, 6);

struct World {
  explicit World(std::size_t households = 800) {
    scenario.period = june;
    law = std::make_shared<const law::Law>(scenario_law(scenario));
    population = std::make_shared<const Population>(make_synthetic({.households = households, .seed = 3}, law->schema(), june));
  }
  outcomes::TakeUpData data(const MeasureOptions& options) const { return measure_take_up(scenario, law, population, options); }
  Scenario scenario = base_scenario();
  std::shared_ptr<const law::Law> law;
  std::shared_ptr<const Population> population;
};

MeasureOptions quick(std::size_t replications) {
  MeasureOptions options;
  options.replications = replications;
  options.living = "";
  options.threads = 1;
  return options;
}

using Figures = std::map<std::string, MeasuredFigure>;

Figures figures_of(const outcomes::QuantityTable& table, const MeasuredCell& cell) {
  Figures out;
  for (std::size_t i = 0; i < table.figures.size(); ++i) out[table.figures[i].name] = cell.figures[i];
  return out;
}

Figures measured(const outcomes::TakeUpData& data, std::size_t benefit, unsigned threads = 1) {
  const outcomes::QuantityTable table = non_take_up_table(data.benefits[benefit], benefit);
  return figures_of(table, measure_tables(data.design, std::span(&table, 1), data.plan, data.receipts, threads)[0][0].cells[0]);
}

void expect_the_figures_of_a_run(const World& world) {
  const RunResult run = run_scenario(world.scenario, *world.law, *world.population, {.threads = 1});
  const outcomes::TakeUpData data = world.data(quick(1));
  using S = outcomes::NonTakeUpSums;
  for (std::size_t b = 0; b < run.benefits.size(); ++b) {
    Figures found = measured(data, b);
    const outcomes::WindowSums& sums = run.benefits[b].groups[0].cells[0].sums;
    const auto same = [&](const char* name, const outcomes::Estimate& expected, double factor = 1.0) {
      const outcomes::Estimate& estimate = found.at(name).estimate;
      EXPECT_NEAR(estimate.value, factor * expected.value, 1e-9 * std::abs(factor * expected.value) + 1e-12)
          << name << " " << run.benefits[b].benefit;
      EXPECT_NEAR(estimate.standard_error, factor * expected.standard_error, 1e-6 * factor * expected.standard_error + 1e-9)
          << name << " " << run.benefits[b].benefit;
    };
    same("eligible_units", sums[0].total(S::units, run.clusters));
    same("rate_heads", sums[0].rate_in_heads(run.clusters));
    same("rate_euros", sums[0].rate_in_euros(run.clusters));
    same("unclaimed_a_year", sums[0].total(S::euros_out, run.clusters), 12.0);
    same("rate_quarter", sums[1].rate_in_heads(run.clusters));
    same("rate_euros_quarter", sums[1].rate_in_euros(run.clusters));
    same("rate_durable", sums[2].rate_in_heads(run.clusters));
  }
}

// With one draw it is the figure of a run, by another way: sums over chunks and unit by unit there, whole columns and blocks of draws here.
TEST(MeasureTakeUp, one_draw_gives_the_figures_and_the_errors_of_a_run) { expect_the_figures_of_a_run(World()); }

TEST(MeasureTakeUp, one_draw_gives_the_figures_of_a_run_with_gateways_a_copula_persistence_and_durations) {
  World world;
  world.scenario =
      parse_scenario("s.json", R"({"extends": "builtin:base", "period": "2025-06", "benefits": ["rsa", "ppa", "aide_logement"],
    "take_up": {"rsa": {"model": "logit", "intercept": -1, "amount": {"form": "log", "coefficient": 0.3}, "duration": 0.05, "persistence": 0.9},
                "ppa": {"rate": 0.4, "gateways": {"rsa": 1.5}, "persistence": 0.8},
                "aide_logement": {"rate": 0.7, "gateways": {"rsa": 0.5, "ppa": -1}}},
    "correlations": [["rsa", "ppa", 0.5], ["ppa", "aide_logement", 0.3]]})");
  expect_the_figures_of_a_run(world);
}

// Every kind of dependence: a unit that claimed still does when all probabilities rise, gateways with effects above 0 among them.
TEST(MeasureTakeUp, raising_every_probability_adds_takers_and_removes_none_through_gateways_and_copulas) {
  const auto received = [](double rsa, double ppa) {
    World world;
    world.scenario = parse_scenario("s.json", R"({"extends": "builtin:base", "period": "2025-06", "benefits": ["rsa", "ppa"],
      "take_up": {"rsa": {"rate": )" + std::to_string(rsa) +
                                                  R"(, "persistence": 0.9}, "ppa": {"rate": )" + std::to_string(ppa) +
                                                  R"(, "gateways": {"rsa": 1.5}}}, "correlations": [["rsa", "ppa", 0.5]]})");
    return world.data(quick(3)).receipts(0, 2);
  };
  const outcomes::Receipts low = received(0.5, 0.3);
  const outcomes::Receipts high = received(0.6, 0.35);
  for (std::size_t b = 0; b < 2; ++b) {
    std::size_t added = 0;
    ASSERT_EQ(low[b].received.size(), high[b].received.size());
    for (std::size_t i = 0; i < low[b].received.size(); ++i) {
      ASSERT_LE(low[b].received[i], high[b].received[i]) << b << " " << i;
      added += low[b].received[i] < high[b].received[i] ? 1 : 0;
    }
    EXPECT_GT(added, 0U) << b;
  }
}

TEST(MeasureTakeUp, the_mean_over_draws_comes_near_the_rate_and_its_sample_part_vanishes) {
  const World world(3000);
  Figures rsa = measured(world.data(quick(60)), 0);
  const MeasuredFigure& rate = rsa.at("rate_heads");
  EXPECT_NEAR(rate.estimate.value, 0.34, 4.0 * std::sqrt(rate.parts.draws));
  EXPECT_LT(rate.parts.design, rate.parts.draws);  // one rate for all: which dwellings are in the sample does not matter
}

TEST(MeasureTakeUp, an_error_of_the_rate_is_in_the_part_of_the_parameters) {
  const World world;
  MeasureOptions options = quick(8);
  options.spreads = {{"rsa", {}, {}, 0.05}};
  options.parameter_draws = 150;
  const outcomes::TakeUpData data = world.data(options);
  Figures one = measured(data, 0), two = measured(data, 0, 2);
  EXPECT_NEAR(std::sqrt(one.at("rate_heads").parts.parameters), 0.05, 3.0 * 0.05 / std::sqrt(2.0 * 150) + 0.01);
  EXPECT_EQ(one.at("rate_heads").parts.parameters, two.at("rate_heads").parts.parameters);
  EXPECT_EQ(measured(data, 1).at("rate_heads").parts.parameters, 0.0);
}

takeup::Behaviour logit() {
  takeup::Behaviour behaviour;
  behaviour.benefit = "rsa";
  behaviour.model = takeup::Model::logit;
  behaviour.intercept = -1.0;
  behaviour.form = takeup::AmountForm::level;
  behaviour.amount = 0.4;
  behaviour.traits = {{"statut_occupation_logement", "locataire_hlm", 0.3}};
  return behaviour;
}

const std::string fit =
    R"json({"coefficients": [{"name": "(constant)"}, {"name": "right"}, {"name": "statut_occupation_logement=locataire_hlm"}],
  "covariance": [0.04, -0.0001, 0.0, -0.0001, 0.000001, 0.0, 0.0, 0.0, 0.09]})json";

TEST(ParameterSpread, draws_have_the_covariance_of_the_fit) {
  const ParameterSpread spread = spread_of_fit("rsa", "fit.json", fit);
  constexpr int draws = 4000;
  double constants = 0.0, amounts = 0.0, products = 0.0, traits = 0.0;
  for (int draw = 1; draw <= draws; ++draw) {
    const takeup::Behaviour one = moved(logit(), spread, 1, static_cast<std::uint64_t>(draw));
    const double constant = one.intercept + 1.0, amount = (one.amount - 0.4) / 100.0, trait = one.traits[0].coefficient - 0.3;
    constants += constant * constant / draws;
    amounts += amount * amount / draws;
    products += constant * amount / draws;
    traits += trait * trait / draws;
  }
  const double tolerance = 4.0 * std::sqrt(2.0 / draws);
  EXPECT_NEAR(constants / 0.04, 1.0, tolerance);
  EXPECT_NEAR(amounts / 0.000001, 1.0, tolerance);
  EXPECT_NEAR(products / -0.0001, 1.0, 2.0 * tolerance);
  EXPECT_NEAR(traits / 0.09, 1.0, tolerance);
}

std::string message_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

TEST(ParameterSpread, what_does_not_fit_is_named) {
  const auto has = [](const std::string& message, const std::string& part) {
    EXPECT_NE(message.find(part), std::string::npos) << message;
  };
  takeup::Behaviour without = logit();
  without.traits.clear();
  has(message_of([&] { moved(without, spread_of_fit("rsa", "fit.json", fit), 1, 1); }),
      "'statut_occupation_logement=locataire_hlm', which its take-up in the scenario does not have");
  has(message_of([] { moved({}, spread_of_fit("rsa", "fit.json", fit), 1, 1); }), "give its rate an error instead");
  has(message_of([] { moved(logit(), {"rsa", {}, {}, 0.1}, 1, 1); }), "has no rate between 0 and 1");
  has(message_of([] { spread_of_fit("rsa", "fit.json", "{}"); }),
      "fit.json: covariance: error: a fit.json of 'labacces takeup fit'");
  has(message_of([] { spread_of_fit("rsa", "fit.json", R"({"coefficients": [{"name": "a"}], "covariance": [-1]})"); }),
      "not positive definite");
  has(message_of([] { spread_of_fit("rsa", "fit.json", R"({"coefficients": [{"name": "a"}], "covariance": [1, 2]})"); }),
      "1 numbers were expected");
}

TEST(IncomeError, without_error_nothing_is_missed_and_with_more_the_rate_that_appears_rises) {
  const World world;
  MeasureOptions options = quick(1);
  options.income_errors = {0.0, 0.1, 0.3};
  options.income_draws = 3;
  const outcomes::TakeUpData data = world.data(options);
  std::vector<Figures> ppa;
  for (const outcomes::IncomeError& error : data.income_errors) {
    ppa.push_back(
        figures_of(error.tables[1], measure_tables(data.design, error.tables, error.plan, error.receipts, 1)[1][0].cells[0]));
  }
  EXPECT_EQ(ppa[0].at("right_missed").estimate.value, 0.0);
  EXPECT_EQ(ppa[0].at("right_wrongly_found").estimate.value, 0.0);
  for (const char* name : {"rate_heads", "right_missed", "right_wrongly_found", "beta_error"}) {
    EXPECT_LT(ppa[0].at(name).estimate.value, ppa[1].at(name).estimate.value) << name;
    EXPECT_LT(ppa[1].at(name).estimate.value, ppa[2].at(name).estimate.value) << name;
  }
}

TEST(IncomeError, a_scaled_population_has_its_given_amounts_multiplied_and_no_others) {
  const World world(50);
  const Population twice =
      scaled(world.population, {"salaire_net"}, [](std::size_t, std::size_t row) { return row % 2 == 0 ? 2.0 : 1.0; });
  const auto cells = [](const Population& population, const char* name) {
    return population.columns()[population.find(name)->periods.back().column].cells();
  };
  ASSERT_EQ(cells(twice, "salaire_net").size(), cells(*world.population, "salaire_net").size());
  for (std::size_t row = 0; row < cells(twice, "salaire_net").size(); ++row) {
    EXPECT_EQ(cells(twice, "salaire_net")[row], cells(*world.population, "salaire_net")[row] * (row % 2 == 0 ? 2.0 : 1.0));
    EXPECT_EQ(cells(twice, "retraite_nette")[row], cells(*world.population, "retraite_nette")[row]);
  }
  EXPECT_EQ(twice.ids(Level::individu), world.population->ids(Level::individu));
}

TEST(MeasureTakeUp, what_cannot_be_measured_is_refused) {
  const World world(50);
  const auto has = [&](const MeasureOptions& options, const std::string& part) {
    const std::string message = message_of([&] { world.data(options); });
    EXPECT_NE(message.find(part), std::string::npos) << message;
  };
  MeasureOptions options = quick(1);
  options.receipts = {{"rsa", "rsa"}};
  has(options, "receipt is given of some benefits, not of 'ppa'");
  options = quick(1);
  options.income_errors = {0.1};
  options.incomes = {"salaire_nett"};
  has(options, "the data give no amount 'salaire_nett' of persons; did you mean 'salaire_net'?");
  options = quick(1);
  options.spreads = {spread_of_fit("rsa", "fit.json", fit)};
  has(options, "its take-up in the scenario is not");
}

// A right that is itself the receipt: everybody receives what he has the right to.
TEST(MeasureTakeUp, observed_receipt_is_set_against_the_right) {
  World world(300);
  world.scenario.benefits = {"rsa", "ppa"};
  MeasureOptions options = quick(1);
  options.receipts = {{"rsa", "rsa"}, {"ppa", "rsa"}};
  const outcomes::TakeUpData data = world.data(options);
  EXPECT_TRUE(data.observed);
  EXPECT_EQ(measured(data, 0).at("rate_heads").estimate.value, 0.0);
  const outcomes::QuantityTable table = confusion_table(data.benefits[1], 1);
  Figures ppa = figures_of(table, measure_tables(data.design, std::span(&table, 1), data.plan, data.receipts, 1)[0][0].cells[0]);
  EXPECT_GT(ppa.at("beta_error").estimate.value, 0.0);
  EXPECT_NEAR(ppa.at("right_and_receipt").estimate.value + ppa.at("right_without_receipt").estimate.value +
                  ppa.at("receipt_without_right").estimate.value + ppa.at("neither").estimate.value,
              1.0, 1e-12);
}

}  // namespace
}  // namespace labacces::scenario
