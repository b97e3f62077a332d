#include "libsim/outcomes/measured_figures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "libsim/base/error.hpp"
#include "libsim/base/random.hpp"
#include "libsim/takeup/normal.hpp"

namespace labacces::outcomes {
namespace {

/// One rate: entries with a right (quantity 0) that miss it (quantity 1). Receipt holds what each got.
QuantityTable rate_table(std::size_t entries) {
  QuantityTable table;
  for (std::size_t i = 0; i < entries; ++i) table.rows.push_back(static_cast<std::uint32_t>(i));
  table.quantities = 2;
  table.figures = {{"rate", "share", 1, 0}};
  table.fill = [entries](const Receipts& receipts, std::span<double> values) {
    for (std::size_t i = 0; i < entries; ++i) {
      values[2 * i] = 1.0;
      values[2 * i + 1] = receipts[0].received[i] > 0.0 ? 0.0 : 1.0;
    }
  };
  return table;
}

MeasuredFigure measured_rate(const SurveyDesign& design, const DrawPlan& plan, const ReceiptSource& source) {
  const QuantityTable table = rate_table(design.weights.size());
  return measure_tables(design, std::span(&table, 1), plan, source, 1)[0][0].cells[0].figures[0];
}

constexpr std::size_t strata = 4, clusters_each = 25, units_each = 4;

/// Clusters of alike units in strata of unlike rates; the rate of the whole is 0.35.
struct Sampled {
  SurveyDesign design;
  Receipts receipts{1};
};

Sampled sampled(std::uint64_t sample) {
  const Stream stream(sample, "sampled clusters");
  const std::vector<double> rates{0.2, 0.3, 0.4, 0.5};
  Sampled out;
  std::uint64_t draw = 0;
  for (std::uint32_t stratum = 0; stratum < strata; ++stratum) {
    for (std::uint32_t cluster = 0; cluster < clusters_each; ++cluster) {
      const double common = stream.uniform(draw++);
      for (std::size_t unit = 0; unit < units_each; ++unit) {
        const double own = stream.uniform(draw++);
        const double missing = stream.uniform(draw++) < 0.4 ? common : own;  // so that units of a cluster are alike
        out.design.weights.push_back(100.0);
        out.design.strata.push_back(stratum);
        out.design.clusters.push_back(stratum * static_cast<std::uint32_t>(clusters_each) + cluster);
        out.receipts[0].received.push_back(missing < rates[stratum] ? 0.0 : 100.0);
      }
    }
  }
  return out;
}

// 1,000 samples: bias within 2 Monte-Carlo errors; 95 % intervals that cover between 93 % and 97 %.
TEST(MeasuredFigures, intervals_of_a_stratified_cluster_sample_cover_the_truth) {
  constexpr int samples = 1000;
  constexpr double truth = 0.35;
  int covered = 0;
  double bias = 0.0, squares = 0.0;
  for (int sample = 0; sample < samples; ++sample) {
    const Sampled one = sampled(static_cast<std::uint64_t>(sample));
    const Estimate rate = measured_rate(one.design, {}, [&](std::size_t, std::size_t) { return one.receipts; }).estimate;
    covered += rate.low() <= truth && truth <= rate.high() ? 1 : 0;
    bias += rate.value - truth;
    squares += (rate.value - truth) * (rate.value - truth);
  }
  RecordProperty("covered", covered);
  EXPECT_NEAR(bias / samples, 0.0, 2.0 * std::sqrt(squares) / samples);
  EXPECT_GE(covered, samples * 93 / 100);
  EXPECT_LE(covered, samples * 97 / 100);
}

/// Units with a trait x claim with probability logistic(b + x), b estimated with an error of `error`.
struct World {
  static constexpr double error = 0.15;
  World(std::uint64_t sample, std::size_t units) : key(sample) {
    const Stream stream(sample, "traits of a world");
    for (std::uint64_t i = 0; i < units; ++i) {
      design.weights.push_back(50.0 + 100.0 * stream.uniform(i, 0));
      trait.push_back(2.0 * stream.uniform(i, 1) - 1.0);
    }
    estimate = error * takeup::normal_quantile(stream.uniform(0, 2));
  }
  Receipts draw(std::size_t parameter_draw, std::size_t replication) const {
    const Stream parameters(key, "parameters of a world"), luck(key, "luck of a world");
    const double moved = parameter_draw == 0 ? 0.0 : error * takeup::normal_quantile(parameters.uniform(parameter_draw));
    Receipts out(1);
    for (std::uint64_t i = 0; i < trait.size(); ++i) {
      out[0].received.push_back(luck.uniform(i, replication) < takeup::logistic(estimate + moved + trait[i]) ? 1.0 : 0.0);
    }
    return out;
  }
  std::uint64_t key;
  SurveyDesign design;
  std::vector<double> trait;
  double estimate = 0.0;
};

// The truth is the rate at b = 0 over all x: 1/2, by symmetry.
TEST(MeasuredFigures, intervals_hold_the_sample_the_draws_and_the_parameters) {
  constexpr int samples = 600;
  int covered = 0;
  double errors = 0.0, spread = 0.0;
  for (int sample = 0; sample < samples; ++sample) {
    const World world(static_cast<std::uint64_t>(sample), 250);
    const MeasuredFigure rate =
        measured_rate(world.design, {4, 40, true}, [&](std::size_t k, std::size_t m) { return world.draw(k, m); });
    covered += rate.estimate.low() <= 0.5 && 0.5 <= rate.estimate.high() ? 1 : 0;
    errors += rate.parts.total() / samples;
    spread += (rate.estimate.value - 0.5) * (rate.estimate.value - 0.5) / samples;
  }
  RecordProperty("covered", covered);
  RecordProperty("variance_estimated_to_true", std::to_string(errors / spread));
  EXPECT_NEAR(errors / spread, 1.0, 3.0 * std::sqrt(2.0 / samples));
  EXPECT_GE(covered, samples * 93 / 100);
  EXPECT_LE(covered, samples * 97 / 100);
}

// Each part against its formula: draws Σ w² p (1 - p) / (M (Σ w)²), parameters (Σ w p (1 - p) / Σ w)² error², sample by the probabilities alone.
TEST(MeasuredFigures, each_part_of_the_variance_is_what_its_formula_says) {
  const World world(7, 2000);
  constexpr std::size_t replications = 200, parameters = 200;
  const MeasuredFigure rate = measured_rate(world.design, {replications, parameters, true},
                                            [&](std::size_t k, std::size_t m) { return world.draw(k, m); });
  double sum = 0.0, mean = 0.0, of_draws = 0.0, slope = 0.0, of_sample = 0.0;
  for (std::size_t i = 0; i < world.trait.size(); ++i) {
    const double w = world.design.weights[i], p = takeup::logistic(world.estimate + world.trait[i]);
    sum += w;
    mean += w * (1.0 - p);
    of_draws += w * w * p * (1.0 - p);
    slope += w * p * (1.0 - p);
  }
  mean /= sum;
  for (std::size_t i = 0; i < world.trait.size(); ++i) {
    const double residual = world.design.weights[i] * (1.0 - takeup::logistic(world.estimate + world.trait[i]) - mean) / sum;
    of_sample += residual * residual;
  }
  const auto tolerance = [](std::size_t draws) { return 3.0 * std::sqrt(2.0 / static_cast<double>(draws)); };
  EXPECT_NEAR(rate.parts.draws / (of_draws / (sum * sum) / replications), 1.0, tolerance(replications));
  EXPECT_NEAR(rate.parts.parameters / std::pow(slope / sum * World::error, 2.0), 1.0, tolerance(parameters));
  EXPECT_NEAR(rate.parts.design / of_sample, 1.0, 0.05);
}

TEST(MeasuredFigures, observed_receipt_has_the_error_of_the_sample_only) {
  const Sampled one = sampled(1);
  const MeasuredFigure rate = measured_rate(one.design, {}, [&](std::size_t, std::size_t) { return one.receipts; });
  EXPECT_EQ(rate.parts.draws, 0.0);
  EXPECT_EQ(rate.parts.parameters, 0.0);
  EXPECT_GT(rate.parts.design, 0.0);
}

TEST(MeasuredFigures, threads_change_no_bit) {
  const World world(3, 300);
  const QuantityTable table = rate_table(300);
  const auto source = [&](std::size_t k, std::size_t m) { return world.draw(k, m); };
  const auto one = measure_tables(world.design, std::span(&table, 1), {3, 20, true}, source, 1);
  const auto three = measure_tables(world.design, std::span(&table, 1), {3, 20, true}, source, 3);
  EXPECT_EQ(one[0][0].cells[0].figures[0].estimate.standard_error, three[0][0].cells[0].figures[0].estimate.standard_error);
  EXPECT_EQ(one[0][0].cells[0].figures[0].parts.parameters, three[0][0].cells[0].figures[0].parts.parameters);
}

std::string message_of(const SurveyDesign& design) {
  try {
    const DesignVariance variance(design);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

TEST(SurveyDesign, names_the_stratum_that_has_one_cluster_and_the_cluster_in_two) {
  EXPECT_NE(message_of({{1, 1, 1}, {0, 0, 1}, {0, 1, 2}, {"north", "south"}, {}, 0}).find("stratum 'south' has one cluster only"),
            std::string::npos);
  EXPECT_NE(
      message_of({{1, 1, 1, 1}, {0, 0, 1, 1}, {0, 1, 1, 2}, {"north", "south"}, {}, 0}).find("'north' and in stratum 'south'"),
      std::string::npos);
  EXPECT_THROW(replicate_factor("brs", 10), Error);
  EXPECT_THROW(replicate_factor("fay:1.2", 10), Error);
  EXPECT_DOUBLE_EQ(replicate_factor("fay:0.5", 10), 0.4);
  EXPECT_DOUBLE_EQ(replicate_factor("jk1", 10), 0.9);
}

}  // namespace
}  // namespace labacces::outcomes
