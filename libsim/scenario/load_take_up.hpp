// The take-up blocks of a scenario. Internal to this folder.
#pragma once

#include "libsim/scenario/scenario.hpp"
#include "libsim/scenario/scenario_reader.hpp"

namespace labacces::scenario {

/// Reads `take_up`, `correlations` and `under_reform` into a scenario whose benefits are known. Throws Error with the JSON path: an unknown model,
/// key or benefit (nearest name), a probability outside [0, 1], a spread that is not positive, a gateway that is not an earlier
/// benefit, a benefit without a behaviour.
void read_take_up(const Reader& reader, const Json& json, Scenario& scenario);

}  // namespace labacces::scenario
