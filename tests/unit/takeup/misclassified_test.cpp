#include "libsim/takeup/misclassified.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "libsim/base/error.hpp"
#include "libsim/takeup/hazard.hpp"
#include "tests/unit/takeup/recovery.hpp"
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
  Recovery recovery({0.3, 0.8, 0.10, 0.15});
  double naive_slope = 0.0;
  for (std::uint64_t s = 0; s < recovery_samples; ++s) {
    const Sample sample = seen_wrongly(s, 4000);
    const MisclassifiedFit fit = fit_misclassified(sample, Link::probit, Errors::robust);
    recovery.add({fit.coefficients[0], fit.coefficients[1], fit.wrongly_seen, fit.wrongly_missed});
    if (s < 20) naive_slope += fit_choice(sample, Link::probit, Errors::robust).coefficients[1].value / 20.0;
  }
  // Of maximum likelihood at this size: slopes are high by about a hundredth of their value.
  recovery.expect(0.015);
  EXPECT_LT(naive_slope, 0.6);
}

TEST(Misclassified, parameters_and_errors_are_those_of_a_general_optimiser_of_r) {
  const nlohmann::json reference = r_reference()["misclassified"];
  const MisclassifiedFit fit = fit_misclassified(stored_misclassified_sample(), Link::probit, Errors::classical);
  const std::vector<Coefficient> found{fit.coefficients[0], fit.coefficients[1], fit.wrongly_seen, fit.wrongly_missed};
  EXPECT_NEAR(fit.log_likelihood, reference["log_likelihood"].get<double>(), 1e-6);
  for (std::size_t j = 0; j < found.size(); ++j) {
    EXPECT_NEAR(found[j].value, reference["parameters"][j].get<double>(), 1e-6) << found[j].name;
    EXPECT_NEAR(found[j].standard_error, reference["standard_errors"][j].get<double>(), 1e-6) << found[j].name;
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

TEST(Hazard, coefficients_and_errors_are_those_of_r_glm_svyglm_and_survreg) {
  const nlohmann::json reference = r_reference()["hazard"];
  const auto table = stored_table("spells.csv");
  Sample sample{{"x"}, {table.at("x")}, table.at("claims"), {}, codes_of(table.at("id"))};
  const std::vector<int> months(table.at("months").begin(), table.at("months").end());
  const auto same = [&](const ChoiceFit& fit, const char* name) {
    for (std::size_t j = 0; j < fit.coefficients.size(); ++j) {
      EXPECT_NEAR(fit.coefficients[j].value, reference[name]["coefficients"][j].get<double>(), 1e-6) << name << " " << j;
      EXPECT_NEAR(fit.coefficients[j].standard_error, reference[name]["standard_errors"][j].get<double>(), 1e-6)
          << name << " " << j;
    }
  };
  same(fit_choice(months_at_risk(sample, months, {1, 4}), Link::cloglog, Errors::classical), "glm");
  same(fit_choice(months_at_risk(sample, months, {1}), Link::cloglog, Errors::classical), "survreg");
  sample.weights = table.at("weight");
  same(fit_choice(months_at_risk(sample, months, {1, 4}), Link::cloglog, Errors::clustered), "svyglm");
}

TEST(Hazard, recovers_known_parameters) {
  Recovery recovery({-2.0, 0.5, -0.7});
  for (std::uint64_t s = 0; s < recovery_samples; ++s) {
    const Spells made = spells(s, 500);
    recovery.add(fit_choice(months_at_risk(made.sample, made.months, {1, 4}), Link::cloglog, Errors::clustered, 1).coefficients);
  }
  recovery.expect(5e-3);
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
