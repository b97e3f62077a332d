// Population: immutable columns of persons and groups in canonical order, with links, weights and chunk borders.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "libsim/base/date.hpp"
#include "libsim/base/lent.hpp"
#include "libsim/population/deferred_values.hpp"
#include "libsim/population/id_list.hpp"
#include "libsim/population/level.hpp"
#include "libsim/population/schema.hpp"

namespace labacces {

/// The time for which a column holds: for ever, a civil year (value = Y), or a month (value = Month::index).
struct Period {
  enum class Kind : std::uint8_t { eternity, year, month } kind = Kind::eternity;
  std::int32_t value = 0;

  static constexpr Period eternity() { return {}; }
  static constexpr Period year(int y) { return {Kind::year, y}; }
  static constexpr Period month(Month m) { return {Kind::month, m.index}; }
  constexpr bool operator==(const Period&) const = default;
  constexpr auto operator<=>(const Period&) const = default;
};

/// Values of one variable for one period, one per row of its level. Numbers and dates (days since 1970) and enum codes and
/// yes/no (0/1) are all doubles. `given[i] == 0` marks a cell without a value (then its value is 0); empty = all given.
struct Column {
  std::vector<double> values;  ///< empty when they are lent or deferred
  std::vector<std::uint8_t> given;
  Lent<double> lent = {};
  std::shared_ptr<const DeferredValues> deferred = {};
  std::size_t size() const { return deferred ? deferred->size() : lent.keeper ? lent.values.size() : values.size(); }
  /// The values, own or lent, or worked out now.
  std::span<const double> cells() const {
    return deferred ? deferred->cells() : lent.keeper ? lent.values : std::span<const double>(values);
  }
  bool complete() const { return given.empty(); }
};

struct PeriodColumn {
  Period period;
  std::uint32_t column = 0;  ///< index in Population::columns()
};

/// All that the data say of one variable. Periods are unique and sorted.
/// Which value holds in month m: the month's own, else the year's (a flow divided by 12), else the eternal one.
struct VariableData {
  std::string name;
  Level level = Level::individu;
  std::vector<PeriodColumn> periods;
};

/// Links of persons to the units of one group level. Rows are canonical rows.
struct Membership {
  std::vector<std::int32_t> unit_of;       ///< person row -> unit row
  std::vector<std::uint8_t> role_of;       ///< person row -> Role
  std::vector<std::int32_t> principal_of;  ///< unit row -> row of the person with Role::principal
};

/// First rows, at each level, of one linked block of households (dwellings joined by a family or a tax unit).
using BlockStart = std::array<std::int32_t, level_count>;

/// Canonical order: blocks sorted by the smallest dwelling id in them; in a block dwellings by id, persons by (dwelling id,
/// own id), families and tax units by id. Ids compare as numbers when all of that level are integers, else as bytes.
/// So rows, and all that is computed from them, do not depend on the order of the rows read.
class Population {
 public:
  std::size_t count(Level level) const { return ids_[index_of(level)].size(); }
  const IdList& ids(Level level) const { return ids_[index_of(level)]; }
  const Membership& membership(Level group) const { return memberships_[index_of(group)]; }
  /// Canonical row -> row in the file read (for writing results in the reader's order).
  const std::vector<std::int32_t>& original_rows(Level level) const { return original_rows_[index_of(level)]; }
  /// Survey weights of dwellings (1 where the data have none).
  const std::vector<double>& weights() const { return weights_; }
  /// One entry a block, and a last one with the counts.
  const std::vector<BlockStart>& blocks() const { return blocks_; }

  const std::vector<Column>& columns() const { return columns_; }
  const VariableData* find(std::string_view name) const;
  const std::vector<VariableData>& variables() const { return variables_; }

  bool is_synthetic() const { return synthetic_; }
  const std::string& source() const { return source_; }        ///< file name or "builtin:bretagne?households=...&seed=..."
  const std::string& weighting() const { return weighting_; }  ///< how the weights were made, a sentence; "" = as given

 private:
  friend class PopulationBuilder;
  std::array<IdList, level_count> ids_;
  std::array<Membership, level_count> memberships_;  // [individu] unused
  std::array<std::vector<std::int32_t>, level_count> original_rows_;
  std::vector<double> weights_;
  std::vector<BlockStart> blocks_;
  std::vector<Column> columns_;
  std::vector<VariableData> variables_;
  std::unordered_map<std::string, std::size_t> index_;
  bool synthetic_ = false;
  std::string source_, weighting_;
};

}  // namespace labacces
