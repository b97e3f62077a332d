#include "libsim/takeup/choice.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/random.hpp"
#include "libsim/base/text.hpp"
#include "tests/unit/takeup/recovery.hpp"
#include "tests/unit/takeup/stored_sample.hpp"

namespace labacces::takeup {
namespace {

using Json = nlohmann::json;

void expect_near(const std::vector<Coefficient>& found, const Json& expected, const std::string& how) {
  ASSERT_EQ(found.size(), expected["coefficients"].size());
  for (std::size_t j = 0; j < found.size(); ++j) {
    EXPECT_NEAR(found[j].value, expected["coefficients"][j].get<double>(), 1e-6) << how << " " << found[j].name;
    EXPECT_NEAR(found[j].standard_error, expected["standard_errors"][j].get<double>(), 1e-6) << how << " " << found[j].name;
  }
}

TEST(Choice, coefficients_and_errors_are_those_of_statsmodels) {
  const Json reference = stored_reference();
  for (const auto& [name, link] :
       {std::pair{"logit", Link::logit}, std::pair{"probit", Link::probit}, std::pair{"cloglog", Link::cloglog}}) {
    Sample sample = stored_sample();
    const std::vector<double> weights = std::exchange(sample.weights, {});
    expect_near(fit_choice(sample, link, Errors::classical).coefficients, reference[name]["classical"],
                std::string(name) + " classical");
    expect_near(fit_choice(sample, link, Errors::robust).coefficients, reference[name]["robust"], std::string(name) + " robust");
    expect_near(fit_choice(sample, link, Errors::clustered).coefficients, reference[name]["clustered"],
                std::string(name) + " clustered");
    EXPECT_NEAR(fit_choice(sample, link, Errors::robust).log_likelihood,
                reference[name]["classical"]["log_likelihood"].get<double>(), 1e-8);
    sample.weights = weights;
    expect_near(fit_choice(sample, link, Errors::robust).coefficients, reference[name]["weighted_robust"],
                std::string(name) + " weighted");
  }
}

TEST(Choice, coefficients_and_errors_are_those_of_r_glm_and_svyglm) {
  const Json reference = r_reference();
  for (const auto& [name, link] :
       {std::pair{"logit", Link::logit}, std::pair{"probit", Link::probit}, std::pair{"cloglog", Link::cloglog}}) {
    Sample sample = stored_sample();
    const std::vector<double> weights = std::exchange(sample.weights, {});
    const ChoiceFit plain = fit_choice(sample, link, Errors::classical);
    expect_near(plain.coefficients, reference["glm"][name], std::string(name) + " glm");
    EXPECT_NEAR(plain.log_likelihood, reference["glm"][name]["log_likelihood"].get<double>(), 1e-8);
    sample.weights = weights;
    const Json& survey = reference["svyglm"][name];
    expect_near(fit_choice(sample, link, Errors::robust).coefficients, survey["weighted"], std::string(name) + " weighted");
    expect_near(fit_choice(sample, link, Errors::clustered).coefficients, survey["clustered"], std::string(name) + " clustered");
    for (const std::uint64_t cluster : sample.clusters) sample.strata.push_back(cluster % 3);
    expect_near(fit_choice(sample, link, Errors::clustered).coefficients, survey["stratified"],
                std::string(name) + " stratified");
    expect_near(fit_choice(sample, link, Errors::robust).coefficients, survey["stratified_units"],
                std::string(name) + " stratified units");
  }
}

TEST(Choice, a_stratum_with_one_cluster_is_refused) {
  Sample sample = stored_sample();
  sample.strata.assign(sample.size(), 1);
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (sample.clusters[i] == sample.clusters[4]) sample.strata[i] = 2;
  }
  try {
    fit_choice(sample, Link::logit, Errors::clustered);
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("has one cluster only, which says nothing of its spread; join it to another"),
              std::string::npos)
        << error.what();
  }
}

TEST(Choice, goodness_of_fit_is_that_of_r) {
  const Json reference = r_reference()["goodness"];
  Sample sample = stored_sample();
  sample.weights.clear();
  const GoodnessOfFit fit = fit_choice(sample, Link::logit, Errors::classical).goodness;
  const auto same = [&](double found, const char* name) { EXPECT_NEAR(found, reference[name].get<double>(), 1e-6) << name; };
  same(fit.mcfadden, "mcfadden");
  same(fit.cox_snell, "cox_snell");
  same(fit.nagelkerke, "nagelkerke");
  same(fit.tjur, "tjur");
  same(fit.brier, "brier");
  same(fit.area_under_curve, "area_under_curve");
  ASSERT_EQ(fit.bands.size(), 10U);
  EXPECT_EQ(fit.degrees_of_freedom, 8);
  same(fit.hosmer_lemeshow, "hosmer_lemeshow");
  same(fit.hosmer_lemeshow_p_value, "hosmer_lemeshow_p_value");
}

TEST(Goodness, chi_square_tails_are_those_of_r) {
  const Json reference = r_reference();
  ASSERT_FALSE(reference["chi_square_above"].empty());
  for (const Json& one : reference["chi_square_above"]) {
    EXPECT_NEAR(chi_square_above(one[0].get<double>(), one[1].get<int>()), one[2].get<double>(), 1e-12) << one;
  }
}

TEST(Goodness, bands_hold_tied_probabilities_together_and_weigh_their_units) {
  Sample sample{{}, {}, {1, 0, 1, 1, 0, 1}, {1, 1, 2, 1, 1, 0}, {}};
  const GoodnessOfFit fit = goodness_of_fit(sample, std::vector<double>{0.3, 0.3, 0.3, 0.8, 0.8, 0.1}, -3.0, -3.5);
  ASSERT_EQ(fit.bands.size(), 2U);
  EXPECT_EQ(fit.bands[0].units, 3U);
  EXPECT_DOUBLE_EQ(fit.bands[0].observed, 0.75);
  EXPECT_DOUBLE_EQ(fit.bands[0].predicted, 0.3);
  EXPECT_DOUBLE_EQ(fit.bands[0].observed_error, std::sqrt(0.75 * 0.25 * 6.0) / 4.0);
  EXPECT_DOUBLE_EQ(fit.bands[1].observed, 0.5);
  EXPECT_EQ(fit.degrees_of_freedom, 0);
}

TEST(Choice, the_order_of_units_changes_the_estimates_by_rounding_only) {
  Sample sample = stored_sample();
  const ChoiceFit a = fit_choice(sample, Link::logit, Errors::clustered);
  for (auto& column : sample.columns) std::reverse(column.begin(), column.end());
  for (auto* column : {&sample.claims, &sample.weights}) std::reverse(column->begin(), column->end());
  std::reverse(sample.clusters.begin(), sample.clusters.end());
  const ChoiceFit b = fit_choice(sample, Link::logit, Errors::clustered);
  for (std::size_t j = 0; j < a.coefficients.size(); ++j) {
    EXPECT_NEAR(a.coefficients[j].value, b.coefficients[j].value, 1e-10);
    EXPECT_NEAR(a.coefficients[j].standard_error, b.coefficients[j].standard_error, 1e-10);
  }
}

TEST(Choice, units_without_a_weight_do_not_count) {
  Sample sample = stored_sample();
  const ChoiceFit without = fit_choice(sample, Link::logit, Errors::clustered);
  sample.weights.push_back(0.0);
  sample.claims.push_back(1.0);
  sample.clusters.push_back(999);
  for (auto& column : sample.columns) column.push_back(1e6);
  const ChoiceFit with = fit_choice(sample, Link::logit, Errors::clustered);
  for (std::size_t j = 0; j < with.coefficients.size(); ++j) {
    EXPECT_NEAR(with.coefficients[j].value, without.coefficients[j].value, 1e-10);
    EXPECT_NEAR(with.coefficients[j].standard_error, without.coefficients[j].standard_error, 1e-10);
  }
  EXPECT_EQ(with.clusters, without.clusters);
  EXPECT_NEAR(with.goodness.area_under_curve, without.goodness.area_under_curve, 1e-12);
}

TEST(Choice, marginal_effects_and_fit_are_those_of_statsmodels) {
  const Json reference = stored_reference()["logit"];
  Sample sample = stored_sample();
  sample.weights.clear();
  const ChoiceFit fit = fit_choice(sample, Link::logit, Errors::classical);
  for (std::size_t j = 0; j < fit.marginal_effects.size(); ++j) {
    EXPECT_NEAR(fit.marginal_effects[j].value, reference["marginal_effects"][j].get<double>(), 1e-6);
    EXPECT_NEAR(fit.marginal_effects[j].standard_error, reference["marginal_effect_errors"][j].get<double>(), 1e-6);
  }
  EXPECT_NEAR(fit.pseudo_r2, reference["pseudo_r2"].get<double>(), 1e-9);
}

TEST(Choice, the_number_of_threads_changes_no_bit) {
  const Sample sample = simulated_sample(1, 20'000, Link::logit);
  const ChoiceFit one = fit_choice(sample, Link::logit, Errors::robust, 1);
  const ChoiceFit four = fit_choice(sample, Link::logit, Errors::robust, 4);
  for (std::size_t j = 0; j < one.coefficients.size(); ++j) {
    EXPECT_EQ(one.coefficients[j].value, four.coefficients[j].value);
    EXPECT_EQ(one.coefficients[j].standard_error, four.coefficients[j].standard_error);
  }
}

TEST(Choice, predictions_of_cells_average_those_of_their_units) {
  const Sample sample = stored_sample();
  const ChoiceFit fit = fit_choice(sample, Link::logit, Errors::robust);
  const CellFit all = fitted_cell(fit, sample, "all", std::vector<double>(sample.size(), 1.0));
  EXPECT_NEAR(all.predicted.value, all.observed, 1e-9);  // a property of the logit with a constant
  EXPECT_NEAR(all.observed, fit.share, 1e-12);
  EXPECT_GT(all.predicted.standard_error, 0.0);
  EXPECT_NEAR(fit.predict({5.0, 40.0, 1.0}).value,
              probability_at(Link::logit, fit.coefficients[0].value + 5.0 * fit.coefficients[1].value +
                                              40.0 * fit.coefficients[2].value + fit.coefficients[3].value),
              1e-15);
}

class RecoveryOf : public testing::TestWithParam<Link> {};

TEST_P(RecoveryOf, known_coefficients) {
  Recovery recovery(simulated_truth());
  for (std::uint64_t s = 0; s < recovery_samples; ++s)
    recovery.add(fit_choice(simulated_sample(100 + s, 2000, GetParam()), GetParam(), Errors::robust, 1).coefficients);
  recovery.expect(5e-3);
}
INSTANTIATE_TEST_SUITE_P(Links, RecoveryOf, testing::Values(Link::logit, Link::probit, Link::cloglog));

std::string refusal(const Sample& sample) {
  try {
    fit_choice(sample, Link::logit, Errors::robust);
  } catch (const Error& error) {
    return error.what();
  }
  return "fitted";
}

TEST(Choice, samples_that_no_model_fits_are_refused_with_the_culprit) {
  Sample sample = stored_sample();
  sample.columns[2].assign(sample.size(), 3.0);
  EXPECT_EQ(refusal(sample), "error: covariate 'hlm' is 3 for all units: it cannot be told from the constant");
  sample = stored_sample();
  for (std::size_t i = 0; i < sample.size(); ++i) sample.columns[2][i] = 2.0 * sample.columns[0][i] - sample.columns[1][i] + 1.0;
  EXPECT_EQ(refusal(sample), "error: covariate 'hlm' is a combination of 'log_right', 'age' and the constant: leave one out");
  sample = stored_sample();
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (sample.columns[2][i] == 1.0) sample.claims[i] = 1.0;
  }
  EXPECT_EQ(refusal(sample),
            "error: covariate 'hlm' separates takers from non-takers: where it is 1 all units receive; its coefficient would be "
            "infinite");
  sample = stored_sample();
  for (std::size_t i = 0; i < sample.size(); ++i) sample.claims[i] = sample.columns[1][i] > 40.0 ? 1.0 : 0.0;
  EXPECT_EQ(refusal(sample),
            "error: covariate 'age' separates takers from non-takers: all units above 40 receive and none below; its coefficient "
            "would be infinite");
  sample = stored_sample();
  for (std::size_t i = 0; i < sample.size(); ++i)
    sample.claims[i] = sample.columns[0][i] + 0.1 * sample.columns[1][i] > 9.0 ? 1.0 : 0.0;
  EXPECT_NE(refusal(sample).find("together, "), std::string::npos) << refusal(sample);
  // Quasi-complete: a cell of two categories in which all receive, though neither of them separates.
  sample = stored_sample();
  for (std::size_t i = 0; i < sample.size(); ++i) {
    sample.columns[0][i] = i % 2 == 0 ? 1.0 : 0.0;
    sample.columns[2][i] = i % 3 == 0 ? 1.0 : 0.0;
    if (sample.columns[0][i] - sample.columns[2][i] == 1.0) sample.claims[i] = 1.0;
  }
  sample.names.emplace_back("both");
  sample.columns.emplace_back();
  for (std::size_t i = 0; i < sample.size(); ++i) sample.columns[3].push_back(sample.columns[0][i] * sample.columns[2][i]);
  EXPECT_EQ(refusal(sample),
            "error: together, 'log_right', 'both' separate takers from non-takers: some units' probabilities go to 0 or 1 and "
            "the coefficients to infinity; leave one out or join cells");
  sample = stored_sample();
  sample.weights.assign(sample.size(), 0.0);
  EXPECT_EQ(refusal(sample), "error: all weights are 0: there is nothing to estimate from");
  sample = stored_sample();
  for (std::size_t i = 0; i < sample.size(); ++i) sample.claims[i] = i < 2 ? 1.0 : 0.0;
  EXPECT_EQ(refusal(sample), "error: only 2 units receive, fewer than the 4 coefficients asked: take fewer covariates");
  sample = stored_sample();
  sample.claims[7] = 0.5;
  EXPECT_EQ(refusal(sample), "error: receipt is neither 0 nor 1 for unit 8: 0.5");
}

}  // namespace
}  // namespace labacces::takeup
