// Makes a Population out of rows in any order: checks links, puts rows in canonical order, finds the linked blocks.
#include "libsim/population/population_builder.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/population/id_order.hpp"

namespace labacces {
namespace {

constexpr std::size_t shown_errors = 20;  // more findings than this help nobody

using Rows = std::vector<std::int32_t>;
std::size_t at(std::int32_t row) { return static_cast<std::size_t>(row); }
std::int32_t row(std::size_t index) { return static_cast<std::int32_t>(index); }

/// Findings about tables that have no line of a file: the ids are the place.
class Findings {
 public:
  explicit Findings(const std::string& source) : source_(source) {}
  void add(std::string message) {
    if (list_.error_count() < shown_errors) list_.error(Location{source_, 0, 0, {}}, std::move(message));
  }
  bool full() const { return list_.error_count() >= shown_errors; }
  void throw_if_any() const {
    if (list_.has_errors()) throw Error(list_);
  }

 private:
  std::string source_;
  DiagnosticList list_;
};

std::string named(Level level, const std::string& id) { return std::string(name_of(level)) + " '" + id + "'"; }

void check_sizes(const PopulationTables& tables, Findings& findings) {
  const std::size_t persons = tables.ids[index_of(Level::individu)].size();
  for (std::size_t level = 0; level < level_count; ++level) {
    if (tables.ids[level].size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
      findings.add("more than 2147483647 rows in " + std::string(plural_of(static_cast<Level>(level))));
    }
  }
  for (const Level group : group_levels) {
    if (tables.unit_of[index_of(group)].size() != persons || tables.role_of[index_of(group)].size() != persons) {
      findings.add("each of the " + std::to_string(persons) + " persons must have a " + std::string(name_of(group)) +
                   " and a role in it");
    }
  }
  const std::size_t dwellings = tables.ids[index_of(Level::menage)].size();
  if (!tables.weights.empty() && tables.weights.size() != dwellings) {
    findings.add("there are " + std::to_string(tables.weights.size()) + " weights for " + std::to_string(dwellings) + " menages");
  }
  for (std::size_t i = 0; i < tables.weights.size() && i < dwellings; ++i) {
    if (!std::isfinite(tables.weights[i]) || tables.weights[i] < 0) {
      findings.add("the weight of " + named(Level::menage, tables.ids[index_of(Level::menage)][i]) +
                   " must be a number of 0 or more");
    }
  }
}

void check_ids(const PopulationTables& tables, Findings& findings) {
  for (std::size_t level = 0; level < level_count; ++level) {
    for (const auto& [first, second] : duplicated_ids(tables.ids[level], shown_errors)) {
      findings.add(named(static_cast<Level>(level), tables.ids[level][at(second)]) + " is there twice (rows " +
                   std::to_string(first + 1) + " and " + std::to_string(second + 1) + "): ids must be unique");
    }
  }
}

void check_links(const PopulationTables& tables, Level group, Findings& findings) {
  const IdList& persons = tables.ids[index_of(Level::individu)];
  const IdList& units = tables.ids[index_of(group)];
  const Rows& unit_of = tables.unit_of[index_of(group)];
  const std::vector<std::uint8_t>& role_of = tables.role_of[index_of(group)];
  const std::uint8_t last_role = static_cast<std::uint8_t>(group == Level::menage ? Role::autre : Role::enfant);
  std::vector<std::int32_t> principal(units.size(), -1);
  const std::size_t count = persons.size();
  for (std::size_t person = 0; person < count; ++person) {
    if (unit_of[person] < 0 || at(unit_of[person]) >= units.size()) {
      findings.add(named(Level::individu, persons[person]) + " is in no " + std::string(name_of(group)));
      continue;
    }
    if (role_of[person] > last_role) {
      findings.add(named(Level::individu, persons[person]) + " has no valid role in " + named(group, units[at(unit_of[person])]));
      continue;
    }
    if (role_of[person] != static_cast<std::uint8_t>(Role::principal)) continue;
    std::int32_t& known = principal[at(unit_of[person])];
    if (known >= 0) {
      findings.add(named(group, units[at(unit_of[person])]) + " has two " + std::string(principal_role(group)) + "s: '" +
                   persons[at(known)] + "' and '" + persons[person] + "'");
    }
    known = row(person);
  }
  for (std::size_t unit = 0; unit < principal.size(); ++unit) {
    if (principal[unit] < 0) findings.add(named(group, units[unit]) + " has no " + std::string(principal_role(group)));
  }
}

void check_columns(const PopulationTables& tables, Findings& findings) {
  std::vector<std::string> names;
  for (const VariableData& variable : tables.variables) {
    names.push_back(variable.name);
    const std::size_t rows = tables.ids[index_of(variable.level)].size();
    std::vector<Period> periods;
    for (const PeriodColumn& period : variable.periods) {
      periods.push_back(period.period);
      if (period.column >= tables.columns.size()) {
        findings.add("variable '" + variable.name + "' refers to a column that is not there");
        continue;
      }
      const Column& column = tables.columns[period.column];
      if (column.cells().size() != rows || (!column.given.empty() && column.given.size() != rows)) {
        findings.add("variable '" + variable.name + "' has " + std::to_string(column.cells().size()) + " values for " +
                     std::to_string(rows) + " " + std::string(plural_of(variable.level)));
      }
    }
    std::sort(periods.begin(), periods.end());
    if (std::adjacent_find(periods.begin(), periods.end()) != periods.end()) {
      findings.add("variable '" + variable.name + "' is given twice for the same period");
    }
  }
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice != names.end()) findings.add("variable '" + *twice + "' is given twice");
}

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

/// old row -> new row, from new row -> old row.
Rows inverse(const Rows& order) {
  Rows result(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) result[at(order[i])] = row(i);
  return result;
}

bool is_identity(const Rows& order) {
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (order[i] != row(i)) return false;
  }
  return true;
}

template <typename T>
std::vector<T> reordered(std::vector<T>&& values, const Rows& order) {
  std::vector<T> result(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) result[i] = std::move(values[at(order[i])]);
  return result;
}

/// The canonical order of every level and the borders of blocks.
struct Canonical {
  std::array<Rows, level_count> order;  ///< new row -> old row
  std::vector<BlockStart> blocks;
};

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

Canonical canonical_order(const PopulationTables& tables) {
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
  return result;
}

/// Takes the links of the tables.
Membership canonical_membership(PopulationTables& tables, Level group, const Canonical& canonical) {
  const Rows& units = canonical.order[index_of(group)];
  const Rows& persons = canonical.order[index_of(Level::individu)];
  Membership result{std::move(tables.unit_of[index_of(group)]), std::move(tables.role_of[index_of(group)]),
                    Rows(units.size(), -1)};
  if (!is_identity(units)) {
    const Rows new_unit = inverse(units);
    for (std::int32_t& unit : result.unit_of) unit = new_unit[at(unit)];
  }
  if (!is_identity(persons)) {
    result.unit_of = reordered(std::move(result.unit_of), persons);
    result.role_of = reordered(std::move(result.role_of), persons);
  }
  for (std::size_t i = 0; i < persons.size(); ++i) {
    if (result.role_of[i] == static_cast<std::uint8_t>(Role::principal)) result.principal_of[at(result.unit_of[i])] = row(i);
  }
  return result;
}

/// Puts each column in canonical order once, however many variables and periods share it.
void reorder_columns(PopulationTables& tables, const Canonical& canonical) {
  std::array<bool, level_count> same{};
  for (std::size_t level = 0; level < level_count; ++level) same[level] = is_identity(canonical.order[level]);
  std::vector<std::uint8_t> done(tables.columns.size(), 0);
  for (const VariableData& variable : tables.variables) {
    if (same[index_of(variable.level)]) continue;
    const Rows& order = canonical.order[index_of(variable.level)];
    for (const PeriodColumn& period : variable.periods) {
      if (done[period.column] != 0) continue;
      done[period.column] = 1;
      Column& column = tables.columns[period.column];
      if (column.lent.keeper) {  // in another order they cannot be read in place
        column.values.assign(column.lent.values.begin(), column.lent.values.end());
        column.lent = {};
      }
      column.values = reordered(std::move(column.values), order);
      if (!column.given.empty()) column.given = reordered(std::move(column.given), order);
    }
  }
}

}  // namespace

PopulationTables tables_of(const std::shared_ptr<const Population>& base) {
  PopulationTables tables;
  for (std::size_t level = 0; level < level_count; ++level) tables.ids[level] = base->ids(static_cast<Level>(level));
  for (const Level group : group_levels) {
    tables.unit_of[index_of(group)] = base->membership(group).unit_of;
    tables.role_of[index_of(group)] = base->membership(group).role_of;
  }
  tables.weights = base->weights();
  for (const Column& column : base->columns()) tables.columns.push_back({{}, column.given, {column.cells(), base}});
  tables.variables = base->variables();
  tables.synthetic = base->is_synthetic();
  tables.source = base->source();
  tables.weighting = base->weighting();
  return tables;
}

Population PopulationBuilder::build(PopulationTables tables) {
  Findings findings(tables.source);
  check_sizes(tables, findings);
  findings.throw_if_any();
  check_ids(tables, findings);
  for (const Level group : group_levels) check_links(tables, group, findings);
  check_columns(tables, findings);
  findings.throw_if_any();

  Canonical canonical = canonical_order(tables);
  Population result;
  for (const Level group : group_levels) {
    result.memberships_[index_of(group)] = canonical_membership(tables, group, canonical);
  }
  reorder_columns(tables, canonical);
  const std::size_t dwellings = tables.ids[index_of(Level::menage)].size();
  result.weights_ = tables.weights.empty() ? std::vector<double>(dwellings, 1.0)
                                           : reordered(std::move(tables.weights), canonical.order[index_of(Level::menage)]);
  for (std::size_t level = 0; level < level_count; ++level) {
    const bool same = is_identity(canonical.order[level]);
    result.ids_[level] = same ? std::move(tables.ids[level]) : std::move(tables.ids[level]).reordered(canonical.order[level]);
    result.original_rows_[level] = std::move(canonical.order[level]);
  }
  result.blocks_ = std::move(canonical.blocks);
  result.columns_ = std::move(tables.columns);
  result.variables_ = std::move(tables.variables);
  for (std::size_t i = 0; i < result.variables_.size(); ++i) {
    auto& periods = result.variables_[i].periods;
    std::sort(periods.begin(), periods.end(), [](const PeriodColumn& a, const PeriodColumn& b) { return a.period < b.period; });
    result.index_.emplace(result.variables_[i].name, i);
  }
  result.synthetic_ = tables.synthetic;
  result.source_ = std::move(tables.source);
  result.weighting_ = std::move(tables.weighting);
  return result;
}

}  // namespace labacces
