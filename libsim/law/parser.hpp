// Law text -> syntax tree.
#pragma once

#include <cstdint>

#include "libsim/base/diagnostics.hpp"
#include "libsim/law/ast.hpp"

namespace labacces::law {

/// Reads one text of `sources`. Each declaration that is wrong adds at least one diagnostic and is left out of the result; reading
/// goes on at the next declaration keyword in column 1. Any bytes are accepted without a crash.
ast::File parse(const Sources& sources, std::uint32_t file_index, DiagnosticList& diagnostics);

}  // namespace labacces::law
