#include "libsim/population/synthetic.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "libsim/base/error.hpp"
#include "libsim/base/parallel.hpp"
#include "libsim/population/population_builder.hpp"
#include "libsim/population/synthetic/calibrated_weights.hpp"
#include "libsim/population/synthetic/columns.hpp"
#include "libsim/population/synthetic/draw.hpp"

namespace labacces {
namespace {

using synthetic::ColumnSpec;
using synthetic::Household;
using synthetic::Person;

constexpr std::size_t blocks_per_chunk = 128;
constexpr std::size_t households_per_chunk = blocks_per_chunk * synthetic::block_households;
constexpr std::uint64_t ids_per_household = 16;

/// Where the rows of a chunk of households begin.
struct ChunkStart {
  std::size_t persons = 0, families = 0, tax_units = 0;
};

synthetic::DrawPlan draw_plan(const SyntheticOptions& options, Month period) {
  const synthetic::Model& model = synthetic::model();
  synthetic::DrawPlan plan{model, {}, {}, Month::of(period.year(), 12), 0};
  for (std::size_t t = 0; t < model.territories.size(); ++t) {
    if (!options.region.empty() && model.territories[t].region != options.region) continue;
    plan.territories.push_back(t);
    plan.households.push_back(model.territories[t].all_households());
  }
  plan.period_index = static_cast<std::size_t>(period - (plan.last - static_cast<int>(synthetic::history_months - 1)));
  return plan;
}

/// Columns of a level, and where each stands in PopulationTables::columns; variables that the schema lacks are left out.
template <typename Row>
struct Filler {
  std::vector<ColumnSpec<Row>> specs;
  std::vector<std::uint32_t> places;

  Filler(PopulationTables& tables, std::vector<ColumnSpec<Row>> all, const Schema& schema, Level level, std::size_t rows)
      : specs(std::move(all)) {
    for (ColumnSpec<Row>& spec : specs) {
      std::erase_if(spec.names, [&](const char* name) {
        const VariableInfo* info = schema.find(name);
        return info == nullptr || info->level != level;
      });
    }
    std::erase_if(specs, [](const ColumnSpec<Row>& spec) { return spec.names.empty(); });
    for (const ColumnSpec<Row>& spec : specs) {
      places.push_back(static_cast<std::uint32_t>(tables.columns.size()));
      tables.columns.push_back({std::vector<double>(rows), {}});
      for (const char* name : spec.names) {
        auto variable = std::find_if(tables.variables.begin(), tables.variables.end(),
                                     [&](const VariableData& data) { return data.name == name; });
        if (variable == tables.variables.end()) variable = tables.variables.insert(variable, {name, level, {}});
        variable->periods.push_back({spec.period, places.back()});
      }
    }
  }
  void fill(PopulationTables& tables, std::size_t row, const Row& drawn) const {
    for (std::size_t i = 0; i < specs.size(); ++i) tables.columns[places[i]].values[row] = specs[i].value(drawn);
  }
};

/// Links, roles and ids of a household's persons.
void link_person(PopulationTables& tables, const Person& person, std::size_t row, std::size_t dwelling, std::size_t families,
                 std::size_t tax_unit) {
  tables.unit_of[index_of(Level::famille)][row] = static_cast<std::int32_t>(families + person.family);
  tables.unit_of[index_of(Level::foyer_fiscal)][row] = static_cast<std::int32_t>(tax_unit);
  tables.unit_of[index_of(Level::menage)][row] = static_cast<std::int32_t>(dwelling);
  tables.role_of[index_of(Level::famille)][row] = person.family_role;
  tables.role_of[index_of(Level::foyer_fiscal)][row] = person.tax_role;
  tables.role_of[index_of(Level::menage)][row] = person.dwelling_role;
}

std::vector<std::vector<Household>> draw_all(const SyntheticOptions& options, const synthetic::DrawPlan& plan,
                                             std::size_t chunks) {
  std::vector<std::vector<Household>> drawn(chunks);
  for_each_chunk(chunks, options.threads, [&](std::size_t chunk, unsigned) {
    const std::size_t wanted = std::min(households_per_chunk, options.households - chunk * households_per_chunk);
    for (std::size_t block = chunk * blocks_per_chunk; drawn[chunk].size() < wanted; ++block) {
      for (Household& household : synthetic::draw_block(plan, options.seed, block)) {
        if (drawn[chunk].size() < wanted) drawn[chunk].push_back(std::move(household));
      }
    }
  });
  return drawn;
}

}  // namespace

Population make_synthetic(const SyntheticOptions& options, const Schema& schema, Month period) {
  const std::size_t chunks = (options.households + households_per_chunk - 1) / households_per_chunk;
  const synthetic::DrawPlan plan = draw_plan(options, period);
  std::vector<std::vector<Household>> drawn = draw_all(options, plan, chunks);
  std::vector<ChunkStart> starts(chunks + 1);
  for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
    starts[chunk + 1] = starts[chunk];
    for (const Household& household : drawn[chunk]) {
      starts[chunk + 1].persons += household.persons.size();
      starts[chunk + 1].families += household.families;
      starts[chunk + 1].tax_units += household.tax_units;
    }
  }
  PopulationTables tables;
  tables.synthetic = true;
  tables.source = synthetic_name(options);
  const std::array<std::size_t, level_count> rows{starts[chunks].persons, starts[chunks].families, starts[chunks].tax_units,
                                                  options.households};
  std::array<std::vector<std::int64_t>, level_count> ids;
  for (std::size_t level = 0; level < level_count; ++level) ids[level].resize(rows[level]);
  for (const Level group : group_levels) {
    tables.unit_of[index_of(group)].resize(rows[0]);
    tables.role_of[index_of(group)].resize(rows[0]);
  }
  double total = 0.0;
  for (const double households : plan.households) total += households;
  const double weight = total / static_cast<double>(options.households);
  if (options.calibrated && options.region == "bretagne") {
    synthetic::CalibratedWeights calibrated = synthetic::calibrated_weights(drawn, plan.model, period, weight, options.threads);
    tables.weighting = calibrated.description();
    tables.weights = std::move(calibrated.weights);
  } else {
    tables.weights.assign(options.households, weight);
  }

  const synthetic::ColumnPlan columns{schema, plan.model, period, plan.last - static_cast<int>(synthetic::history_months - 1)};
  const Filler<Person> persons(tables, synthetic::person_columns(columns), schema, Level::individu, rows[0]);
  const Filler<Household> dwellings(tables, synthetic::dwelling_columns(columns), schema, Level::menage, rows[3]);
  const Filler<synthetic::FamilyRow> families(tables, synthetic::family_columns(columns), schema, Level::famille, rows[1]);
  const Filler<synthetic::TaxUnitRow> tax_units(tables, synthetic::tax_unit_columns(columns), schema, Level::foyer_fiscal,
                                                rows[2]);

  for_each_chunk(chunks, options.threads, [&](std::size_t chunk, unsigned) {
    ChunkStart at = starts[chunk];
    std::size_t dwelling = chunk * households_per_chunk;
    std::size_t tax_units_before = at.tax_units;  // of the household before
    for (const Household& household : drawn[chunk]) {
      const std::uint64_t number = (dwelling + 1) * ids_per_household;
      ids[index_of(Level::menage)][dwelling] = static_cast<std::int64_t>(dwelling + 1);
      dwellings.fill(tables, dwelling, household);
      for (std::size_t f = 0; f < household.families; ++f) {
        ids[index_of(Level::famille)][at.families + f] = static_cast<std::int64_t>(number + f);
        families.fill(tables, at.families + f, {household, f});
      }
      for (std::size_t t = 0; t < household.tax_units; ++t) {
        ids[index_of(Level::foyer_fiscal)][at.tax_units + t] = static_cast<std::int64_t>(number + t);
        tax_units.fill(tables, at.tax_units + t, {household, t});
      }
      for (std::size_t p = 0; p < household.persons.size(); ++p) {
        const Person& person = household.persons[p];
        const std::size_t row = at.persons + p;
        ids[index_of(Level::individu)][row] = static_cast<std::int64_t>(number + p);
        link_person(tables, person, row, dwelling, at.families,
                    household.of_parents_tax_unit ? tax_units_before : at.tax_units + person.tax_unit);
        persons.fill(tables, row, person);
      }
      tax_units_before = at.tax_units;
      at.persons += household.persons.size();
      at.families += household.families;
      at.tax_units += household.tax_units;
      ++dwelling;
    }
    drawn[chunk] = {};
  });
  for (std::size_t level = 0; level < level_count; ++level) tables.ids[level] = std::move(ids[level]);
  return PopulationBuilder::build(std::move(tables));
}

}  // namespace labacces
