// Benefits whose payment counts in the rights of others, decided in a declared order.
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "libsim/base/error.hpp"
#include "libsim/outcomes/living_take_up.hpp"
#include "libsim/population/population_builder.hpp"
#include "libsim/population/synthetic.hpp"
#include "libsim/report/results.hpp"
#include "libsim/scenario/measure_take_up.hpp"
#include "libsim/scenario/run_scenario.hpp"

namespace labacces::scenario {
namespace {

using S = outcomes::NonTakeUpSums;
using takeup::UnderReform;

constexpr Month june = Month::of(2025, 6);

/// The base scenario with more text; three benefits that count in each other.
Scenario asking(const std::string& more, const std::string& name = "one") {
  const std::string text =
      R"({"extends": "builtin:base", "name": ")" + name +
      R"(", "period": "2025-06", "benefits": ["rsa", "ppa", "aide_logement"], "groups": ["departement"], "income": true)" +
      (more.empty() ? "" : ", " + more) + "}";
  return parse_scenario("s.json", text);
}
const std::string ordered = R"("order": ["aide_logement", "rsa", "ppa"])";

struct Pass {
  explicit Pass(std::vector<Scenario> asked, std::size_t households = 1500) : scenarios(std::move(asked)) {
    for (const Scenario& scenario : scenarios) laws.push_back(scenario_law(scenario));
    for (const law::Law& law : laws) seen.push_back(&law);
    population = make_synthetic({.households = households, .seed = 3}, laws[0].schema(), june);
  }
  Comparison compare(unsigned threads = 2, std::size_t rows = 512) const {
    return compare_scenarios(scenarios, seen, population, {.threads = threads, .rows_per_chunk = rows});
  }
  std::vector<Scenario> scenarios;
  std::vector<law::Law> laws;
  std::vector<const law::Law*> seen;
  Population population;
};

std::string refusal(const std::string& more) {
  try {
    asking(more);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

const GroupResult::Cell& all(const RunResult& run, std::size_t benefit) { return run.benefits[benefit].groups[0].cells[0]; }
double total(const RunResult& run, std::size_t benefit, S::Measure measure) {
  return all(run, benefit).sums[0].total(measure, run.clusters).value;
}
double full_total(const RunResult& run, std::size_t benefit, S::Measure measure) {
  return all(run, benefit).full()[0].total(measure, run.clusters).value;
}

TEST(TakeUpOrder, benefits_that_are_not_asked_or_named_twice_are_refused) {
  EXPECT_EQ(refusal(R"("order": ["rsa", "aide_logemen"])"),
            "s.json: order/1: error: 'aide_logemen' is not among the benefits (did you mean 'aide_logement'?)");
  EXPECT_EQ(refusal(R"("order": ["rsa", "ppa", "rsa"])"), "s.json: order/2: error: 'rsa' is named twice");
  EXPECT_EQ(refusal(R"("order": "rsa")"), "s.json: order: error: a list of texts was expected, found string");
}

TEST(TakeUpOrder, a_gateway_leads_from_a_benefit_that_is_decided_before) {
  const std::string gateway = R"("take_up": {"ppa": {"rate": 0.5, "gateways": {"rsa": 1}}})";
  EXPECT_EQ(
      refusal(gateway + R"(, "order": ["ppa"])"),
      "s.json: order/0: error: who claims 'rsa' claims 'ppa' more readily (a gateway): 'rsa' must stand before it in the order");
  EXPECT_EQ(refusal(gateway + R"(, "order": ["rsa", "ppa"])"), "");
}

TEST(TakeUpOrder, an_extended_scenario_keeps_the_order_of_the_benefits_that_it_asks) {
  const Scenario base = asking(ordered);
  EXPECT_EQ(base.order, (std::vector<std::string>{"aide_logement", "rsa", "ppa"}));
  EXPECT_EQ(asking(R"("order": [])").order, std::vector<std::string>{});
}

TEST(TakeUpOrder, an_order_that_the_law_contradicts_is_refused_with_the_path_of_rules) {
  const Pass pass({asking(R"("order": ["rsa", "aide_logement"])")}, 50);
  try {
    pass.compare();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()),
              "s.json: order/0: error: 'rsa' is decided before 'aide_logement', but the law needs the latter for it in the same "
              "month (2024-10): "
              "rsa -> rsa_montant -> rsa_forfait_logement -> aide_logement (put 'aide_logement' before 'rsa')");
  }
}

// Not to the last euro: RSA and housing aid look at each other's past, at full take-up three months back (`past`), as paid from the first
// month computed on.
TEST(TakeUpOrder, where_everybody_claims_rights_are_those_at_full_take_up) {
  const std::string everybody = R"("take_up": {"rsa": {"rate": 1}, "ppa": {"rate": 1}, "aide_logement": {"rate": 1}})";
  const Pass pass({asking(everybody, "without"), asking(everybody + ", " + ordered, "with")});
  const Comparison comparison = pass.compare();
  for (std::size_t b = 0; b < 3; ++b) {
    for (const S::Measure measure : {S::units, S::euros, S::euros_paid}) {
      const double expected = total(comparison.runs[0], b, measure);
      EXPECT_NEAR(total(comparison.runs[1], b, measure), expected, 0.005 * expected);
    }
    EXPECT_EQ(total(comparison.runs[1], b, S::units_out), 0.0);
  }
}

TEST(TakeUpOrder, figures_at_full_take_up_are_the_rights_of_the_scenario_without_it) {
  const Pass pass({asking("", "without"), asking(ordered, "with")});
  const Comparison comparison = pass.compare();
  for (std::size_t b = 0; b < 3; ++b) {
    for (const S::Measure measure : {S::units, S::euros})
      EXPECT_EQ(total(comparison.runs[0], b, measure), full_total(comparison.runs[1], b, measure));
  }
  for (const std::size_t which : {1U, 2U})
    EXPECT_EQ(comparison.runs[0].income->disposable[which].value, comparison.runs[1].income->disposable[which].value);
}

TEST(TakeUpOrder, housing_aid_that_is_not_claimed_raises_the_rsa_that_is) {
  const std::string half = R"("take_up": {"aide_logement": {"rate": 0.5}, "rsa": {"rate": 0.5}})";
  const Pass pass({asking(half, "without"), asking(half + ", " + ordered, "with")});
  const Comparison comparison = pass.compare();
  EXPECT_GT(total(comparison.runs[1], 0, S::euros), total(comparison.runs[0], 0, S::euros));
  EXPECT_GT(total(comparison.runs[1], 0, S::units), total(comparison.runs[0], 0, S::units));
  EXPECT_LT(total(comparison.runs[1], 2, S::euros), total(comparison.runs[0], 2, S::euros))
      << "RSA that is not paid: earnings count in the housing aid";
}

TEST(TakeUpOrder, incomes_as_paid_are_full_take_up_less_what_is_due_then_and_not_paid) {
  const Pass pass({asking(ordered)});
  const RunResult run = pass.compare().runs[0];
  double missing = 0.0;
  for (std::size_t b = 0; b < 3; ++b) missing += full_total(run, b, S::euros) - total(run, b, S::euros_paid);
  const IncomeResult& income = *run.income;
  EXPECT_NEAR(income.disposable[1].value - income.disposable[0].value, 12.0 * missing, 1e-6 * income.disposable[0].value);
}

TEST(TakeUpOrder, threads_chunks_and_scenarios_beside_change_no_byte) {
  const Pass pass({asking("", "without"), asking(ordered, "with"),
                   asking(ordered + R"(, "reforms": [{"rsa.montant_de_base": {"2023-01-01": 700}}])", "more"),
                   asking(R"("order": ["aide_logement", "rsa"])", "two")});
  const Comparison together = pass.compare();
  const std::string bytes = report::comparison_json(together);
  EXPECT_EQ(bytes, report::comparison_json(pass.compare(1, 64)));
  EXPECT_EQ(bytes, report::comparison_json(pass.compare(2, 1'000'000)));
  for (std::size_t i = 0; i < pass.scenarios.size(); ++i) {
    const RunResult alone = run_scenario(pass.scenarios[i], pass.laws[i], pass.population, {.threads = 1});
    EXPECT_EQ(report::results_json(alone), report::results_json(together.runs[i])) << pass.scenarios[i].name;
  }
}

/// Some blocks of a population, in another order of rows.
Population part_of(const Population& whole, bool every_other) {
  std::array<std::vector<std::int32_t>, level_count> kept, place;
  for (std::size_t level = 0; level < level_count; ++level) {
    place[level].assign(whole.count(static_cast<Level>(level)), -1);
    for (std::size_t block = whole.blocks().size() - 1; block-- > 0;) {
      if (every_other && block % 2 == 1) continue;
      for (auto row = whole.blocks()[block][level]; row < whole.blocks()[block + 1][level]; ++row) {
        place[level][static_cast<std::size_t>(row)] = static_cast<std::int32_t>(kept[level].size());
        kept[level].push_back(row);
      }
    }
  }
  const auto pick = [](const auto& from, const std::vector<std::int32_t>& rows) {
    std::vector<typename std::decay_t<decltype(from)>::value_type> out;
    for (const std::int32_t row : rows) out.push_back(from[static_cast<std::size_t>(row)]);
    return out;
  };
  PopulationTables tables;
  for (std::size_t level = 0; level < level_count; ++level) {
    tables.ids[level] = pick(whole.ids(static_cast<Level>(level)), kept[level]);
    if (level == 0) continue;
    const Membership& links = whole.membership(static_cast<Level>(level));
    for (const std::int32_t person : kept[0]) {
      tables.unit_of[level].push_back(place[level][static_cast<std::size_t>(links.unit_of[static_cast<std::size_t>(person)])]);
      tables.role_of[level].push_back(links.role_of[static_cast<std::size_t>(person)]);
    }
  }
  tables.weights = pick(whole.weights(), kept[index_of(Level::menage)]);
  tables.variables = whole.variables();
  tables.columns.resize(whole.columns().size());
  for (const VariableData& variable : whole.variables()) {
    for (const PeriodColumn& period : variable.periods) {
      const Column& column = whole.columns()[period.column];
      Column& into = tables.columns[period.column];
      const std::vector<double> cells(column.cells().begin(), column.cells().end());
      into.values = pick(cells, kept[index_of(variable.level)]);
      if (!column.given.empty()) into.given = pick(column.given, kept[index_of(variable.level)]);
    }
  }
  tables.synthetic = whole.is_synthetic();
  tables.source = whole.source();
  tables.weighting = whole.weighting();
  return PopulationBuilder::build(std::move(tables));
}

TEST(TakeUpOrder, the_order_of_the_rows_changes_no_byte) {
  const Pass pass({asking(ordered)});
  const Population shuffled = part_of(pass.population, false);
  EXPECT_EQ(report::results_json(run_scenario(pass.scenarios[0], pass.laws[0], pass.population)),
            report::results_json(run_scenario(pass.scenarios[0], pass.laws[0], shuffled)));
}

TEST(TakeUpOrder, households_of_a_subsample_are_paid_as_in_the_whole) {
  const Scenario scenario = asking(ordered);
  const auto law = std::make_shared<const law::Law>(scenario_law(scenario));
  const auto whole = std::make_shared<const Population>(make_synthetic({.households = 600, .seed = 3}, law->schema(), june));
  const auto part = std::make_shared<const Population>(part_of(*whole, true));
  MeasureOptions options;
  options.living = "";
  const auto paid = [&](const std::shared_ptr<const Population>& population) {
    const outcomes::TakeUpData data = measure_take_up(scenario, law, population, options);
    return std::pair(data, data.receipts(0, 0));
  };
  const auto [data, receipts] = paid(whole);
  const auto [part_data, part_receipts] = paid(part);
  for (std::size_t b = 0; b < 3; ++b) {
    std::size_t row = 0, compared = 0;
    const std::size_t months = data.benefits[b].months;
    for (std::size_t i = 0; i < part->count(Level::famille); ++i) {
      while (whole->ids(Level::famille)[row] != part->ids(Level::famille)[i]) ++row;
      for (std::size_t m = 0; m < months; ++m) {
        ASSERT_EQ(receipts[b].received[row * months + m], part_receipts[b].received[i * months + m]);
        compared += receipts[b].received[row * months + m] > 0.0 ? 1 : 0;
      }
    }
    EXPECT_GT(compared, 50U);
  }
}

TEST(TakeUpOrder, a_report_of_one_draw_has_the_figures_of_a_run_at_full_take_up_and_its_incomes) {
  const Pass pass({asking(ordered)});
  const RunResult run = pass.compare().runs[0];
  MeasureOptions options;
  options.replications = 1;
  const outcomes::TakeUpData data =
      measure_take_up(pass.scenarios[0], std::make_shared<const law::Law>(scenario_law(pass.scenarios[0])),
                      std::make_shared<const Population>(pass.population), options);
  for (std::size_t b = 0; b < 3; ++b) {
    const outcomes::QuantityTable table = non_take_up_table(data.benefits[b], b);
    const auto cells = measure_tables(data.design, std::span(&table, 1), data.plan, data.receipts, 1);
    for (std::size_t i = 0; i < table.figures.size(); ++i) {
      const double value = cells[0][0].cells[0].figures[i].estimate.value;
      if (table.figures[i].name == "eligible_units") {
        EXPECT_NEAR(value, full_total(run, b, S::units), 1e-6);
      } else if (table.figures[i].name == "rate_heads") {
        // A run adds weights as whole multiples of 2^-24 (base/exact_sum.hpp), a report as they are: 1e-11 of a rate over a few hundred units.
        EXPECT_NEAR(value, all(run, b).full()[0].rate_in_heads(run.clusters).value, 1e-11);
      } else if (table.figures[i].name == "unclaimed_a_year") {
        EXPECT_NEAR(value, 12.0 * full_total(run, b, S::euros_out), 1e-3);
      }
    }
  }
  const std::vector<outcomes::MeasuredCell> living = measure_living(data, 1);
  for (const std::size_t which : {0U, 1U, 2U}) {
    const outcomes::MeasuredCell& cell = living[which == 0 ? 1 : which == 1 ? 2 : 0];
    EXPECT_NEAR(cell.figures[0].estimate.value, run.income->figures[which][0].value, 1e-6) << cell.name;
  }
}

TEST(TakeUpOrder, with_observed_receipt_an_order_is_refused) {
  const Scenario scenario = asking(ordered);
  const auto law = std::make_shared<const law::Law>(scenario_law(scenario));
  const auto population = std::make_shared<const Population>(make_synthetic({.households = 20, .seed = 3}, law->schema(), june));
  MeasureOptions options;
  options.receipts = {{"rsa", "rsa"}, {"ppa", "ppa"}, {"aide_logement", "aide_logement"}};
  try {
    measure_take_up(scenario, law, population, options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(
        std::string(error.what()).rfind("s.json: order: error: receipt is observed, so no order of claiming is followed", 0), 0U);
  }
}

/// RSA raised to 900 EUR and claimed by 90 %, where 66 % claimed it; housing aid as it is.
Comparison under(UnderReform rule) {
  Scenario reform = asking(
      ordered + R"(, "take_up": {"rsa": {"rate": 0.9}}, "reforms": [{"rsa.montant_de_base": {"2023-01-01": 900}}])", "reform");
  reform.under_reform = rule;
  return Pass({asking(ordered), reform}, 16000).compare();
}

TEST(TakeUpOrder, the_four_behaviours_under_reform_meet_rights_given_what_others_are_paid) {
  const auto rate = [](const Comparison& comparison, std::size_t run) {
    return 1.0 - all(comparison.runs[run], 0).sums[0].rate_in_heads(comparison.runs[run].clusters).value;
  };
  const Comparison redraw = under(UnderReform::redraw);
  EXPECT_NEAR(rate(redraw, 0), 0.66, 0.06);
  EXPECT_NEAR(rate(redraw, 1), 0.90, 0.04);
  const Comparison persist = under(UnderReform::persist);
  EXPECT_NEAR(rate(persist, 1), 0.66, 0.05);
  const Comparison newly = under(UnderReform::newly_eligible);
  EXPECT_GT(rate(newly, 1), rate(persist, 1));
  EXPECT_LT(rate(newly, 1), rate(redraw, 1));
  const Comparison automatic = under(UnderReform::automatic);
  for (std::size_t b = 0; b < 3; ++b) {
    EXPECT_EQ(total(automatic.runs[1], b, S::units_paid), total(automatic.runs[1], b, S::units));
    const double full = full_total(automatic.runs[1], b, S::euros);
    EXPECT_NEAR(total(automatic.runs[1], b, S::euros), full, 0.01 * full);
  }
}

TEST(TakeUpOrder, gateways_correlation_and_persistence_meet_it) {
  const std::string models = R"("correlations": [["rsa", "aide_logement", 0.5]], "take_up": {
    "rsa": {"model": "logit", "intercept": -3, "amount": {"form": "log", "coefficient": 0.7}, "duration": 0.1, "persistence": 0.8},
    "ppa": {"rate": 0.5, "gateways": {"rsa": 3}, "cells": [{"variable": "departement", "item": "d29", "rate": 0.3}]}})";
  const Pass pass({asking(models, "without"), asking(models + ", " + ordered, "with")});
  const Comparison comparison = pass.compare();
  EXPECT_EQ(report::comparison_json(comparison), report::comparison_json(pass.compare(1, 100)));
  EXPECT_EQ(report::results_json(run_scenario(pass.scenarios[1], pass.laws[1], pass.population)),
            report::results_json(comparison.runs[1]));
  EXPECT_GT(total(comparison.runs[1], 1, S::euros_paid), 0.0);
}

TEST(TakeUpOrder, raising_a_rate_adds_takers_of_the_benefit_itself) {
  const Pass pass({asking(ordered + R"(, "take_up": {"aide_logement": {"rate": 0.3}})", "base"),
                   asking(ordered + R"(, "take_up": {"aide_logement": {"rate": 0.99}})", "more")});
  const Comparison comparison = pass.compare();
  EXPECT_GT(total(comparison.runs[1], 2, S::units_paid), total(comparison.runs[0], 2, S::units_paid));
  EXPECT_LT(total(comparison.runs[1], 0, S::euros), total(comparison.runs[0], 0, S::euros))
      << "more housing aid, more of the forfait logement";
}

TEST(TakeUpOrder, what_was_due_before_the_first_month_is_counted_as_paid) {
  const Pass pass({asking(ordered)}, 400);
  const RunResult run = pass.compare().runs[0];
  ASSERT_FALSE(run.assumed.empty());
  bool rsa = false;
  for (const AssumedTakeUp& one : run.assumed) {
    EXPECT_LT(one.last, Month::of(2024, 10)) << one.benefit;
    if (one.benefit != "rsa") continue;
    rsa = true;
    EXPECT_EQ(one.last, Month::of(2024, 9));
    EXPECT_GT(one.unit_months, 0U);
  }
  EXPECT_TRUE(rsa) << "the housing aid of the first month looks at the RSA of the month before";
}

}  // namespace
}  // namespace labacces::scenario
