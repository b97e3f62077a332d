// Totality: no divisor is 0 and no table lacks a row, at any date.
#pragma once

#include <vector>

#include "libsim/law/references.hpp"
#include "libsim/law/values.hpp"

namespace labacces::law {

/// Reports divisors that are 0 in some month, and tables read by t[key] without a row for a key that can occur. Everything read must be
/// in force.
void check_totality(const Law& law, const std::vector<VersionReferences>& references, const Findings& findings);

}  // namespace labacces::law
