// Canonical order, linked blocks and the checks of links.
#include "libsim/population/population_builder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "libsim/base/error.hpp"

namespace labacces {
namespace {

constexpr std::size_t persons = index_of(Level::individu);
constexpr std::size_t families = index_of(Level::famille);
constexpr std::size_t tax_units = index_of(Level::foyer_fiscal);
constexpr std::size_t dwellings = index_of(Level::menage);

/// Four dwellings 10, 9, 2, 1; persons of 10 and 2 share a tax unit (a child at its own place).
PopulationTables four_dwellings() {
  PopulationTables tables;
  tables.ids[persons] = {"100", "90", "20", "10", "21"};
  tables.ids[families] = {"f10", "f9", "f2", "f1"};
  tables.ids[tax_units] = {"t10", "t9", "t1"};
  tables.ids[dwellings] = {"10", "9", "2", "1"};
  tables.unit_of[families] = {0, 1, 2, 3, 2};
  tables.unit_of[tax_units] = {0, 1, 0, 2, 0};
  tables.unit_of[dwellings] = {0, 1, 2, 3, 2};
  tables.role_of[families] = {0, 0, 0, 0, 1};
  tables.role_of[tax_units] = {0, 0, 2, 0, 2};
  tables.role_of[dwellings] = {0, 0, 0, 0, 1};
  tables.weights = {10, 9, 2, 1};
  tables.columns.push_back({{1000, 900, 200, 100, 210}, {1, 1, 0, 1, 1}});
  tables.columns.push_back({{11, 12, 13, 14}, {}});
  tables.variables.push_back({"salaire_net", Level::individu, {{Period::month(Month::of(2024, 2)), 0}, {Period::year(2024), 0}}});
  tables.variables.push_back({"loyer", Level::menage, {{Period::eternity(), 1}}});
  tables.source = "test";
  return tables;
}

std::string message_of(PopulationTables tables) {
  try {
    PopulationBuilder::build(std::move(tables));
  } catch (const Error& error) {
    return error.diagnostics().front().message;
  }
  return "no error";
}

TEST(PopulationBuilder, blocks_are_dwellings_joined_by_a_tax_unit_in_the_order_of_the_smallest_id) {
  const Population population = PopulationBuilder::build(four_dwellings());
  EXPECT_EQ(population.ids(Level::menage), (std::vector<std::string>{"1", "2", "10", "9"}));
  EXPECT_EQ(population.ids(Level::individu), (std::vector<std::string>{"10", "20", "21", "100", "90"}));
  EXPECT_EQ(population.ids(Level::famille), (std::vector<std::string>{"f1", "f10", "f2", "f9"}));
  EXPECT_EQ(population.ids(Level::foyer_fiscal), (std::vector<std::string>{"t1", "t10", "t9"}));
  const std::vector<BlockStart> expected{{0, 0, 0, 0}, {1, 1, 1, 1}, {4, 3, 2, 3}, {5, 4, 3, 4}};
  EXPECT_EQ(population.blocks(), expected);
}

TEST(PopulationBuilder, columns_weights_and_links_follow_their_rows) {
  const Population population = PopulationBuilder::build(four_dwellings());
  EXPECT_EQ(population.weights(), (std::vector<double>{1, 2, 10, 9}));
  EXPECT_EQ(population.columns()[0].values, (std::vector<double>{100, 200, 210, 1000, 900}));
  EXPECT_EQ(population.columns()[0].given, (std::vector<std::uint8_t>{1, 0, 1, 1, 1}));
  EXPECT_EQ(population.columns()[1].values, (std::vector<double>{14, 13, 11, 12}));
  EXPECT_EQ(population.original_rows(Level::menage), (std::vector<std::int32_t>{3, 2, 0, 1}));
  const Membership& tax = population.membership(Level::foyer_fiscal);
  EXPECT_EQ(tax.unit_of, (std::vector<std::int32_t>{0, 1, 1, 1, 2}));
  EXPECT_EQ(tax.role_of, (std::vector<std::uint8_t>{0, 2, 2, 0, 0}));
  EXPECT_EQ(tax.principal_of, (std::vector<std::int32_t>{0, 3, 4}));
}

TEST(PopulationBuilder, periods_are_sorted_and_variables_found_by_name) {
  const Population population = PopulationBuilder::build(four_dwellings());
  const VariableData* wages = population.find("salaire_net");
  ASSERT_NE(wages, nullptr);
  EXPECT_EQ(wages->periods.front().period, Period::year(2024));
  EXPECT_EQ(population.find("rien"), nullptr);
  EXPECT_FALSE(population.is_synthetic());
  EXPECT_EQ(population.source(), "test");
}

/// The same tables with the rows of every level shuffled.
PopulationTables shuffled(const PopulationTables& tables, unsigned seed) {
  std::mt19937 random(seed);
  PopulationTables result = tables;
  std::array<std::vector<std::int32_t>, level_count> order;
  std::array<std::vector<std::int32_t>, level_count> place;
  for (std::size_t level = 0; level < level_count; ++level) {
    order[level].resize(tables.ids[level].size());
    std::iota(order[level].begin(), order[level].end(), 0);
    std::shuffle(order[level].begin(), order[level].end(), random);
    place[level].resize(order[level].size());
    for (std::size_t i = 0; i < order[level].size(); ++i) {
      place[level][static_cast<std::size_t>(order[level][i])] = static_cast<std::int32_t>(i);
    }
    result.ids[level] = IdList(tables.ids[level]).reordered(order[level]);
  }
  for (const Level group : group_levels) {
    for (std::size_t i = 0; i < order[persons].size(); ++i) {
      const auto old = static_cast<std::size_t>(order[persons][i]);
      result.unit_of[index_of(group)][i] = place[index_of(group)][static_cast<std::size_t>(tables.unit_of[index_of(group)][old])];
      result.role_of[index_of(group)][i] = tables.role_of[index_of(group)][old];
    }
  }
  for (std::size_t i = 0; i < order[dwellings].size(); ++i) {
    const auto old = static_cast<std::size_t>(order[dwellings][i]);
    result.weights[i] = tables.weights[old];
    result.columns[1].values[i] = tables.columns[1].values[old];
  }
  for (std::size_t i = 0; i < order[persons].size(); ++i) {
    const auto old = static_cast<std::size_t>(order[persons][i]);
    result.columns[0].values[i] = tables.columns[0].values[old];
    result.columns[0].given[i] = tables.columns[0].given[old];
  }
  return result;
}

void expect_same(const Population& other, const Population& base) {
  for (std::size_t level = 0; level < level_count; ++level)
    EXPECT_EQ(other.ids(static_cast<Level>(level)), base.ids(static_cast<Level>(level)));
  for (const Level group : group_levels) {
    EXPECT_EQ(other.membership(group).unit_of, base.membership(group).unit_of);
    EXPECT_EQ(other.membership(group).role_of, base.membership(group).role_of);
    EXPECT_EQ(other.membership(group).principal_of, base.membership(group).principal_of);
  }
  EXPECT_EQ(other.blocks(), base.blocks());
  EXPECT_EQ(other.weights(), base.weights());
  for (std::size_t column = 0; column < base.columns().size(); ++column) {
    EXPECT_EQ(other.columns()[column].values, base.columns()[column].values);
    EXPECT_EQ(other.columns()[column].given, base.columns()[column].given);
  }
}

TEST(PopulationBuilder, the_order_of_the_rows_read_changes_nothing) {
  const Population base = PopulationBuilder::build(four_dwellings());
  for (unsigned seed = 1; seed <= 50; ++seed) expect_same(PopulationBuilder::build(shuffled(four_dwellings(), seed)), base);
}

/// Dwellings 1, 2, 3, 4; a child at its own place in 3 is in the tax unit of its parents in 2, who have two families and two tax units
/// between their members' rows. Rows are in canonical order.
PopulationTables in_canonical_order() {
  using Numbers = std::vector<std::int64_t>;
  PopulationTables tables;
  tables.ids[persons] = Numbers{10, 20, 21, 22, 30, 40};
  tables.ids[families] = Numbers{10, 20, 21, 30, 40};
  tables.ids[tax_units] = Numbers{10, 20, 21, 40};
  tables.ids[dwellings] = Numbers{1, 2, 3, 4};
  tables.unit_of[families] = {0, 1, 2, 1, 3, 4};
  tables.unit_of[tax_units] = {0, 1, 2, 1, 1, 3};
  tables.unit_of[dwellings] = {0, 1, 1, 1, 2, 3};
  tables.role_of[families] = {0, 0, 0, 1, 0, 0};
  tables.role_of[tax_units] = {0, 0, 0, 1, 2, 0};
  tables.role_of[dwellings] = {0, 0, 2, 1, 0, 0};
  tables.weights = {4, 3, 2, 1};
  tables.columns.push_back({{1, 2, 3, 4, 5, 6}, {1, 1, 0, 1, 1, 1}});
  tables.columns.push_back({{11, 12, 13, 14}, {}});
  tables.variables.push_back({"salaire_net", Level::individu, {{Period::eternity(), 0}}});
  tables.variables.push_back({"loyer", Level::menage, {{Period::eternity(), 1}}});
  tables.source = "test";
  return tables;
}

TEST(PopulationBuilder, rows_that_are_in_order_already_stay_and_make_the_same_blocks_as_any_other_order) {
  const PopulationTables tables = in_canonical_order();
  const Population base = PopulationBuilder::build(tables);
  for (std::size_t level = 0; level < level_count; ++level) EXPECT_EQ(base.ids(static_cast<Level>(level)), tables.ids[level]);
  EXPECT_EQ(base.original_rows(Level::individu), (std::vector<std::int32_t>{0, 1, 2, 3, 4, 5}));
  const std::vector<BlockStart> expected{{0, 0, 0, 0}, {1, 1, 1, 1}, {5, 4, 3, 3}, {6, 5, 4, 4}};
  EXPECT_EQ(base.blocks(), expected);
  EXPECT_EQ(base.membership(Level::foyer_fiscal).principal_of, (std::vector<std::int32_t>{0, 1, 2, 5}));
  for (unsigned seed = 1; seed <= 50; ++seed) expect_same(PopulationBuilder::build(shuffled(tables, seed)), base);
}

TEST(PopulationBuilder, dwellings_in_order_whose_block_is_not_are_moved) {
  PopulationTables tables = in_canonical_order();
  tables.unit_of[tax_units] = {0, 1, 2, 1, 2, 0};  // the tax unit of dwelling 1 has a member in 4
  tables.ids[tax_units] = std::vector<std::int64_t>{10, 20, 21};
  tables.role_of[tax_units] = {0, 0, 0, 1, 2, 2};
  const Population population = PopulationBuilder::build(tables);
  EXPECT_EQ(population.ids(Level::menage), (std::vector<std::string>{"1", "4", "2", "3"}));
  EXPECT_EQ(population.blocks(), (std::vector<BlockStart>{{0, 0, 0, 0}, {2, 2, 1, 2}, {6, 5, 3, 4}}));
}

TEST(PopulationBuilder, columns_worked_out_later_follow_their_rows_and_are_worked_out_once) {
  for (const bool in_order : {true, false}) {
    PopulationTables tables = in_order ? in_canonical_order() : four_dwellings();
    const auto fills = std::make_shared<int>(0);
    const std::vector<double> rents = tables.columns[1].values;
    const auto fill = [fills, rents](double* out) {
      ++*fills;
      std::copy(rents.begin(), rents.end(), out);
    };
    tables.columns[1] = {{}, {}, {}, std::make_shared<const DeferredValues>(rents.size(), fill)};
    const Population population = PopulationBuilder::build(std::move(tables));
    EXPECT_EQ(*fills, in_order ? 0 : 1);
    const auto cells = population.columns()[1].cells();
    EXPECT_EQ(std::vector<double>(cells.begin(), cells.end()), (in_order ? rents : std::vector<double>{14, 13, 11, 12}));
    EXPECT_EQ(population.columns()[1].cells().data(), cells.data());
    EXPECT_EQ(*fills, 1);
  }
}

TEST(PopulationBuilder, ids_longer_than_64_bits_compare_as_numbers_and_mixed_ids_as_bytes) {
  PopulationTables tables = four_dwellings();
  tables.ids[dwellings] = {"100000000000000000000", "99999999999999999999", "-5", "007"};
  const Population population = PopulationBuilder::build(std::move(tables));
  EXPECT_EQ(population.ids(Level::menage),
            (std::vector<std::string>{"-5", "100000000000000000000", "007", "99999999999999999999"}));
  tables = four_dwellings();
  tables.ids[dwellings] = {"10", "9", "a", "1"};
  EXPECT_EQ(PopulationBuilder::build(std::move(tables)).ids(Level::menage), (std::vector<std::string>{"1", "10", "a", "9"}));
}

TEST(PopulationBuilder, an_empty_population_has_one_border) {
  EXPECT_EQ(PopulationBuilder::build({}).blocks(), (std::vector<BlockStart>{{0, 0, 0, 0}}));
}

TEST(PopulationBuilder, broken_links_are_errors_that_name_the_ids) {
  PopulationTables tables = four_dwellings();
  std::vector<std::string> ids = tables.ids[persons];
  ids[1] = "100";
  tables.ids[persons] = ids;
  EXPECT_EQ(message_of(tables), "individu '100' is there twice (rows 1 and 2): ids must be unique");
  tables = four_dwellings();
  tables.unit_of[families][2] = -1;
  EXPECT_EQ(message_of(tables), "individu '20' is in no famille");
  tables.unit_of[families][2] = 4;
  EXPECT_EQ(message_of(tables), "individu '20' is in no famille");
  tables = four_dwellings();
  tables.role_of[dwellings][4] = 0;
  EXPECT_EQ(message_of(tables), "menage '2' has two personne_de_references: '20' and '21'");
  tables = four_dwellings();
  tables.role_of[tax_units][1] = 2;
  EXPECT_EQ(message_of(tables), "foyer_fiscal 't9' has no declarant_principal");
  tables.role_of[tax_units][1] = 3;
  EXPECT_EQ(message_of(tables), "individu '90' has no valid role in foyer_fiscal 't9'");
  tables = four_dwellings();
  tables.unit_of[families].pop_back();
  EXPECT_EQ(message_of(tables), "each of the 5 persons must have a famille and a role in it");
}

TEST(PopulationBuilder, broken_columns_and_weights_are_errors) {
  PopulationTables tables = four_dwellings();
  tables.columns[0].values.pop_back();
  EXPECT_EQ(message_of(tables), "variable 'salaire_net' has 4 values for 5 individus");
  tables = four_dwellings();
  tables.variables[0].periods[1].period = tables.variables[0].periods[0].period;
  EXPECT_EQ(message_of(tables), "variable 'salaire_net' is given twice for the same period");
  tables = four_dwellings();
  tables.weights[2] = -1;
  EXPECT_EQ(message_of(tables), "the weight of menage '2' must be a number of 0 or more");
  tables = four_dwellings();
  tables.variables[1].periods[0].column = 7;
  EXPECT_EQ(message_of(tables), "variable 'loyer' refers to a column that is not there");
}

}  // namespace
}  // namespace labacces
