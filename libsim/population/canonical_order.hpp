// The canonical order of the rows of tables, and the blocks of dwellings that families and tax units link.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "libsim/population/population_builder.hpp"

namespace labacces {

using Rows = std::vector<std::int32_t>;

/// The canonical order of every level and the borders of blocks.
struct Canonical {
  std::array<Rows, level_count> order;     ///< new row -> old row
  std::array<bool, level_count> is_given;  ///< the rows are in that order already
  std::vector<BlockStart> blocks;
};

/// Of tables whose ids, links and roles were checked.
Canonical canonical_order(const PopulationTables& tables);

/// old row -> new row, from new row -> old row.
Rows inverse(const Rows& order);

/// `values` in the order `order` (new row -> old row).
template <typename T>
std::vector<T> reordered(std::vector<T>&& values, const Rows& order) {
  std::vector<T> result(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) result[i] = std::move(values[static_cast<std::size_t>(order[i])]);
  return result;
}

}  // namespace labacces
