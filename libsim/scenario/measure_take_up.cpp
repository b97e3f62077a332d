#include "libsim/scenario/measure_take_up.hpp"

#include <algorithm>
#include <array>

#include "libsim/base/error.hpp"
#include "libsim/scenario/collector.hpp"
#include "libsim/scenario/income_error.hpp"
#include "libsim/scenario/measured_world.hpp"

namespace labacces::scenario {
namespace {

using outcomes::BenefitUnits;
using Group = outcomes::QuantityTable::Group;

/// Units of a benefit that are looked at: all where receipt is observed or resolved in an order, else those with a right in one of the months.
std::vector<std::uint32_t> rows_of(const MeasuredWorld& world, std::size_t benefit) {
  std::vector<std::uint32_t> rows;
  const std::size_t count = world.population().count(world.variable(world.scenario().benefits[benefit]).level);
  for (std::size_t row = 0; row < count; ++row) {
    bool any = world.observed() || !world.scenario().order.empty();
    for (std::size_t month = 0; month < world.months() && !any; ++month) any = world.right(benefit, row, month) > 0.0;
    if (any) rows.push_back(static_cast<std::uint32_t>(row));
  }
  return rows;
}

/// Adults and children of each family, as one of four kinds.
std::vector<std::uint16_t> family_kinds(const Population& population) {
  const Membership& families = population.membership(Level::famille);
  std::vector<std::array<bool, 2>> has(population.count(Level::famille), {false, false});
  for (std::size_t person = 0; person < families.unit_of.size(); ++person) {
    auto& family = has[static_cast<std::size_t>(families.unit_of[person])];
    if (families.role_of[person] == static_cast<std::uint8_t>(Role::conjoint)) family[0] = true;
    if (families.role_of[person] == static_cast<std::uint8_t>(Role::enfant)) family[1] = true;
  }
  std::vector<std::uint16_t> kinds;
  for (const auto& [couple, children] : has) kinds.push_back(static_cast<std::uint16_t>((couple ? 2 : 0) + (children ? 1 : 0)));
  return kinds;
}

std::vector<double> ages_of(const Population& population, Month period) {
  const VariableData* births = population.find("date_naissance");
  if (births == nullptr || births->periods.empty()) return {};
  std::vector<double> ages;
  for (const double days : population.columns()[births->periods.front().column].cells()) {
    const Month birth = Day{static_cast<std::int32_t>(days)}.month_of();
    ages.push_back(static_cast<double>((period - birth) / 12));
  }
  return ages;
}

Group group_of_variable(const MeasuredWorld& world, std::size_t group, Level level, const std::vector<std::uint32_t>& rows) {
  const law::Variable& variable = world.variable(world.groups()[group]);
  Group out{variable.name, variable.label, {}, {}};
  if (variable.type.kind == ValueKind::yes_no) {
    out.cells = {"no", "yes"};
  } else {
    out.cells = world.law().enums()[static_cast<std::size_t>(variable.type.enumeration)].items;
  }
  for (const std::uint32_t row : rows)
    out.code.push_back(static_cast<std::uint16_t>(world.group(group)[seen_from(world.population(), level, row, variable.level)]));
  return out;
}

/// The groups that are the same for all benefits, seen from the units of one.
class Groups {
 public:
  Groups(const MeasuredWorld& world, const MeasureOptions& options, const outcomes::TakeUpData& data)
      : world_(world), options_(options) {
    kinds_ = family_kinds(world.population());
    ages_ = ages_of(world.population(), *world.scenario().period);
    if (data.living.known()) tenths_ = outcomes::tenths(data.living.full, data.design.weights, data.living.persons);
  }

  void add(BenefitUnits& units, Level level, const std::vector<std::uint32_t>& rows) const {
    const Population& population = world_.population();
    Group kinds{"family_type", "family", {"single", "single_with_children", "couple", "couple_with_children"}, {}};
    Group ages{"age", "age of the first person", outcomes::band_names(options_.ages), {}};
    for (const std::uint32_t row : rows) {
      kinds.code.push_back(kinds_[seen_from(population, level, row, Level::famille)]);
      if (!ages_.empty())
        ages.code.push_back(outcomes::band_of(options_.ages, ages_[seen_from(population, level, row, Level::individu)]));
    }
    units.groups.push_back(std::move(kinds));
    if (!ages_.empty()) units.groups.push_back(std::move(ages));
    for (std::size_t group = 0; group < world_.groups().size(); ++group)
      units.groups.push_back(group_of_variable(world_, group, level, rows));
    if (!units.in_kind) units.groups.push_back(amount_group(units, options_.amounts));
    if (!tenths_.empty()) units.groups.push_back(decile_group(units, tenths_));
  }

 private:
  const MeasuredWorld& world_;
  const MeasureOptions& options_;
  std::vector<std::uint16_t> kinds_, tenths_;
  std::vector<double> ages_;
};

BenefitUnits units_of(const MeasuredWorld& world, std::size_t benefit, const std::vector<std::uint32_t>& rows) {
  const law::Variable& variable = world.variable(world.scenario().benefits[benefit]);
  BenefitUnits units;
  units.name = variable.name;
  units.label = variable.label;
  units.in_kind = variable.type.kind == ValueKind::yes_no;
  units.months = world.months();
  units.claims_known = !world.observed();  // all who claim are paid: there is no secondary non-take-up to tell from it
  const std::vector<double> persons = persons_of(world.population(), variable.level);
  for (const std::uint32_t row : rows) {
    units.rows.push_back(static_cast<std::uint32_t>(seen_from(world.population(), variable.level, row, Level::menage)));
    units.persons.push_back(persons[row]);
    for (std::size_t month = 0; month < world.months(); ++month) units.rights.push_back(world.right(benefit, row, month));
  }
  return units;
}

}  // namespace

outcomes::SurveyDesign design_of(const Population& population, const outcomes::SurveyDesign& given) {
  outcomes::SurveyDesign design = given;
  design.weights = population.weights();
  if (!design.clusters.empty() || !design.replicates.empty()) return design;
  const auto& blocks = population.blocks();
  design.clusters.resize(population.count(Level::menage));
  for (std::size_t block = 0; block + 1 < blocks.size(); ++block) {
    for (auto row = blocks[block][index_of(Level::menage)]; row < blocks[block + 1][index_of(Level::menage)]; ++row) {
      design.clusters[static_cast<std::size_t>(row)] = static_cast<std::uint32_t>(block);
    }
  }
  return design;
}

outcomes::TakeUpData measure_take_up(const Scenario& scenario, const std::shared_ptr<const law::Law>& law,
                                     const std::shared_ptr<const Population>& population, const MeasureOptions& options) {
  const auto world = std::make_shared<const MeasuredWorld>(scenario, law, population, options);
  outcomes::TakeUpData data;
  data.title = scenario.name + ", " + to_string(*world->scenario().period);
  data.source = population->source();
  data.synthetic = population->is_synthetic();
  data.observed = world->observed();
  data.design = design_of(*population, options.design);
  if (world->has_living()) {
    data.living.full.assign(world->living().begin(), world->living().end());
    data.living.consumption_units.assign(world->consumption_units().begin(), world->consumption_units().end());
    data.living.resolved = !scenario.order.empty();
    data.living.persons = persons_of(*population, Level::menage);
  }
  auto rows = std::make_shared<std::vector<std::vector<std::uint32_t>>>();
  const Groups groups(*world, options, data);
  for (std::size_t b = 0; b < scenario.benefits.size(); ++b) {
    rows->push_back(rows_of(*world, b));
    data.benefits.push_back(units_of(*world, b, rows->back()));
    groups.add(data.benefits.back(), world->variable(scenario.benefits[b]).level, rows->back());
  }
  if (!data.observed)
    data.plan = {std::max<std::size_t>(options.replications, 1), options.spreads.empty() ? 0 : options.parameter_draws, true};
  data.receipts = [world, rows](std::size_t parameter_draw, std::size_t replication) {
    return world->receipts(*rows, parameter_draw, replication);
  };
  data.income_errors = income_errors(world, options);
  return data;
}

}  // namespace labacces::scenario
