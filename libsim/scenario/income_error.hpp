// Rights under incomes seen with error. Internal to this folder.
#pragma once

#include <memory>
#include <vector>

#include "libsim/scenario/measured_world.hpp"

namespace labacces::scenario {

/// One entry a size in options.income_errors. In draw j the incomes of person i are y exp(s e_ij - s^2 / 2), e_ij standard normal, keyed by the scenario's
/// seed, the person's id and j: one error a person for all incomes and months, the same e_ij for all sizes s. Receipt is that of the world.
/// Throws Error: an income that the data do not give.
std::vector<outcomes::IncomeError> income_errors(const std::shared_ptr<const MeasuredWorld>& world,
                                                 const MeasureOptions& options);

}  // namespace labacces::scenario
