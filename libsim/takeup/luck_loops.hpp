// The source of the loops of draws, instantiated by luck_kernels_*.cpp with the lanes of each instruction set. Internal to this folder.
#pragma once

#include "libsim/takeup/luck_kernels.hpp"
#include "libsim/takeup/normal_loops.hpp"

namespace labacces::takeup {

/// `Lanes` are `width` numbers of 64 bits: load, all (the same in each), product (of the low halves), above (the high half), exclusive_or of
/// three, bits_53 (from the first two words of a block), store_uniforms, store_below. Words of a block sit in the low halves; what stands in
/// the high halves is never looked at.
template <class Lanes>
struct LuckLoops {
  struct Key {
    typename Lanes::Word first[10], second[10];
    explicit Key(PhiloxKey key) {
      for (std::uint32_t round = 0; round < 10; ++round) {
        first[round] = Lanes::all(key[0] + round * 0x9E3779B9U);
        second[round] = Lanes::all(key[1] + round * 0xBB67AE85U);
      }
    }
  };

  /// base/random.hpp has the same rounds for one unit and one draw.
  static typename Lanes::Word bits(const Key& key, typename Lanes::Word units, typename Lanes::Word draws) {
    const typename Lanes::Word multiplier0 = Lanes::all(0xD2511F53U);
    const typename Lanes::Word multiplier1 = Lanes::all(0xCD9E8D57U);
    typename Lanes::Word c0 = units;
    typename Lanes::Word c1 = Lanes::above(units);
    typename Lanes::Word c2 = draws;
    typename Lanes::Word c3 = Lanes::above(draws);
    for (int round = 0; round < 10; ++round) {
      const typename Lanes::Word product0 = Lanes::product(multiplier0, c0);
      const typename Lanes::Word product1 = Lanes::product(multiplier1, c2);
      c0 = Lanes::exclusive_or(Lanes::above(product1), c1, key.first[round]);
      c2 = Lanes::exclusive_or(Lanes::above(product0), c3, key.second[round]);
      c1 = product1;
      c3 = product0;
    }
    return Lanes::bits_53(c0, c1);
  }

  static void uniforms(PhiloxKey key, const std::uint64_t* units, std::uint64_t draw, double* out, std::size_t n) {
    const typename Lanes::Word draws = Lanes::all(draw);
    uniforms_of(key, units, out, n, [&](const Key& keys, typename Lanes::Word some) { return bits(keys, some, draws); });
  }

  static void uniforms_of_unit(PhiloxKey key, std::uint64_t unit, const std::uint64_t* draws, double* out, std::size_t n) {
    const typename Lanes::Word units = Lanes::all(unit);
    uniforms_of(key, draws, out, n, [&](const Key& keys, typename Lanes::Word some) { return bits(keys, units, some); });
  }

  /// out[i] from the words words[i], the last ones set among zeros.
  template <typename Bits>
  static void uniforms_of(PhiloxKey key, const std::uint64_t* words, double* out, std::size_t n, const Bits& bits_of) {
    const Key keys(key);
    std::size_t i = 0;
    for (; i + Lanes::width <= n; i += Lanes::width) Lanes::store_uniforms(out + i, bits_of(keys, Lanes::load(words + i)));
    if (i == n) return;
    std::uint64_t last_words[Lanes::width] = {};
    double last[Lanes::width];
    for (std::size_t j = i; j < n; ++j) last_words[j - i] = words[j];
    Lanes::store_uniforms(last, bits_of(keys, Lanes::load(last_words)));
    for (std::size_t j = i; j < n; ++j) out[j] = last[j - i];
  }

  static void below(PhiloxKey key, const std::uint64_t* units, std::uint64_t draw, const std::uint64_t* thresholds,
                    std::uint8_t* out, std::size_t n) {
    const Key keys(key);
    const typename Lanes::Word draws = Lanes::all(draw);
    std::size_t i = 0;
    for (; i + Lanes::width <= n; i += Lanes::width)
      Lanes::store_below(out + i, bits(keys, Lanes::load(units + i), draws), Lanes::load(thresholds + i));
    if (i == n) return;
    std::uint64_t last_units[Lanes::width] = {};
    std::uint64_t last_thresholds[Lanes::width] = {};
    std::uint8_t last[Lanes::width];
    for (std::size_t j = i; j < n; ++j) {
      last_units[j - i] = units[j];
      last_thresholds[j - i] = thresholds[j];
    }
    Lanes::store_below(last, bits(keys, Lanes::load(last_units), draws), Lanes::load(last_thresholds));
    for (std::size_t j = i; j < n; ++j) out[j] = last[j - i];
  }

  /// The centre of the distribution for all; then the tails, which are 15 of 100, set together in a column of their own.
  static void scores(double* x, std::size_t n) {
    using Quantile = NormalQuantile<Lanes>;
    constexpr std::size_t block = 512;
    std::uint32_t places[block];
    double tails[block];
    double roots[block];
    for (std::size_t begin = 0; begin < n; begin += block) {
      const std::size_t count = n - begin < block ? n - begin : block;
      double* const column = x + begin;
      std::size_t found = 0;
      for (std::size_t i = 0; i < count; ++i) {
        const double raised = column[i] + 0x1.0p-54;
        const double p = raised < 1.0 - 0x1.0p-53 ? raised : 1.0 - 0x1.0p-53;
        column[i] = p - 0.5;
        places[found] = static_cast<std::uint32_t>(i);
        tails[found] = p;
        found += __builtin_fabs(p - 0.5) > Quantile::half_of_centre ? 1U : 0U;
      }
      for (std::size_t i = 0; i < count; ++i) column[i] = Quantile::centre(column[i]);
      for (std::size_t j = 0; j < found; ++j) {
        const double p = tails[j];
        roots[j] = __builtin_sqrt(-Quantile::log_of(p < 0.5 ? p : 1.0 - p));
      }
      for (std::size_t j = 0; j < found; ++j) {
        const double z = Quantile::tail(roots[j]);
        tails[j] = tails[j] < 0.5 ? -z : z;
      }
      for (std::size_t j = 0; j < found; ++j) {
        const bool far = roots[j] > Quantile::end_of_tail;
        const double z = far ? Quantile::far_tail(roots[j]) : 0.0;
        column[places[j]] = !far ? tails[j] : tails[j] < 0.0 ? -z : z;
      }
    }
  }

  static void add_scaled(double* __restrict sum, const double* __restrict x, double factor, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) sum[i] += factor * x[i];
  }

  static void lower(const double* __restrict z, const double* __restrict limits, std::uint8_t* __restrict out,
                    std::uint8_t* __restrict doubtful, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      out[i] = z[i] < limits[i] ? 1 : 0;
      doubtful[i] = (__builtin_fabs(z[i] - limits[i]) > nearest_score) & (__builtin_fabs(limits[i]) <= farthest_score) ? 0 : 1;
    }
  }

  static constexpr LuckKernels set(std::string_view name) {
    return {name, uniforms, uniforms_of_unit, below, scores, add_scaled, lower};
  }
};

}  // namespace labacces::takeup
