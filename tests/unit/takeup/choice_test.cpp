#include "libsim/takeup/choice.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/random.hpp"
#include "libsim/base/text.hpp"
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
  for (const auto& [name, link] : {std::pair{"logit", Link::logit}, std::pair{"probit", Link::probit}, std::pair{"cloglog", Link::cloglog}}) {
    Sample sample = stored_sample();
    const std::vector<double> weights = std::exchange(sample.weights, {});
    expect_near(fit_choice(sample, link, Errors::classical).coefficients, reference[name]["classical"], std::string(name) + " classical");
    expect_near(fit_choice(sample, link, Errors::robust).coefficients, reference[name]["robust"], std::string(name) + " robust");
    expect_near(fit_choice(sample, link, Errors::clustered).coefficients, reference[name]["clustered"], std::string(name) + " clustered");
    EXPECT_NEAR(fit_choice(sample, link, Errors::robust).log_likelihood, reference[name]["classical"]["log_likelihood"].get<double>(), 1e-8);
    sample.weights = weights;
    expect_near(fit_choice(sample, link, Errors::robust).coefficients, reference[name]["weighted_robust"], std::string(name) + " weighted");
  }
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
  EXPECT_NEAR(fit.predict({5.0, 40.0, 1.0}).value, probability_at(Link::logit, fit.coefficients[0].value + 5.0 * fit.coefficients[1].value + 40.0 * fit.coefficients[2].value + fit.coefficients[3].value), 1e-15);
}

// 500 samples with known coefficients: bias within 2 Monte-Carlo errors, 95 % intervals that cover between 93 % and 97 %.
class Recovery : public testing::TestWithParam<Link> {};

TEST_P(Recovery, of_known_coefficients) {
  constexpr int samples = 500;
  const std::vector<double> truth = simulated_truth();
  std::vector<double> bias(truth.size(), 0.0), squares(truth.size(), 0.0);
  std::vector<int> covered(truth.size(), 0);
  for (int s = 0; s < samples; ++s) {
    const ChoiceFit fit = fit_choice(simulated_sample(100 + static_cast<std::uint64_t>(s), 2000, GetParam()), GetParam(), Errors::robust, 1);
    for (std::size_t j = 0; j < truth.size(); ++j) {
      const double error = fit.coefficients[j].value - truth[j];
      bias[j] += error / samples;
      squares[j] += error * error / samples;
      covered[j] += fit.coefficients[j].low() <= truth[j] && truth[j] <= fit.coefficients[j].high() ? 1 : 0;
    }
  }
  for (std::size_t j = 0; j < truth.size(); ++j) {
    // Maximum likelihood is biased by about half its variance over the sample: of order 1 / 2000 here.
    const double monte_carlo = std::sqrt(squares[j] / samples);
    EXPECT_LE(std::abs(bias[j]), 2.0 * monte_carlo + 5e-3 * std::abs(truth[j])) << j;
    EXPECT_GE(covered[j], samples * 93 / 100) << j;
    EXPECT_LE(covered[j], samples * 97 / 100 + 1) << j;
  }
}
INSTANTIATE_TEST_SUITE_P(Links, Recovery, testing::Values(Link::logit, Link::probit, Link::cloglog));

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
  EXPECT_EQ(refusal(sample), "error: covariate 'hlm' separates takers from non-takers: where it is 1 all units receive; its coefficient would be infinite");
  sample = stored_sample();
  for (std::size_t i = 0; i < sample.size(); ++i) sample.claims[i] = sample.columns[1][i] > 40.0 ? 1.0 : 0.0;
  EXPECT_EQ(refusal(sample), "error: covariate 'age' separates takers from non-takers: all units above 40 receive and none below; its coefficient would be infinite");
  sample = stored_sample();
  for (std::size_t i = 0; i < sample.size(); ++i) sample.claims[i] = sample.columns[0][i] + 0.1 * sample.columns[1][i] > 9.0 ? 1.0 : 0.0;
  EXPECT_NE(refusal(sample).find("together, "), std::string::npos) << refusal(sample);
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
