// The texts of the built-in laws, compiled into the program.
#pragma once

#include <span>
#include <string_view>

#include "libsim/base/embedded_file.hpp"

namespace labacces {

/// Files of all countries, each by its country and name: "france/rsa.law". Those of a country follow each other, sorted by name.
std::span<const EmbeddedFile> embedded_laws();
/// Files of a country ("france", "toy"), sorted by name; empty when there is no such country.
std::span<const EmbeddedFile> embedded_law(std::string_view country);

}  // namespace labacces
