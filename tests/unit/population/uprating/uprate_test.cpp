#include "libsim/population/uprating/uprate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libsim/base/error.hpp"
#include "libsim/population/csv_population.hpp"
#include "tests/unit/population/small_schema.hpp"

namespace labacces::uprating {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* few_indices = R"({"format": "labacces-indices/1",
 "indices": {"prices": {"label": "Prices", "growth_percent": {"2021": [2.0, "a"], "2022": [5.0, "a"], "2023": [4.0, "a"]}},
             "rents": {"label": "Rents", "levels": {"2020": [100, "b"], "2021": [101, "b"], "2022": [104, "b"], "2023": [106, "b"]}},
             "pay": {"label": "Pay", "growth_percent": {"2021": [10, "c"], "2022": [10, "c"], "2023": [10, "c"]}}},
 "variables": {"rents": ["loyer"], "pay": ["salaire_*"]}, "others": "prices"})";

std::shared_ptr<const Population> people() {
  CsvTexts texts;
  texts.source = "people.csv";
  texts.files[Level::individu] = {
      "people.csv",
      "idmen,quimen,idfam,quifam,idfoy,quifoy,wprm,date_naissance,salaire_net@2020,salaire_net@2021-03,boursier,loyer,"
      "revenu_categoriel_foncier@2020\n"
      "1,0,1,0,1,0,2.5,1992-02-29,12000,1000,oui,500,100\n"
      "2,0,2,0,2,0,1,1980-07-14,,900,,,\n"};
  return std::make_shared<const Population>(read_csv_texts(texts, small_schema()));
}

double cell(const Population& population, const std::string& name, Period period, std::size_t row) {
  for (const PeriodColumn& item : population.find(name)->periods) {
    if (item.period == period) return population.columns()[item.column].cells()[row];
  }
  return -1.0;
}

std::string message_of(const std::string& text) {
  try {
    Indices::read("indices.json", text);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Uprating, multiplies_amounts_by_the_index_of_their_year_and_moves_time) {
  const Schema schema = small_schema();
  const Uprated out = uprated(people(), schema, Indices::read("i.json", few_indices), 2021, 2022);
  EXPECT_DOUBLE_EQ(cell(out.population, "salaire_net", Period::year(2021), 0), 12000 * 1.1);
  EXPECT_DOUBLE_EQ(cell(out.population, "salaire_net", Period::month(Month::of(2022, 3)), 0), 1000 * 1.1);
  EXPECT_DOUBLE_EQ(cell(out.population, "revenu_categoriel_foncier", Period::year(2021), 0), 100 * 1.02);
  EXPECT_DOUBLE_EQ(cell(out.population, "loyer", Period::eternity(), 0), 500 * (104.0 / 101.0));
  EXPECT_EQ(cell(out.population, "boursier", Period::eternity(), 0), 1.0);
  EXPECT_EQ(cell(out.population, "date_naissance", Period::eternity(), 0), Day::of(1993, 2, 28).days);
  EXPECT_EQ(cell(out.population, "date_naissance", Period::eternity(), 1), Day::of(1981, 7, 14).days);
  EXPECT_THAT(out.population.weights(), ElementsAre(2.5, 1.0));
  EXPECT_THAT(out.population.source(), HasSubstr("uprated from 2021 to 2022"));
}

TEST(Uprating, leaves_cells_without_a_value_alone_and_tells_what_it_did) {
  const Uprated out = uprated(people(), small_schema(), Indices::read("i.json", few_indices), 2021, 2023);
  const PeriodColumn& wage = out.population.find("salaire_net")->periods[0];
  EXPECT_EQ(wage.period, Period::year(2022));
  EXPECT_EQ(out.population.columns()[wage.column].given[1], 0);
  ASSERT_EQ(out.amounts.size(), 3U);
  EXPECT_EQ(out.amounts[0].variable, "salaire_net");
  EXPECT_EQ(out.amounts[0].index, "pay");
  EXPECT_DOUBLE_EQ(out.amounts[0].factor, 1.1 * 1.1);
  EXPECT_THAT(out.dates, ElementsAre("date_naissance"));
}

TEST(Uprating, there_and_back_gives_the_amounts_again) {
  const Schema schema = small_schema();
  const Indices indices = Indices::read("i.json", few_indices);
  auto there = std::make_shared<const Population>(uprated(people(), schema, indices, 2021, 2022).population);
  const Uprated back = uprated(there, schema, indices, 2022, 2021);
  EXPECT_NEAR(cell(back.population, "salaire_net", Period::month(Month::of(2021, 3)), 1), 900.0, 1e-9);
  EXPECT_NEAR(cell(back.population, "loyer", Period::eternity(), 0), 500.0, 1e-9);
}

TEST(Uprating, a_year_without_a_figure_is_named) {
  try {
    uprated(people(), small_schema(), Indices::read("i.json", few_indices), 2021, 2030);
    FAIL() << "expected an error";
  } catch (const Error& error) {
    EXPECT_THAT(std::string(error.what()), HasSubstr("the index 'pay' has no figure for 2024; it is known from 2020 to 2023"));
  }
}

TEST(Uprating, the_indices_of_the_program_have_a_source_for_each_figure_from_2018_to_2025) {
  const Indices indices = Indices::built_in();
  for (const auto& [name, index] : indices.all()) {
    EXPECT_GT(indices.factor(name, 2018, 2025), 1.05) << name;
    for (const auto& [year, step] : index.steps) EXPECT_FALSE(step.source.empty()) << name << year;
  }
  EXPECT_NEAR(indices.factor("prices", 2021, 2023), 1.052 * 1.049, 1e-12);
  EXPECT_NEAR(indices.factor("rents", 2018, 2019), 129.72 / 127.77, 1e-12);
  EXPECT_EQ(indices.index_of("salaire_imposable"), "wages");
  EXPECT_EQ(indices.index_of("loyer"), "rents");
  EXPECT_EQ(indices.index_of("pensions_alimentaires_percues"), "prices");
}

TEST(Uprating, wrong_index_files_are_told_by_path) {
  const auto with = [](const std::string& from, const std::string& to) {
    std::string text = few_indices;
    return text.replace(text.find(from), from.size(), to);
  };
  EXPECT_THAT(message_of(with("\"others\": \"prices\"", "\"others\": \"price\"")),
              HasSubstr("others: error: there is no index 'price' (did you mean 'prices'?)"));
  EXPECT_THAT(message_of(with("\"2022\": [5.0, \"a\"], ", "")),
              HasSubstr("indices/prices/growth_percent: error: the year 2022 is missing between 2021 and 2023"));
  EXPECT_THAT(message_of(with("[5.0, \"a\"]", "5.0")),
              HasSubstr("indices/prices/growth_percent/2022: error: [number, \"source\"] was expected"));
  EXPECT_THAT(message_of(with("[5.0, \"a\"]", "[-100, \"a\"]")), HasSubstr("a growth above -100 was expected"));
  EXPECT_THAT(message_of(with("[104, \"b\"]", "[0, \"b\"]")),
              HasSubstr("indices/rents/levels/2022: error: a level above 0 was expected"));
  EXPECT_THAT(message_of(with("[\"salaire_*\"]", "[\"loyer\"]")),
              HasSubstr("variables/pay/0: error: 'loyer' has an index already"));
  EXPECT_THAT(message_of(with("\"label\": \"Rents\", ", "")), HasSubstr("indices/rents: error: 'label' is missing"));
  EXPECT_THAT(message_of(with("\"levels\"", "\"level\"")), HasSubstr("did you mean 'levels'?"));
  EXPECT_THAT(message_of(with("indices/1", "indices/2")), HasSubstr("\"labacces-indices/1\" was expected"));
  EXPECT_THAT(message_of(with("\"2021\": [2.0", "\"21\": [2.0")), HasSubstr("a year was expected"));
}

}  // namespace
}  // namespace labacces::uprating
