// The tables of the synthetic population as text, compiled into the library (data/*.json).
#pragma once

#include <span>

#include "libsim/base/embedded_file.hpp"

namespace labacces::synthetic {

/// Each by the name of its file without ".json".
std::span<const EmbeddedFile> embedded_data();

}  // namespace labacces::synthetic
