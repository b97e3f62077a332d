// Recovery by simulation: bias, spread and coverage of estimates over samples with known parameters.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

#include "libsim/takeup/sample.hpp"

namespace labacces::takeup {

inline constexpr int recovery_samples = 500;

class Recovery {
 public:
  explicit Recovery(std::vector<double> truth)
      : truth_(std::move(truth)), bias_(truth_.size(), 0.0), squares_(truth_.size(), 0.0), covered_(truth_.size(), 0) {}

  void add(const std::vector<Coefficient>& found) {
    ASSERT_EQ(found.size(), truth_.size());
    ++samples_;
    for (std::size_t j = 0; j < truth_.size(); ++j) {
      const double error = found[j].value - truth_[j];
      bias_[j] += error;
      squares_[j] += error * error;
      covered_[j] += found[j].low() <= truth_[j] && truth_[j] <= found[j].high() ? 1 : 0;
    }
  }

  /// Bias within two Monte-Carlo errors and `allowance` of the value, which maximum likelihood has of order 1 / units; coverage of 93 to 97 %.
  void expect(double allowance) const {
    ASSERT_EQ(samples_, recovery_samples);
    for (std::size_t j = 0; j < truth_.size(); ++j) {
      const double monte_carlo = std::sqrt(squares_[j]) / samples_;
      EXPECT_LE(std::abs(bias_[j] / samples_), 2.0 * monte_carlo + allowance * std::abs(truth_[j])) << j;
      EXPECT_GE(covered_[j], samples_ * 93 / 100) << j;
      EXPECT_LE(covered_[j], samples_ * 97 / 100) << j;
    }
  }

 private:
  std::vector<double> truth_, bias_, squares_;
  std::vector<int> covered_;
  int samples_ = 0;
};

}  // namespace labacces::takeup
