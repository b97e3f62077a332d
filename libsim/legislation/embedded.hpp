// The texts of the built-in laws, compiled into the program.
#pragma once

#include <span>
#include <string_view>

namespace labacces {

struct EmbeddedFile {
  std::string_view name;  ///< "france/rsa.law"
  std::string_view text;
};

/// Files of a country ("france", "toy"), sorted by name; empty when there is no such country.
std::span<const EmbeddedFile> embedded_law(std::string_view country);

}  // namespace labacces
