// The columns of the synthetic population: what each is called, when it holds, its value for a drawn person or unit.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "libsim/population/population.hpp"
#include "libsim/population/schema.hpp"
#include "libsim/population/synthetic/household.hpp"
#include "libsim/population/synthetic/model.hpp"

namespace labacces::synthetic {

/// Variables of one column (several when they have the same values), and how it is filled.
template <typename Row>
struct ColumnSpec {
  std::vector<const char*> names;
  Period period;
  std::function<double(const Row&)> value;
};

struct FamilyRow {
  const Household& household;
  std::size_t index;  ///< in the household
};
struct TaxUnitRow {
  const Household& household;
  std::size_t index;
};

/// What columns depend on.
struct ColumnPlan {
  const Schema& schema;
  const Model& model;
  Month period;         ///< the month asked
  Month first_history;  ///< month of `work[0]`
};

/// Code of an item of an enumeration of the schema; 0 when the schema lacks the variable. Throws Error when it lacks the item.
double item_code(const Schema& schema, std::string_view variable, std::string_view item);

std::vector<ColumnSpec<Person>> person_columns(const ColumnPlan& plan);
/// Wages, profits, allowances, pensions: those of person_columns that are amounts.
void add_amounts(std::vector<ColumnSpec<Person>>& columns, const ColumnPlan& plan);
std::vector<ColumnSpec<Household>> dwelling_columns(const ColumnPlan& plan);
std::vector<ColumnSpec<FamilyRow>> family_columns(const ColumnPlan& plan);
std::vector<ColumnSpec<TaxUnitRow>> tax_unit_columns(const ColumnPlan& plan);

}  // namespace labacces::synthetic
