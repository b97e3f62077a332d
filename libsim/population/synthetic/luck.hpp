// The draws of one household: each use takes the next counter, so a household is a function of (seed, number).
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>

#include "libsim/base/random.hpp"

namespace labacces::synthetic {

class Luck {
 public:
  Luck(std::uint64_t seed, std::uint64_t number) : stream_(seed, "synthetic/france"), number_(number) {}
  double uniform() {
    if (spare_ready_) {
      spare_ready_ = false;
      return pair_[1];
    }
    pair_ = stream_.uniform_pair(number_, next_++);
    spare_ready_ = true;
    return pair_[0];
  }
  bool chance(double probability) { return uniform() < probability; }
  /// Standard normal (Box and Muller).
  double normal() { return std::sqrt(-2.0 * std::log(1.0 - uniform())) * std::cos(2.0 * std::numbers::pi * uniform()); }
  double lognormal(double median, double sigma) { return median * std::exp(sigma * normal()); }
  /// Index of a weight, with chances as the weights.
  std::size_t choose(std::span<const double> weights) {
    double total = 0.0;
    for (const double weight : weights) total += weight;
    double left = uniform() * total;
    for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
      left -= weights[i];
      if (left < 0.0) return i;
    }
    return weights.size() - 1;
  }
  /// A whole number from `from` to `to`, both possible.
  int between(int from, int to) { return from + static_cast<int>(uniform() * (to - from + 1)); }
  /// Months until something that comes with this chance a month: 1, 2, ...
  int months_until(double chance_a_month) {
    const double u = 1.0 - uniform();
    if (chance_a_month <= 0.0) return 1'000'000;
    return 1 + static_cast<int>(std::min(1e6, std::log(u) / std::log1p(-std::min(chance_a_month, 0.999))));
  }

 private:
  Stream stream_;
  std::uint64_t number_;
  std::uint64_t next_ = 0;
  std::array<double, 2> pair_{};
  bool spare_ready_ = false;
};

}  // namespace labacces::synthetic
