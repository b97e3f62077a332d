// A population with one variable changed, once or in many copies: for marginal rates and budget curves.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "libsim/population/population.hpp"
#include "libsim/population/schema.hpp"

namespace labacces {

/// The new value of a unit (canonical row of its level) in a copy; `value` is the old one, a month's for flows.
using Rewrite = std::function<double(std::size_t copy, std::size_t row, double value)>;

/// `copies` copies of a population in which every given value of `variable` is rewritten, whatever its period; where there is none, the
/// variable's default (0 when it has none) is rewritten and holds for all time. The copies of a unit have ids "00003/id" (one copy keeps the
/// ids) and the copies stand one after the other, in the order of the rows. Columns that do not change are lent by `base`, where there is one copy.
Population rewritten(const std::shared_ptr<const Population>& base, const VariableInfo& variable, std::size_t copies,
                     const Rewrite& rewrite);

}  // namespace labacces
