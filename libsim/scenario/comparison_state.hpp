// Comparisons as bytes, and the comparison of a whole population out of those of its parts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsim/scenario/run_scenario.hpp"

namespace labacces::scenario {

/// All sums and names as CBOR (format "labacces-comparison-state/3"), without the scenarios themselves. A run alone is a comparison of one.
std::string comparison_state(const Comparison& comparison);

/// The inverse. `scenarios` are those that were run, in that order. Throws Error on bytes that are no such state, or of other scenarios.
Comparison comparison_of_state(std::string_view bytes, const std::vector<Scenario>& scenarios);

/// Adds the part `other`: the same scenarios on other linked households. Sums are exact, so the whole is, to the last bit, what one run on
/// all households gives, whatever the parts and their order. Throws Error when the scenarios or the months are not the same.
void merge(Comparison& into, const Comparison& other);

}  // namespace labacces::scenario
