// What the synthetic population holds: spells, students taxed with parents who live elsewhere, traits; and where its tables come from.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "libsim/base/error.hpp"
#include "libsim/law/load_law.hpp"
#include "libsim/legislation/embedded.hpp"
#include "libsim/population/synthetic.hpp"
#include "libsim/population/synthetic/data_table.hpp"

namespace labacces {
namespace {

const Schema& french_schema() {
  static const Schema schema = [] {
    std::vector<law::LawText> texts;
    for (const EmbeddedFile& file : embedded_law("france")) texts.push_back({std::string(file.name), std::string(file.text)});
    return law::load_law_or_throw(std::move(texts)).schema();
  }();
  return schema;
}

constexpr Month june = Month::of(2025, 6);

const Population& people() {
  static const Population population = make_synthetic({20'000, 1, 0}, french_schema(), june);
  return population;
}

std::span<const double> column(const char* name, Period period) {
  for (const PeriodColumn& known : people().find(name)->periods) {
    if (known.period == period) return people().columns()[known.column].cells();
  }
  throw Error(std::string("no such period of ") + name);
}
std::span<const double> column(const char* name) { return column(name, people().find(name)->periods[0].period); }

double code_of(const char* variable, std::string_view item) {
  const VariableInfo& info = *french_schema().find(variable);
  return static_cast<double>(std::find(info.items.begin(), info.items.end(), item) - info.items.begin());
}

int age_in_june(double birth) { return (june - Day{static_cast<std::int32_t>(birth)}.month_of()) / 12; }

/// Share of the persons of these ages for whom `holds` is true.
template <typename Claim>
double share_of_ages(int from, int to, const Claim& holds) {
  const std::span<const double> births = column("date_naissance");
  double persons = 0.0;
  double held = 0.0;
  for (std::size_t i = 0; i < births.size(); ++i) {
    const int age = age_in_june(births[i]);
    if (age < from || age > to) continue;
    persons += 1.0;
    held += holds(i) ? 1.0 : 0.0;
  }
  return held / persons;
}

// INSEE Première 1953: 2 % at 15-24, 24 % at 60-74, 62 % from 75 on.
TEST(SyntheticContent, illectronisme_is_that_of_the_survey_by_age) {
  const std::span<const double> skills = column("competences_numeriques");
  const double without = code_of("competences_numeriques", "illectronisme");
  const auto holds = [&](std::size_t i) { return skills[i] == without; };
  EXPECT_NEAR(share_of_ages(16, 24, holds), 0.02, 0.01);
  EXPECT_NEAR(share_of_ages(60, 74, holds), 0.24, 0.03);
  EXPECT_NEAR(share_of_ages(75, 110, holds), 0.62, 0.04);
}

// INSEE, enquête Emploi 2023: 39.6 % of those aged 25 to 34 have more than bac + 2, 16.3 % of those aged 55 to 64.
TEST(SyntheticContent, diplomas_are_those_of_the_survey_by_age) {
  const std::span<const double> diplomas = column("diplome");
  const double high = code_of("diplome", "superieur");
  const auto holds = [&](std::size_t i) { return diplomas[i] == high; };
  EXPECT_NEAR(share_of_ages(25, 34, holds), 0.396, 0.03);
  EXPECT_NEAR(share_of_ages(55, 64, holds), 0.163, 0.03);
}

// RP2021 POP5, Brittany: 85.7 % of the persons of 40 to 54 are employed, 6.6 % unemployed.
TEST(SyntheticContent, activity_is_near_the_census) {
  const std::span<const double> activities = column("activite");
  const double employed = code_of("activite", "actif");
  const double unemployed = code_of("activite", "chomeur");
  EXPECT_NEAR(share_of_ages(40, 54, [&](std::size_t i) { return activities[i] == employed; }), 0.857, 0.035);
  EXPECT_NEAR(share_of_ages(40, 54, [&](std::size_t i) { return activities[i] == unemployed; }), 0.066, 0.015);
}

TEST(SyntheticContent, work_comes_and_goes_from_month_to_month) {
  const std::span<const double> march = column("salaire_net", Period::month(Month::of(2025, 3)));
  const std::span<const double> july = column("salaire_net", Period::month(Month::of(2025, 7)));
  const std::span<const double> allowance = column("chomage_net", Period::month(june));
  std::size_t lost = 0;
  std::size_t found = 0;
  std::size_t with_allowance = 0;
  std::size_t at_work = 0;
  for (std::size_t i = 0; i < march.size(); ++i) {
    lost += march[i] > 0.0 && july[i] == 0.0 ? 1 : 0;
    found += march[i] == 0.0 && july[i] > 0.0 ? 1 : 0;
    with_allowance += allowance[i] > 0.0 ? 1 : 0;
    at_work += march[i] > 0.0 ? 1 : 0;
  }
  const auto of_workers = [&](std::size_t persons) { return static_cast<double>(persons) / static_cast<double>(at_work); };
  EXPECT_GT(of_workers(lost), 0.01);
  EXPECT_LT(of_workers(lost), 0.06);
  EXPECT_GT(of_workers(found), 0.01);
  EXPECT_LT(of_workers(found), 0.07);
  EXPECT_GT(of_workers(with_allowance), 0.02);
  EXPECT_LT(of_workers(with_allowance), 0.09);
}

// The two dwellings are one block: no chunk cuts them.
TEST(SyntheticContent, students_with_a_dwelling_of_their_own_may_be_in_their_parents_tax_unit) {
  const Membership& dwellings = people().membership(Level::menage);
  const Membership& tax_units = people().membership(Level::foyer_fiscal);
  const Membership& families = people().membership(Level::famille);
  const std::span<const double> activities = column("activite");
  const std::span<const double> births = column("date_naissance");
  std::size_t students = 0;
  for (std::size_t i = 0; i < activities.size(); ++i) {
    const auto declarant = static_cast<std::size_t>(tax_units.principal_of[static_cast<std::size_t>(tax_units.unit_of[i])]);
    if (dwellings.unit_of[i] == dwellings.unit_of[declarant]) continue;
    ++students;
    EXPECT_EQ(activities[i], code_of("activite", "etudiant"));
    EXPECT_EQ(tax_units.role_of[i], static_cast<std::uint8_t>(Role::enfant));
    EXPECT_EQ(families.role_of[i], static_cast<std::uint8_t>(Role::principal));
    EXPECT_LT(age_in_june(births[i]), 25);
    EXPECT_GE(age_in_june(births[declarant]) - age_in_june(births[i]), 21);
    EXPECT_EQ(dwellings.unit_of[i], dwellings.unit_of[declarant] + 1);
  }
  EXPECT_GT(students, 100U);
  EXPECT_EQ(people().blocks().size() - 1, 20'000 - students);
}

TEST(SyntheticContent, self_employed_profits_and_alimony_are_there) {
  const std::span<const double> profits = column("rpns_autres_revenus", Period::year(2024));
  const std::span<const double> turnovers = column("rpns_auto_entrepreneur_ca_bic", Period::month(june));
  const std::span<const double> alimony = column("pensions_alimentaires_percues", Period::year(2025));
  const auto above_zero = [](std::span<const double> values) {
    return std::count_if(values.begin(), values.end(), [](double value) { return value > 0.0; });
  };
  EXPECT_GT(above_zero(profits), 500);
  EXPECT_GT(above_zero(turnovers), 200);
  EXPECT_GT(above_zero(alimony), 200);
}

TEST(SyntheticContent, the_allowance_is_one_column_under_its_two_names) {
  const VariableData& net = *people().find("chomage_net");
  const VariableData& taxable = *people().find("chomage_imposable");
  ASSERT_EQ(net.periods.size(), taxable.periods.size());
  for (std::size_t i = 0; i < net.periods.size(); ++i) EXPECT_EQ(net.periods[i].column, taxable.periods[i].column);
}

TEST(SyntheticFrance, a_region_is_the_same_by_its_name_and_all_regions_are_there) {
  const SyntheticOptions bretagne = parse_synthetic("builtin:france?region=53&households=400&seed=2");
  const Population one = make_synthetic(bretagne, french_schema(), june);
  const Population other = make_synthetic(parse_synthetic("builtin:bretagne?households=400&seed=2"), french_schema(), june);
  ASSERT_EQ(one.columns().size(), other.columns().size());
  for (std::size_t i = 0; i < one.columns().size(); ++i) EXPECT_EQ(one.columns()[i].values, other.columns()[i].values);

  const Population france = make_synthetic(parse_synthetic("builtin:france?households=4000"), french_schema(), june);
  const auto& regions = france.columns()[france.find("region")->periods[0].column].values;
  EXPECT_EQ(std::set<double>(regions.begin(), regions.end()).size(), 13U);
  double households = 0.0;
  for (const double weight : france.weights()) households += weight;
  EXPECT_NEAR(households, 30.0e6, 1.0e6);  // INSEE, RP2022: 30.9 million in France, 0.8 of them overseas
}

TEST(SyntheticTables, each_says_where_it_comes_from) {
  std::set<std::string> files;
  for (const synthetic::DataTable& table : synthetic::all_tables()) {
    files.insert(table.file);
    EXPECT_FALSE(table.holds.empty()) << table.name;
    EXPECT_FALSE(table.rows.empty()) << table.name;
  }
  EXPECT_GE(files.size(), 6U);
}

TEST(SyntheticTables, a_table_without_source_or_of_ragged_rows_is_refused) {
  const char* const good =
      R"({"tables": {"t": {"holds": "h", "status": "published", "date": "2021", "source": "s", "columns": ["a"], "rows": [[1]]}}})";
  EXPECT_EQ(synthetic::read_data_tables("x", good)[0].number(0, "a"), 1.0);
  const auto message = [](std::string text, const std::string& part, const std::string& other) {
    text.replace(text.find(part), part.size(), other);
    try {
      synthetic::read_data_tables("x", text);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  EXPECT_EQ(message(good, R"("source": "s", )", ""),
            "error: tables of the synthetic population: x.json: /tables/t/source: a text is needed");
  EXPECT_EQ(message(good, R"("published")", R"("rumour")"),
            "error: tables of the synthetic population: x.json: /tables/t/status: published, recalled, assumption or by row");
  EXPECT_EQ(message(good, "[[1]]", "[[1, 2]]"),
            "error: tables of the synthetic population: x.json: /tables/t/rows/0: as many cells as columns are needed");
  EXPECT_EQ(message(good, "[[1]]", "[[null]]"),
            "error: tables of the synthetic population: x.json: /tables/t/rows/0: a number or a text is needed");
  EXPECT_EQ(message(good, "{", "["), "error: tables of the synthetic population: x.json: /: this is not JSON");
}

}  // namespace
}  // namespace labacces
