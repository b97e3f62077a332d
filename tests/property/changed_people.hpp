// A population with one thing changed for everybody: what properties of the law are about.
#pragma once

#include <functional>
#include <string>

#include "libsim/law/law.hpp"
#include "libsim/population/population_builder.hpp"

namespace labacces::property {

/// The same people without any value of a variable.
PopulationTables without(PopulationTables tables, const std::string& variable);

/// The same people, of whom each row that `value` gives something for has that value in every month from `first` to `last`, and nothing of
/// the variable otherwise. Rows are those of the tables.
PopulationTables with_monthly(PopulationTables tables, const law::Law& law, const std::string& variable, Month first, Month last,
                              const std::function<double(std::size_t row)>& value);

/// The row of each family's first parent.
std::vector<std::size_t> principals(const PopulationTables& tables, Level group);

/// The same people and, in each family, one more child born on `birth`, in the dwelling and tax unit of the first parent; of the child nothing
/// else is given.
PopulationTables with_a_child_more(PopulationTables tables, Day birth);

}  // namespace labacces::property
