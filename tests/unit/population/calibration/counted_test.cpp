#include "libsim/population/calibration/counted.hpp"

#include <gtest/gtest.h>

#include "libsim/base/error.hpp"
#include "libsim/population/calibration/calibrate.hpp"

namespace labacces::calibration {
namespace {

/// Three dwellings: 0 = a couple with a child, 1 = alone, 2 = a lone parent with a child. Persons in the order of dwellings.
struct World {
  Membership dwellings{{0, 0, 0, 1, 2, 2}, {0, 1, 2, 0, 0, 2}, {0, 3, 4}};
  Membership families{{0, 0, 0, 1, 2, 2}, {0, 1, 2, 0, 0, 2}, {0, 3, 4}};
  MarginData data;
  std::vector<double> births, tenure{0, 1, 1}, wages{1000, 500, 0, 800, 0, 0}, activities{0, 0, 1, 1, 0, 1};
  World() {
    for (const int year : {1980, 1990, 2015, 1950, 1985, 2010}) births.push_back(Day::of(year, 6, 15).days);
    data.counts = {6, 3, 3, 3};
    data.memberships = {nullptr, &families, &dwellings, &dwellings};
    data.columns.push_back({"date_naissance", Level::individu, ValueKind::date, {}, births, {}});
    data.columns.push_back({"tenure", Level::menage, ValueKind::enumeration, {"owner", "hlm"}, tenure, {}});
    data.columns.push_back({"salaire_net", Level::individu, ValueKind::number, {}, wages, {}});
    data.columns.push_back({"activite", Level::individu, ValueKind::enumeration, {"actif", "etudiant"}, activities, {}});
    for (const std::string& name : derived_names()) add_derived(data, name, Month::of(2025, 6));
  }
};

MarginFile file_of(const std::string& margins) {
  return parse_margins("m.json", R"({"source": "s", "margins": [)" + margins + "]}", 2025);
}

std::string complaint(const std::string& margin) {
  const World world;
  const MarginFile file = file_of(margin);
  try {
    const Counted counted(file, world.data);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Counted, persons_families_and_dwellings_count_in_the_row_of_their_dwelling) {
  const World world;
  const MarginFile file = file_of(R"(
    {"name": "ages", "level": "individu", "by": {"age": ["..19", "20..59", "60.."]}, "total": [30, 40, 10]},
    {"name": "tenants' persons", "level": "individu", "where": "tenure = hlm", "total": 25},
    {"name": "families by age of the first parent", "level": "famille", "by": {"age": ["..44", "45.."]}, "total": [10, 20]},
    {"name": "wages", "level": "individu", "sum": "salaire_net", "total": 20000})");
  const Counted counted(file, world.data);
  const auto cells = counted.calibrated_cells();
  EXPECT_EQ(cells.size(), 7U);
  EXPECT_EQ(counted.sampled_units(cells), (std::vector<std::size_t>{2, 3, 1, 3, 1, 2, 6}));
  const Margins rows = counted.rows(cells);
  ASSERT_EQ(rows.units(), 3U);
  std::vector<double> first(7, 0.0);
  for (const Cell& cell : rows.unit(0)) first[cell.margin] += cell.value;
  EXPECT_EQ(first, (std::vector<double>{1, 2, 0, 0, 0, 1, 1500}));  // two adults, a child, no tenant, 45 years old, two wages
  const auto figures = counted.figures(std::vector<double>{10, 20, 30});
  EXPECT_EQ(figures[0][0], 40.0);
  EXPECT_EQ(figures[1][0], 80.0);
  EXPECT_EQ(figures[2][0], 30.0);
  EXPECT_EQ(figures[3][0], 10 * 1500.0 + 20 * 800.0);
}

TEST(Counted, age_is_that_of_the_last_day_of_the_year_and_types_follow_roles) {
  const World world;
  const MarginFile file = file_of(
      R"({"name": "a", "level": "individu", "by": {"age": ["45", "35", "10", "75", "40", "15"]}, "total": [1, 1, 1, 1, 1, 1]},
    {"name": "t", "by": {"type_menage": ["personne_seule", "couple_sans_enfant", "couple_avec_enfant", "famille_monoparentale"]}, "total": [1, 1, 1, 1]},
    {"name": "p", "by": {"personnes": ["1", "2", "3.."]}, "total": [1, 1, 1]},
    {"name": "s", "level": "individu", "by": {"etudiants_seuls": ["yes", "no"]}, "total": [1, 5]},
    {"name": "r", "level": "individu", "by": {"age_reference": ["..44", "45", "46.."]}, "total": [2, 3, 1]})");
  const Counted counted(file, world.data);
  const auto figures = counted.figures(std::vector<double>{1, 1, 1});
  for (const auto& figure : figures[0]) EXPECT_EQ(figure, 1.0);
  EXPECT_EQ(figures[1], (std::vector<std::optional<double>>{1.0, 0.0, 1.0, 1.0}));
  EXPECT_EQ(figures[2], (std::vector<std::optional<double>>{1.0, 1.0, 1.0}));
  EXPECT_EQ(figures[3], (std::vector<std::optional<double>>{1.0, 5.0}));
  EXPECT_EQ(figures[4], (std::vector<std::optional<double>>{2.0, 3.0, 1.0}));
}

TEST(Counted, rates_and_quantiles_are_weighted) {
  const World world;
  const MarginFile file = file_of(
      R"({"name": "r", "level": "individu", "rate": "salaire_net 1..", "where": "age 20..", "total": 50, "held_out": true},
    {"name": "q", "level": "individu", "quantile": 0.5, "of": "salaire_net", "where": "age 20..", "total": 500, "held_out": true},
    {"name": "none", "level": "individu", "rate": "salaire_net 1..", "where": "age 90..", "total": 50, "held_out": true})");
  const Counted counted(file, world.data);
  EXPECT_TRUE(counted.calibrated_cells().empty());
  const auto figures = counted.figures(std::vector<double>{1, 2, 4});  // adults: 1000 (1), 500 (1), 800 (2), 0 (4)
  EXPECT_DOUBLE_EQ(*figures[0][0], 50.0);
  EXPECT_DOUBLE_EQ(*figures[1][0], 0.0);
  EXPECT_FALSE(figures[2][0].has_value());
}

TEST(Counted, the_weights_that_come_out_meet_a_file_of_margins) {
  const World world;
  const MarginFile file = file_of(
      R"({"name": "dwellings", "total": 60}, {"name": "children", "level": "individu", "where": "age ..19", "total": 45}, {"name": "hlm", "where": "tenure = hlm", "total": 41})");
  const Counted counted(file, world.data);
  const Calibrated found = calibrate(counted.rows(counted.calibrated_cells()), std::vector<double>{10, 20, 20}, {});
  EXPECT_NEAR(found.weights[0], 19.0, 1e-8);
  EXPECT_NEAR(found.weights[1], 15.0, 1e-8);
  EXPECT_NEAR(found.weights[2], 26.0, 1e-8);
}

TEST(Counted, what_does_not_fit_the_data_is_told_with_its_place) {
  EXPECT_EQ(complaint(R"({"name": "a", "where": "tenur = hlm", "total": 1})"),
            "m.json: margins/0/where: error: 'a': there is no variable 'tenur' (did you mean 'tenure'?)");
  EXPECT_EQ(complaint(R"({"name": "a", "where": "tenure = hml", "total": 1})"),
            "m.json: margins/0/where: error: 'hml' is no item of 'tenure' (did you mean 'hlm'?)");
  EXPECT_EQ(complaint(R"({"name": "a", "by": {"tenure": ["owner", "x"]}, "total": [1, 1]})"),
            "m.json: margins/0/by/tenure: error: 'x' is no item of 'tenure' (one of: owner, hlm)");
  EXPECT_EQ(complaint(R"({"name": "a", "where": "tenure 1..2", "total": 1})"),
            "m.json: margins/0/where: error: 'tenure' is no number: items were expected, found the range '1..2'");
  EXPECT_EQ(complaint(R"({"name": "a", "where": "age = old", "total": 1})"),
            "m.json: margins/0/where: error: 'age' is a number: a number or a range, such as 20..59, was expected, found 'old'");
  EXPECT_EQ(complaint(R"({"name": "a", "where": "date_naissance = 1", "total": 1})"),
            "m.json: margins/0/where: error: 'date_naissance' is a date; margins look at numbers, yes or no, and enumerations");
  EXPECT_EQ(complaint(R"({"name": "a", "sum": "tenure", "total": 1})"),
            "m.json: margins/0/sum: error: 'tenure' is no number: it cannot be added up or sorted");
  EXPECT_EQ(complaint(R"({"name": "a", "by": {"age": ["..20", "20.."]}, "total": [1, 1]})"),
            "m.json: margins/0/by/age: error: the classes '..20' and '20..' of 'age' share a value");
  EXPECT_EQ(complaint(R"({"name": "a", "by": {"age": ["..<20", "20.."]}, "total": [1, 1]})"), "no error");
  EXPECT_EQ(complaint(R"({"name": "a", "by": {"tenure": ["owner|hlm", "hlm"]}, "total": [1, 1]})"),
            "m.json: margins/0/by/tenure: error: the classes 'owner|hlm' and 'hlm' of 'tenure' share a value");
}

}  // namespace
}  // namespace labacces::calibration
