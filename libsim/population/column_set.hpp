// Columns while a file is read: cells come in any order, for any period.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "libsim/population/population_builder.hpp"
#include "libsim/population/schema.hpp"
#include "libsim/population/time_span.hpp"

namespace labacces {

/// Adds the column of a variable for one period to those that it has; false when it has one for that period already.
bool add_period_column(PopulationTables& tables, const std::string& variable, Level level, Period period, Column column);

enum class PutResult : std::uint8_t { stored, given_twice, needs_whole_years };

/// The columns of one level. A cell that two periods of different length cover keeps the value of the shorter one.
class ColumnSet {
 public:
  ColumnSet(Level level, std::size_t rows) : level_(level), rows_(rows) {}

  /// Stores a value for a span: an amount is divided over the periods of the span, a state holds in each.
  PutResult put(const VariableInfo& variable, TimeSpan span, std::size_t row, double value);
  /// Appends the columns to the tables; a column in which every cell is given is complete.
  void move_into(PopulationTables& tables);

 private:
  struct Cells {
    Column column;                       ///< `given` is made by move_into
    std::vector<std::uint16_t> lengths;  ///< months of the span that a cell came from, 0 = not given
  };
  struct Variable {
    const VariableInfo* info = nullptr;
    std::map<Period, Cells> cells;
  };
  PutResult store(const VariableInfo& variable, Period period, std::uint16_t length, std::size_t row, double value);
  Variable& variable_of(const VariableInfo& variable);

  Level level_;
  std::size_t rows_;
  std::vector<Variable> variables_;  // in order of first use
  std::unordered_map<const VariableInfo*, std::size_t> index_;
};

}  // namespace labacces
