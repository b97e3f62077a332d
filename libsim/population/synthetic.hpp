// A synthetic Brittany: invented households whose structure follows published margins. It is not data on anybody.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "libsim/base/date.hpp"
#include "libsim/population/population.hpp"
#include "libsim/population/schema.hpp"

namespace labacces {

/// What stands after "builtin:bretagne".
struct SyntheticOptions {
  std::size_t households = 20'000;
  std::uint64_t seed = 1;
  unsigned threads = 0;
};

/// Reads "builtin:bretagne?households=N&seed=S". Throws Error: unknown population or key (nearest name), bad number, households outside
/// 1 .. 50 million.
SyntheticOptions parse_synthetic(std::string_view name);

/// The population with histories for rights up to nine months back from `period`: years Y-4 and Y-3 as yearly amounts, Y-2 to Y
/// month by month. A household's draws depend on (seed, its number) alone: a larger sample begins with the smaller one, and the same
/// bytes come out on any number of threads. Weights add up to the households of Brittany. Variables that `schema` lacks are left out;
/// codes of enumerations are those of the schema.
Population make_synthetic(const SyntheticOptions& options, const Schema& schema, Month period);

}  // namespace labacces
