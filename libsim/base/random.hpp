// Random numbers as a pure function of a key: counter-based, stateless, the same in any order, on any machine.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace labacces {

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

/// Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011): ten rounds.
constexpr PhiloxCounter philox4x32_10(PhiloxCounter counter, PhiloxKey key) noexcept {
  constexpr std::uint64_t multiplier0 = 0xD2511F53U;
  constexpr std::uint64_t multiplier1 = 0xCD9E8D57U;
  constexpr std::uint32_t weyl0 = 0x9E3779B9U;
  constexpr std::uint32_t weyl1 = 0xBB67AE85U;
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t product0 = multiplier0 * counter[0];
    const std::uint64_t product1 = multiplier1 * counter[2];
    counter = {static_cast<std::uint32_t>(product1 >> 32U) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(product1),
               static_cast<std::uint32_t>(product0 >> 32U) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(product0)};
    key = {key[0] + weyl0, key[1] + weyl1};
  }
  return counter;
}

/// Stable 64-bit number of a name or an id (FNV-1a, then a finishing mix so that near names are far apart).
constexpr std::uint64_t hash_name(std::string_view name) noexcept {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char byte : name) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 0x100000001b3U;
  }
  hash ^= hash >> 33U;
  hash *= 0xff51afd7ed558ccdU;
  hash ^= hash >> 33U;
  hash *= 0xc4ceb9fe1a85ec53U;
  return hash ^ (hash >> 33U);
}

/// 53 random bits as a double in [0, 1).
constexpr double to_unit_interval(std::uint32_t high, std::uint32_t low) noexcept {
  const std::uint64_t bits = ((static_cast<std::uint64_t>(high) << 32U) | low) >> 11U;
  return static_cast<double>(bits) * 0x1.0p-53;
}

/// One decision, one number: a stream has a seed and a name ("take_up/rsa"); in it each (unit, draw) has its own uniform.
/// `draw` numbers periods, purposes or replications, as the caller says.
class Stream {
 public:
  constexpr Stream(std::uint64_t seed, std::string_view name) noexcept {
    // The key mixes seed and name through the generator itself, so that neither seeds nor names need be far apart.
    const std::uint64_t named = hash_name(name);
    const PhiloxCounter mixed = philox4x32_10({static_cast<std::uint32_t>(named), static_cast<std::uint32_t>(named >> 32U), 0, 0},
                                              {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)});
    key_ = {mixed[0], mixed[1]};
  }

  /// Uniform in [0, 1) of a unit (hash_name(id), or a number) and a draw.
  constexpr double uniform(std::uint64_t unit, std::uint64_t draw = 0) const noexcept {
    const PhiloxCounter bits = block(unit, draw);
    return to_unit_interval(bits[0], bits[1]);
  }
  /// Two independent uniforms of one counter.
  constexpr std::array<double, 2> uniform_pair(std::uint64_t unit, std::uint64_t draw = 0) const noexcept {
    const PhiloxCounter bits = block(unit, draw);
    return {to_unit_interval(bits[0], bits[1]), to_unit_interval(bits[2], bits[3])};
  }
  /// What the generator is keyed with: for loops that draw for many units at once (takeup/luck_loops.hpp).
  constexpr PhiloxKey key() const noexcept { return key_; }
  constexpr bool operator==(const Stream&) const = default;

 private:
  constexpr PhiloxCounter block(std::uint64_t unit, std::uint64_t draw) const noexcept {
    return philox4x32_10({static_cast<std::uint32_t>(unit), static_cast<std::uint32_t>(unit >> 32U),
                          static_cast<std::uint32_t>(draw), static_cast<std::uint32_t>(draw >> 32U)},
                         key_);
  }
  PhiloxKey key_{};
};

}  // namespace labacces
