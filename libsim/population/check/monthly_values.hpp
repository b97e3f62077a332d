// Values of one variable in one month, by the rule of all readers: the month's own, else the year's, else the one for ever.
#pragma once

#include <optional>
#include <string_view>

#include "libsim/population/population.hpp"
#include "libsim/population/schema.hpp"

namespace labacces::check {

/// Nothing for a row without a value, or when the population lacks the variable.
class MonthlyValues {
 public:
  MonthlyValues(const Population& population, const Schema& schema, std::string_view variable, Month month);
  bool in_data() const { return month_ != nullptr || year_ != nullptr || eternal_ != nullptr; }
  std::optional<double> at(std::size_t row) const;
  /// The value, or 0 where there is none.
  double amount(std::size_t row) const { return at(row).value_or(0.0); }

 private:
  const Column* month_ = nullptr;
  const Column* year_ = nullptr;
  const Column* eternal_ = nullptr;
  bool divides_ = false;  ///< a year's amount is twelve months'
};

inline bool is_given(const Column& column, std::size_t row) { return column.given.empty() || column.given[row] != 0; }

/// The column of that period, or nullptr.
const Column* column_of(const Population& population, const VariableData& variable, Period period);

}  // namespace labacces::check
