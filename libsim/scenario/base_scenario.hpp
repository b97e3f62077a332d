// The text of scenarios/base.json, compiled into the program.
#pragma once

#include <string_view>

namespace labacces::scenario {

std::string_view base_scenario_text();

}  // namespace labacces::scenario
