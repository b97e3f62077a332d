// Computes what a situation asks for.
#pragma once

#include <string>
#include <vector>

#include "libsim/law/law.hpp"
#include "libsim/plan/graph.hpp"
#include "libsim/population/situation.hpp"

namespace labacces::scenario {

/// The situation's text with each null of a known variable replaced, and what was not covered.
struct Calculated {
  std::string text;
  std::vector<UnknownRequest> not_covered;  ///< variables that the law does not know: their nulls stay
  std::vector<plan::DefaultUsed> defaults_used;
};

/// Throws Error: a rule not in force in a period asked, missing inputs.
Calculated calculate(const law::Law& law, const Situation& situation);

}  // namespace labacces::scenario
