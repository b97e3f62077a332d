// Populations in CSV are read, written, and read back the same.
#include "libsim/population/csv_population.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/population/csv_write.hpp"
#include "tests/unit/population/small_schema.hpp"

namespace labacces {
namespace {

using testing::ElementsAre;

const Schema& schema() {
  static const Schema result = small_schema();
  return result;
}

Population from_text(const std::string& text, const CsvOptions& options = {}) {
  CsvTexts texts;
  texts.source = "p.csv";
  texts.files[Level::individu] = {"p.csv", text};
  return read_csv_texts(texts, schema(), options);
}

const Column& column(const Population& population, const std::string& name, Period period) {
  const VariableData* data = population.find(name);
  SIM_CHECK(data != nullptr, "the variable is there");
  for (const PeriodColumn& entry : data->periods) {
    if (entry.period == period) return population.columns()[entry.column];
  }
  throw Defect("no such period");
}

std::string complaint(const CsvTexts& texts) {
  try {
    read_csv_texts(texts, schema());
  } catch (const Error& error) {
    return render_one_line(error.diagnostics().front());
  }
  return "no error";
}

constexpr const char* two_households =
    "idmen,quimen,idfam,quifam,idfoy,quifoy,wprm,salaire_net,salaire_net@2024,salaire_net@2024-01,activite,boursier,date_"
    "naissance,loyer\n"
    "7,0,1,0,1,0,12.5,1000,,1500.25,actif,oui,1990-01-31,500\n"
    "7,1,1,1,2,0,,,,,Chômeur,non,1992-02-29,\n"
    "7,2,1,2,1,2,12.5,,,,,,2020-12-01,500\n"
    "3,0,3,0,3,0,1,,24000,,retraite,TRUE,1950-06-15,\n";

TEST(CsvPopulation, persons_units_weights_and_periods_are_read) {
  const Population population = from_text(two_households);
  EXPECT_THAT(population.ids(Level::menage), ElementsAre("3", "7"));
  EXPECT_THAT(population.ids(Level::individu), ElementsAre("4", "1", "2", "3"));
  EXPECT_THAT(population.weights(), ElementsAre(1, 12.5));
  EXPECT_THAT(population.membership(Level::foyer_fiscal).role_of, ElementsAre(0, 0, 0, 2));
  EXPECT_THAT(column(population, "salaire_net", Period::eternity()).given, ElementsAre(0, 1, 0, 0));
  EXPECT_THAT(column(population, "salaire_net", Period::year(2024)).values, ElementsAre(24000, 0, 0, 0));
  EXPECT_THAT(column(population, "salaire_net", Period::month(Month::of(2024, 1))).values, ElementsAre(0, 1500.25, 0, 0));
  EXPECT_THAT(column(population, "activite", Period::eternity()).values, ElementsAre(3, 0, 1, 0));
  EXPECT_THAT(column(population, "boursier", Period::eternity()).values, ElementsAre(1, 1, 0, 0));
  EXPECT_TRUE(column(population, "date_naissance", Period::eternity()).complete());
  EXPECT_THAT(column(population, "loyer", Period::eternity()).values, ElementsAre(0, 500));
  EXPECT_THAT(column(population, "loyer", Period::eternity()).given, ElementsAre(0, 1));
}

TEST(CsvPopulation, separators_line_ends_quotes_and_byte_order_marks_change_nothing) {
  const std::string plain = "id,idmen,quimen,idfam,quifam,idfoy,quifoy,loyer\na,1,0,1,0,1,0,500.5\nb,2,0,2,0,2,0,\n";
  std::string other = plain;
  std::replace(other.begin(), other.end(), ',', ';');
  EXPECT_THAT(column(from_text(other), "loyer", Period::eternity()).values, ElementsAre(500.5, 0));
  std::replace(other.begin(), other.end(), ';', '\t');
  EXPECT_THAT(column(from_text(other), "loyer", Period::eternity()).values, ElementsAre(500.5, 0));
  EXPECT_THAT(column(from_text("\xEF\xBB\xBFid,\"idmen\",quimen,idfam,quifam,idfoy,quifoy,loyer\r\n\"a\",1,0,1,0,1,0, 500.5 "
                               "\r\n\r\n\"b \"\"x\"\", y\",2,0,2,0,2,0,\"\""),
                     "loyer", Period::eternity())
                  .values,
              ElementsAre(500.5, 0));
  EXPECT_THAT(from_text("id,idmen,quimen,idfam,quifam,idfoy,quifoy\n\"b \"\"x\"\", y\",2,0,2,0,2,0\n").ids(Level::individu),
              ElementsAre("b \"x\", y"));
}

TEST(CsvPopulation, a_line_break_in_quotes_counts_for_the_lines_of_later_messages) {
  CsvTexts texts;
  texts.source = "p.csv";
  texts.files[Level::individu] = {"p.csv",
                                  "id,idmen,quimen,idfam,quifam,idfoy,quifoy,loyer\n\"a\nb\",1,0,1,0,1,0,1\nc,2,0,2,0,2,0,é\n"};
  EXPECT_EQ(complaint(texts), "p.csv:4:15: error: column 'loyer': expected a number, found 'é'");
}

TEST(CsvPopulation, unknown_columns_can_be_passed_over) {
  const std::string text = "idmen,quimen,idfam,quifam,idfoy,quifoy,remarque\n1,0,1,0,1,0,bonjour\n";
  EXPECT_THROW(from_text(text), Error);
  EXPECT_EQ(from_text(text, {.ignore_unknown_columns = true}).count(Level::individu), 1U);
}

CsvTexts four_files() {
  CsvTexts texts;
  texts.source = "folder";
  texts.files[Level::individu] = {"individus.csv",
                                  "id,idmen,quimen,idfam,quifam,idfoy,quifoy,salaire_net\na,m,0,f,0,t,0,1\nb,m,1,f,1,t,1,2\n"};
  texts.files[Level::menage] = {"menages.csv", "id,wprm,loyer@2024\nm,3,600\n"};
  texts.files[Level::famille] = {"familles.csv", "id,rsa@2024-01\nf,607.75\n"};
  return texts;
}

TEST(CsvPopulation, one_file_an_entity_is_read) {
  const Population population = read_csv_texts(four_files(), schema());
  EXPECT_THAT(population.weights(), ElementsAre(3));
  EXPECT_THAT(column(population, "loyer", Period::year(2024)).values, ElementsAre(600));
  EXPECT_THAT(column(population, "rsa", Period::month(Month::of(2024, 1))).values, ElementsAre(607.75));
  EXPECT_THAT(population.ids(Level::foyer_fiscal), ElementsAre("t"));
}

TEST(CsvPopulation, files_of_entities_that_do_not_fit_are_refused) {
  CsvTexts texts = four_files();
  texts.files[Level::menage].second = "id,wprm\nm,3\nn,2\n";
  EXPECT_EQ(complaint(texts), "menages.csv:3: error: menage 'n' has no person in individus.csv");
  texts.files[Level::menage].second = "id,wprm\nmm,3\n";
  EXPECT_EQ(complaint(texts),
            "individus.csv:2:3: error: column 'idmen': there is no menage 'm' in menages.csv (did you mean 'mm'?)");
  texts.files[Level::individu].second =
      "id,idmen,quimen,idfam,quifam,idfoy,quifoy\na,m,0,f,0,t,0\nb,x,0,f,1,t,1\nc,x,0,f,2,t,2\n";
  texts.files[Level::menage].second = "id,wprm\nm,3\n";
  EXPECT_EQ(complaint(texts),
            "individus.csv:3:3: error: column 'idmen': there is no menage 'x' in menages.csv (did you mean 'm'?)");
  texts = four_files();
  texts.files[Level::menage].second = "id,wprm\nm,3\nm,3\n";
  EXPECT_EQ(complaint(texts), "menages.csv:3:1: error: the id 'm' is on line 2 already");
  texts.files[Level::menage].second = "id,salaire_net\nm,3\n";
  EXPECT_EQ(complaint(texts), "menages.csv:1:4: error: 'salaire_net' is a variable of individus, not of menages");
  texts.files[Level::menage].second = "wprm\n3\n";
  EXPECT_EQ(complaint(texts), "menages.csv:1: error: a needed column is missing: id");
  texts = four_files();
  texts.files[Level::individu].second = "id,idmen,quimen,idfam,quifam,idfoy,quifoy,loyer@2024\na,m,0,f,0,t,0,1\n";
  EXPECT_EQ(complaint(texts), "individus.csv:1: error: the column 'loyer@2024' is also in menages.csv: give it in one file");
}

TEST(CsvPopulation, a_population_written_and_read_back_is_the_same) {
  const Population first = from_text(two_households);
  CsvTexts texts;
  texts.source = "back";
  for (std::size_t i = 0; i < level_count; ++i) {
    const auto level = static_cast<Level>(i);
    texts.files[level] = {std::string(plural_of(level)) + ".csv", population_csv(first, schema(), level)};
  }
  const Population second = read_csv_texts(texts, schema());
  for (std::size_t i = 0; i < level_count; ++i) {
    const auto level = static_cast<Level>(i);
    EXPECT_EQ(second.ids(level), first.ids(level));
    EXPECT_EQ(second.original_rows(level), first.original_rows(level));
    EXPECT_EQ(population_csv(second, schema(), level), texts.files[level].second);
  }
  EXPECT_EQ(second.weights(), first.weights());
}

TEST(CsvPopulation, results_come_in_the_order_of_the_file_read) {
  const Population population = from_text(two_households);
  const std::vector<double> values{0.1, -0.0};
  EXPECT_EQ(results_csv(population, Level::menage, {{"loyer@2024-01", schema().find("loyer"), values}}),
            "id,loyer@2024-01\n7,0\n3,0.1\n");
}

TEST(CsvPopulation, a_folder_is_written_and_read) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "labacces_csv_population_test";
  std::filesystem::remove_all(folder);
  write_csv_population(from_text(two_households), schema(), folder.string());
  const Population back = read_csv_population(folder.string(), schema());
  EXPECT_EQ(back.count(Level::individu), 4U);
  EXPECT_EQ(back.source(), folder.string());
  EXPECT_FALSE(back.is_synthetic());
  write_file((folder / "population.json").string(), "{\"synthetic\": true}");
  EXPECT_TRUE(read_csv_population(folder.string(), schema()).is_synthetic());
  write_file((folder / "population.json").string(), "{\"synthetic\": 1}");
  EXPECT_THROW(read_csv_population(folder.string(), schema()), Error);
  std::filesystem::remove_all(folder);
  EXPECT_THROW(read_csv_population(folder.string(), schema()), Error);
}

}  // namespace
}  // namespace labacces
