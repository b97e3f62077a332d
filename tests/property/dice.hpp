// Random choices of the property tests: a seeded sequence, the same on every machine.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "libsim/base/random.hpp"

namespace labacces::property {

class Dice {
 public:
  Dice(std::uint64_t seed, std::string_view name) : stream_(seed, name) {}
  /// Uniform in [0, 1).
  double uniform() { return stream_.uniform(draw_++); }
  /// 0 .. count - 1.
  int below(int count) { return static_cast<int>(uniform() * count); }
  /// first .. last.
  int between(int first, int last) { return first + below(last - first + 1); }
  bool chance(double probability) { return uniform() < probability; }
  template <typename T>
  const T& pick(const std::vector<T>& items) {
    return items[static_cast<std::size_t>(below(static_cast<int>(items.size())))];
  }
  std::string_view pick(std::initializer_list<std::string_view> words) {
    return *(words.begin() + below(static_cast<int>(words.size())));
  }

 private:
  Stream stream_;
  std::uint64_t draw_ = 0;
};

}  // namespace labacces::property
