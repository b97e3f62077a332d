// Margins that cannot all be met: found and named.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "libsim/population/calibration/margins.hpp"
#include "libsim/population/calibration/newton.hpp"

namespace labacces::calibration {

/// Margins that are no sum of others, in their order: enough to meet them all. Throws Error that names the margins where one is a sum of others
/// and its total is not (relative difference above 1e-8), or no unit with a weight counts in one whose total is not 0.
std::vector<std::uint32_t> independent_margins(const Margins& margins, std::span<const double> weights);

/// Throws Error when one margin alone is out of reach of the ratios that `distance` allows: says what the reach is.
void check_reach(const Margins& margins, std::span<const double> weights, const Distance& distance);

/// Of `asked`, which cannot be met together, a smallest set that cannot either: without any one of them the others can be met.
std::vector<std::uint32_t> conflict_among(const Margins& margins, std::span<const double> weights,
                                          std::vector<std::uint32_t> asked, const Distance& distance,
                                          const NewtonOptions& options);

}  // namespace labacces::calibration
