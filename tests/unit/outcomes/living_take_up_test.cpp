#include "libsim/outcomes/living_take_up.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "libsim/base/random.hpp"
#include "libsim/outcomes/income.hpp"

namespace labacces::outcomes {
namespace {

std::size_t place_of(const std::string& name) {
  const std::vector<FigureOf> figures = living_figures();
  return static_cast<std::size_t>(
      std::find_if(figures.begin(), figures.end(), [&](const FigureOf& figure) { return figure.name == name; }) -
      figures.begin());
}

/// One benefit of 3,600 euros a year, a right of the poorer half, claimed with a probability of 0.6.
struct Town {
  Town(std::uint64_t seed, std::size_t households, DrawPlan plan) : rights(households, 0.0) {
    const Stream stream(seed, "town");
    BenefitUnits& units = data.benefits.emplace_back();
    for (std::uint64_t i = 0; i < households; ++i) {
      const double u = stream.uniform(i);
      data.design.weights.push_back(10.0 + 10.0 * stream.uniform(i, 1));
      data.living.full.push_back(u < 0.5 ? 8000.0 + 12000.0 * u : 2000.0 + 24000.0 * u);
      data.living.consumption_units.push_back(1.5);
      data.living.persons.push_back(1.0 + std::floor(3.0 * stream.uniform(i, 2)));
      units.rows.push_back(static_cast<std::uint32_t>(i));
      units.persons.push_back(data.living.persons.back());
      units.rights.push_back(u < 0.5 ? 300.0 : 0.0);
    }
    data.plan = plan;
    data.receipts = [this, seed](std::size_t parameter_draw, std::size_t replication) {
      const Stream luck(seed, "luck of a town");
      Receipts out(1);
      for (std::size_t i = 0; i < data.benefits[0].rights.size(); ++i) {
        const double p = 0.6 + (parameter_draw == 0 ? 0.0 : parameter_draw % 2 == 0 ? 0.05 : -0.05);
        out[0].received.push_back(luck.uniform(i, replication) < p ? data.benefits[0].rights[i] : 0.0);
      }
      return out;
    };
  }
  TakeUpData data;
  std::vector<double> rights;
};

TEST(LivingTakeUp, of_one_draw_values_and_errors_are_those_of_the_distribution_itself) {
  const Town town(1, 2000, {});
  const std::vector<MeasuredCell> cells = measure_living(town.data, 1);
  ASSERT_EQ(cells.size(), 4U);
  IncomeDesign design;
  std::vector<double> paid = town.data.living.full;
  const Receipts receipts = town.data.receipts(0, 0);
  for (std::size_t i = 0; i < paid.size(); ++i) {
    design.households.push_back(town.data.design.weights[i]);
    design.persons.push_back(town.data.design.weights[i] * town.data.living.persons[i]);
    design.cluster.push_back(static_cast<std::uint32_t>(i));
    paid[i] -= 12.0 * (town.data.benefits[0].rights[i] - receipts[0].received[i]) / 1.5;
  }
  design.clusters = paid.size();
  const IncomeDistribution before(paid, design), full(town.data.living.full, design);
  for (const auto& [name, measure] :
       {std::pair{"poverty_rate_60", IncomeMeasure::poverty_rate_60}, std::pair{"gini", IncomeMeasure::gini},
        std::pair{"poverty_gap_60", IncomeMeasure::poverty_gap_60}}) {
    const Linearised a = before.linearised(measure, before), b = full.linearised(measure, full);
    const std::size_t at = place_of(name);
    EXPECT_DOUBLE_EQ(cells[1].figures[at].estimate.value, a.value) << name;
    EXPECT_NEAR(cells[1].figures[at].estimate.standard_error, estimate_of(a, design).standard_error, 1e-9) << name;
    EXPECT_NEAR(cells[3].figures[at].estimate.value, b.value - a.value, 1e-12) << name;
    EXPECT_NEAR(cells[3].figures[at].estimate.standard_error, difference_of(a, b, design).standard_error, 1e-9) << name;
  }
  EXPECT_EQ(cells[0].name, "without_benefits");
  EXPECT_GT(cells[0].figures[place_of("poverty_rate_60")].estimate.value,
            cells[1].figures[place_of("poverty_rate_60")].estimate.value);
}

TEST(LivingTakeUp, luck_and_parameters_are_parts_of_the_variance_where_receipt_matters_only) {
  const Town town(2, 1500, {10, 20, true});
  const std::vector<MeasuredCell> cells = measure_living(town.data, 2);
  const std::size_t gini = place_of("gini");
  EXPECT_GT(cells[1].figures[gini].parts.draws, 0.0);
  EXPECT_GT(cells[1].figures[gini].parts.parameters, 0.0);
  EXPECT_EQ(cells[2].figures[gini].parts.draws, 0.0);
  EXPECT_EQ(cells[2].figures[gini].parts.parameters, 0.0);
  EXPECT_GT(cells[2].figures[gini].parts.design, 0.0);
  EXPECT_NEAR(cells[3].figures[gini].parts.parameters, cells[1].figures[gini].parts.parameters, 1e-15);
  EXPECT_EQ(measure_living(town.data, 1)[1].figures[gini].estimate.standard_error,
            cells[1].figures[gini].estimate.standard_error);
}

// 400 samples of a known town: intervals of the Gini and of what full take-up changes cover the truth of a sample of 400,000.
TEST(LivingTakeUp, intervals_cover_the_truth) {
  const Town whole(99, 400'000, {});
  const std::vector<MeasuredCell> truth = measure_living(whole.data, 1);
  constexpr int samples = 400;
  const std::size_t gini = place_of("gini");
  int paid = 0, change = 0;
  for (int sample = 0; sample < samples; ++sample) {
    const Town town(1000 + static_cast<std::uint64_t>(sample), 600, {3, 0, true});
    const std::vector<MeasuredCell> cells = measure_living(town.data, 1);
    const auto covers = [&](std::size_t cell) {
      const Estimate& one = cells[cell].figures[gini].estimate;
      const double value = truth[cell].figures[gini].estimate.value;
      return one.low() <= value && value <= one.high() ? 1 : 0;
    };
    paid += covers(1);
    change += covers(3);
  }
  RecordProperty("covered_paid", paid);
  RecordProperty("covered_change", change);
  EXPECT_GE(paid, samples * 93 / 100);
  EXPECT_LE(paid, samples * 97 / 100);
  EXPECT_GE(change, samples * 93 / 100);
  EXPECT_LE(change, samples * 97 / 100);
}

TEST(LivingTakeUp, replicate_weights_give_the_error_of_the_mean_by_hand) {
  TakeUpData data;
  data.design = {{1, 1, 1, 1}, {}, {}, {}, {{2, 0, 1, 1}, {0, 2, 1, 1}}, 0.5};
  data.living = {{1000, 2000, 3000, 6000}, {1, 1, 1, 1}, {1, 1, 1, 1}, false};
  data.benefits.push_back({.name = "b",
                           .label = "b",
                           .in_kind = false,
                           .months = 1,
                           .rows = {0},
                           .persons = {1},
                           .rights = {50.0},
                           .groups = {},
                           .claims_known = false});
  data.receipts = [](std::size_t, std::size_t) { return Receipts{{{0.0}, {}}}; };
  const std::vector<MeasuredCell> cells = measure_living(data, 1);
  const std::size_t mean = place_of("mean_standard_of_living");
  EXPECT_DOUBLE_EQ(cells[1].figures[mean].estimate.value, 2850.0);  // 12 x 50 unclaimed by the first
  EXPECT_DOUBLE_EQ(cells[2].figures[mean].estimate.value, 3000.0);
  EXPECT_DOUBLE_EQ(cells[2].figures[mean].estimate.standard_error, 250.0);  // means of 2,750 and 3,250
  EXPECT_DOUBLE_EQ(cells[3].figures[mean].estimate.standard_error, 150.0);  // changes of 300 and 0
}

}  // namespace
}  // namespace labacces::outcomes
