// Expressions as written -> checked trees: names, types, levels and measures of every expression.
#pragma once

#include "libsim/law/draft.hpp"
#include "libsim/law/law_builder.hpp"
#include "libsim/law/values.hpp"

namespace labacces::law {

/// Checks every version of every rule of the draft and puts its tree into the law. What is wrong is reported once, at its place.
void typecheck(const Draft& draft, LawBuilder& law, const Findings& findings);

}  // namespace labacces::law
