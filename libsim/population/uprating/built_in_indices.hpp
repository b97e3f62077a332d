// The text of indices.json, compiled into the program.
#pragma once

#include <string_view>

namespace labacces::uprating {

std::string_view built_in_indices();

}  // namespace labacces::uprating
