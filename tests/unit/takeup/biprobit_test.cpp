#include "libsim/takeup/biprobit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "libsim/base/error.hpp"
#include "libsim/takeup/bivariate_normal.hpp"
#include "tests/unit/takeup/recovery.hpp"
#include "tests/unit/takeup/stored_sample.hpp"

namespace labacces::takeup {
namespace {

TEST(BivariateNormal, has_its_known_values_and_symmetries) {
  for (const double rho : {-1.0, -0.999, -0.95, -0.5, 0.0, 0.2, 0.74, 0.93, 0.999, 1.0}) {
    EXPECT_NEAR(bivariate_normal_cdf(0.0, 0.0, rho), 0.25 + std::asin(rho) / (2.0 * std::numbers::pi), 1e-15) << rho;
    for (const double h : {-3.0, -0.4, 1.1}) {
      for (const double k : {-1.2, 0.3, 2.5}) {
        const double p = bivariate_normal_cdf(h, k, rho);
        EXPECT_NEAR(p, bivariate_normal_cdf(k, h, rho), 1e-15) << h << " " << k << " " << rho;
        EXPECT_NEAR(p + bivariate_normal_cdf(h, -k, -rho), normal_cdf(h), 1e-15) << h << " " << k << " " << rho;
      }
    }
  }
  // By integration with 30 digits (mpmath).
  EXPECT_NEAR(bivariate_normal_cdf(1.0, 0.5, 0.6), 0.64182899006387133, 1e-15);
  EXPECT_NEAR(bivariate_normal_cdf(1.0, 1.01, 0.98), 0.8233150225838981, 1e-15);
  EXPECT_NEAR(bivariate_normal_cdf(-2.0, -2.5, 0.95), 0.0059749297978707715, 1e-15);
}

TEST(BivariateNormal, its_slope_by_the_correlation_is_the_density) {
  for (const double rho : {-0.95, -0.5, 0.2, 0.8, 0.94}) {
    const double step = 1e-5;
    const double slope =
        (bivariate_normal_cdf(0.7, -0.2, rho + step) - bivariate_normal_cdf(0.7, -0.2, rho - step)) / (2.0 * step);
    EXPECT_NEAR(slope, bivariate_normal_density(0.7, -0.2, rho), 1e-7) << rho;
  }
}

struct TwoBenefits {
  Sample first, second;
};

TwoBenefits stored_two_benefits() {
  const auto table = stored_table("two_benefits.csv");
  TwoBenefits out;
  out.first = {{"x", "d"}, {table.at("x"), table.at("d")}, table.at("first"), {}, codes_of(table.at("cluster"))};
  out.second = {{"x"}, {table.at("x")}, table.at("second"), {}, {}};
  return out;
}

TEST(Biprobit, coefficients_correlation_and_errors_are_those_of_vgam) {
  const nlohmann::json reference = r_reference()["biprobit"];
  const TwoBenefits two = stored_two_benefits();
  const BiprobitFit fit = fit_biprobit(two.first, two.second, Errors::classical);
  const BiprobitFit clustered = fit_biprobit(two.first, two.second, Errors::clustered);
  std::vector<Coefficient> found = fit.first, found_clustered = clustered.first;
  found.insert(found.end(), fit.second.begin(), fit.second.end());
  found.push_back(fit.atanh_correlation);
  found_clustered.insert(found_clustered.end(), clustered.second.begin(), clustered.second.end());
  found_clustered.push_back(clustered.atanh_correlation);
  ASSERT_EQ(found.size(), 6U);
  for (std::size_t j = 0; j < found.size(); ++j) {
    EXPECT_NEAR(found[j].value, reference["coefficients"][j].get<double>(), 1e-6) << found[j].name;
    EXPECT_NEAR(found[j].standard_error, reference["standard_errors"][j].get<double>(), 1e-6) << found[j].name;
    EXPECT_NEAR(found_clustered[j].standard_error, reference["clustered_errors"][j].get<double>(), 1e-6) << found[j].name;
  }
  EXPECT_NEAR(fit.log_likelihood, reference["log_likelihood"].get<double>(), 1e-6);
  EXPECT_NEAR(fit.correlation.value, std::tanh(reference["coefficients"][5].get<double>()), 1e-6);
}

TEST(Biprobit, joint_rates_add_up_and_come_near_what_is_seen) {
  const TwoBenefits two = stored_two_benefits();
  const BiprobitFit fit = fit_biprobit(two.first, two.second, Errors::robust);
  double predicted = 0.0, observed = 0.0;
  for (std::size_t o = 0; o < 4; ++o) {
    predicted += fit.joint[o].value;
    observed += fit.observed[o];
    EXPECT_NEAR(fit.joint[o].value, fit.observed[o], 0.01) << joint_outcomes[o];
    EXPECT_GT(fit.joint[o].standard_error, 0.005);
    EXPECT_LT(fit.joint[o].standard_error, 0.02);
  }
  EXPECT_NEAR(predicted, 1.0, 1e-14);
  EXPECT_NEAR(observed, 1.0, 1e-12);
  const auto one = fit.predict({0.5, 1.0}, {0.5});
  const double alone = normal_cdf(fit.first[0].value + 0.5 * fit.first[1].value + fit.first[2].value);
  EXPECT_NEAR(one[0].value + one[1].value, alone, 1e-14);
  EXPECT_THROW(static_cast<void>(fit.predict({0.5}, {0.5})), Error);
}

TEST(Biprobit, the_order_of_units_changes_the_estimates_by_rounding_only) {
  const TwoBenefits two = stored_two_benefits();
  TwoBenefits reversed = two;
  for (Sample* sample : {&reversed.first, &reversed.second}) {
    for (auto& column : sample->columns) std::reverse(column.begin(), column.end());
    std::reverse(sample->claims.begin(), sample->claims.end());
    std::reverse(sample->clusters.begin(), sample->clusters.end());
  }
  const BiprobitFit a = fit_biprobit(two.first, two.second, Errors::clustered);
  const BiprobitFit b = fit_biprobit(reversed.first, reversed.second, Errors::clustered);
  for (std::size_t j = 0; j < a.first.size(); ++j) {
    EXPECT_NEAR(a.first[j].value, b.first[j].value, 1e-9);
    EXPECT_NEAR(a.first[j].standard_error, b.first[j].standard_error, 1e-9);
  }
  EXPECT_NEAR(a.correlation.value, b.correlation.value, 1e-9);
}

TEST(Biprobit, recovers_known_parameters) {
  Recovery recovery({0.2, 0.6, -0.3, 0.4, std::atanh(0.5)});
  for (std::uint64_t s = 0; s < recovery_samples; ++s) {
    const Stream stream(s, "two benefits");
    Sample first{{"x"}, std::vector<std::vector<double>>(1), {}, {}, {}};
    Sample second = first;
    for (std::uint64_t i = 0; i < 800; ++i) {
      const double x = normal_quantile(stream.uniform(i, 0) + 0x1p-54);
      const double e1 = normal_quantile(stream.uniform(i, 1) + 0x1p-54);
      const double e2 = 0.5 * e1 + std::sqrt(0.75) * normal_quantile(stream.uniform(i, 2) + 0x1p-54);
      first.columns[0].push_back(x);
      second.columns[0].push_back(x);
      first.claims.push_back(0.2 + 0.6 * x + e1 > 0.0 ? 1.0 : 0.0);
      second.claims.push_back(-0.3 + 0.4 * x + e2 > 0.0 ? 1.0 : 0.0);
    }
    const BiprobitFit fit = fit_biprobit(first, second, Errors::robust);
    recovery.add({fit.first[0], fit.first[1], fit.second[0], fit.second[1], fit.atanh_correlation});
  }
  // Of maximum likelihood at 800 units: within a hundredth of the value.
  recovery.expect(0.01);
}

TEST(Biprobit, what_cannot_be_fitted_is_refused_with_the_benefit) {
  TwoBenefits two = stored_two_benefits();
  two.second.claims.assign(two.second.size(), 0.0);
  try {
    fit_biprobit(two.first, two.second, Errors::robust);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "error: second benefit: no unit with a weight is seen to receive: a rate of 0 has no model");
  }
  two = stored_two_benefits();
  two.second.claims.pop_back();
  EXPECT_THROW(fit_biprobit(two.first, two.second, Errors::robust), Error);
}

TEST(Biprobit, benefits_that_always_go_together_are_refused) {
  const TwoBenefits two = stored_two_benefits();
  try {
    fit_biprobit(two.first, two.first, Errors::robust);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "error: the correlation of the two benefits goes to 1: with these covariates, receipt of one says that of the "
                 "other; estimate one of them");
  }
}

}  // namespace
}  // namespace labacces::takeup
