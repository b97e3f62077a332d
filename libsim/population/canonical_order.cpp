// The canonical order of the rows of tables, and the blocks of dwellings that families and tax units link.
#include "libsim/population/canonical_order.hpp"

#include <algorithm>
#include <numeric>

#include "libsim/base/disjoint_sets.hpp"
#include "libsim/population/id_order.hpp"

namespace labacces {
namespace {

std::size_t at(std::int32_t row) { return static_cast<std::size_t>(row); }
std::int32_t row(std::size_t index) { return static_cast<std::int32_t>(index); }

/// `rows` in the order of keys[row]; equal keys keep their order.
Rows sorted_by_key(Rows rows, const Rows& keys, std::size_t key_count) {
  const auto key = [&keys](std::int32_t r) { return keys[at(r)]; };
  if (std::ranges::is_sorted(rows, {}, key)) return rows;
  std::vector<std::size_t> start(key_count + 1, 0);
  for (const std::int32_t r : rows) ++start[at(keys[at(r)]) + 1];
  std::partial_sum(start.begin(), start.end(), start.begin());
  Rows result(rows.size());
  for (const std::int32_t r : rows) result[start[at(keys[at(r)])]++] = r;
  return result;
}

bool is_identity(const Rows& order) {
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (order[i] != row(i)) return false;
  }
  return true;
}

/// The dwelling of each unit's first person; dwellings of its other persons are joined to it, by their ranks.
Rows dwelling_of_units(const Rows& unit_of, std::size_t units, const Rows& dwelling_of, const Rows& rank_of,
                       DisjointSets& joined) {
  Rows dwelling(units, -1);
  for (std::size_t person = 0; person < unit_of.size(); ++person) {
    std::int32_t& known = dwelling[at(unit_of[person])];
    if (known < 0) known = dwelling_of[person];
    if (known != dwelling_of[person]) joined.join(rank_of[at(known)], rank_of[at(dwelling_of[person])]);
  }
  return dwelling;
}

/// values[key] of each key.
Rows looked_up(const Rows& values, const Rows& keys) {
  Rows result(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) result[i] = values[at(keys[i])];
  return result;
}

}  // namespace

Rows inverse(const Rows& order) {
  Rows result(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) result[at(order[i])] = row(i);
  return result;
}

Canonical canonical_order(const PopulationTables& tables) {
  Canonical result;
  const std::size_t dwellings = tables.ids[index_of(Level::menage)].size();
  const Rows& dwelling_of = tables.unit_of[index_of(Level::menage)];
  const Rows dwellings_by_id = rows_by_id(tables.ids[index_of(Level::menage)]);
  const Rows rank_of = inverse(dwellings_by_id);
  DisjointSets joined(dwellings);
  std::array<Rows, level_count> block_of_unit;  // the rank of the block's first dwelling, once all are joined
  for (const Level group : {Level::famille, Level::foyer_fiscal})
    block_of_unit[index_of(group)] =
        dwelling_of_units(tables.unit_of[index_of(group)], tables.ids[index_of(group)].size(), dwelling_of, rank_of, joined);
  Rows block(dwellings);
  for (std::size_t dwelling = 0; dwelling < dwellings; ++dwelling) block[dwelling] = joined.root(rank_of[dwelling]);
  block_of_unit[index_of(Level::menage)] = block;
  result.order[index_of(Level::menage)] = sorted_by_key(dwellings_by_id, block, dwellings);
  const Rows new_dwelling = inverse(result.order[index_of(Level::menage)]);
  result.order[index_of(Level::individu)] =
      sorted_by_key(rows_by_id(tables.ids[index_of(Level::individu)]), looked_up(new_dwelling, dwelling_of), dwellings);
  for (const Level group : {Level::famille, Level::foyer_fiscal}) {
    Rows& keys = block_of_unit[index_of(group)];
    keys = looked_up(block, keys);
    result.order[index_of(group)] = sorted_by_key(rows_by_id(tables.ids[index_of(group)]), keys, dwellings);
  }

  // Rows of each level in each block, then running starts.
  std::vector<std::int32_t> number(dwellings, -1);
  std::size_t blocks = 0;
  for (const std::int32_t dwelling : result.order[index_of(Level::menage)]) {
    std::int32_t& known = number[at(block[at(dwelling)])];
    if (known < 0) known = row(blocks++);
  }
  result.blocks.assign(blocks + 1, BlockStart{});
  for (const std::int32_t dwelling : dwelling_of)
    ++result.blocks[at(number[at(block[at(dwelling)])]) + 1][index_of(Level::individu)];
  for (const Level group : group_levels) {
    for (const std::int32_t key : block_of_unit[index_of(group)]) ++result.blocks[at(number[at(key)]) + 1][index_of(group)];
  }
  for (std::size_t b = 1; b < result.blocks.size(); ++b) {
    for (std::size_t level = 0; level < level_count; ++level) result.blocks[b][level] += result.blocks[b - 1][level];
  }
  for (std::size_t level = 0; level < level_count; ++level) result.is_given[level] = is_identity(result.order[level]);
  return result;
}

}  // namespace labacces
