// The texts of the ready mappings, compiled into the program.
#pragma once

#include <span>

#include "libsim/base/embedded_file.hpp"

namespace labacces::mapping {

/// The files of libsim/population/mappings, each by its name without ".json" ("euromod"), sorted by it.
std::span<const EmbeddedFile> embedded_mappings();

}  // namespace labacces::mapping
