// Fingerprints of inputs, for run records.
#pragma once

#include <string>
#include <string_view>

namespace labacces {

/// SHA-256 of the bytes, 64 hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace labacces
