#include "libsim/population/calibration/margin_file.hpp"

#include <gtest/gtest.h>

#include "libsim/base/error.hpp"

namespace labacces::calibration {
namespace {

std::string json_complaint(const std::string& text, int year = 2025) {
  try {
    parse_margins("m.json", text, year);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}
std::string csv_complaint(const std::string& text) {
  try {
    parse_margins("m.csv", text, 2025);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}
/// A file with one margin of these keys.
std::string one(const std::string& keys) { return R"({"source": "here", "margins": [{)" + keys + "}]}"; }

TEST(MarginFile, a_table_has_a_cell_for_each_combination_and_null_is_none) {
  const MarginFile file = parse_margins("m.json", R"({"name": "Test", "source": "INSEE", "date": "2021", "margins": [
    {"name": "Tenure", "by": {"departement": ["d22", "d29|d35"], "statut": ["hlm", "autre", "libre"]}, "total": [[1, 2, null], [4, 5, 6]], "held_out": true},
    {"name": "Wages", "level": "individu", "sum": "salaire_net", "where": ["age 20..59", "boursier = no"], "total": 1e9, "source": "DADS"}]})",
                                        2025);
  ASSERT_EQ(file.tables.size(), 2U);
  const MarginTable& tenure = file.tables[0];
  EXPECT_EQ(tenure.cells(), 6U);
  EXPECT_EQ(tenure.values[1], 2.0);
  EXPECT_FALSE(tenure.values[2].has_value());
  EXPECT_EQ(tenure.cell_name(4), "Tenure: departement d29|d35, statut autre");
  EXPECT_EQ(tenure.by[0].classes[1].items, (std::vector<std::string>{"d29", "d35"}));
  EXPECT_EQ(tenure.use, Use::held_out);
  EXPECT_EQ(tenure.source, "INSEE");
  const MarginTable& wages = file.tables[1];
  EXPECT_EQ(wages.level, Level::individu);
  EXPECT_EQ(wages.figure, Figure::sum);
  EXPECT_EQ(wages.where[0].values.from, 20.0);
  EXPECT_EQ(wages.where[0].values.to, 59.0);
  EXPECT_EQ(wages.source, "DADS");
  EXPECT_EQ(wages.date, "2021");
}

TEST(MarginFile, amounts_tied_to_an_index_are_carried_to_the_year_of_the_run) {
  const std::string text = R"({"source": "s", "indices": {"median": {"source": "s", "values": {"2013": 20000, "2025": 26000}}},
    "amounts": {"seuil": {"value": 12000, "source": "s", "index": "median", "year": 2013}},
    "margins": [{"name": "D1", "quantile": 0.1, "of": "niveau_de_vie", "total": 11000, "index": "median", "year": 2013, "held_out": true},
                {"name": "poor", "level": "individu", "rate": "niveau_de_vie ..<seuil", "total": 11, "held_out": true}]})";
  const MarginFile file = parse_margins("m.json", text, 2025);
  EXPECT_DOUBLE_EQ(*file.tables[0].values[0], 14300.0);
  EXPECT_DOUBLE_EQ(file.tables[1].part[0].values.to, 15600.0);
  EXPECT_TRUE(file.tables[1].part[0].values.below);
  EXPECT_EQ(json_complaint(text, 2019),
            "m.json: amounts/seuil/index: error: the index 'median' has no value for 2019: it runs from 2013 to 2025");
}

TEST(MarginFile, a_range_stands_beside_a_total_or_in_its_place_and_is_carried_like_it) {
  const MarginFile file = parse_margins(
      "m.json", R"({"source": "s", "indices": {"median": {"source": "s", "values": {"2013": 20000, "2025": 26000}}}, "margins": [
    {"name": "RSA", "level": "famille", "where": "rsa 0.01..", "total": 80, "range": [70, 90], "held_out": true},
    {"name": "D1", "by": {"d": ["x", "y"]}, "quantile": 0.1, "of": "niveau_de_vie", "range": [[10000, 12000], null], "index": "median", "year": 2013, "tuned_on": true}]})",
      2025);
  EXPECT_EQ(file.tables[0].values[0], 80.0);
  ASSERT_EQ(file.tables[0].ranges.size(), 1U);
  EXPECT_EQ(file.tables[0].ranges[0]->low, 70.0);
  EXPECT_EQ(file.tables[0].use, Use::held_out);
  const MarginTable& decile = file.tables[1];
  EXPECT_EQ(decile.use, Use::tuned_on);
  EXPECT_FALSE(decile.values[0].has_value() || decile.values[1].has_value());
  EXPECT_DOUBLE_EQ(decile.ranges[0]->high, 15600.0);
  EXPECT_FALSE(decile.ranges[1].has_value());
}

TEST(MarginFile, csv_holds_one_margin_a_row) {
  const MarginFile file = parse_margins("m.csv",
                                        "margin;level;where;sum;total;source;date;held_out;tuned_on\nA;;departement = d22 & age "
                                        "20..59;;12.5;INSEE;2021;no;\nB;individu;;salaire_net;3;DADS;;oui;\nC;;;;3;DADS;;;yes\n",
                                        2025);
  ASSERT_EQ(file.tables.size(), 3U);
  EXPECT_EQ(file.tables[2].use, Use::tuned_on);
  EXPECT_EQ(file.tables[0].where.size(), 2U);
  EXPECT_EQ(file.tables[0].values[0], 12.5);
  EXPECT_EQ(file.tables[1].use, Use::held_out);
  EXPECT_EQ(file.tables[1].of, "salaire_net");
}

struct Bad {
  const char* name;
  std::string text, message;
};

class BadMargins : public testing::TestWithParam<Bad> {};

TEST_P(BadMargins, are_refused_with_one_clear_line) {
  EXPECT_EQ(json_complaint(GetParam().text), "m.json: " + GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Json, BadMargins,
    testing::Values(
        Bad{"list", "[]", "error: an object with 'margins' was expected, found array"},
        Bad{"none", R"({"source": "s"})", "error: the key 'margins' is missing"},
        Bad{"empty", R"({"source": "s", "margins": []})", "margins: error: a list of at least one margin was expected"},
        Bad{"key", one(R"("name": "a", "totale": 1)"), "margins/0/totale: error: unknown key 'totale' (did you mean 'total'?)"},
        Bad{"no_total", one(R"("name": "a")"),
            "margins/0: error: the key 'total' is missing (or 'range', where figures are only compared)"},
        Bad{"no_source", R"({"margins": [{"name": "a", "total": 1}]})",
            "margins/0: error: the margin 'a' has no 'source', and the file none for all"},
        Bad{"level", one(R"("name": "a", "total": 1, "level": "menages")"),
            "margins/0/level: error: menage, famille, foyer_fiscal or individu was expected, found 'menages' (did you mean "
            "'menage'?)"},
        Bad{"text", one(R"("name": "a", "total": "1")"), "margins/0/total: error: a number was expected, found string"},
        Bad{"negative", one(R"("name": "a", "total": -1)"), "margins/0/total: error: a count is not negative, found -1"},
        Bad{"shape", one(R"("name": "a", "by": {"age": ["..19", "20.."]}, "total": [1, 2, 3])"),
            "margins/0/total: error: a list of 2 was expected, one a class of 'age', found 3"},
        Bad{"flat", one(R"("name": "a", "by": {"age": ["..19", "20.."]}, "total": 3)"),
            "margins/0/total: error: a list of 2 was expected, one a class of 'age', found number"},
        Bad{"class_twice", one(R"("name": "a", "by": {"d": ["x", "x"]}, "total": [1, 2])"),
            "margins/0/by/d: error: the class 'x' stands twice"},
        Bad{"condition", one(R"("name": "a", "where": "age >= 20", "total": 1)"),
            "margins/0/where: error: a condition was expected, such as \"departement = d22\" or \"age 20..59\", found \"age >= "
            "20\""},
        Bad{"reversed", one(R"("name": "a", "where": "age 59..20", "total": 1)"),
            "margins/0/where: error: the range '59..20' holds no number"},
        Bad{"endless", one(R"("name": "a", "where": "age ..", "total": 1)"), "margins/0/where: error: the range '..' has no end"},
        Bad{"amount", one(R"("name": "a", "where": "rfr ..<seuil", "total": 1)"),
            "margins/0/where: error: 'seuil' is no number and no amount named in this file, in the range '..<seuil'"},
        Bad{"twice", R"({"source": "s", "margins": [{"name": "a", "total": 1}, {"name": "a", "total": 2}]})",
            "margins/1/name: error: the margin 'a' stands twice"},
        Bad{"held_out", one(R"("name": "a", "total": 1, "held_out": "yes")"),
            "margins/0/held_out: error: true or false was expected, found string"},
        Bad{"rate", one(R"("name": "a", "rate": "age 20..", "total": 1)"),
            "margins/0: error: a rate is compared only, never calibrated to: it needs \"held_out\": true (or \"tuned_on\", where "
            "something was set on it)"},
        Bad{"both_uses", one(R"("name": "a", "total": 1, "held_out": true, "tuned_on": true)"),
            "margins/0/tuned_on: error: a margin is held out or tuned on, not both"},
        Bad{"range", one(R"("name": "a", "range": [1, 2])"),
            "margins/0: error: a range is compared only, never calibrated to: it needs \"held_out\": true (or \"tuned_on\", "
            "where something was set on it)"},
        Bad{"range_of_one", one(R"("name": "a", "range": [1], "held_out": true)"),
            "margins/0/range: error: two numbers, the lowest and the highest accepted, were expected, found [1]"},
        Bad{"range_reversed", one(R"("name": "a", "range": [2, 1], "held_out": true)"),
            "margins/0/range: error: the lowest is above the highest: [2,1]"},
        Bad{"range_shape", one(R"("name": "a", "by": {"age": ["..19", "20.."]}, "range": [1, 2], "held_out": true)"),
            "margins/0/range/0: error: two numbers, the lowest and the highest accepted, were expected, found 1"},
        Bad{"kinds", one(R"("name": "a", "rate": "age 20..", "sum": "rsa", "total": 1)"),
            "margins/0: error: a margin has one of 'sum', 'rate' and 'quantile'"},
        Bad{"share", one(R"("name": "a", "quantile": 50, "of": "rfr", "total": 1, "held_out": true)"),
            "margins/0/quantile: error: a share between 0 and 1 was expected, found 50"},
        Bad{"index", one(R"("name": "a", "total": 1, "index": "cpi", "year": 2020)"),
            "margins/0/index: error: this file has no index 'cpi'"},
        Bad{"year", one(R"("name": "a", "total": 1, "year": 2020)"),
            "margins/0/year: error: a year says something only with 'index'"}),
    [](const auto& bad) { return std::string(bad.param.name); });

TEST(MarginFile, json_syntax_is_told_with_line_and_column) {
  EXPECT_EQ(json_complaint("{\n  \"margins\": [1,]\n}").substr(0, 16), "m.json:2:17: err");
}

TEST(MarginFile, findings_of_a_csv_file_are_told_all_at_once_with_their_places) {
  EXPECT_EQ(csv_complaint("margin,totl,source\na,1,s\n"),
            "m.csv:1:8: error: unknown column 'totl' (did you mean 'total'?)\nm.csv:1: error: a needed column is missing: total");
  EXPECT_EQ(csv_complaint("margin,total,source,where,held_out\na,x,s,,\nb,2,,age,maybe\na,3,s,,\nc,4,s\n"),
            "m.csv:2:3: error: column 'total': a number was expected, found 'x'\n"
            "m.csv:3:5: error: column 'source': where the figure is from was expected, found nothing\n"
            "m.csv:3:6: error: column 'where': a condition was expected, such as \"departement = d22\" or \"age 20..59\", found "
            "\"age\"\n"
            "m.csv:3:10: error: column 'held_out': yes or no was expected, found 'maybe'\n"
            "m.csv:4:1: error: column 'margin': the margin 'a' stands twice\n"
            "m.csv:5: error: this row has 3 fields, the header has 5");
  EXPECT_EQ(csv_complaint("margin,total,source\n"), "m.csv:1: error: no margins: at least one row was expected");
}

}  // namespace
}  // namespace labacces::calibration
