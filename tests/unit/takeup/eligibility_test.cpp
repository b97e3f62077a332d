#include "libsim/takeup/misclassified_eligibility.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "libsim/base/error.hpp"
#include "tests/unit/takeup/recovery.hpp"
#include "tests/unit/takeup/stored_sample.hpp"

namespace labacces::takeup {
namespace {

struct Seen {
  Sample sample;
  std::vector<double> eligible;
};

Seen stored_rights() {
  const auto table = stored_table("eligibility.csv");
  return {{{"x"}, {table.at("x")}, table.at("receives"), {}, {}}, table.at("eligible")};
}

std::vector<Coefficient> parameters_of(const EligibilityFit& fit) {
  std::vector<Coefficient> out = fit.coefficients;
  out.push_back(fit.wrongly_eligible);
  out.push_back(fit.wrongly_excluded);
  return out;
}

TEST(Eligibility, parameters_and_errors_are_those_of_a_general_optimiser_of_r) {
  const nlohmann::json reference = r_reference()["eligibility"];
  const Seen seen = stored_rights();
  const EligibilityFit fit = fit_misclassified_eligibility(seen.sample, seen.eligible, Link::probit, Errors::classical);
  EXPECT_NEAR(fit.log_likelihood, reference["log_likelihood"].get<double>(), 1e-6);
  const std::vector<Coefficient> found = parameters_of(fit);
  for (std::size_t j = 0; j < found.size(); ++j) {
    EXPECT_NEAR(found[j].value, reference["parameters"][j].get<double>(), 1e-6) << found[j].name;
    EXPECT_NEAR(found[j].standard_error, reference["standard_errors"][j].get<double>(), 1e-6) << found[j].name;
  }
}

/// A tenth of those who seem to have the right have none, a fifth of the others have one.
Seen simulated(std::uint64_t seed, std::size_t units) {
  Seen out{{{"x"}, std::vector<std::vector<double>>(1), {}, {}, {}}, {}};
  const Stream stream(seed, "rights seen with errors");
  for (std::uint64_t i = 0; i < units; ++i) {
    const double x = 2.0 * normal_quantile(stream.uniform(i, 0) + 0x1p-54);
    const bool seems = stream.uniform(i, 1) < 0.7;
    const bool has = stream.uniform(i, 2) < (seems ? 0.9 : 0.2);
    out.sample.columns[0].push_back(x);
    out.sample.claims.push_back(has && stream.uniform(i, 3) < normal_cdf(0.3 + 0.8 * x) ? 1.0 : 0.0);
    out.eligible.push_back(seems ? 1.0 : 0.0);
  }
  return out;
}

TEST(Eligibility, recovers_known_parameters_where_the_naive_rate_is_too_low) {
  Recovery recovery({0.3, 0.8, 0.1, 0.2});
  double naive = 0.0, corrected = 0.0;
  for (std::uint64_t s = 0; s < recovery_samples; ++s) {
    const Seen seen = simulated(s, 3000);
    const EligibilityFit fit = fit_misclassified_eligibility(seen.sample, seen.eligible, Link::probit, Errors::robust);
    recovery.add(parameters_of(fit));
    naive += fit.seen_rate / recovery_samples;
    corrected += fit.true_rate.value / recovery_samples;
  }
  recovery.expect(0.015);
  // The mean of F over units: normal_cdf(0.3 / sqrt(1 + 1.6^2)).
  const double truth = normal_cdf(0.3 / std::sqrt(1.0 + 1.6 * 1.6));
  EXPECT_NEAR(corrected, truth, 0.003);
  EXPECT_NEAR(naive, 0.9 * truth, 0.003);
}

TEST(Eligibility, with_apparent_rights_alone_it_is_misclassified_receipt_without_wrong_sightings) {
  Seen seen = simulated(7, 6000);
  Sample kept{{"x"}, std::vector<std::vector<double>>(1), {}, {}, {}};
  for (std::size_t i = 0; i < seen.eligible.size(); ++i) {
    if (seen.eligible[i] == 0.0) continue;
    kept.columns[0].push_back(seen.sample.columns[0][i]);
    kept.claims.push_back(seen.sample.claims[i]);
  }
  const EligibilityFit fit =
      fit_misclassified_eligibility(kept, std::vector<double>(kept.size(), 1.0), Link::probit, Errors::robust);
  EXPECT_NEAR(fit.wrongly_eligible.value, 0.1, 4.0 * fit.wrongly_eligible.standard_error);
  EXPECT_EQ(fit.wrongly_excluded.value, 0.0);
  EXPECT_NEAR(fit.true_rate.value * (1.0 - fit.wrongly_eligible.value), fit.seen_rate, 1e-3);
}

std::string refusal(const Seen& seen) {
  try {
    fit_misclassified_eligibility(seen.sample, seen.eligible, Link::probit, Errors::robust);
  } catch (const Error& error) {
    return error.what();
  }
  return "fitted";
}

TEST(Eligibility, what_says_nothing_is_refused) {
  Seen seen = simulated(1, 500);
  seen.eligible.assign(500, 0.0);
  EXPECT_EQ(refusal(seen), "error: no unit seems to have the right: there is no take-up to estimate");
  seen = simulated(1, 500);
  std::size_t others = 0;
  for (std::size_t i = 0; i < 500; ++i) {
    if (seen.eligible[i] == 0.0) {
      seen.sample.claims[i] = 0.0;
      ++others;
    }
  }
  EXPECT_EQ(refusal(seen),
            "error: none of the " + std::to_string(others) +
                " units that seem to have no right receives: leave them out, their share of wrongly excluded is 0");
  seen = simulated(1, 500);
  seen.eligible[3] = 2.0;
  EXPECT_EQ(refusal(seen), "error: whether unit 4 seems to have the right is neither 0 nor 1: 2");
}

}  // namespace
}  // namespace labacces::takeup
