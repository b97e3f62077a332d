#include "libsim/takeup/misclassified.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "libsim/base/error.hpp"
#include "libsim/takeup/hazard.hpp"
#include "tests/unit/takeup/stored_sample.hpp"

namespace labacces::takeup {
namespace {

/// A probit whose receipt is seen wrongly: 10 % of those who do not receive, 15 % of those who do.
Sample seen_wrongly(std::uint64_t seed, std::size_t units) {
  Sample sample{{"x"}, std::vector<std::vector<double>>(1), {}, {}, {}};
  const Stream stream(seed, "seen wrongly");
  for (std::uint64_t i = 0; i < units; ++i) {
    const double x = 2.0 * normal_quantile(stream.uniform(i, 0) + 0x1p-54);
    const bool claims = stream.uniform(i, 1) < normal_cdf(0.3 + 0.8 * x);
    const double u = stream.uniform(i, 2);
    sample.columns[0].push_back(x);
    sample.claims.push_back((claims ? u >= 0.15 : u < 0.10) ? 1.0 : 0.0);
  }
  return sample;
}

TEST(Misclassified, recovers_known_parameters_where_the_naive_model_does_not) {
  constexpr int samples = 500;
  const std::vector<double> truth{0.3, 0.8, 0.10, 0.15};
  std::vector<double> bias(4, 0.0), squares(4, 0.0);
  std::vector<int> covered(4, 0);
  double naive_slope = 0.0;
  for (int s = 0; s < samples; ++s) {
    const Sample sample = seen_wrongly(static_cast<std::uint64_t>(s), 4000);
    const MisclassifiedFit fit = fit_misclassified(sample, Link::probit, Errors::robust);
    const std::vector<Coefficient> found{fit.coefficients[0], fit.coefficients[1], fit.wrongly_seen, fit.wrongly_missed};
    for (std::size_t j = 0; j < 4; ++j) {
      const double error = found[j].value - truth[j];
      bias[j] += error / samples;
      squares[j] += error * error / samples;
      covered[j] += found[j].low() <= truth[j] && truth[j] <= found[j].high() ? 1 : 0;
    }
    if (s < 20) naive_slope += fit_choice(sample, Link::probit, Errors::robust).coefficients[1].value / 20.0;
  }
  for (std::size_t j = 0; j < 4; ++j) {
    // Of maximum likelihood at this size: slopes are high by about a hundredth of their value.
    EXPECT_LE(std::abs(bias[j]), 2.0 * std::sqrt(squares[j] / samples) + 0.015 * truth[j]) << j;
    EXPECT_GE(covered[j], samples * 93 / 100) << j;
    EXPECT_LE(covered[j], samples * 97 / 100 + 1) << j;
  }
  EXPECT_LT(naive_slope, 0.6);
}

TEST(Misclassified, coefficients_and_errors_are_those_of_a_general_optimiser) {
  const nlohmann::json reference = stored_reference()["misclassified"];
  const MisclassifiedFit fit = fit_misclassified(stored_misclassified_sample(), Link::probit, Errors::classical);
  const std::vector<Coefficient> found{fit.coefficients[0], fit.coefficients[1], fit.wrongly_seen, fit.wrongly_missed};
  EXPECT_NEAR(fit.log_likelihood, reference["log_likelihood"].get<double>(), 1e-6);
  for (std::size_t j = 0; j < found.size(); ++j) {
    EXPECT_NEAR(found[j].value, reference["parameters"][j].get<double>(), 2e-5) << found[j].name;
    EXPECT_NEAR(found[j].standard_error, reference["standard_errors"][j].get<double>(), 2e-4) << found[j].name;
  }
}

/// Spells of months until the claim, at most 12, with a cloglog hazard that falls after three months.
struct Spells {
  Sample sample;
  std::vector<int> months;
};

Spells spells(std::uint64_t seed, std::size_t units) {
  Spells out{{{"x"}, std::vector<std::vector<double>>(1), {}, {}, {}}, {}};
  const Stream stream(seed, "spells");
  for (std::uint64_t i = 0; i < units; ++i) {
    const double x = normal_quantile(stream.uniform(i, 0) + 0x1p-54);
    int month = 1;
    bool claims = false;
    for (; month <= 12; ++month) {
      const double hazard = probability_at(Link::cloglog, -2.0 + 0.5 * x - (month >= 4 ? 0.7 : 0.0));
      claims = stream.uniform(i, static_cast<std::uint64_t>(month)) < hazard;
      if (claims || month == 12) break;
    }
    out.sample.columns[0].push_back(x);
    out.sample.claims.push_back(claims ? 1.0 : 0.0);
    out.months.push_back(month);
  }
  return out;
}

TEST(Hazard, recovers_known_parameters) {
  constexpr int samples = 500;
  const std::vector<double> truth{-2.0, 0.5, -0.7};
  std::vector<double> bias(3, 0.0), squares(3, 0.0);
  std::vector<int> covered(3, 0);
  for (int s = 0; s < samples; ++s) {
    const Spells made = spells(static_cast<std::uint64_t>(s), 500);
    const ChoiceFit fit = fit_choice(months_at_risk(made.sample, made.months, {1, 4}), Link::cloglog, Errors::clustered, 1);
    for (std::size_t j = 0; j < 3; ++j) {
      const double error = fit.coefficients[j].value - truth[j];
      bias[j] += error / samples;
      squares[j] += error * error / samples;
      covered[j] += fit.coefficients[j].low() <= truth[j] && truth[j] <= fit.coefficients[j].high() ? 1 : 0;
    }
  }
  for (std::size_t j = 0; j < 3; ++j) {
    EXPECT_LE(std::abs(bias[j]), 2.0 * std::sqrt(squares[j] / samples) + 5e-3 * std::abs(truth[j])) << j;
    EXPECT_GE(covered[j], samples * 93 / 100) << j;
    EXPECT_LE(covered[j], samples * 97 / 100 + 1) << j;
  }
}

TEST(Hazard, the_share_that_has_claimed_is_one_less_the_product_of_waiting) {
  const Spells made = spells(1, 500);
  const ChoiceFit fit = fit_choice(months_at_risk(made.sample, made.months, {1, 4}), Link::cloglog, Errors::clustered);
  const std::vector<double> share = claimed_by(fit, {0.0}, {1, 4}, 6);
  const double early = 1.0 - fit.predict({0.0, 0.0}).value;
  const double late = 1.0 - fit.predict({0.0, 1.0}).value;
  EXPECT_NEAR(share[5], 1.0 - early * early * early * late * late * late, 1e-12);
}

TEST(Hazard, a_step_without_claims_is_named) {
  Spells made = spells(1, 100);
  for (std::size_t i = 0; i < made.months.size(); ++i) {
    if (made.months[i] >= 10) made.sample.claims[i] = 0.0;
  }
  try {
    months_at_risk(made.sample, made.months, {1, 4, 10});
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "error: nobody claims in months 10+: join that step of the baseline with another");
  }
}

}  // namespace
}  // namespace labacces::takeup
