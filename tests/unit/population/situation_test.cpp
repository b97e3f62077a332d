// Situations are read with roles, periods and nulls, filled in place, and refused with a path.
#include "libsim/population/situation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "libsim/base/error.hpp"
#include "tests/unit/population/small_schema.hpp"

namespace labacces {
namespace {

using testing::ElementsAre;

const Schema& schema() {
  static const Schema result = small_schema();
  return result;
}

constexpr const char* couple = R"({
  "individus": {
    "marie": {"date_naissance": {"ETERNITY": "1990-09-16"}, "salaire_net": {"2024": 12000, "2024-03": 1500.5, "month:2023-10:3": 300},
              "activite": {"2024-01": "Chômeur", "2024-02": "actif"}},
    "jean": {"boursier": {"2024": true}, "salaire_net": {"2024-01": 0}},
    "lou": {"date_naissance": {"ETERNITY": "2020-02-29"}}
  },
  "familles": {"f": {"parents": ["marie", "jean"], "enfants": ["lou"], "rsa": {"2024-02": null, "2024-01": 12.5}, "rsa_majore_inconnu": {"2024-01": null}}},
  "foyers_fiscaux": {"b": {"declarants": "jean", "revenu_categoriel_foncier": {"year:2023:2": 1000}}, "a": {"declarants": ["marie"], "personnes_a_charge": ["lou"]}},
  "menages": {"m": {"personne_de_reference": ["marie"], "conjoint": "jean", "enfants": ["lou"], "loyer": {"2024": 1e3, "2023-12": null}, "statut_occupation_logement": {"2024": "locataire_hlm"}}}
})";

const Column& column(const Population& population, const std::string& name, Period period) {
  const VariableData* data = population.find(name);
  SIM_CHECK(data != nullptr, "the variable is there");
  for (const PeriodColumn& entry : data->periods) {
    if (entry.period == period) return population.columns()[entry.column];
  }
  throw Defect("no such period");
}

TEST(Situation, persons_units_and_roles_are_read) {
  const Situation situation = read_situation("s.json", couple, schema());
  const Population& population = situation.population;
  EXPECT_THAT(population.ids(Level::individu), ElementsAre("jean", "lou", "marie"));
  EXPECT_THAT(population.ids(Level::foyer_fiscal), ElementsAre("a", "b"));
  EXPECT_THAT(population.membership(Level::famille).role_of, ElementsAre(1, 2, 0));
  EXPECT_THAT(population.membership(Level::foyer_fiscal).unit_of, ElementsAre(1, 0, 0));
  EXPECT_THAT(population.membership(Level::menage).role_of, ElementsAre(1, 2, 0));
  EXPECT_TRUE(situation.built_levels.empty());
  EXPECT_EQ(population.source(), "s.json");
}

TEST(Situation, values_stand_in_the_columns_of_their_periods) {
  const Situation situation = read_situation("s.json", couple, schema());
  const Population& population = situation.population;
  const Column& year = column(population, "salaire_net", Period::year(2024));
  EXPECT_THAT(year.values, ElementsAre(0, 0, 12000));
  EXPECT_THAT(year.given, ElementsAre(0, 0, 1));
  EXPECT_THAT(column(population, "salaire_net", Period::month(Month::of(2024, 3))).values, ElementsAre(0, 0, 1500.5));
  EXPECT_THAT(column(population, "salaire_net", Period::month(Month::of(2023, 12))).values, ElementsAre(0, 0, 100));
  EXPECT_THAT(column(population, "salaire_net", Period::month(Month::of(2024, 1))).given, ElementsAre(1, 0, 0));
  EXPECT_THAT(column(population, "activite", Period::month(Month::of(2024, 1))).values, ElementsAre(0, 0, 1));
  EXPECT_THAT(column(population, "revenu_categoriel_foncier", Period::year(2024)).values, ElementsAre(0, 500));
  EXPECT_EQ(column(population, "date_naissance", Period::eternity()).values[2], Day::of(1990, 9, 16).days);
  EXPECT_THAT(column(population, "loyer", Period::year(2024)).values, ElementsAre(1000));
  EXPECT_TRUE(column(population, "loyer", Period::year(2024)).complete());
}

TEST(Situation, each_null_is_filled_in_place_and_all_other_bytes_stay) {
  const Situation situation = read_situation("s.json", couple, schema());
  ASSERT_EQ(situation.requests.size(), 2U);
  EXPECT_EQ(situation.requests[0].variable, "rsa");
  EXPECT_EQ(situation.requests[1].variable, "loyer");
  ASSERT_EQ(situation.unknown.size(), 1U);
  EXPECT_EQ(situation.unknown[0].variable, "rsa_majore_inconnu");
  const std::vector<std::vector<double>> values{{607.75}, {-0.0}};
  std::string expected = couple;
  expected.replace(expected.find("null"), 4, "607.75");
  expected.replace(expected.find("\"2023-12\": null") + 11, 4, "0");
  EXPECT_EQ(filled_situation(situation, schema(), values), expected);
  EXPECT_EQ(filled_situation(situation, schema(), std::vector<std::vector<double>>(2)), couple);
}

TEST(Situation, nulls_in_texts_are_no_requests_and_each_kind_is_written_in_its_form) {
  const std::string text =
      R"({"individus": {"null \" null": {"activite": {"2024-01": null}, "boursier": {"2024-01": null}, "date_naissance": {"ETERNITY": null}}}})";
  const Situation situation = read_situation("s.json", text, schema());
  EXPECT_EQ(
      filled_situation(situation, schema(), std::vector<std::vector<double>>{{3}, {1}, {0}}),
      R"({"individus": {"null \" null": {"activite": {"2024-01": "retraite"}, "boursier": {"2024-01": true}, "date_naissance": {"ETERNITY": "1970-01-01"}}}})");
}

TEST(Situation, an_amount_asked_for_a_year_is_the_sum_of_its_months) {
  const Situation situation =
      read_situation("s.json", R"({"individus": {"a": {}}, "famille": {"parents": ["a"], "rsa": {"2024": null}}})", schema());
  ASSERT_EQ(situation.requests.size(), 1U);
  EXPECT_EQ(situation.requests[0].parts.size(), 12U);
  EXPECT_EQ(situation.requests[0].parts[11], Period::month(Month::of(2024, 12)));
}

TEST(Situation, entities_that_are_wholly_absent_are_one_a_person) {
  const Situation situation = read_situation(
      "s.json", R"({"individus": {"b": {}, "a": {}}, "familles": {"f": {"demandeur": "a", "conjoint": ["b"]}}})", schema());
  EXPECT_THAT(situation.population.ids(Level::menage), ElementsAre("a", "b"));
  EXPECT_THAT(situation.population.ids(Level::famille), ElementsAre("f"));
  EXPECT_THAT(situation.built_levels, ElementsAre(Level::foyer_fiscal, Level::menage));
}

std::string one_family(const std::string& person, const std::string& family = R"({"parents": ["a"]})") {
  return R"({"individus": {"a": )" + person + R"(}, "familles": {"f": )" + family + "}}";
}

/// Every line of the error, joined.
std::string complaint(const std::string& text) {
  try {
    read_situation("s.json", text, schema());
  } catch (const Error& error) {
    std::string result;
    for (const Diagnostic& diagnostic : error.diagnostics()) result += (result.empty() ? "" : "\n") + render_one_line(diagnostic);
    return result;
  }
  return "no error";
}

struct BadSituation {
  const char* fact;
  std::string text;
  const char* complaint;
};

class BadSituations : public testing::TestWithParam<BadSituation> {};

TEST_P(BadSituations, are_refused_with_path_and_nearest_name) { EXPECT_EQ(complaint(GetParam().text), GetParam().complaint); }

INSTANTIATE_TEST_SUITE_P(
    Situation, BadSituations,
    testing::Values(
        BadSituation{"unknown_variable", one_family(R"({"salaire_nte": {"2024-01": 1}})"),
                     "s.json: individus/a/salaire_nte: error: unknown variable 'salaire_nte' (did you mean 'salaire_net'?)"},
        BadSituation{"unknown_code", one_family(R"({"activite": {"2024-01": "chomeurs"}})"),
                     "s.json: individus/a/activite/2024-01: error: 'activite': expected one of actif, chomeur, etudiant, "
                     "retraite, inactif, found \"chomeurs\" "
                     "(did you mean 'chomeur'?)"},
        BadSituation{"text_for_number", one_family(R"({"salaire_net": {"2024-01": "1200"}})"),
                     "s.json: individus/a/salaire_net/2024-01: error: 'salaire_net': expected a number, found \"1200\""},
        BadSituation{"number_for_yes_no", one_family(R"({"boursier": {"2024-01": 2}})"),
                     "s.json: individus/a/boursier/2024-01: error: 'boursier': expected true or false, found 2"},
        BadSituation{"bad_date", one_family(R"({"date_naissance": {"ETERNITY": "2023-02-29"}})"),
                     "s.json: individus/a/date_naissance/ETERNITY: error: 'date_naissance': expected a date such as 1990-01-31, "
                     "found \"2023-02-29\""},
        BadSituation{"bad_period", one_family(R"({"salaire_net": {"2024-13": 1}})"),
                     "s.json: individus/a/salaire_net/2024-13: error: '2024-13' is not a period: expected a month '2024-01', a "
                     "year '2024', months "
                     "'month:2024-01:3' or 'ETERNITY'"},
        BadSituation{"no_period", one_family(R"({"salaire_net": 12})"),
                     "s.json: individus/a/salaire_net: error: expected values by period, such as {\"2024-01\": 12}, found 12"},
        BadSituation{"same_time_twice", one_family(R"({"salaire_net": {"2024": 1, "year:2024": 2}})"),
                     "s.json: individus/a/salaire_net/year:2024: error: 'salaire_net' has two values for the same time"},
        BadSituation{
            "month_asked_of_a_yearly",
            R"({"individus": {"a": {}}, "foyer_fiscal": {"declarants": ["a"], "revenu_categoriel_foncier": {"2024-01": null}}})",
            "s.json: foyer_fiscal/revenu_categoriel_foncier/2024-01: error: 'revenu_categoriel_foncier' is yearly: expected a "
            "year such as '2024', found "
            "'2024-01'"},
        BadSituation{
            "month_given_to_a_yearly",
            R"({"individus": {"a": {}}, "foyer_fiscal": {"declarants": ["a"], "revenu_categoriel_foncier": {"2024-01": 3}}})",
            "s.json: foyer_fiscal/revenu_categoriel_foncier/2024-01: error: 'revenu_categoriel_foncier' is yearly: expected a "
            "year such as '2024', found "
            "'2024-01'"},
        BadSituation{"other_level", one_family(R"({"loyer": {"2024-01": 500}})"),
                     "s.json: individus/a/loyer: error: 'loyer' is a variable of menages, not of individus"},
        BadSituation{"two_families",
                     R"({"individus": {"a": {}}, "familles": {"f": {"parents": ["a"]}, "g": {"parents": ["a"]}}})",
                     "s.json: familles/g/parents/0: error: 'a' is already in famille 'f'\ns.json: familles/g: error: there is no "
                     "demandeur"},
        BadSituation{"twice_in_one_family", one_family("{}", R"({"parents": ["a"], "enfants": ["a"]})"),
                     "s.json: familles/f/enfants/0: error: 'a' is twice in famille 'f'"},
        BadSituation{"no_family", R"({"individus": {"a": {}, "b": {}}, "familles": {"f": {"parents": ["a"]}}})",
                     "s.json: individus/b: error: 'b' is in no famille"},
        BadSituation{"unknown_person",
                     R"({"individus": {"jeanne": {}}, "familles": {"f": {"parents": ["jeanne"], "enfants": ["jeane"]}}})",
                     "s.json: familles/f/enfants/0: error: there is no individu 'jeane' (did you mean 'jeanne'?)"},
        BadSituation{"two_references",
                     R"({"individus": {"a": {}, "b": {}}, "menages": {"m": {"personne_de_reference": ["a", "b"]}}})",
                     "s.json: menages/m/personne_de_reference/1: error: 'm' has two of 'personne_de_reference': 'a' and 'b'\n"
                     "s.json: individus/b: error: 'b' is in no menage"},
        BadSituation{"three_parents",
                     R"({"individus": {"a": {}, "b": {}, "c": {}}, "familles": {"f": {"parents": ["a", "b", "c"]}}})",
                     "s.json: familles/f/parents/2: error: 'f' has more than two parents: 'b' and 'c'\ns.json: individus/c: "
                     "error: 'c' is in no famille"},
        BadSituation{"role_of_a_number", one_family("{}", R"({"parents": ["a"], "enfants": 3})"),
                     "s.json: familles/f/enfants: error: expected a list of persons"},
        BadSituation{"unknown_top_key", R"({"individus": {"a": {}}, "menage_s": {}})",
                     "s.json: menage_s: error: unknown key 'menage_s' (did you mean 'menages'?)"},
        BadSituation{"no_persons", R"({"familles": {}})", "s.json: error: there are no individus"},
        BadSituation{"empty_persons", R"({"individus": {}})", "s.json: individus: error: there is no person"},
        BadSituation{"top_level_list", "[1, 2]",
                     "s.json: error: expected an object with individus, familles, foyers_fiscaux and menages"},
        BadSituation{"repeated_key", R"({"individus": {"a": {}, "a": {}}})",
                     "s.json: individus/a: error: the key 'a' stands twice in one object"}),
    [](const testing::TestParamInfo<BadSituation>& bad) { return std::string(bad.param.fact); });

TEST(Situation, syntax_errors_name_line_and_column) {
  EXPECT_THAT(complaint("{\n  \"individus\": {\n    \"a\": {},\n  }\n}"),
              testing::StartsWith("s.json:4:3: error: JSON syntax error"));
  EXPECT_THAT(complaint(""), testing::HasSubstr("the file is empty"));
  EXPECT_THAT(complaint(std::string(200000, '[')), testing::HasSubstr("nested deeper than 200"));
  EXPECT_THAT(complaint("{\"individus\": {\"\xff\": {}}}"), testing::HasSubstr("not UTF-8"));
}

TEST(Situation, no_more_than_twenty_findings_are_reported) {
  std::string persons;
  for (int i = 0; i < 50; ++i)
    persons += (i > 0 ? ", \"" : "\"") + std::to_string(i) + "\": {\"rien_du_tout\": {\"2024-01\": 1}}";
  const std::string lines = complaint("{\"individus\": {" + persons + "}}");
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 19);
}

}  // namespace
}  // namespace labacces
