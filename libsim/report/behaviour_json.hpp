// A behaviour as the JSON block that a scenario has for it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "libsim/takeup/behaviour.hpp"

namespace labacces::report {

nlohmann::ordered_json behaviour_json(const takeup::Behaviour& behaviour);

}  // namespace labacces::report
