// A population with other weights.
#pragma once

#include <memory>
#include <vector>

#include "libsim/population/population.hpp"

namespace labacces {

/// The same units and values with `weights` (one a dwelling, in canonical order); columns are lent by `base`.
Population reweighted(const std::shared_ptr<const Population>& base, std::vector<double> weights);

}  // namespace labacces
