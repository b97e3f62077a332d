// Makes a Population out of rows in any order: checks links, puts rows in canonical order, finds the linked blocks.
#include "libsim/population/population_builder.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/base/parallel.hpp"
#include "libsim/population/canonical_order.hpp"
#include "libsim/population/id_order.hpp"

namespace labacces {
namespace {

constexpr std::size_t shown_errors = 20;  // more findings than this help nobody

std::size_t at(std::int32_t row) { return static_cast<std::size_t>(row); }
std::int32_t row(std::size_t index) { return static_cast<std::int32_t>(index); }

/// Findings about tables that have no line of a file: the ids are the place.
class Findings {
 public:
  explicit Findings(const std::string& source) : source_(source) {}
  void add(std::string message) {
    if (list_.error_count() < shown_errors) list_.error(Location{source_, 0, 0, {}}, std::move(message));
  }
  void add(const Findings& others) {
    for (const Diagnostic& finding : others.list_.items()) add(finding.message);
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

/// Every unit is one of `units`, every role one of a group: without a branch, as fast as memory.
bool are_in_range(const Rows& unit_of, std::size_t units, const std::vector<std::uint8_t>& role_of, std::uint8_t last_role) {
  std::uint32_t last_unit = 0;
  for (const std::int32_t unit : unit_of) last_unit = std::max(last_unit, static_cast<std::uint32_t>(unit));
  std::uint8_t last = 0;
  for (const std::uint8_t role : role_of) last = std::max(last, role);
  return (unit_of.empty() || last_unit < units) && last <= last_role;
}

/// The person of each unit who is its principal, by rows of the tables.
Rows check_links(const PopulationTables& tables, Level group, Findings& findings) {
  const IdList& persons = tables.ids[index_of(Level::individu)];
  const IdList& units = tables.ids[index_of(group)];
  const Rows& unit_of = tables.unit_of[index_of(group)];
  const std::vector<std::uint8_t>& role_of = tables.role_of[index_of(group)];
  const std::uint8_t last_role = static_cast<std::uint8_t>(group == Level::menage ? Role::autre : Role::enfant);
  std::vector<std::int32_t> principal(units.size(), -1);
  const std::size_t count = persons.size();
  const bool in_range = are_in_range(unit_of, units.size(), role_of, last_role);
  for (std::size_t person = 0; person < count; ++person) {
    if (!in_range && (unit_of[person] < 0 || at(unit_of[person]) >= units.size())) {
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
  return principal;
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
      if (column.size() != rows || (!column.given.empty() && column.given.size() != rows)) {
        findings.add("variable '" + variable.name + "' has " + std::to_string(column.size()) + " values for " +
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

/// Takes the links of the tables; `principal` is the principal of each unit, by rows of the tables.
Membership canonical_membership(PopulationTables& tables, Level group, Rows&& principal, const Canonical& canonical) {
  const Rows& units = canonical.order[index_of(group)];
  const Rows& persons = canonical.order[index_of(Level::individu)];
  Membership result{std::move(tables.unit_of[index_of(group)]), std::move(tables.role_of[index_of(group)]), std::move(principal)};
  if (!canonical.is_given[index_of(group)]) {
    const Rows new_unit = inverse(units);
    for (std::int32_t& unit : result.unit_of) unit = new_unit[at(unit)];
    result.principal_of = reordered(std::move(result.principal_of), units);
  }
  if (!canonical.is_given[index_of(Level::individu)]) {
    result.unit_of = reordered(std::move(result.unit_of), persons);
    result.role_of = reordered(std::move(result.role_of), persons);
    const Rows new_person = inverse(persons);
    for (std::int32_t& person : result.principal_of) person = new_person[at(person)];
  }
  return result;
}

/// Puts each column in canonical order once, however many variables and periods share it.
void reorder_columns(PopulationTables& tables, const Canonical& canonical) {
  std::vector<std::uint8_t> done(tables.columns.size(), 0);
  for (const VariableData& variable : tables.variables) {
    if (canonical.is_given[index_of(variable.level)]) continue;
    const Rows& order = canonical.order[index_of(variable.level)];
    for (const PeriodColumn& period : variable.periods) {
      if (done[period.column] != 0) continue;
      done[period.column] = 1;
      Column& column = tables.columns[period.column];
      if (column.lent.keeper || column.deferred) {  // in another order they cannot be read in place
        column.values.assign(column.cells().begin(), column.cells().end());
        column.lent = {};
        column.deferred = {};
      }
      column.values = reordered(std::move(column.values), order);
      if (!column.given.empty()) column.given = reordered(std::move(column.given), order);
    }
  }
}

}  // namespace

Column lent_by(const std::shared_ptr<const Population>& base, const Column& column) {
  return column.deferred ? column : Column{{}, column.given, {column.cells(), base}};
}

PopulationTables tables_of(const std::shared_ptr<const Population>& base) {
  PopulationTables tables;
  for (std::size_t level = 0; level < level_count; ++level) tables.ids[level] = base->ids(static_cast<Level>(level));
  for (const Level group : group_levels) {
    tables.unit_of[index_of(group)] = base->membership(group).unit_of;
    tables.role_of[index_of(group)] = base->membership(group).role_of;
  }
  tables.weights = base->weights();
  for (const Column& column : base->columns()) tables.columns.push_back(lent_by(base, column));
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
  std::array<Rows, level_count> principals;
  std::vector<Findings> of_links(std::size(group_levels), Findings(tables.source));
  const unsigned threads = threads_for(tables.ids[index_of(Level::individu)].size());
  for_each_chunk(std::size(group_levels), threads, [&](std::size_t i, unsigned) {
    principals[index_of(group_levels[i])] = check_links(tables, group_levels[i], of_links[i]);
  });
  for (const Findings& found : of_links) findings.add(found);
  check_columns(tables, findings);
  findings.throw_if_any();

  Canonical canonical = canonical_order(tables);
  Population result;
  for (const Level group : group_levels) {
    result.memberships_[index_of(group)] = canonical_membership(tables, group, std::move(principals[index_of(group)]), canonical);
  }
  reorder_columns(tables, canonical);
  const std::size_t dwellings = tables.ids[index_of(Level::menage)].size();
  result.weights_ = tables.weights.empty() ? std::vector<double>(dwellings, 1.0) : std::move(tables.weights);
  if (!canonical.is_given[index_of(Level::menage)])
    result.weights_ = reordered(std::move(result.weights_), canonical.order[index_of(Level::menage)]);
  for (std::size_t level = 0; level < level_count; ++level) {
    result.ids_[level] =
        canonical.is_given[level] ? std::move(tables.ids[level]) : std::move(tables.ids[level]).reordered(canonical.order[level]);
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
