#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/random.hpp"
#include "libsim/outcomes/read_take_up_units.hpp"
#include "libsim/takeup/normal.hpp"

namespace labacces::outcomes {
namespace {

/// Figures by name in the cell of one group.
std::map<std::string, MeasuredFigure> figures_of(const TakeUpData& data, const QuantityTable& table,
                                                 const std::string& group = "all", const std::string& cell = "all") {
  std::map<std::string, MeasuredFigure> out;
  const auto measured = measure_tables(data.design, std::span(&table, 1), data.plan, data.receipts, 1);
  for (const MeasuredGroup& one : measured[0]) {
    for (const MeasuredCell& found : one.cells) {
      if (one.name != group || found.name != cell) continue;
      for (std::size_t i = 0; i < table.figures.size(); ++i) out[table.figures[i].name] = found.figures[i];
    }
  }
  return out;
}

TakeUpData example(bool replicated) {
  UnitColumns columns;
  columns.benefits = {"rsa", "ppa"};
  columns.weight = "weight";
  columns.stratum = "stratum";
  columns.cluster = "cluster";
  columns.groups = {"tenure"};
  if (replicated) columns.replicates = "rep";
  return read_take_up_units("receipt.csv", read_file(std::string(LABACCES_SOURCE_DIR) + "/docs/cli/examples/receipt.csv"),
                            columns);
}

// Values and errors of the R package survey (tests/data/take_up/reference.R).
TEST(TakeUpUnits, rates_and_errors_are_those_of_the_survey_package) {
  const auto reference =
      nlohmann::json::parse(read_file(std::string(LABACCES_SOURCE_DIR) + "/tests/data/take_up/reference.json"));
  for (const bool replicated : {false, true}) {
    const TakeUpData data = example(replicated);
    std::map<std::string, MeasuredFigure> found = figures_of(data, non_take_up_table(data.benefits[0], 0));
    found["beta_error"] = figures_of(data, confusion_table(data.benefits[0], 0))["beta_error"];
    found["hlm_rate_heads"] = figures_of(data, non_take_up_table(data.benefits[0], 0), "tenure", "hlm")["rate_heads"];
    const auto& expected = reference.at(replicated ? "replicated" : "linearised");
    for (const auto& [name, pair] : expected.items()) {
      const double value = pair[0], error = pair[1];
      EXPECT_NEAR(found.at(name).estimate.value / value, 1.0, 1e-9) << name << replicated;
      EXPECT_NEAR(found.at(name).estimate.standard_error / error, 1.0, 1e-9) << name << replicated;
    }
    EXPECT_EQ(expected.size(), 8U);
  }
}

const std::string header =
    "b_right@2024-01,b_receipt@2024-01,b_claimed@2024-01,b_right@2024-02,b_receipt@2024-02,b_claimed@2024-02,b_right@2024-03,b_"
    "receipt@2024-03,b_claimed@2024-03\n";

TakeUpData read(const std::string& text, UnitColumns columns = {}) {
  if (columns.benefits.empty()) columns.benefits = {"b"};
  return read_take_up_units("units.csv", text, columns);
}

TEST(TakeUpUnits, full_partial_primary_and_secondary_by_hand) {
  const TakeUpData data = read(header +
                               "100,0,0,100,0,0,100,0,0\n"      // never claims
                               "100,0,1,100,0,1,100,0,1\n"      // claims, is not paid
                               "100,60,1,100,60,1,100,60,1\n"   // is paid in part
                               "100,0,0,100,100,1,100,100,1\n"  // is late by a month
                               "0,50,1,0,50,1,0,50,1\n");       // is paid without a right
  auto found = figures_of(data, non_take_up_table(data.benefits[0], 0));
  EXPECT_DOUBLE_EQ(found["eligible_units"].estimate.value, 4.0);
  EXPECT_DOUBLE_EQ(found["rate_heads"].estimate.value, 0.5);
  EXPECT_DOUBLE_EQ(found["rate_primary"].estimate.value, 0.25);
  EXPECT_DOUBLE_EQ(found["rate_secondary"].estimate.value, 0.25);
  EXPECT_DOUBLE_EQ(found["rate_partial"].estimate.value, 0.25);
  EXPECT_DOUBLE_EQ(found["rate_partial_quarter"].estimate.value, 0.5);
  EXPECT_DOUBLE_EQ(found["rate_euros"].estimate.value, 240.0 / 400.0);
  EXPECT_DOUBLE_EQ(found["unclaimed_a_year"].estimate.value, 12.0 * 240.0);
  EXPECT_NEAR(found["rate_euros_quarter"].estimate.value, (300.0 + 300.0 + 120.0 + 100.0) / 1200.0, 1e-12);
  EXPECT_FALSE(found["rate_durable"].estimate.known);
  auto crossed = figures_of(data, confusion_table(data.benefits[0], 0));
  EXPECT_DOUBLE_EQ(crossed["right_and_receipt"].estimate.value, 0.4);
  EXPECT_DOUBLE_EQ(crossed["beta_error"].estimate.value, 1.0 / 3.0);
  EXPECT_DOUBLE_EQ(crossed["leakage"].estimate.value, 1.0);
  EXPECT_DOUBLE_EQ(crossed["non_take_up_low"].estimate.value, 0.4);
}

TEST(TakeUpUnits, joint_non_take_up_counts_rights_unclaimed) {
  const TakeUpData data =
      read("a_right,a_receipt,b_right,b_receipt\n100,0,50,0\n100,100,50,0\n100,0,50,50\n100,100,50,50\n100,0,0,0\n0,0,0,0\n",
           {.benefits = {"a", "b"}});
  auto found = figures_of(data, joint_table(data.benefits));
  EXPECT_DOUBLE_EQ(found["with_a_right"].estimate.value, 5.0);
  EXPECT_DOUBLE_EQ(found["two_unclaimed"].estimate.value, 0.2);
  EXPECT_DOUBLE_EQ(found["one_unclaimed"].estimate.value, 0.6);
  QuantityTable table = joint_table(data.benefits);
  auto all = measure_tables(data.design, std::span(&table, 1), data.plan, data.receipts, 1)[0][0].cells[0];
  const std::vector<MeasuredCell> pairs = split_pairs(table.figures, all);
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0].name, "a+b");
  EXPECT_EQ(pairs[0].sampled, 4U);
  const std::vector<std::pair<std::string, double>> expected{{"both_rights", 4.0},
                                                             {"neither_received", 0.25},
                                                             {"only_first_received", 0.25},
                                                             {"only_second_received", 0.25},
                                                             {"both_received", 0.25}};
  ASSERT_EQ(pair_figures().size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(pair_figures()[i].name, expected[i].first);
    EXPECT_DOUBLE_EQ(pairs[0].figures[i].estimate.value, expected[i].second) << expected[i].first;
  }
  EXPECT_EQ(all.figures.size(), table.figures.size());
  EXPECT_DOUBLE_EQ(found["all_of_several_unclaimed"].estimate.value, 0.25);
  EXPECT_DOUBLE_EQ(found["euros_unclaimed"].estimate.value, (100.0 + 50.0 + 50.0 + 100.0 + 100.0) / 700.0);
}

TEST(TakeUpUnits, a_receipt_of_0_and_1_means_the_whole_right_and_the_order_of_rows_changes_no_bit) {
  const std::vector<std::string> rows{"100.3,1,11.7\n", "70.1,0,13.3\n", "31.9,1,17.9\n", "55.5,0,3.1\n"};
  std::vector<double> errors;
  for (const std::vector<std::size_t>& order : {std::vector<std::size_t>{0, 1, 2, 3}, std::vector<std::size_t>{3, 1, 0, 2}}) {
    std::string text = "b_right,b_receipt,w\n";
    for (const std::size_t i : order) text += rows[i];
    const TakeUpData data = read(text, {.benefits = {"b"}, .weight = "w"});
    auto found = figures_of(data, non_take_up_table(data.benefits[0], 0));
    EXPECT_DOUBLE_EQ(found["rate_partial"].estimate.value, 0.0);
    errors.push_back(found["rate_euros"].estimate.standard_error);
  }
  EXPECT_EQ(errors[0], errors[1]);
}

// Rights max(0, 300 - 0.6 y) of incomes y seen with an error, then with another one on top; 60 % of who has the right claims.
TEST(TakeUpUnits, the_extrapolated_rate_is_nearer_to_the_truth_than_the_one_that_appears) {
  constexpr std::size_t units = 40'000;
  constexpr double size = 0.1;
  const Stream stream(5, "seen incomes");
  SurveyDesign design;
  Receipts receipts(3);
  std::vector<std::uint32_t> rows;
  for (std::uint64_t i = 0; i < units; ++i) {
    const auto right = [](double income) { return std::max(0.0, 300.0 - 0.6 * income); };
    const auto error = [&](std::uint64_t draw) {
      return std::exp(size * takeup::normal_quantile(stream.uniform(i, draw)) - 0.5 * size * size);
    };
    const double income = 1500.0 * stream.uniform(i, 0), seen = income * error(1), twice = seen * error(2);
    design.weights.push_back(1.0);
    rows.push_back(static_cast<std::uint32_t>(i));
    receipts[0].received.push_back(right(income) > 0.0 && stream.uniform(i, 3) < 0.6 ? right(income) : 0.0);
    receipts[1].received.push_back(right(twice));
    receipts[2].received.push_back(right(seen));
  }
  const QuantityTable table = apparent_table(rows, {0, 1, false, true});
  const auto measured = measure_tables(
      design, std::span(&table, 1), {}, [&](std::size_t, std::size_t) { return receipts; }, 1);
  std::map<std::string, MeasuredFigure> found;
  for (std::size_t i = 0; i < table.figures.size(); ++i) found[table.figures[i].name] = measured[0][0].cells[0].figures[i];
  double eligible = 0.0, out = 0.0;
  for (std::size_t i = 0; i < units; ++i) {
    eligible += receipts[2].received[i] > 0.0 ? 1.0 : 0.0;
    out += receipts[2].received[i] > 0.0 && !(receipts[0].received[i] > 0.0) ? 1.0 : 0.0;
  }
  const double appears = out / eligible;
  const Estimate& extrapolated = found.at("rate_extrapolated").estimate;
  EXPECT_GT(appears, 0.4 + 4.0 * found.at("rate_heads").estimate.standard_error);
  EXPECT_NEAR(extrapolated.value, 0.4, 3.0 * extrapolated.standard_error);
  EXPECT_NEAR(extrapolated.value, appears - (found.at("rate_heads").estimate.value - appears) / (std::sqrt(2.0) - 1.0), 1e-12);
}

std::string message_of(const std::string& text, UnitColumns columns = {}) {
  try {
    read(text, std::move(columns));
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

TEST(TakeUpUnits, messages_name_the_place_and_what_was_expected) {
  const auto has = [](const std::string& message, const std::string& part) {
    EXPECT_NE(message.find(part), std::string::npos) << message;
  };
  has(message_of("b_rigth,b_receipt\n1,1\n"), "units.csv:1: error: there is no column 'b_right' (did you mean 'b_rigth'?)");
  has(message_of("b_right,b_receipt\n1,1\nx,1\n"),
      "units.csv:3: error: column 'b_right': a number of 0 or more (at most 1e12) was expected, found 'x'");
  has(message_of("b_right,b_receipt\n-1,1\n"), "found '-1'");
  has(message_of("b_right,b_receipt\n1e300,1\n"), "found '1e300'");
  has(message_of("b_right,b_receipt,b_right\n1,1,2\n"), "units.csv:1:19: error: column 'b_right' stands twice");
  has(message_of("b_right,b_receipt\n"), "the file has no rows");
  has(message_of("b_right@2024-01,b_right@2024-03,b_receipt\n1,1,1\n"), "the months of 'b_right' have a gap");
  has(message_of("b_right@2024-01,b_right@2024-02,b_receipt\n1,1,1\n"), "column 'b_receipt@...' is missing");
  has(message_of("b_right,b_receipt,w\n1,1,0\n", {.benefits = {"b"}, .weight = "w"}), "all weights are 0");
  has(message_of("b_right,b_receipt,a\n1,1,0\n", {.benefits = {"b"}, .groups = {"a:50/30"}}), "numbers that rise were expected");
  has(message_of("b_right,b_receipt\n1,1\n", {.benefits = {"b"}, .replicates = "rep"}), "no column begins with 'rep'");
}

}  // namespace
}  // namespace labacces::outcomes
