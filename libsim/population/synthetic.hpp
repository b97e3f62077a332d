// Synthetic populations: invented households drawn from published distributions. They are not data on anybody.
#pragma once

#include "libsim/base/date.hpp"
#include "libsim/population/population.hpp"
#include "libsim/population/schema.hpp"
#include "libsim/population/synthetic/options.hpp"

namespace labacces {

/// The population with histories for rights up to nine months back from `period`: two years before it and its own year month by month,
/// the years before as yearly amounts. A block of eight households (among which students may have their parents) depends on
/// (seed, its number) alone: a larger sample begins with the households of the smaller one, and the same bytes come out on any number of threads.
/// Weights add up to the households of the territory; those of Brittany are calibrated (synthetic/calibrated_weights.hpp), so they belong to the
/// whole sample: a household weighs otherwise in a larger one. Variables that `schema` lacks are left out; codes of enumerations are those of
/// the schema.
Population make_synthetic(const SyntheticOptions& options, const Schema& schema, Month period);

}  // namespace labacces
