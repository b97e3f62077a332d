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

TEST(FramePopulation, findings_name_table_row_and_column) {
  FrameTables tables = two_dwellings({1, 1, 2}, three_wages());
  tables.frames[Level::individu].columns[1].integers = {0, 0, 7};
  try {
    read_frames(std::move(tables), small_schema());
    FAIL() << "a wrong role was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostics()[0].location.file, "individus[2]");
    EXPECT_NE(error.diagnostics()[0].message.find("column 'quimen': expected 0 (reference)"), std::string::npos);
  }
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
