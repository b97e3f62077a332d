// A population whose amounts are multiplied, person by person: for errors of measure in incomes.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "libsim/population/population.hpp"
#include "libsim/population/schema.hpp"

namespace labacces {

/// Every given value of `variables`, whatever its period, times factor(variable, row), `row` the canonical row of its level. Values that are not given
/// stay so; variables without data are passed over. Other columns are lent by `base`.
Population scaled(const std::shared_ptr<const Population>& base, const std::vector<std::string>& variables,
                  const std::function<double(std::size_t variable, std::size_t row)>& factor);

/// Variables of persons in EUR/month or EUR/year that the data give: their incomes, as far as a population knows.
std::vector<std::string> given_incomes(const Population& population, const Schema& schema);

}  // namespace labacces
