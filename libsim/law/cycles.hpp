// Cycles: within one month they are errors, through earlier months they make components.
#pragma once

#include <vector>

#include "libsim/law/law_builder.hpp"
#include "libsim/law/references.hpp"
#include "libsim/law/values.hpp"

namespace labacces::law {

/// Gives every rule its component and reports, with its path, each cycle that comes back to the same or a later month, and each rule
/// that is read in an earlier month inside its component without `past`.
void check_cycles(LawBuilder& law, const std::vector<VersionReferences>& references, const Findings& findings);

}  // namespace labacces::law
