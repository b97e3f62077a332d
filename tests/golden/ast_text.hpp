// The meaning of a syntax tree as text, without positions: two files that say the same have the same text.
#pragma once

#include <string>

#include "libsim/law/ast.hpp"

namespace labacces::law {

std::string ast_text(const ast::File& file);

}  // namespace labacces::law
