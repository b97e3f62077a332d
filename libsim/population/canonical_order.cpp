// The canonical order of the rows of tables, and the blocks of dwellings that families and tax units link.
#include "libsim/population/canonical_order.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <optional>
#include <span>

#include "libsim/population/id_order.hpp"

namespace labacces {
namespace {

std::size_t at(std::int32_t row) { return static_cast<std::size_t>(row); }
std::int32_t row(std::size_t index) { return static_cast<std::int32_t>(index); }

/// Dwellings by rank of id, joined when a family or a tax unit has members in both; the root is the smallest rank.
class Blocks {
 public:
  explicit Blocks(std::size_t dwellings) : parent_(dwellings) { std::iota(parent_.begin(), parent_.end(), 0); }
  std::int32_t root(std::int32_t dwelling) {
    while (parent_[at(dwelling)] != dwelling) {
      parent_[at(dwelling)] = parent_[at(parent_[at(dwelling)])];
      dwelling = parent_[at(dwelling)];
    }
    return dwelling;
  }
  void join(std::int32_t a, std::int32_t b) {
    a = root(a);
    b = root(b);
    if (a < b) parent_[at(b)] = a;
    if (b < a) parent_[at(a)] = b;
  }

 private:
  Rows parent_;
};

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

/// The block (numbered by rank of its first dwelling) of every old dwelling row.
Rows block_of_dwellings(const PopulationTables& tables, const Rows& rank_of) {
  Blocks blocks(rank_of.size());
  const Rows& dwelling_of = tables.unit_of[index_of(Level::menage)];
  for (const Level group : {Level::famille, Level::foyer_fiscal}) {
    Rows first(tables.ids[index_of(group)].size(), -1);
    for (std::size_t person = 0; person < dwelling_of.size(); ++person) {
      const std::int32_t rank = rank_of[at(dwelling_of[person])];
      std::int32_t& known = first[at(tables.unit_of[index_of(group)][person])];
      if (known < 0) known = rank;
      if (known != rank) blocks.join(known, rank);
    }
  }
  Rows result(rank_of.size());
  for (std::size_t dwelling = 0; dwelling < result.size(); ++dwelling) result[dwelling] = blocks.root(rank_of[dwelling]);
  return result;
}

/// The dwelling of each unit's first person; dwellings of its other persons are joined to it.
Rows dwelling_of_units(const Rows& unit_of, std::size_t units, const Rows& dwelling_of, Blocks& blocks) {
  Rows dwelling(units, -1);
  for (std::size_t person = 0; person < unit_of.size(); ++person) {
    std::int32_t& known = dwelling[at(unit_of[person])];
    if (known < 0) known = dwelling_of[person];
    if (known != dwelling_of[person]) blocks.join(known, dwelling_of[person]);
  }
  return dwelling;
}

/// The canonical order of tables that are in it already, as files mostly are; else nothing.
std::optional<Canonical> given_order(const PopulationTables& tables, const Rising& rising) {
  const Rows& dwelling_of = tables.unit_of[index_of(Level::menage)];
  if (!std::ranges::all_of(rising, std::identity()) || !std::ranges::is_sorted(dwelling_of)) return std::nullopt;
  const std::size_t dwellings = tables.ids[index_of(Level::menage)].size();
  Blocks blocks(dwellings);
  std::array<Rows, level_count> dwelling;  // of each row
  for (const Level group : {Level::famille, Level::foyer_fiscal})
    dwelling[index_of(group)] =
        dwelling_of_units(tables.unit_of[index_of(group)], tables.ids[index_of(group)].size(), dwelling_of, blocks);
  Rows block(dwellings);  // its number in place of its first dwelling
  std::int32_t count = 0;
  for (std::size_t d = 0, last = 0; d < dwellings; ++d) {
    const std::size_t root = at(blocks.root(row(d)));
    if (root < last) return std::nullopt;
    count += root > last || d == 0 ? 1 : 0;
    last = root;
    block[d] = count - 1;
  }
  Canonical result;
  result.blocks.resize(at(count) + 1);
  // No block is without a row, as every unit has a person: its start is the smallest of its rows.
  const auto start_at = [&](Level level, const Rows& dwelling_of_row) {
    bool sorted = true;
    for (std::size_t i = dwelling_of_row.size(); i-- > 0;) {
      const std::size_t b = at(block[at(dwelling_of_row[i])]);
      result.blocks[b][index_of(level)] = row(i);
      sorted = sorted && (i + 1 == dwelling_of_row.size() || b <= at(block[at(dwelling_of_row[i + 1])]));
    }
    result.blocks.back()[index_of(level)] = row(dwelling_of_row.size());
    return sorted;
  };
  for (const Level group : {Level::famille, Level::foyer_fiscal}) {
    if (!start_at(group, dwelling[index_of(group)])) return std::nullopt;
  }
  start_at(Level::individu, dwelling_of);
  for (std::size_t d = dwellings; d-- > 0;) result.blocks[at(block[d])][index_of(Level::menage)] = row(d);
  result.blocks.back()[index_of(Level::menage)] = row(dwellings);
  for (std::size_t level = 0; level < level_count; ++level) {
    result.order[level].resize(tables.ids[level].size());
    std::iota(result.order[level].begin(), result.order[level].end(), 0);
    result.is_given[level] = true;
  }
  return result;
}

Canonical any_order(const PopulationTables& tables) {
  Canonical result;
  const std::size_t dwellings = tables.ids[index_of(Level::menage)].size();
  const Rows& dwelling_of = tables.unit_of[index_of(Level::menage)];
  const Rows dwellings_by_id = rows_by_id(tables.ids[index_of(Level::menage)]);
  const Rows block = block_of_dwellings(tables, inverse(dwellings_by_id));
  result.order[index_of(Level::menage)] = sorted_by_key(dwellings_by_id, block, dwellings);

  const Rows new_dwelling = inverse(result.order[index_of(Level::menage)]);
  Rows person_key(dwelling_of.size());
  for (std::size_t person = 0; person < person_key.size(); ++person) person_key[person] = new_dwelling[at(dwelling_of[person])];
  result.order[index_of(Level::individu)] =
      sorted_by_key(rows_by_id(tables.ids[index_of(Level::individu)]), person_key, dwellings);

  std::array<Rows, level_count> block_of_unit;
  block_of_unit[index_of(Level::menage)] = block;
  for (const Level group : {Level::famille, Level::foyer_fiscal}) {
    Rows& keys = block_of_unit[index_of(group)];
    keys.assign(tables.ids[index_of(group)].size(), 0);
    for (std::size_t person = 0; person < dwelling_of.size(); ++person) {
      keys[at(tables.unit_of[index_of(group)][person])] = block[at(dwelling_of[person])];
    }
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

}  // namespace

Rising rising_ids(const PopulationTables& tables) {
  Rising rising{};
  for (std::size_t level = 0; level < level_count; ++level) {
    const std::span<const std::int64_t> numbers = tables.ids[level].numbers();
    bool falls = numbers.empty();
    for (std::size_t i = 1; i < numbers.size(); ++i) falls |= numbers[i] <= numbers[i - 1];
    rising[level] = !falls;
  }
  return rising;
}
Rows inverse(const Rows& order) {
  Rows result(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) result[at(order[i])] = row(i);
  return result;
}

Canonical canonical_order(const PopulationTables& tables, const Rising& rising) {
  std::optional<Canonical> given = given_order(tables, rising);
  return given ? std::move(*given) : any_order(tables);
}

}  // namespace labacces
