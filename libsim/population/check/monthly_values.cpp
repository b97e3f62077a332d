#include "libsim/population/check/monthly_values.hpp"

#include <algorithm>

namespace labacces::check {

const Column* column_of(const Population& population, const VariableData& variable, Period period) {
  const auto found = std::find_if(variable.periods.begin(), variable.periods.end(),
                                  [&](const PeriodColumn& one) { return one.period == period; });
  return found == variable.periods.end() ? nullptr : &population.columns()[found->column];
}

MonthlyValues::MonthlyValues(const Population& population, const Schema& schema, std::string_view variable, Month month) {
  const VariableData* data = population.find(variable);
  if (data == nullptr) return;
  const VariableInfo* info = schema.find(variable);
  month_ = column_of(population, *data, Period::month(month));
  year_ = column_of(population, *data, Period::year(month.year()));
  eternal_ = column_of(population, *data, Period::eternity());
  divides_ = info != nullptr && info->is_flow;
}

std::optional<double> MonthlyValues::at(std::size_t row) const {
  if (month_ != nullptr && is_given(*month_, row)) return month_->cells()[row];
  if (year_ != nullptr && is_given(*year_, row)) return divides_ ? year_->cells()[row] / 12.0 : year_->cells()[row];
  if (eternal_ != nullptr && is_given(*eternal_, row)) return eternal_->cells()[row];
  return std::nullopt;
}

}  // namespace labacces::check
