// Completeness: everything a rule version reads is in force in all months in which it is read.
#pragma once

#include <vector>

#include "libsim/law/references.hpp"
#include "libsim/law/values.hpp"

namespace labacces::law {

/// Reports each gap with its months and the nearest version. Components must be known: months before the first version of a rule with
/// `past` that is read inside its component are its start value.
void check_completeness(const Law& law, const std::vector<VersionReferences>& references, const Findings& findings);

}  // namespace labacces::law
