// The normal quantile as plain arithmetic, for one number or a column. Instantiated once for each instruction set, so nothing of the
// standard library is called here; without fused multiply-add every set gives the same bits. Internal to this folder.
#pragma once

#include <cstdint>

namespace labacces::takeup {

/// Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37 (1988), PPND16: three ratios of
/// polynomials, about 16 digits. The logarithm is our own, so that the bits are the same with any C library.
template <class InstructionSet>
struct NormalQuantile {
  static constexpr double half_of_centre = 0.425;  // |p - 1/2| up to here is the centre
  static constexpr double end_of_tail = 5.0;       // of sqrt(-log p): p = 1.4e-11

  /// Quantile of 1/2 + q, |q| <= half_of_centre.
  static double centre(double q) {
    const double r = half_of_centre * half_of_centre - q * q;
    const double above =
        (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r + 45921.953931549871457) * r +
            13731.693765509461125) *
               r +
           1971.5909503065514427) *
              r +
          133.14166789178437745) *
             r +
         3.387132872796366608);
    const double below =
        (((((((5226.495278852854561 * r + 28729.085735721942674) * r + 39307.89580009271061) * r + 21213.794301586595867) * r +
            5394.1960214247511077) *
               r +
           687.1870074920579083) *
              r +
          42.313330701600911252) *
             r +
         1.0);
    return q * above / below;
  }

  /// Minus the quantile of p, from sqrt(-log p) between 1.6 or so and end_of_tail.
  static double tail(double root) {
    const double r = root - 1.6;
    const double above = (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r +
                              1.27045825245236838258) *
                                 r +
                             3.64784832476320460504) *
                                r +
                            5.7694972214606914055) *
                               r +
                           4.6303378461565452959) *
                              r +
                          1.42343711074968357734);
    const double below = (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r +
                              0.14810397642748007459) *
                                 r +
                             0.68976733498510000455) *
                                r +
                            1.6763848301838038494) *
                               r +
                           2.05319162663775882187) *
                              r +
                          1.0);
    return above / below;
  }
  /// The same beyond end_of_tail.
  static double far_tail(double root) {
    const double r = root - end_of_tail;
    const double above = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r +
                              0.026532189526576123093) *
                                 r +
                             0.29656057182850489123) *
                                r +
                            1.7848265399172913358) *
                               r +
                           5.4637849111641143699) *
                              r +
                          6.6579046435011037772);
    const double below = (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r +
                              7.868691311456132591e-4) *
                                 r +
                             0.0148753612908506148525) *
                                r +
                            0.13692988092273580531) *
                               r +
                           0.59983220655588793769) *
                              r +
                          1.0);
    return above / below;
  }

  /// Natural logarithm of a normal number above 0: x = 2^k m with m between sqrt(1/2) and sqrt(2), log m = 2 artanh((m - 1) / (m + 1)).
  static double log_of(double x) {
    constexpr std::uint64_t bits_of_root_half = 0x3fe6a09e667f3bcdU;
    constexpr std::uint64_t held_up = 1024;
    const auto bits = __builtin_bit_cast(std::uint64_t, x);
    const std::uint64_t power = (bits + (held_up << 52U) - bits_of_root_half) >> 52U;
    // The power as a double, by its bits: conversions of 64-bit integers do not vectorise everywhere.
    const double k = __builtin_bit_cast(double, 0x4330000000000000U | power) - (0x1p52 + static_cast<double>(held_up));
    const double m = __builtin_bit_cast(double, bits - (power << 52U) + (held_up << 52U));
    const double s = (m - 1.0) / (m + 1.0);
    const double t = s * s;
    const double series =
        (((((((((t / 21.0 + 1.0 / 19.0) * t + 1.0 / 17.0) * t + 1.0 / 15.0) * t + 1.0 / 13.0) * t + 1.0 / 11.0) * t + 1.0 / 9.0) *
               t +
           1.0 / 7.0) *
              t +
          1.0 / 5.0) *
             t +
         1.0 / 3.0) *
        t;
    constexpr double log2_high = 0x1.62e42feep-1;  // its product with k is exact
    constexpr double log2_low = 1.90821492927058770002e-10;
    return k * log2_high + (k * log2_low + (2.0 * s * series + 2.0 * s));
  }
};

}  // namespace labacces::takeup
