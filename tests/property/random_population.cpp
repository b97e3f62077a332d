#include "tests/property/random_population.hpp"

#include <algorithm>
#include <numeric>

#include "tests/property/dice.hpp"

namespace labacces::property {
namespace {

constexpr int last_year = 2026;

class PopulationWriter {
 public:
  PopulationWriter(std::uint64_t seed, const law::Law& law, const PopulationStyle& style)
      : dice_(seed, "population"), law_(law), style_(style) {}

  PopulationTables write(int dwellings) {
    text_ids_ = dice_.chance(0.3);
    for (int i = 0; i < dwellings; ++i) dwelling();
    tables_.source = "random";
    for (const law::Variable& variable : law_.variables()) {
      if (variable.is_input || dice_.chance(style_.given_rules)) data(variable);
    }
    return std::move(tables_);
  }

 private:
  std::string new_id(Level level) {
    const auto count = static_cast<int>(tables_.ids[index_of(level)].size());
    // Unique, and in no order: 7919 is prime to the modulus.
    const int number = (count * 7919 + 13) % 100'003;
    return (text_ids_ ? "x" : "") + std::to_string(number);
  }

  std::int32_t new_unit(Level level) {
    tables_.ids[index_of(level)].push_back(new_id(level));
    return static_cast<std::int32_t>(tables_.ids[index_of(level)].size() - 1);
  }

  void join(Level group, std::int32_t unit, Role role) {
    tables_.unit_of[index_of(group)].push_back(unit);
    tables_.role_of[index_of(group)].push_back(static_cast<std::uint8_t>(role));
  }

  /// A new unit, or the last one that was made (in this dwelling, or in the one before).
  void join_some(Level group, bool first_of_dwelling) {
    const auto made = static_cast<std::int32_t>(tables_.ids[index_of(group)].size());
    const bool alone = made == 0 || dice_.chance(first_of_dwelling ? 0.85 : 0.3);
    if (alone) {
      join(group, new_unit(group), Role::principal);
      has_partner_[index_of(group)] = false;
      return;
    }
    bool& has_partner = has_partner_[index_of(group)];
    const bool partner = !has_partner && dice_.chance(0.5);
    has_partner = has_partner || partner;
    join(group, made - 1, partner ? Role::conjoint : Role::enfant);
  }

  void dwelling() {
    const std::int32_t unit = new_unit(Level::menage);
    const int persons = dice_.chance(0.05) ? dice_.between(7, 12) : dice_.between(1, 6);
    bool has_partner = false;
    for (int i = 0; i < persons; ++i) {
      new_unit(Level::individu);
      Role role = Role::principal;
      if (i > 0) {
        role = !has_partner && dice_.chance(0.4) ? Role::conjoint : dice_.chance(0.7) ? Role::enfant : Role::autre;
        has_partner = has_partner || role == Role::conjoint;
      }
      join(Level::menage, unit, role);
      join_some(Level::famille, i == 0);
      join_some(Level::foyer_fiscal, i == 0);
    }
  }

  double value(const law::Variable& variable) {
    switch (variable.type.kind) {
      case ValueKind::yes_no:
        return dice_.below(2);
      case ValueKind::enumeration:
        return dice_.below(static_cast<int>(law_.enums()[static_cast<std::size_t>(variable.type.enumeration)].items.size()));
      case ValueKind::date: {
        const int month = dice_.between(1, 12);
        int year = dice_.between(dice_.pick(std::vector<int>{1930, 1998, 2014}), 2024);
        if (style_.births_from != 0 && dice_.chance(0.6)) year = dice_.between(style_.births_from, style_.births_from + 5);
        return Day::of(year, month, dice_.chance(0.3) ? 1 : dice_.between(1, month == 2 ? 28 : 30)).days;
      }
      case ValueKind::number:
        break;
    }
    if (variable.measure_text == "share") return dice_.pick(std::vector<double>{0.0, 0.0, 0.5, 0.55, 0.79, 0.8, 1.0});
    if (variable.type.measure.dimensionless()) return dice_.below(7);
    return dice_.chance(style_.zero_amounts) ? 0.0 : amount(variable.type.measure);
  }

  /// Half of them whole quarters, half with cents; a few negative.
  double amount(const law::Measure& measure) {
    const double largest = measure.exponents[0] == 0 ? 160.0 : measure == law::eur_per_month ? 2'500.0 : 30'000.0;
    const double drawn = dice_.uniform() * largest * style_.amounts * (dice_.chance(0.05) ? -1.0 : 1.0);
    const double parts = dice_.chance(0.5) ? 4.0 : 100.0;
    return static_cast<double>(static_cast<int>(drawn * parts)) / parts;
  }

  void column(VariableData& made, const law::Variable& variable, Period period, double share_given) {
    Column cells;
    const std::size_t rows = tables_.ids[index_of(variable.level)].size();
    for (std::size_t i = 0; i < rows; ++i) {
      const bool given = dice_.chance(share_given);
      cells.values.push_back(given ? value(variable) : 0.0);
      if (share_given < 1.0) cells.given.push_back(given ? 1 : 0);
    }
    made.periods.push_back({period, static_cast<std::uint32_t>(tables_.columns.size())});
    tables_.columns.push_back(std::move(cells));
  }

  void data(const law::Variable& variable) {
    VariableData made;
    made.name = variable.name;
    made.level = variable.level;
    const bool must = variable.is_input && !variable.default_value;
    const auto share = [&] { return !variable.is_input ? 0.2 : dice_.chance(0.5) ? 1.0 : 0.7; };
    if (must || dice_.chance(variable.is_input ? 0.6 : 0.2)) column(made, variable, Period::eternity(), must ? 1.0 : share());
    if (variable.periodicity != Periodicity::eternal) {
      for (int year = style_.first_year; year <= last_year; ++year) {
        if (dice_.chance(0.4)) column(made, variable, Period::year(year), share());
      }
    }
    if (variable.periodicity == Periodicity::monthly) {
      for (Month month = Month::of(2020, 1); month <= Month::of(last_year, 12); month = month + 1) {
        if (dice_.chance(style_.monthly_columns)) column(made, variable, Period::month(month), share());
      }
    }
    std::sort(made.periods.begin(), made.periods.end(),
              [](const PeriodColumn& a, const PeriodColumn& b) { return a.period < b.period; });
    if (!made.periods.empty()) tables_.variables.push_back(std::move(made));
  }

  Dice dice_;
  const law::Law& law_;
  PopulationStyle style_;
  PopulationTables tables_;
  bool text_ids_ = false;
  std::array<bool, level_count> has_partner_{};
};

/// new row -> old row.
std::vector<std::size_t> permutation(Dice& dice, std::size_t count) {
  std::vector<std::size_t> rows(count);
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i) std::swap(rows[i - 1], rows[static_cast<std::size_t>(dice.below(static_cast<int>(i)))]);
  return rows;
}

template <typename T>
std::vector<T> taken(const std::vector<T>& values, const std::vector<std::size_t>& rows) {
  std::vector<T> out;
  if (values.empty()) return out;
  for (const std::size_t row : rows) out.push_back(values[row]);
  return out;
}

}  // namespace

PopulationTables random_population(std::uint64_t seed, int dwellings, const law::Law& law, const PopulationStyle& style) {
  return PopulationWriter(seed, law, style).write(dwellings);
}

PopulationTables shuffled(const PopulationTables& tables, std::uint64_t seed) {
  Dice dice(seed, "shuffle");
  PopulationTables out = tables;
  std::array<std::vector<std::size_t>, level_count> rows;
  for (std::size_t level = 0; level < level_count; ++level) {
    rows[level] = permutation(dice, tables.ids[level].size());
    out.ids[level] = taken(std::vector<std::string>(tables.ids[level]), rows[level]);
  }
  const std::vector<std::size_t>& persons = rows[index_of(Level::individu)];
  for (const Level group : group_levels) {
    const std::size_t g = index_of(group);
    std::vector<std::int32_t> new_row(tables.ids[g].size());
    for (std::size_t i = 0; i < rows[g].size(); ++i) new_row[rows[g][i]] = static_cast<std::int32_t>(i);
    out.unit_of[g] = taken(tables.unit_of[g], persons);
    for (std::int32_t& unit : out.unit_of[g]) unit = new_row[static_cast<std::size_t>(unit)];
    out.role_of[g] = taken(tables.role_of[g], persons);
  }
  out.weights = taken(tables.weights, rows[index_of(Level::menage)]);
  for (const VariableData& variable : tables.variables) {
    for (const PeriodColumn& column : variable.periods) {
      Column& cells = out.columns[column.column];
      cells.values = taken(tables.columns[column.column].values, rows[index_of(variable.level)]);
      cells.given = taken(tables.columns[column.column].given, rows[index_of(variable.level)]);
    }
  }
  return out;
}

}  // namespace labacces::property
