#include "libsim/population/mapping/mapping.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/law/load_law.hpp"
#include "libsim/legislation/embedded.hpp"
#include "libsim/population/mapping/mapped_population.hpp"
#include "libsim/population/mapping/resolve.hpp"
#include "tests/unit/population/small_schema.hpp"

namespace labacces::mapping {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr Month june = Month::of(2025, 6);

/// A folder of files for one test, gone at its end.
class Files {
 public:
  explicit Files(const std::map<std::string, std::string>& texts) : folder_(std::filesystem::temp_directory_path() / unique()) {
    std::filesystem::create_directories(folder_);
    for (const auto& [name, text] : texts) write_file((folder_ / name).string(), text);
  }
  ~Files() { std::filesystem::remove_all(folder_); }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  std::string path(const std::string& name = {}) const { return name.empty() ? folder_.string() : (folder_ / name).string(); }

 private:
  static std::string unique() {
    static int count = 0;
    return "labacces_mapping_" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + "_" +
           std::to_string(getpid()) + "_" + std::to_string(count++);
  }
  std::filesystem::path folder_;
};

/// A mapping with these columns; `more` are members of the object beside.
std::string text_of(const std::string& columns, const std::string& more = {}) {
  return R"({"format": "labacces-mapping/1", "ids": {"person": "pid", "household": "hh"}, )" + more +
         R"("columns": {"date_naissance": {"age": "age"}, )" + columns + "}}";
}

MappedPopulation read(const std::string& people, const std::string& mapping, const std::string& name = "test") {
  const Files files({{"people.csv", people}});
  return read_mapped(files.path("people.csv"), parse_mapping(name, mapping), small_schema(), june);
}

std::string complaint(const std::string& people, const std::string& mapping) {
  try {
    read(people, mapping);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

/// Values of a variable in the order of ids; NaN where none is given.
std::vector<double> values(const Population& population, const std::string& variable, Period period = Period::eternity()) {
  const VariableData* data = population.find(variable);
  if (data == nullptr) return {};
  for (const PeriodColumn& known : data->periods) {
    if (known.period != period) continue;
    const Column& column = population.columns()[known.column];
    std::vector<double> out(column.cells().begin(), column.cells().end());
    for (std::size_t i = 0; i < column.given.size(); ++i) {
      if (column.given[i] == 0) out[i] = NAN;
    }
    return out;
  }
  return {};
}

const std::string two_people = "pid,hh,age,pay,other,status\n1,1,40,12000,1200,1\n2,2,30,,600,2\n";

TEST(Mapping, an_amount_a_year_is_a_twelfth_a_month_and_an_empty_cell_is_no_value) {
  const Population population = read(two_people, text_of(R"("salaire_net": {"column": "pay", "unit": "year"})")).population;
  EXPECT_EQ(values(population, "salaire_net")[0], 1000);
  EXPECT_TRUE(std::isnan(values(population, "salaire_net")[1]));
}

TEST(Mapping, units_factors_currency_and_limits_make_amounts_of_the_law) {
  const auto first = [](const std::string& source, const std::string& more = {}) {
    return values(read(two_people, text_of("\"salaire_net\": " + source, more)).population, "salaire_net")[0];
  };
  EXPECT_EQ(first(R"({"column": "other", "unit": "month"})"), 1200);
  EXPECT_EQ(first(R"({"column": "other", "unit": "quarter"})"), 400);
  EXPECT_EQ(first(R"({"column": "other", "unit": "week"})"), 1200.0 * 52 / 12);
  EXPECT_EQ(first(R"({"column": "other", "unit": "month", "factor": -1, "floor": 0})"), 0);
  EXPECT_EQ(first(R"({"column": "other", "unit": "month", "ceiling": 1000})"), 1000);
  EXPECT_EQ(first(R"({"sum": ["other", {"column": "pay", "factor": 0.1}], "unit": "month"})"), 2400);
  EXPECT_EQ(first(R"({"column": "other", "unit": "month"})", R"("currency": {"name": "FRF", "per_euro": 6.55957}, )"),
            1200 / 6.55957);
}

TEST(Mapping, a_year_of_income_holds_the_whole_year_and_is_asked_by_name) {
  const std::string mapping =
      text_of(R"("salaire_net": {"column": "pay", "unit": "year"})", R"("parameters": {"income": 2022}, )");
  EXPECT_EQ(values(read(two_people, mapping).population, "salaire_net", Period::year(2022))[0], 12000);
  EXPECT_EQ(values(read(two_people, mapping, "test?income=2023").population, "salaire_net", Period::year(2023))[0], 12000);
  EXPECT_EQ(values(read(two_people, mapping, "test?income=always").population, "salaire_net")[0], 1000);
}

TEST(Mapping, an_age_is_counted_from_the_survey_and_reached_in_its_month) {
  const auto birth = [](const std::string& month, const std::string& name) {
    const std::string mapping =
        R"({"format": "labacces-mapping/1", "ids": {"household": "hh"}, "columns": {"date_naissance": {"age": "age", "birth_month": )" +
        month + "}}}";
    return to_string(Day{static_cast<std::int32_t>(values(read(two_people, mapping, name).population, "date_naissance")[0])});
  };
  EXPECT_EQ(birth("1", "test"), "1985-01-01");
  EXPECT_EQ(birth("6", "test"), "1985-06-01");
  EXPECT_EQ(birth("7", "test"), "1984-07-01");
  EXPECT_EQ(birth("7", "test?survey=2010"), "1970-07-01");
  EXPECT_EQ(birth("7", "test?survey=2010-06"), "1969-07-01");
}

TEST(Mapping, a_year_and_a_month_of_birth_make_a_date) {
  const std::string mapping =
      R"({"format": "labacces-mapping/1", "ids": {"household": "hh"}, "columns": {"date_naissance": {"birth_year": "born", "birth_month": "month"}}})";
  const Population population = read("hh,born,month\n1,1990,11\n2,1951,\n", mapping).population;
  EXPECT_THAT(values(population, "date_naissance"), ElementsAre(Day::of(1990, 11, 1).days, Day::of(1951, 1, 1).days));
  EXPECT_THAT(complaint("hh,born,month\n1,1990,13\n", mapping),
              HasSubstr("people.csv:2:8: error: the month of birth lies between 1 and 12, found 13"));
  EXPECT_THAT(complaint("hh,born,month\n1,90,1\n", mapping),
              HasSubstr("people.csv:2:3: error: a year of birth lies between 1895 and 2025, found 90"));
}

TEST(Mapping, codes_are_texts_numbers_or_ranges_and_the_rest_is_otherwise_or_an_error) {
  const std::string people = "pid,hh,age,status\n1,1,40,1.0\n2,2,30,02\n3,3,70,x\n4,4,17,9\n";
  const std::string all = text_of(
      R"("activite": {"first": [{"column": "status", "codes": {"1": "actif", "2": "chomeur", "x": "inactif"}, "otherwise": null}, {"column": "age", "codes": {"..17": "etudiant", "60..": "retraite"}, "otherwise": "inactif"}]})");
  EXPECT_THAT(values(read(people, all).population, "activite"), ElementsAre(0, 1, 4, 2));
  EXPECT_THAT(
      complaint(people, text_of(R"("activite": {"column": "status", "codes": {"1": "actif", "2": "chomeur", "x": "inactif"}})")),
      HasSubstr("people.csv:5:8: error: column 'status' (for activite): '9' is none of the codes of the mapping: 1, 2, x"));
}

TEST(Mapping, a_condition_lets_values_through_and_a_ratio_by_nothing_is_none) {
  const Population population =
      read(
          two_people,
          text_of(
              R"("salaire_net": {"column": "other", "unit": "month", "when": {"column": "age", "at_least": 35}}, "taux_incapacite": {"ratio": ["other", "pay"]})"))
          .population;
  EXPECT_EQ(values(population, "salaire_net")[0], 1200);
  EXPECT_TRUE(std::isnan(values(population, "salaire_net")[1]));
  EXPECT_EQ(values(population, "taux_incapacite")[0], 0.1);
  EXPECT_TRUE(std::isnan(values(population, "taux_incapacite")[1]));
}

TEST(Mapping, months_in_the_names_of_columns_are_months_of_the_law) {
  const std::string people = "pid,hh,age,yem_m01,yem_m02\n1,1,40,100,200\n";
  const Population population =
      read(people,
           text_of(R"("salaire_net": {"column": "yem_m{mm}", "unit": "month", "months": {"from": "2025-01", "to": "2025-02"}})"))
          .population;
  EXPECT_THAT(values(population, "salaire_net", Period::month(Month::of(2025, 1))), ElementsAre(100));
  EXPECT_THAT(values(population, "salaire_net", Period::month(Month::of(2025, 2))), ElementsAre(200));
  EXPECT_THAT(
      complaint(
          people,
          text_of(R"("salaire_net": {"column": "yem_m{mm}", "unit": "month", "months": {"from": "2025-01", "to": "2025-03"}})")),
      HasSubstr("test: columns/salaire_net: error: "));
}

const std::string history_mapping = text_of(
    R"("salaire_net": {"table": "history", "column": "pay", "unit": "month"})",
    R"("tables": {"persons": {"file": "people.csv"}, "history": {"file": "*_months.csv", "rows": "months", "id": "pid", "period": "ym"}}, )");

std::string complaint_of_history(const std::string& rows) {
  const Files files({{"people.csv", two_people}, {"pay_months.csv", rows}});
  try {
    read_mapped(files.path(), parse_mapping("test", history_mapping), small_schema(), june);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Mapping, rows_of_a_person_and_month_are_a_history) {
  const Files files(
      {{"people.csv", two_people}, {"pay_months.csv", "pid,ym,pay\n2,2025-04,10\n1,202504,20\n1,2025m5,30\n1,2023,1200\n"}});
  const Population population =
      read_mapped(files.path(), parse_mapping("test", history_mapping), small_schema(), june).population;
  EXPECT_THAT(values(population, "salaire_net", Period::month(Month::of(2025, 4))), ElementsAre(20, 10));
  EXPECT_EQ(values(population, "salaire_net", Period::month(Month::of(2025, 5)))[0], 30);
  EXPECT_EQ(values(population, "salaire_net", Period::year(2023))[0], 14400);  // an amount a month, for each of the year's
}

TEST(Mapping, a_history_names_persons_and_months_that_are_wrong) {
  EXPECT_THAT(complaint_of_history("pid,ym,pay\n1,2025-04,1\n1,2025-04,2\n"),
              HasSubstr("pay_months.csv:3:3: error: 'salaire_net' of the person '1' for 2025-04 is on a line before already"));
  EXPECT_THAT(complaint_of_history("pid,ym,pay\n1,2025-14,1\n"),
              HasSubstr("'2025-14' is not a period: expected a month '2024-01' or a year '2024'"));
  EXPECT_THAT(complaint_of_history("pid,ym,pay\n7,2025-04,1\n"),
              HasSubstr("pay_months.csv:2:1: error: column 'pid': there is no person '7' in "));
}

const std::string with_households =
    R"("tables": {"persons": {"file": "r.csv"}, "households": {"file": "d.csv", "rows": "households", "id": "hid"}}, "weight": {"table": "households", "column": "w"}, )";

TEST(Mapping, a_file_of_households_is_joined_by_their_ids) {
  const Files files({{"r.csv", "pid,hh,age\n11,1,40\n12,1,38\n21,2,70\n"},
                     {"d.csv", "hid,w,rent,interest\n2.0,3,450,10\n1.0,2,600,20\n9,1,1,1\n"}});
  const std::string mapping = text_of(
      R"("loyer": {"table": "households", "column": "rent", "unit": "month"}, "salaire_net": {"table": "households", "column": "interest", "unit": "month", "give_to": "reference"})",
      with_households);
  const MappedPopulation mapped = read_mapped(files.path(), parse_mapping("test", mapping), small_schema(), june);
  EXPECT_THAT(values(mapped.population, "loyer"), ElementsAre(600, 450));
  EXPECT_THAT(mapped.population.weights(), ElementsAre(2, 3));
  const std::vector<double> given = values(mapped.population, "salaire_net");
  EXPECT_TRUE((given[0] == 20) != (given[1] == 20));  // one of the two, not both
  EXPECT_EQ(given[2], 10);
  EXPECT_EQ(nlohmann::json::parse(mapped.record)["households_without_person"], 1);
}

TEST(Mapping, an_amount_of_the_household_asks_who_gets_it_and_a_household_must_be_there) {
  const auto of = [](const std::string& households, const std::string& columns) {
    const Files files({{"r.csv", "pid,hh,age\n11,1,40\n"}, {"d.csv", households}});
    try {
      read_mapped(files.path(), parse_mapping("test", text_of(columns, with_households)), small_schema(), june);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_THAT(of("hid,w,rent\n1,2,3\n", R"("salaire_net": {"table": "households", "column": "rent", "unit": "month"})"),
              HasSubstr("test: columns/salaire_net: error: the amount is the household's, and 'salaire_net' a variable of "
                        "individus: who gets it?"));
  EXPECT_THAT(of("hid,w\n2,2\n", R"("boursier": {"constant": true})"),
              HasSubstr("r.csv:2:4: error: column 'hh': there is no household '1' in "));
  EXPECT_THAT(of("hid,w\n1,-2\n", R"("boursier": {"constant": true})"),
              HasSubstr("the weight of the household '1' lies below 0: -2"));
}

TEST(Mapping, values_of_members_go_together_as_the_mapping_says) {
  const std::string people = "pid,hh,age,rent\n1,1,40,300\n2,1,38,200\n3,1,9,\n";
  const auto rent = [&](const std::string& members) {
    return values(
        read(people, text_of(R"("loyer": {"column": "rent", "unit": "month", "members": ")" + members + "\"}")).population,
        "loyer")[0];
  };
  EXPECT_EQ(rent("sum"), 500);
  EXPECT_EQ(rent("highest"), 300);
  EXPECT_EQ(rent("first"), 300);
}

TEST(Mapping, units_are_built_from_links_and_what_was_assumed_is_in_the_record) {
  const std::string people = "pid,hh,mum,dad,partner,age\n1,1,0,0,2,40\n2,1,0,0,1,38\n3,1,2,1,0,8\n4,1,0,0,0,70\n";
  const std::string mapping =
      R"({"format": "labacces-mapping/1", "ids": {"person": "pid", "household": "hh", "mother": "mum", "father": "dad", "partner": "partner", "nobody": [0]}, "columns": {"date_naissance": {"age": "age"}}})";
  const MappedPopulation mapped = read(people, mapping);
  EXPECT_EQ(mapped.population.count(Level::famille), 2U);
  EXPECT_EQ(mapped.population.membership(Level::famille).unit_of[2], mapped.population.membership(Level::famille).unit_of[0]);
  EXPECT_TRUE(nlohmann::json::parse(mapped.record).contains("units"));
  EXPECT_THAT(complaint("pid,hh,mum,dad,partner,age\n1,1,0,0,2,40\n2,1,0,0,0,38\n", mapping),
              HasSubstr("people.csv:2:9: error: individu '1': the partner names somebody else, or nobody, as partner: '2'"));
}

TEST(Mapping, units_that_the_file_gives_are_taken_as_they_are) {
  const std::string mapping =
      R"({"format": "labacces-mapping/1", "ids": {"person": "pid", "household": "hh", "household_role": "rm", "family": "f", "family_role": "rf", "tax_unit": "t", "tax_unit_role": "rt"}, "columns": {"boursier": {"column": "b", "codes": {"1": true, "2": false}}}})";
  const Population population = read("pid,hh,rm,f,rf,t,rt,b\na,1,0,x,0,u,0,1\nb,1,1,x,1,v,0,2\n", mapping).population;
  EXPECT_EQ(population.count(Level::famille), 1U);
  EXPECT_EQ(population.count(Level::foyer_fiscal), 2U);
  EXPECT_THAT(values(population, "boursier"), ElementsAre(1, 0));
  EXPECT_THAT(
      complaint("pid,hh,rm,f,rf,t,rt,b\na,1,7,x,0,u,0,1\n", mapping),
      HasSubstr("people.csv:2:5: error: column 'rm': expected 0 (reference), 1 (conjoint), 2 (enfant) or 3 (autre), found '7'"));
}

TEST(Mapping, missing_codes_decimal_commas_and_capitals_are_told_by_the_file) {
  const std::string mapping =
      text_of(R"("salaire_net": {"column": "pay", "unit": "month", "missing": [-1]})",
              R"("file": {"separator": "semicolon", "decimal": "comma", "missing": ["NA"], "ignore_case": true}, )");
  const std::vector<double> pay =
      values(read("PID;HH;AGE;PAY\n1;1;40;12,5\n2;2;30;NA\n3;3;30;-1\n", mapping).population, "salaire_net");
  EXPECT_EQ(pay[0], 12.5);
  EXPECT_TRUE(std::isnan(pay[1]) && std::isnan(pay[2]));
}

TEST(Mapping, the_ready_ones_fit_the_french_law) {
  std::vector<law::LawText> texts;
  for (const EmbeddedFile& file : embedded_law("france")) texts.push_back({std::string(file.name), std::string(file.text)});
  const Schema schema = law::load_law_or_throw(std::move(texts)).schema();
  EXPECT_THAT(builtin_mappings(), ElementsAre("euromod", "eusilc-laeken", "eusilc-udb"));
  for (const std::string& name : builtin_mappings()) {
    CsvFindings findings;
    const Mapping mapping = load_mapping("mapping:" + name + "?income=2022&survey=2023-05");
    EXPECT_FALSE(mapping.description.empty() || mapping.source.empty());
    EXPECT_GT(resolve(mapping, schema, findings).size(), 10U);
    EXPECT_NO_THROW(findings.throw_if_any()) << name;
  }
}

TEST(Mapping, a_name_that_is_none_is_told_with_the_nearest) {
  const auto loading = [](const std::string& name) {
    try {
      load_mapping(name);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_THAT(loading("mapping:euromode"), HasSubstr("unknown mapping 'mapping:euromode'; did you mean 'euromod'?"));
  EXPECT_THAT(loading("mapping:euromod?incom=2022"), HasSubstr("unknown key 'incom'; did you mean 'income'?"));
  EXPECT_THAT(
      loading("mapping:euromod?income=22"),
      HasSubstr("mapping:euromod: ?income: error: expected a year such as 2022, a month such as 2022-05, or always; found '22'"));
}

}  // namespace
}  // namespace labacces::mapping
