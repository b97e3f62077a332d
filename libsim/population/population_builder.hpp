// Makes a Population out of rows in any order: checks links, puts rows in canonical order, finds the linked blocks.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "libsim/population/population.hpp"

namespace labacces {

/// Rows as read, before ordering. `unit_of` refers to rows of the group tables here.
struct PopulationTables {
  std::array<IdList, level_count> ids;                         ///< unique in each level
  std::array<std::vector<std::int32_t>, level_count> unit_of;  ///< [group][person row] -> unit row of that group
  std::array<std::vector<std::uint8_t>, level_count> role_of;  ///< [group][person row] -> Role
  std::vector<double> weights;                                 ///< per dwelling; empty = 1
  std::vector<Column> columns;                                 ///< in row order of their level
  std::vector<VariableData> variables;                         ///< indices into `columns`
  bool synthetic = false;
  std::string source;
  std::string weighting;  ///< how the weights were made; "" = as given
};

/// A column of `base` without a copy of its values.
Column lent_by(const std::shared_ptr<const Population>& base, const Column& column);
/// The tables of a population as it is, in canonical order; columns are lent by `base`.
PopulationTables tables_of(const std::shared_ptr<const Population>& base);

/// Readers check units with messages of their own first; here a unit without exactly one principal, a person without a unit,
/// an index out of range or a duplicated id is an Error that names the ids.
class PopulationBuilder {
 public:
  static Population build(PopulationTables tables);
};

}  // namespace labacces
