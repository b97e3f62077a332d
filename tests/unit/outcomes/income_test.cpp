#include "libsim/outcomes/income.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <numeric>
#include <random>

namespace labacces::outcomes {
namespace {

/// Households of one to five persons in clusters of one or two.
IncomeDesign design_of(std::size_t households, std::mt19937_64& random) {
  IncomeDesign design;
  std::uniform_int_distribution<int> persons(1, 5);
  std::uniform_real_distribution<double> weight(0.5, 2.0);
  for (std::size_t h = 0; h < households; ++h) {
    design.households.push_back(weight(random));
    design.persons.push_back(design.households.back() * persons(random));
    design.cluster.push_back(static_cast<std::uint32_t>(h % 3 == 2 ? h - 1 : h));
  }
  std::uint32_t next = 0, last = 0;
  for (std::size_t h = 0; h < households; ++h) {
    if (h > 0 && design.cluster[h] != last) ++next;
    last = design.cluster[h];
    design.cluster[h] = next;
  }
  design.clusters = next + 1;
  return design;
}

std::vector<double> incomes_of(std::size_t households, std::mt19937_64& random) {
  std::lognormal_distribution<double> income(10.0, 0.5);
  std::vector<double> out(households);
  for (double& one : out) one = income(random);
  return out;
}

double value_of(IncomeMeasure measure, const std::vector<double>& incomes, const IncomeDesign& design) {
  const IncomeDistribution distribution(incomes, design);
  return distribution.linearised(measure, distribution).value;
}

TEST(Income, gini_is_half_the_mean_difference_of_pairs_over_the_mean) {
  std::mt19937_64 random(1);
  const IncomeDesign design = design_of(200, random);
  std::vector<double> incomes = incomes_of(200, random);
  incomes[7] = incomes[9];  // a tie
  double pairs = 0.0, mean = 0.0, total = 0.0;
  for (std::size_t i = 0; i < incomes.size(); ++i) {
    total += design.persons[i];
    mean += design.persons[i] * incomes[i];
    for (std::size_t j = 0; j < incomes.size(); ++j)
      pairs += design.persons[i] * design.persons[j] * std::fabs(incomes[i] - incomes[j]);
  }
  EXPECT_NEAR(value_of(IncomeMeasure::gini, incomes, design), pairs / (2.0 * total * mean), 1e-12);
}

TEST(Income, quantiles_and_poverty_count_persons) {
  IncomeDesign design{{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 10};
  const std::vector<double> incomes{10, 20, 30, 40, 50, 60, 70, 80, 90, 100};
  EXPECT_EQ(value_of(IncomeMeasure::median, incomes, design), 50.0);
  EXPECT_EQ(value_of(IncomeMeasure::decile_1, incomes, design), 10.0);
  EXPECT_EQ(value_of(IncomeMeasure::decile_9, incomes, design), 90.0);
  EXPECT_EQ(value_of(IncomeMeasure::interdecile_ratio, incomes, design), 9.0);
  EXPECT_EQ(value_of(IncomeMeasure::poverty_rate_60, incomes, design), 0.2);  // under 30
  EXPECT_EQ(value_of(IncomeMeasure::poverty_gap_60, incomes, design), 1.0 - 10.0 / 30.0);
  design.persons[0] = 11.0;
  EXPECT_EQ(value_of(IncomeMeasure::median, incomes, design), 10.0);
}

TEST(Income, the_influence_on_smooth_figures_is_their_derivative) {
  std::mt19937_64 random(2);
  IncomeDesign design = design_of(60, random);
  const std::vector<double> incomes = incomes_of(60, random);
  for (const IncomeMeasure measure : {IncomeMeasure::mean, IncomeMeasure::gini}) {
    const Linearised figure = [&] {
      const IncomeDistribution distribution(incomes, design);
      return distribution.linearised(measure, distribution);
    }();
    for (const std::size_t h : {0U, 13U, 59U}) {
      constexpr double step = 1e-5;
      IncomeDesign more = design;
      more.persons[h] += step;
      EXPECT_NEAR((value_of(measure, incomes, more) - figure.value) / step, figure.influence[h],
                  1e-4 * std::fabs(figure.influence[h]) + 1e-9);
    }
  }
}

TEST(Income, nobody_and_no_positive_median_are_not_known) {
  const IncomeDesign none{};
  const IncomeDistribution empty({}, none);
  EXPECT_FALSE(empty.linearised(IncomeMeasure::median, empty).known);
  const IncomeDesign three{{1, 1, 1}, {1, 1, 1}, {0, 1, 2}, 3};
  const IncomeDistribution losses({-3, -2, -1}, three);
  EXPECT_FALSE(losses.linearised(IncomeMeasure::gini, losses).known);
  EXPECT_FALSE(losses.linearised(IncomeMeasure::poverty_rate_60, losses).known);
  const IncomeDistribution alike({5, 5, 5}, three);
  EXPECT_TRUE(std::isfinite(alike.linearised(IncomeMeasure::gini, alike).value));
}

/// Intervals of 400 samples of one superpopulation against its own figures.
TEST(Income, intervals_cover_the_truth) {
  constexpr std::size_t large = 200'000, small = 3'000, samples = 400;
  std::mt19937_64 random(20251123);
  IncomeDesign everybody{std::vector<double>(large, 1.0), std::vector<double>(large, 1.0), std::vector<std::uint32_t>(large),
                         large};
  std::iota(everybody.cluster.begin(), everybody.cluster.end(), 0U);
  const std::vector<double> all = incomes_of(large, random);
  const auto after = [](double income) { return income < 14'000.0 ? income + 900.0 : income; };
  std::vector<double> all_after(all);
  for (double& one : all_after) one = after(one);
  const IncomeDistribution truth(all, everybody), truth_after(all_after, everybody);
  std::array<int, income_measure_count> covered{}, covered_difference{};
  std::array<double, income_measure_count> values{}, changes{};
  for (std::size_t m = 0; m < income_measure_count; ++m) {
    values[m] = truth.linearised(static_cast<IncomeMeasure>(m), truth).value;
    changes[m] = truth_after.linearised(static_cast<IncomeMeasure>(m), truth).value - values[m];
  }
  std::uniform_int_distribution<std::size_t> draw(0, large - 1);
  for (std::size_t sample = 0; sample < samples; ++sample) {
    IncomeDesign design{std::vector<double>(small, 1.0), std::vector<double>(small, 1.0), std::vector<std::uint32_t>(small),
                        small};
    std::iota(design.cluster.begin(), design.cluster.end(), 0U);
    std::vector<double> before(small), changed(small);
    for (std::size_t h = 0; h < small; ++h) {
      before[h] = all[draw(random)];
      changed[h] = after(before[h]);
    }
    const IncomeDistribution own(before, design), own_after(changed, design);
    for (std::size_t m = 0; m < income_measure_count; ++m) {
      const auto measure = static_cast<IncomeMeasure>(m);
      const Linearised figure = own.linearised(measure, own);
      const Estimate estimate = estimate_of(figure, design);
      covered[m] += estimate.low() <= values[m] && values[m] <= estimate.high() ? 1 : 0;
      const Estimate difference = difference_of(figure, own_after.linearised(measure, own), design);
      covered_difference[m] += difference.low() <= changes[m] && changes[m] <= difference.high() ? 1 : 0;
    }
    ASSERT_TRUE(sample > 0 || std::isfinite(estimate_of(own.linearised(IncomeMeasure::gini, own), design).standard_error));
  }
  for (std::size_t m = 0; m < income_measure_count; ++m) {
    const double share = static_cast<double>(covered[m]) / samples;
    std::cout << income_measures[m].name << ": " << 100.0 * share << " %, difference "
              << 100.0 * static_cast<double>(covered_difference[m]) / samples << " %\n";
    EXPECT_GE(share, 0.92) << income_measures[m].name;  // 400 samples: 95 % within 3 points, two standard errors and a half
    EXPECT_LE(share, 0.985) << income_measures[m].name;
  }
  for (const IncomeMeasure measure : {IncomeMeasure::mean, IncomeMeasure::gini, IncomeMeasure::poverty_rate_anchored}) {
    EXPECT_GE(static_cast<double>(covered_difference[static_cast<std::size_t>(measure)]) / samples, 0.92)
        << static_cast<int>(measure);
  }
}

TEST(Income, winners_losers_and_gains_by_decile) {
  IncomeDesign design{std::vector<double>(100, 2.0), std::vector<double>(100, 1.0), std::vector<std::uint32_t>(100), 100};
  std::iota(design.cluster.begin(), design.cluster.end(), 0U);
  std::vector<double> before(100), after(100);
  for (std::size_t h = 0; h < 100; ++h) {
    before[h] = after[h] = 10'000.0 + 100.0 * static_cast<double>(h);
    if (h < 10) after[h] += 1200.0;  // more than 5 %
    if (h >= 90) after[h] -= 240.0;  // less
    if (h == 50) after[h] += 5.0;    // nothing to speak of
  }
  const IncomeDistribution levels(before, design);
  const IncomeChange change = income_change(before, after, levels);
  EXPECT_DOUBLE_EQ(change.bands[4].share.value, 0.1);
  EXPECT_DOUBLE_EQ(change.bands[1].share.value, 0.1);
  EXPECT_DOUBLE_EQ(change.bands[2].share.value, 0.8);
  EXPECT_EQ(change.bands[0].households, 0U);
  EXPECT_NEAR(change.bands[4].share.standard_error, std::sqrt(0.1 * 0.9 / 99.0), 1e-9);
  EXPECT_DOUBLE_EQ(change.deciles[0].gain.value, 100.0);
  EXPECT_DOUBLE_EQ(change.deciles[9].gain.value, -20.0);
  EXPECT_NEAR(change.total.value, 10 * 1200.0 - 10 * 240.0 + 5.0, 1e-6);
}

}  // namespace
}  // namespace labacces::outcomes
