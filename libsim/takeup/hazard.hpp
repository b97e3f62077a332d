// Time from the opening of a right to the claim: a hazard in discrete months.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "libsim/takeup/choice.hpp"
#include "libsim/takeup/sample.hpp"

namespace labacces::takeup {

/// Steps of the baseline hazard: a step holds from its first month to the month before the next one; the last has no end.
using BaselineSteps = std::vector<int>;

/// Months at risk as units: `spells.claims` says whether the spell ended with a claim in its last month, `months` how long it was seen (1
/// and more). Each spell becomes one unit a month, that claims in the last one or in none; clusters are those of the spells, else the
/// spells themselves. Each step but the first has its own covariate ("months 4-6"). P(claim in month t | not before) = 1 - exp(-exp(x'b))
/// with Link::cloglog, which is the proportional hazard in grouped time (Prentice, Gloeckler 1978; Jenkins 1995).
/// Throws Error: months under 1, steps that do not rise from 1, a step in which nobody claims or nobody is at risk (named).
Sample months_at_risk(const Sample& spells, const std::vector<int>& months, const BaselineSteps& steps);

/// Share that has claimed by the end of each month 1 .. `until`, for a unit with these covariates (those of the spells).
std::vector<double> claimed_by(const ChoiceFit& fit, const std::vector<double>& covariates, const BaselineSteps& steps,
                               int until);

}  // namespace labacces::takeup
