// The name of a built-in population: which one, how large, which seed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace labacces {

/// What stands after "builtin:".
struct SyntheticOptions {
  std::size_t households = 20'000;
  std::uint64_t seed = 1;
  unsigned threads = 0;
  std::string region = "bretagne";  ///< code of the law's enumeration `region`; empty: all of metropolitan France
  bool calibrated = true;           ///< weights of Brittany; elsewhere all weights are the same
};

/// Reads "builtin:bretagne?households=N&seed=S&weights=calibrated" (or uniform) and "builtin:france?region=R&households=N&seed=S", where R is a region's INSEE code or
/// name ("Pays de la Loire", "pays-de-la-loire", "52"). Throws Error: unknown population, key or region (nearest name), bad number,
/// households outside 1 .. 50 million.
SyntheticOptions parse_synthetic(std::string_view name);

/// The name that parse_synthetic reads back to the same population.
std::string synthetic_name(const SyntheticOptions& options);

}  // namespace labacces
