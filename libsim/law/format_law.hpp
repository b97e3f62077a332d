// Canonical printing of law text, so that a difference between two files is a difference in meaning.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "libsim/base/diagnostics.hpp"
#include "libsim/law/ast.hpp"

namespace labacces::law {

/// The canonical text of a file that was parsed without errors. Comments are kept; formatting the result changes nothing.
std::string format_file(const Sources& sources, const ast::File& file);

/// Parses and prints one text; nothing, with diagnostics, when it does not parse.
std::optional<std::string> format_law(std::string name, std::string text, DiagnosticList& diagnostics);

}  // namespace labacces::law
