// Canonical text of one expression.
#pragma once

#include <cstddef>
#include <string>

#include "libsim/base/diagnostics.hpp"
#include "libsim/law/ast.hpp"

namespace labacces::law {

/// Lines are broken at operators and arguments where they would pass this column.
inline constexpr std::size_t line_width = 100;

/// The expression on one line, with no more parentheses than it needs (and those that part `and` from `or`).
std::string flat_expression(const Sources& sources, const ast::File& file, ast::ExprId id);

/// The expression, broken where it is too long: its first line starts in `column`, the others at `indent` or deeper.
std::string broken_expression(const Sources& sources, const ast::File& file, ast::ExprId id, std::size_t indent,
                              std::size_t column);

}  // namespace labacces::law
