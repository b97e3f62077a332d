// The invented country: two households worked out by hand.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "libsim/base/error.hpp"
#include "libsim/law/load_law.hpp"
#include "libsim/legislation/embedded.hpp"
#include "libsim/population/situation.hpp"
#include "libsim/scenario/calculate.hpp"
#include "tests/reference/reference_interpreter.hpp"

namespace labacces {
namespace {

law::Law toy(const std::vector<std::string>& reforms = {}) {
  std::vector<law::LawText> texts;
  for (const EmbeddedFile& file : embedded_law("toy")) texts.push_back({std::string(file.name), std::string(file.text)});
  return law::load_law_or_throw(texts, reforms);
}

/// Anna, with Ben (2012) and Cleo (2016), works full time and rents on the coast; Dan, 74, lives alone inland on nothing.
constexpr const char* households = R"({
  "individus": {
    "anna": {"birth_date": {"ETERNITY": "1985-02-03"}, "wage": {"2023": 36000, "2024": 37200, "2025": 37200}, "hours_worked": {"2025": 151.67}},
    "ben": {"birth_date": {"ETERNITY": "2012-05-10"}},
    "cleo": {"birth_date": {"ETERNITY": "2016-11-30"}},
    "dan": {"birth_date": {"ETERNITY": "1950-01-15"}}
  },
  "familles": {"f1": {"parents": ["anna"], "enfants": ["cleo", "ben"]}, "f2": {"parents": ["dan"]}},
  "foyers_fiscaux": {"t1": {"declarants": ["anna"], "personnes_a_charge": ["ben", "cleo"]}, "t2": {"declarants": ["dan"]}},
  "menages": {
    "m1": {"personne_de_reference": ["anna"], "enfants": ["ben", "cleo"], "rent": {"2023": 6000, "2024": 6000, "2025": 6000},
           "zone": {"2023": "coast", "2024": "coast", "2025": "coast"}},
    "m2": {"personne_de_reference": ["dan"], "rent": {"2023": 3000, "2024": 3000}}
  }
})";

class Toy : public testing::Test {
 protected:
  explicit Toy(const std::vector<std::string>& reforms = {})
      : law_(toy(reforms)), situation_(read_situation("toy.json", households, law_.schema())) {}

  double value(const std::string& variable, std::int32_t row, Period period) {
    const auto index = law_.find_variable(variable);
    SIM_CHECK(index.has_value(), "the rule is in the law");
    return reference::ReferenceInterpreter(law_, situation_.population).ask(*index, row, period).value;
  }
  double value(const std::string& variable, std::int32_t row, Month month) { return value(variable, row, Period::month(month)); }

  law::Law law_;
  Situation situation_;
};

/// A figure that is asked of the engine, and what it is by hand.
struct Figure {
  const char* kind;
  const char* id;
  const char* variable;
  const char* period;
  double value;
};

TEST_F(Toy, the_engine_computes_the_same_as_by_hand) {
  const std::vector<Figure> figures{
      {"individus", "cleo", "child_rank", "2024-03", 2.0},         {"individus", "anna", "wage_since_july", "2024-03", 100.0},
      {"familles", "f1", "child_grant", "2024-03", 65.50 * 2.5},   {"familles", "f2", "minimum_income", "2024-03", 371.20},
      {"foyers_fiscaux", "t1", "income_tax", "2023", 1612.50},     {"menages", "m1", "housing_aid", "2024-03", 192.0},
      {"menages", "m2", "housing_aid", "2024-03", 200.0},          {"menages", "m2", "heating_cheque", "2024-01", 40.0},
      {"menages", "m1", "disposable_income", "2024-03", 3321.375}, {"menages", "m2", "disposable_income", "2024-03", 571.20}};
  nlohmann::json asked = nlohmann::json::parse(households);
  for (const Figure& figure : figures) asked[figure.kind][figure.id][figure.variable][figure.period] = nullptr;
  const Situation situation = read_situation("toy.json", asked.dump(), law_.schema());
  const nlohmann::json filled = nlohmann::json::parse(scenario::calculate(law_, situation).text);
  for (const Figure& figure : figures) {
    EXPECT_NEAR(filled[figure.kind][figure.id][figure.variable][figure.period].get<double>(), figure.value, 1e-9)
        << figure.variable << " of " << figure.id;
  }
}

class ReformedToy : public Toy {
 protected:
  ReformedToy() : Toy({"generous"}) {}
};

constexpr std::int32_t anna = 0, ben = 1, cleo = 2, dan = 3;
constexpr std::int32_t with_children = 0, alone = 1;
constexpr Month march = Month::of(2024, 3);

TEST_F(Toy, amounts_given_for_a_year_are_spread_over_its_months) {
  EXPECT_DOUBLE_EQ(value("wage", anna, march), 3100.0);
  EXPECT_DOUBLE_EQ(value("rent", with_children, march), 500.0);
}

TEST_F(Toy, the_eldest_child_has_rank_one) {
  EXPECT_EQ(value("child_rank", ben, march), 1.0);
  EXPECT_EQ(value("child_rank", cleo, march), 2.0);
  EXPECT_EQ(value("child_rank", anna, march), 0.0);
  EXPECT_EQ(value("child_rank", dan, march), 0.0);
}

TEST_F(Toy, the_grant_follows_rank_and_decree) {
  EXPECT_DOUBLE_EQ(value("child_grant", with_children, march), 65.50 * 2.5);
  EXPECT_DOUBLE_EQ(value("child_grant", with_children, Month::of(2023, 12)), 60.0 * 2.5);
  EXPECT_DOUBLE_EQ(value("child_grant", with_children, Month::of(2025, 7)), 101.0 * 2.5);
}

TEST_F(Toy, a_rule_that_has_ended_is_an_error) {
  EXPECT_EQ(value("newborn_bonus", with_children, Month::of(2022, 12)), 0.0);
  EXPECT_THROW(value("newborn_bonus", with_children, Month::of(2023, 1)), Error);
}

TEST_F(Toy, each_slice_of_income_is_taxed_at_its_rate) {
  // 36,000 for two shares: 18,000 each, 10 % above 10,000, twice; and the fee of 12.50.
  EXPECT_DOUBLE_EQ(value("income_tax", with_children, Period::year(2023)), 2 * 800.0 + 12.50);
  // 37,200: 18,600 each, 10 % above 11,000.
  EXPECT_DOUBLE_EQ(value("income_tax", with_children, Period::year(2024)), 2 * 760.0 + 12.50);
  EXPECT_EQ(value("income_tax", alone, Period::year(2023)), 0.0);
}

TEST_F(Toy, aid_and_minimum_look_at_each_others_past) {
  // Seen from March 2024: aid of December 100 (before, nobody had the minimum), minimum of January 571.20 - 100, so aid of
  // February 80 % of 250.
  EXPECT_DOUBLE_EQ(value("minimum_income", alone, march), 371.20);
  EXPECT_DOUBLE_EQ(value("housing_aid", alone, march), 200.0);
  EXPECT_DOUBLE_EQ(value("housing_aid", with_children, march), 192.0);
  EXPECT_EQ(value("minimum_income", with_children, march), 0.0);
}

TEST_F(Toy, the_first_months_start_from_nothing) {
  // January 2020: no aid before, so the whole amount.
  EXPECT_DOUBLE_EQ(value("minimum_income", alone, Month::of(2020, 1)), 550.0);
}

TEST_F(Toy, heating_is_paid_in_winter_away_from_the_coast) {
  EXPECT_DOUBLE_EQ(value("heating_cheque", alone, Month::of(2024, 1)), 40.0);
  EXPECT_EQ(value("heating_cheque", alone, march), 0.0);
  EXPECT_EQ(value("heating_cheque", with_children, Month::of(2024, 1)), 0.0);
}

TEST_F(Toy, july_of_last_year_is_reached_by_name) { EXPECT_DOUBLE_EQ(value("wage_since_july", anna, march), 100.0); }

TEST_F(Toy, disposable_income_adds_up) {
  EXPECT_NEAR(value("disposable_income", with_children, march), 3100.0 + 163.75 + 192.0 - 1612.50 / 12, 1e-9);
  EXPECT_NEAR(value("disposable_income", alone, march), 371.20 + 200.0, 1e-9);
}

TEST_F(ReformedToy, changes_hold_from_their_dates) {
  const Month later = Month::of(2025, 3);
  EXPECT_DOUBLE_EQ(value("child_grant", with_children, later), 65.50 * 2.4);
  EXPECT_DOUBLE_EQ(value("child_grant", with_children, march), 65.50 * 2.5);
  EXPECT_DOUBLE_EQ(value("work_bonus", anna, later), 100.0);
  EXPECT_DOUBLE_EQ(value("heating_cheque", alone, later), 10.0);
  EXPECT_DOUBLE_EQ(value("heating_cheque", alone, Month::of(2024, 1)), 40.0);
  EXPECT_THROW(value("newborn_bonus", with_children, Month::of(2022, 1)), Error);
}

TEST_F(ReformedToy, records_what_it_changed) {
  ASSERT_EQ(law_.changes().size(), 6U);
  EXPECT_EQ(law_.changes()[0].reform, "generous");
}

}  // namespace
}  // namespace labacces
