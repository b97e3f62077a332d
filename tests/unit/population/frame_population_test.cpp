// Tables in memory as populations; columns that are lent; populations rewritten.
#include "libsim/population/frame_population.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libsim/base/error.hpp"
#include "libsim/population/rewritten.hpp"
#include "small_schema.hpp"

namespace labacces {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Kind = FrameColumn::Kind;

FrameColumn integers(const char* name, std::vector<std::int64_t> values) {
  FrameColumn column;
  column.kind = Kind::integers;
  column.name = name;
  column.type = "int64";
  column.integers = std::move(values);
  return column;
}

FrameColumn lent(const char* name, const std::shared_ptr<std::vector<double>>& values) {
  FrameColumn column;
  column.name = name;
  column.type = "float64";
  column.lent = {*values, values};
  return column;
}

FrameTables two_dwellings(std::vector<std::int64_t> dwellings, const std::shared_ptr<std::vector<double>>& wages) {
  Frame frame{"individus", 3, {}};
  frame.columns.push_back(integers("idmen", dwellings));
  frame.columns.push_back(integers("quimen", {0, 1, 0}));
  frame.columns.push_back(integers("idfam", {1, 1, 2}));
  frame.columns.push_back(integers("quifam", {0, 1, 0}));
  frame.columns.push_back(integers("idfoy", {1, 1, 2}));
  frame.columns.push_back(integers("quifoy", {0, 1, 0}));
  frame.columns.push_back(lent("salaire_net", wages));
  FrameTables tables;
  tables.source = "test";
  tables.frames[Level::individu] = std::move(frame);
  return tables;
}

std::shared_ptr<std::vector<double>> three_wages() {
  return std::make_shared<std::vector<double>>(std::vector<double>{100, 200, 300});
}

TEST(FramePopulation, a_column_in_canonical_order_is_read_where_it_lies_and_kept_alive) {
  auto wages = three_wages();
  const double* place = wages->data();
  const Population population = read_frames(two_dwellings({1, 1, 2}, wages), small_schema());
  wages.reset();
  EXPECT_EQ(population.columns()[0].cells().data(), place);
  EXPECT_THAT(population.columns()[0].cells(), ElementsAre(100, 200, 300));
}

TEST(FramePopulation, a_column_in_another_order_is_copied) {
  const auto wages = three_wages();
  const Population population = read_frames(two_dwellings({2, 2, 1}, wages), small_schema());
  EXPECT_THAT(population.columns()[0].cells(), ElementsAre(300, 100, 200));
  EXPECT_NE(population.columns()[0].cells().data(), wages->data());
}

/// Persons of `count` dwellings in pairs, whose second member is the parent: its family comes first, so links go back and forth.
FrameTables pairs(std::int64_t count, bool far) {
  std::vector<std::int64_t> persons, dwelling, zero, one, family;
  Frame families{"familles", static_cast<std::size_t>(2 * count), {}};
  std::vector<std::int64_t> family_ids;
  for (std::int64_t d = 0; d < count; ++d) {
    for (std::int64_t i : {0, 1}) {
      persons.push_back(10 * d + i);
      dwelling.push_back(d);
      family.push_back(far ? 10 * (count - 1 - d) + 1 - i : 10 * d + 1 - i);
      family_ids.push_back(10 * d + i);
      zero.push_back(0);
      one.push_back(i);
    }
  }
  families.columns.push_back(integers("id", family_ids));
  Frame frame{"individus", persons.size(), {}};
  frame.columns.push_back(integers("id", persons));
  frame.columns.push_back(integers("idmen", dwelling));
  frame.columns.push_back(integers("quimen", one));
  frame.columns.push_back(integers("idfam", family));
  frame.columns.push_back(integers("quifam", zero));
  frame.columns.push_back(integers("idfoy", family));
  frame.columns.push_back(integers("quifoy", zero));
  FrameTables tables;
  tables.source = "test";
  tables.frames[Level::individu] = std::move(frame);
  tables.frames[Level::famille] = std::move(families);
  return tables;
}

TEST(FramePopulation, links_about_in_the_order_of_their_table_and_far_from_it_are_the_same_links) {
  const Population near = read_frames(pairs(50, false), small_schema());
  const Membership& links = near.membership(Level::famille);
  for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ(links.unit_of[i], static_cast<std::int32_t>(i % 2 == 0 ? i + 1 : i - 1));
  const Population far = read_frames(pairs(50, true), small_schema());
  for (std::size_t i = 0; i < 100; ++i)
    EXPECT_EQ(far.ids(Level::famille)[static_cast<std::size_t>(far.membership(Level::famille).unit_of[i])],
              std::to_string(10 * (49 - static_cast<int>(i) / 2) + 1 - static_cast<int>(i) % 2));
}

/// What is wrong with the tables.
std::vector<Diagnostic> findings_of(FrameTables tables) {
  try {
    read_frames(std::move(tables), small_schema());
  } catch (const Error& error) {
    return error.diagnostics();
  }
  return {};
}

TEST(FramePopulation, a_link_to_nobody_is_found_whichever_way_links_are_read) {
  for (const bool far : {false, true}) {
    FrameTables tables = pairs(50, far);
    tables.frames[Level::individu].columns[3].integers[7] = 5;
    const std::vector<Diagnostic> found = findings_of(std::move(tables));
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].location.file, "individus[7]");
    EXPECT_THAT(found[0].message, HasSubstr("there is no '5' in familles"));
  }
}

TEST(FramePopulation, units_without_a_holder_and_holders_without_end_are_told) {
  FrameTables tables = two_dwellings({1, 1, 2}, three_wages());
  tables.frames[Level::individu].columns[1].integers = {1, 1, 3};
  const std::vector<Diagnostic> found = findings_of(std::move(tables));
  ASSERT_EQ(found.size(), 3U);
  EXPECT_THAT(found[0].message, HasSubstr("has two persons with quimen 1 (conjoint)"));
  EXPECT_THAT(found[1].message, HasSubstr("menage '1' has no personne_de_reference (quimen 0)"));
  EXPECT_THAT(found[2].message, HasSubstr("menage '2' has no personne_de_reference (quimen 0)"));
}

TEST(FramePopulation, findings_name_table_row_and_column) {
  FrameTables tables = two_dwellings({1, 1, 2}, three_wages());
  tables.frames[Level::individu].columns[1].integers = {0, 0, 7};
  const std::vector<Diagnostic> found = findings_of(std::move(tables));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].location.file, "individus[2]");
  EXPECT_THAT(found[0].message, HasSubstr("column 'quimen': expected 0 (reference)"));
}

FrameColumn days(const char* name, const std::vector<Day>& values) {
  FrameColumn column;
  column.kind = Kind::days;
  column.name = name;
  column.type = "date32";
  for (const Day day : values) column.numbers.push_back(day.days);
  return column;
}

/// A couple with a child, after a widow, in a table of dwellings in another order.
FrameTables two_kin_dwellings() {
  Frame persons{"individus", 4, {}};
  persons.columns.push_back(integers("id", {9, 1, 2, 3}));
  persons.columns.push_back(integers("idmen", {70, 50, 50, 50}));
  persons.columns.push_back(integers("idmother", {0, 0, 0, 2}));
  persons.columns.push_back(integers("idpartner", {0, 2, 1, 0}));
  persons.columns.push_back(
      days("date_naissance", {Day::of(1950, 1, 1), Day::of(1984, 1, 1), Day::of(1985, 1, 1), Day::of(2015, 1, 1)}));
  Frame dwellings{"menages", 2, {}};
  dwellings.columns.push_back(integers("id", {50, 70}));
  dwellings.columns.push_back(integers("loyer", {600, 0}));
  FrameTables tables;
  tables.source = "test";
  tables.frames[Level::individu] = std::move(persons);
  tables.frames[Level::menage] = std::move(dwellings);
  tables.on = Day::of(2025, 6, 1);
  return tables;
}

TEST(FramePopulation, units_are_built_from_kinship_and_values_stay_with_their_dwellings) {
  const FramePopulation read = read_kin_frames(two_kin_dwellings(), small_schema());
  ASSERT_TRUE(read.assumed.has_value());
  EXPECT_EQ(read.population.count(Level::famille), 2U);
  EXPECT_THAT(read.population.ids(Level::menage), ElementsAre("50", "70"));
  EXPECT_THAT(read.population.columns()[read.population.find("loyer")->periods[0].column].cells(), ElementsAre(600, 0));
  EXPECT_THAT(read.population.membership(Level::menage).unit_of, ElementsAre(0, 0, 0, 1));
}

TEST(FramePopulation, kinship_needs_a_month_and_links_of_somebody) {
  const auto complaint = [](FrameTables tables) {
    try {
      read_kin_frames(std::move(tables), small_schema());
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  FrameTables without_month = two_kin_dwellings();
  without_month.on.reset();
  EXPECT_EQ(complaint(std::move(without_month)),
            "individus: error: families and tax units are built from kinship for a month: which month is not said");
  FrameTables lost = two_kin_dwellings();
  lost.frames[Level::individu].columns[2].integers[3] = 77;
  EXPECT_THAT(complaint(std::move(lost)), ::testing::HasSubstr("individus[3]: error:"));
}

std::shared_ptr<const Population> small_population() {
  return std::make_shared<const Population>(read_frames(two_dwellings({1, 1, 2}, three_wages()), small_schema()));
}

TEST(Rewritten, one_copy_keeps_ids_and_lends_what_does_not_change) {
  const auto base = small_population();
  const Schema schema = small_schema();
  const Population raised = rewritten(base, *schema.find("salaire_net"), 1,
                                      [](std::size_t, std::size_t row, double value) { return row == 1 ? value + 10 : value; });
  EXPECT_EQ(raised.ids(Level::individu), base->ids(Level::individu));
  EXPECT_THAT(raised.columns()[raised.find("salaire_net")->periods[0].column].cells(), ElementsAre(100, 210, 300));
  EXPECT_THAT(base->columns()[0].cells(), ElementsAre(100, 200, 300));
  const Population rents =
      rewritten(base, *schema.find("loyer"), 1, [](std::size_t, std::size_t, double value) { return value + 500; });
  EXPECT_EQ(rents.columns()[rents.find("salaire_net")->periods[0].column].cells().data(), base->columns()[0].cells().data());
  EXPECT_THAT(rents.columns()[rents.find("loyer")->periods[0].column].cells(), ElementsAre(500, 500));
}

TEST(Rewritten, copies_stand_one_after_the_other) {
  const Schema schema = small_schema();
  const Population copies =
      rewritten(small_population(), *schema.find("salaire_net"), 11,
                [](std::size_t copy, std::size_t row, double value) { return row == 0 ? static_cast<double>(copy) : value; });
  EXPECT_EQ(copies.count(Level::individu), 33U);
  EXPECT_EQ(copies.blocks().size(), 23U);
  const auto cells = copies.columns()[copies.find("salaire_net")->periods[0].column].cells();
  for (std::size_t copy = 0; copy < 11; ++copy)
    EXPECT_THAT(cells.subspan(3 * copy, 3), ElementsAre(static_cast<double>(copy), 200, 300));
}

}  // namespace
}  // namespace labacces
