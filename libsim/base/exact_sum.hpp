// Sums that do not depend on the order of their terms: the same bytes for any threads, chunks or rows.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

namespace labacces {

/// Adds doubles as whole multiples of 2^-24 (6e-8) in 128 bits, so addition is associative. Each term is rounded once, by at most
/// 3e-8; those of 2^38 and more are added to the last bit. NaN, infinities, terms of 2^90 (1e27) and more, and a sum beyond 2^103
/// (1e31) make the sum NaN.
class ExactSum {
  __extension__ using Wide = __int128;

 public:
  void add(double x) noexcept {
    const double scaled = x * 0x1.0p24;
    if (std::fabs(scaled) < 0x1.0p62) {
      add_whole(static_cast<std::int64_t>(std::nearbyint(scaled)));
    } else {
      add_large(x);
    }
  }
  void merge(const ExactSum& other) noexcept {
    add_whole(other.sum_);
    bad_ += other.bad_;
  }
  /// The whole state as three words, and a sum of that state: to send a sum elsewhere and go on adding.
  std::array<std::uint64_t, 3> words() const noexcept {
    return {static_cast<std::uint64_t>(sum_), static_cast<std::uint64_t>(sum_ >> 64), bad_};
  }
  static ExactSum of_words(const std::array<std::uint64_t, 3>& words) noexcept {
    ExactSum out;
    out.sum_ = (static_cast<Wide>(static_cast<std::int64_t>(words[1])) << 64) | static_cast<Wide>(words[0]);
    out.bad_ = words[2];
    return out;
  }
  double value() const noexcept {
    if (bad_ > 0) return std::nan("");
    return static_cast<double>(sum_) * 0x1.0p-24;
  }

 private:
  void add_whole(Wide whole) noexcept { bad_ += __builtin_add_overflow(sum_, whole, &sum_) ? 1U : 0U; }
  void add_large(double x) noexcept {
    if (!(std::fabs(x) < 0x1.0p90)) {
      ++bad_;
      return;
    }
    int exponent = 0;
    const double mantissa = std::frexp(x, &exponent);  // x = mantissa * 2^exponent, 53 bits
    const Wide whole = static_cast<Wide>(static_cast<std::int64_t>(std::ldexp(mantissa, 53)));
    add_whole(whole << (exponent - 53 + 24));  // exponent > 38 here, so the shift is positive
  }
  Wide sum_ = 0;
  std::uint64_t bad_ = 0;
};

}  // namespace labacces
