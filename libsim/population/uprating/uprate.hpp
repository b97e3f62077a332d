// A population carried to another year: amounts by published indices, time and births moved by the same number of years.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libsim/population/population.hpp"
#include "libsim/population/schema.hpp"
#include "libsim/population/uprating/indices.hpp"

namespace labacces::uprating {

/// What was done to the amounts of one variable.
struct UpratedVariable {
  std::string variable, index;
  int from = 0, to = 0;  ///< years of its last column (of the population, where it holds for all time)
  double factor = 1.0;   ///< of that column
};

struct Uprated {
  Population population;
  int from = 0, to = 0;
  std::vector<UpratedVariable> amounts;  ///< in the order of the population's variables
  std::vector<std::string> dates;        ///< variables whose days were moved, so that ages stay as they were
};

/// The last year of the population's dated columns; nothing when none is dated.
std::optional<int> last_year_of(const Population& population);

/// Moves every dated column by to - from years: that of March 2021 becomes that of March 2025 when 2021 goes to 2025. Amounts (EUR a month or a year)
/// of year y are multiplied by their index from y to y + to - from, those that hold for all time by that from `from` to `to`; days move by as
/// many years, so that everybody keeps the age (29 February becomes 28 where the year has none). Weights stay: calibrate them to margins of the new year
/// (static ageing). Throws Error: an index without a figure for a year that is needed.
Uprated uprated(const std::shared_ptr<const Population>& base, const Schema& schema, const Indices& indices, int from, int to);

}  // namespace labacces::uprating
