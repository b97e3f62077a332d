#include "libsim/population/kin_units.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "libsim/base/error.hpp"

namespace labacces {
namespace {

using units::Answer;

/// The column of a person's variable that tells best how things stand on a day, with what it is divided by for a month.
struct Told {
  const Column* column = nullptr;
  double divisor = 1.0;
};

bool lies_behind(const Period& period, Day on) {
  return (period.kind == Period::Kind::year && period.value > on.year()) ||
         (period.kind == Period::Kind::month && period.value > on.month_of().index);
}

/// Years and months on one line; the value for all time comes before them.
std::int32_t order_of(const Period& period) {
  if (period.kind == Period::Kind::eternity) return -1;
  return period.kind == Period::Kind::year ? Month::of(period.value, 1).index : period.value;
}

Told told(const PopulationTables& tables, const Schema& schema, const std::string& name, Day on) {
  const VariableInfo* info = schema.find(name);
  const auto found =
      std::find_if(tables.variables.begin(), tables.variables.end(), [&](const VariableData& data) { return data.name == name; });
  if (info == nullptr || found == tables.variables.end() || found->periods.empty()) return {};
  const PeriodColumn* best = nullptr;
  for (const PeriodColumn& candidate : found->periods) {
    if (lies_behind(candidate.period, on)) continue;
    if (best == nullptr || order_of(candidate.period) > order_of(best->period)) best = &candidate;
  }
  if (best == nullptr) best = &found->periods.front();
  return {&tables.columns[best->column], info->is_flow && best->period.kind == Period::Kind::year ? 12.0 : 1.0};
}

/// Calls `use(row, value)` for each person whose value is given.
template <typename Use>
void each_given(const Told& told, const Use& use) {
  const auto cells = told.column->cells();
  for (std::size_t row = 0; row < cells.size(); ++row) {
    if (told.column->given.empty() || told.column->given[row] != 0) use(row, cells[row] / told.divisor);
  }
}

/// Fills `answers` where a column of the law says yes or no; what is known already stays.
template <typename IsYes>
void fill_answers(const Told& told, std::size_t persons, std::vector<Answer>& answers, const IsYes& is_yes) {
  if (told.column == nullptr) return;
  if (answers.empty()) answers.assign(persons, Answer::unknown);
  each_given(told, [&](std::size_t row, double value) {
    if (answers[row] != Answer::yes) answers[row] = is_yes(value) ? Answer::yes : Answer::no;
  });
}

double code_of(const Schema& schema, const std::string& variable, const std::string& item) {
  const VariableInfo* info = schema.find(variable);
  if (info == nullptr) return -1.0;
  const auto found = std::find(info->items.begin(), info->items.end(), item);
  return found == info->items.end() ? -1.0 : static_cast<double>(found - info->items.begin());
}

void fill_marital(const PopulationTables& tables, const Schema& schema, Day on, units::Kinship& kinship) {
  const Told status = told(tables, schema, "statut_marital", on);
  if (!kinship.marital.empty() || status.column == nullptr) return;
  const double unsaid = code_of(schema, "statut_marital", "non_renseigne"), married = code_of(schema, "statut_marital", "marie"),
               pacs = code_of(schema, "statut_marital", "pacse");
  kinship.marital.assign(kinship.ids.size(), units::MaritalStatus::unknown);
  each_given(status, [&](std::size_t row, double code) {
    if (code == unsaid) return;
    kinship.marital[row] = code == married ? units::MaritalStatus::married
                           : code == pacs  ? units::MaritalStatus::pacs
                                           : units::MaritalStatus::none;
  });
}

/// A yes/no input that follows from kinship, unless the data or the law have no place for it.
void add_input(PopulationTables& tables, const Schema& schema, const std::string& name, const std::vector<std::uint8_t>& values) {
  const VariableInfo* info = schema.find(name);
  const bool is_there =
      std::any_of(tables.variables.begin(), tables.variables.end(), [&](const VariableData& data) { return data.name == name; });
  if (info == nullptr || is_there || values.empty() || info->kind != ValueKind::yes_no) return;
  tables.variables.push_back({name, info->level, {{Period::eternity(), static_cast<std::uint32_t>(tables.columns.size())}}});
  tables.columns.push_back({std::vector<double>(values.begin(), values.end()), {}});
}

constexpr int months_of_pay = 6;  // CSS R512-2: the mean of the six months before

/// An amount a month by person: the mean over the six months before `on` that have a value (a month's own, else a twelfth of the year's),
/// else the latest that the data tell. Empty when they lack the variable.
std::vector<std::optional<double>> recent_amounts(const PopulationTables& tables, const Schema& schema, const std::string& name,
                                                  Day on, std::size_t persons) {
  const Told latest = told(tables, schema, name, on);
  if (latest.column == nullptr) return {};
  std::vector<std::optional<double>> amounts(persons);
  each_given(latest, [&](std::size_t row, double amount) { amounts[row] = amount; });
  const auto data =
      std::find_if(tables.variables.begin(), tables.variables.end(), [&](const VariableData& one) { return one.name == name; });
  const auto column_of = [&](Period period) -> const Column* {
    const auto found =
        std::find_if(data->periods.begin(), data->periods.end(), [&](const PeriodColumn& one) { return one.period == period; });
    return found == data->periods.end() ? nullptr : &tables.columns[found->column];
  };
  const auto is_given = [](const Column* column, std::size_t row) {
    return column != nullptr && (column->given.empty() || column->given[row] != 0);
  };
  std::vector<double> sums(persons);
  std::vector<int> months(persons);
  for (int before = 1; before <= months_of_pay; ++before) {
    const Month month = on.month_of() - before;
    const Column* own = column_of(Period::month(month));
    const Column* year = column_of(Period::year(month.year()));
    for (std::size_t row = 0; row < persons; ++row) {
      if (!is_given(own, row) && !is_given(year, row)) continue;
      sums[row] += is_given(own, row) ? own->cells()[row] : year->cells()[row] / 12.0;
      ++months[row];
    }
  }
  for (std::size_t row = 0; row < persons; ++row) {
    if (months[row] > 0) amounts[row] = sums[row] / months[row];
  }
  return amounts;
}

/// Twelve months of pay, unemployment benefit and pension, as far as they are known: which of two parents has more.
void fill_income(const PopulationTables& tables, const Schema& schema, Day on, units::Kinship& kinship) {
  const std::size_t persons = kinship.ids.size();
  for (const auto& names : {std::array{"salaire_net", "salaire_imposable"}, std::array{"chomage_net", "chomage_imposable"},
                            std::array{"retraite_nette", "retraite_imposable"}}) {
    std::vector<std::optional<double>> amounts = recent_amounts(tables, schema, names[0], on, persons);
    if (amounts.empty()) amounts = recent_amounts(tables, schema, names[1], on, persons);
    if (amounts.empty()) continue;
    if (kinship.yearly_income.empty()) kinship.yearly_income.assign(persons, std::nullopt);
    for (std::size_t row = 0; row < persons; ++row) {
      if (amounts[row]) kinship.yearly_income[row] = kinship.yearly_income[row].value_or(0.0) + 12.0 * *amounts[row];
    }
  }
}

/// Dwellings in the order that `tables` has them already, if it has.
void keep_dwellings(const PopulationTables& tables, units::BuiltUnits& built) {
  const std::vector<std::string>& ids = tables.ids[index_of(Level::menage)];
  units::UnitsOfLevel& dwellings = built.of[index_of(Level::menage)];
  if (ids.empty() || ids == dwellings.ids) return;
  std::unordered_map<std::string_view, std::size_t> place;
  for (std::size_t i = 0; i < dwellings.ids.size(); ++i) place.emplace(dwellings.ids[i], i);
  std::vector<std::uint8_t> shared;
  for (const std::string& id : ids) {
    const auto found = place.find(id);
    SIM_CHECK(found != place.end(), "dwellings keep their ids");
    shared.push_back(built.flat_share[found->second]);
  }
  built.flat_share = std::move(shared);
  dwellings.ids = ids;
  dwellings.unit_of = tables.unit_of[index_of(Level::menage)];
}

}  // namespace

void fill_from_columns(const PopulationTables& tables, const Schema& schema, Day on, units::Kinship& kinship) {
  const std::size_t persons = kinship.ids.size();
  if (const Told birth = told(tables, schema, "date_naissance", on); birth.column != nullptr && kinship.birth.empty()) {
    kinship.birth.assign(persons, Day{});
    each_given(birth, [&](std::size_t row, double days) { kinship.birth[row] = Day{static_cast<std::int32_t>(days)}; });
  }
  fill_marital(tables, schema, on, kinship);
  const double student = code_of(schema, "activite", "etudiant");
  fill_answers(told(tables, schema, "activite", on), persons, kinship.student, [&](double code) { return code == student; });
  fill_answers(told(tables, schema, "carte_invalidite", on), persons, kinship.disabled, [](double yes) { return yes != 0.0; });
  // CASF L241-3: the card goes with an incapacity of 80 % and more.
  fill_answers(told(tables, schema, "taux_incapacite", on), persons, kinship.disabled, [](double share) { return share >= 0.8; });
  if (const Told shared = told(tables, schema, "garde_alternee", on); shared.column != nullptr && kinship.custody.empty()) {
    kinship.custody.assign(persons, units::Custody::unknown);
    each_given(shared, [&](std::size_t row, double yes) {
      if (yes != 0.0) kinship.custody[row] = units::Custody::shared;
    });
  }
  if (kinship.monthly_pay.empty()) kinship.monthly_pay = recent_amounts(tables, schema, "salaire_net", on, persons);
  if (kinship.yearly_income.empty()) fill_income(tables, schema, on, kinship);
}

AssumedUnits build_units_of(PopulationTables& tables, const Schema& schema, const units::Kinship& kinship, Day on,
                            const std::function<Location(std::int32_t row, units::Link link)>& place) {
  const Told birth = told(tables, schema, "date_naissance", on);
  if (birth.column == nullptr) {
    throw Error(Location{tables.source, 0, 0, {}},
                "families and tax units are built from kinship and ages: 'date_naissance' is missing");
  }
  const auto unknown = std::find(birth.column->given.begin(), birth.column->given.end(), 0);
  if (unknown != birth.column->given.end()) {
    throw Error(place(static_cast<std::int32_t>(unknown - birth.column->given.begin()), units::Link::birth),
                "the person has no date of birth, which families and tax units are built from");
  }
  units::BuiltUnits built = units::build_units(kinship, {.on = on});
  if (!built.findings.empty()) throw units::kinship_error(kinship, built, place);
  keep_dwellings(tables, built);
  for (const Level group : group_levels) {
    units::UnitsOfLevel& level = built.of[index_of(group)];
    tables.ids[index_of(group)] = std::move(level.ids);
    tables.unit_of[index_of(group)] = std::move(level.unit_of);
    tables.role_of[index_of(group)] = std::move(level.role_of);
  }
  add_input(tables, schema, "habite_chez_parents", built.lives_with_parents);
  add_input(tables, schema, "proprietaire_proche_famille", built.hosted_by_family);
  add_input(tables, schema, "coloc", built.flat_share);
  return {units::assumptions_json(built).dump(), units::assumptions_text(kinship, built)};
}

}  // namespace labacces
