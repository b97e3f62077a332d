// The texts of the ready mappings, compiled into the program.
#pragma once

#include <span>
#include <string_view>

namespace labacces::mapping {

struct EmbeddedMapping {
  std::string_view name;  ///< "euromod"
  std::string_view text;
};

/// The files of libsim/population/mappings, sorted by name.
std::span<const EmbeddedMapping> embedded_mappings();

}  // namespace labacces::mapping
