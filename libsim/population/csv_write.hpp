// Results and populations written as CSV: comma, UTF-8, numbers in the shortest form that reads back the same.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "libsim/population/population.hpp"
#include "libsim/population/schema.hpp"

namespace labacces {

/// One column of results: values by canonical row of its level.
struct ResultColumn {
  std::string header;  ///< "rsa" or "rsa@2024-01"
  const VariableInfo* variable = nullptr;
  std::span<const double> values;
};

/// `id` and the columns, one row a unit of that level, in the order of the file that was read. A value that is no number is left empty.
std::string results_csv(const Population& population, Level level, const std::vector<ResultColumn>& columns);

/// One level of a population, as read_csv_population reads it in a folder: "individus" with links and roles, "menages" with `wprm`.
/// Every variable of the population must be in the schema.
std::string population_csv(const Population& population, const Schema& schema, Level level);

/// Writes the four files of a population into a folder, and `population.json`, which says whether it is synthetic; whole or not at all.
void write_csv_population(const Population& population, const Schema& schema, const std::string& folder);

/// Writes one file with a row a person and all that the person's units have beside it, packed with gzip when the name ends in .gz; whole
/// or not at all. Such a file cannot say that it is synthetic.
void write_csv_persons(const Population& population, const Schema& schema, const std::string& path);

}  // namespace labacces
