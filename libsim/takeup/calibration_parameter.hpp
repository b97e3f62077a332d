// The parameters of a behaviour on the scale on which a calibration looks for them. Internal to this folder.
#pragma once

#include "libsim/takeup/calibration.hpp"

namespace labacces::takeup {

/// Where a parameter is looked for.
struct SearchRange {
  double low = 0.0, high = 0.0;
};

/// Nothing where the model does not have the parameter.
std::optional<SearchRange> search_range(Model model, ParameterKind kind);

/// Sets it on that scale: costs and spreads as minus their logarithm, so that more of it never means fewer takers of large amounts.
void set_parameter(Behaviour& behaviour, const ParameterToSet& parameter, double at);

/// Where the search begins: in the middle of what is usual, whatever the behaviour says.
double search_start(Model model, ParameterKind kind);

/// Six decimals (persistence: four).
void round_parameter(Behaviour& behaviour, const ParameterToSet& parameter);

}  // namespace labacces::takeup
