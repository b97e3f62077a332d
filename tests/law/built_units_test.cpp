// Units built from kinship, under the French law: the tax unit over two dwellings, the adult child, the flat-share.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "libsim/engine/run.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/population/population_builder.hpp"
#include "tests/law/french_law.hpp"
#include "tests/unit/population/units/people_of_a_dwelling.hpp"

namespace labacces::units {
namespace {

/// One column: values by unit, in the order of the kinship's rows or of the dwellings'.
struct Given {
  std::string variable;
  Level level;
  std::vector<double> values;
};

/// The people with their built units, their births, the inputs that follow from kinship, and what is given.
Population population_of(const Kinship& kinship, const std::vector<Given>& given) {
  const BuiltUnits built = build_units(kinship, in_june_2025);
  PopulationTables tables;
  tables.source = "kinship";
  tables.ids[index_of(Level::individu)] = kinship.ids;
  for (const Level group : group_levels) {
    tables.ids[index_of(group)] = built.of[index_of(group)].ids;
    tables.unit_of[index_of(group)] = built.of[index_of(group)].unit_of;
    tables.role_of[index_of(group)] = built.of[index_of(group)].role_of;
  }
  const auto add = [&](const std::string& variable, Level level, std::vector<double> values) {
    tables.variables.push_back({variable, level, {{Period::eternity(), static_cast<std::uint32_t>(tables.columns.size())}}});
    tables.columns.push_back({std::move(values), {}});
  };
  std::vector<double> births;
  for (const Day birth : kinship.birth) births.push_back(birth.days);
  add("date_naissance", Level::individu, births);
  add("proprietaire_proche_famille", Level::famille, {built.hosted_by_family.begin(), built.hosted_by_family.end()});
  add("coloc", Level::menage, {built.flat_share.begin(), built.flat_share.end()});
  for (const Given& one : given) add(one.variable, one.level, one.values);
  return PopulationBuilder::build(std::move(tables));
}

/// The value of the unit of that id.
double value_of(const Population& population, const std::string& variable, Level level, const std::string& id, Period period,
                const engine::RunOptions& options = {.threads = 1}) {
  const std::vector<const law::Law*> laws{&french_law()};
  const std::vector<plan::Request> requests{{variable, period}};
  const plan::Graph graph = plan::build_graph(laws, requests, population);
  const auto results = engine::run(plan::schedule(graph), population, options);
  const std::vector<std::string> ids = population.ids(level);
  const auto found = std::find(ids.begin(), ids.end(), id);
  EXPECT_NE(found, ids.end()) << id;
  return results[0][static_cast<std::size_t>(found - ids.begin())];
}

double code(const std::string& variable, const std::string& item) {
  static const Schema schema = french_law().schema();
  const VariableInfo* info = schema.find(variable);
  const auto found = std::find(info->items.begin(), info->items.end(), item);
  EXPECT_NE(found, info->items.end()) << item;
  return static_cast<double>(found - info->items.begin());
}

constexpr Period june = Period{Period::Kind::month, Month::of(2025, 6).index};

/// Ann and Bob, married, own their home; Cid, 20, studies and rents a room in another town.
Kinship student_away() {
  return kinship_of(
      {{.id = "1", .birth = "1975-01-01", .partner = "2", .marital = MaritalStatus::married, .place = Place::reference},
       {.id = "2", .birth = "1976-01-01", .partner = "1", .marital = MaritalStatus::married},
       {.id = "3", .birth = "2009-01-01", .mother = "1", .father = "2"},
       {.id = "9", .dwelling = "room", .birth = "2005-01-01", .mother = "1", .father = "2", .student = Answer::yes}});
}
std::vector<Given> student_rents() {
  return {{"activite",
           Level::individu,
           {code("activite", "actif"), code("activite", "inactif"), code("activite", "etudiant"), code("activite", "etudiant")}},
          {"statut_marital",
           Level::individu,
           {code("statut_marital", "marie"), code("statut_marital", "marie"), code("statut_marital", "celibataire"),
            code("statut_marital", "celibataire")}},
          {"salaire_imposable", Level::individu, {2500, 0, 0, 0}},
          {"statut_occupation_logement",
           Level::menage,
           {code("statut_occupation_logement", "proprietaire"), code("statut_occupation_logement", "locataire_meuble")}},
          {"loyer", Level::menage, {0, 400}}};
}

// CGI 6 3, 194, 196 B: a minor and an attached student are half a part each: 2 + 0.5 + 0.5.
TEST(BuiltUnits, a_student_in_another_dwelling_counts_in_the_parents_tax_unit_and_has_housing_aid_of_her_own) {
  const Population population = population_of(student_away(), student_rents());
  ASSERT_EQ(population.count(Level::foyer_fiscal), 1U);
  ASSERT_EQ(population.count(Level::menage), 2U);
  EXPECT_EQ(population.blocks().size(), 2U);  // both dwellings in one block
  EXPECT_EQ(value_of(population, "nbptr", Level::foyer_fiscal, "1", Period::year(2025)), 3.0);
  EXPECT_GT(value_of(population, "aide_logement", Level::famille, "9", june), 100.0);
  EXPECT_EQ(value_of(population, "aide_logement", Level::famille, "1", june), 0.0);
  EXPECT_EQ(value_of(population, "af_nbenf", Level::famille, "1", june), 1.0);
}

TEST(BuiltUnits, chunks_and_threads_do_not_part_a_tax_unit_over_two_dwellings) {
  const Population population = population_of(student_away(), student_rents());
  for (const std::size_t rows : {std::size_t{1}, std::size_t{2}, std::size_t{2048}}) {
    for (const unsigned threads : {1U, 2U}) {
      EXPECT_EQ(value_of(population, "nbptr", Level::foyer_fiscal, "1", Period::year(2025),
                         {.threads = threads, .rows_per_chunk = rows}),
                3.0);
    }
  }
}

// CCH L822-3 and the lease: who lives with parents who rent is not the tenant.
TEST(BuiltUnits, an_adult_child_in_the_parents_flat_has_no_second_housing_aid) {
  const Kinship kinship = kinship_of(
      {{.id = "1", .birth = "1965-01-01", .place = Place::reference}, {.id = "2", .birth = "1995-01-01", .mother = "1"}});
  const Population population = population_of(
      kinship, {{"statut_occupation_logement", Level::menage, {code("statut_occupation_logement", "locataire_vide")}},
                {"loyer", Level::menage, {500}}});
  EXPECT_GT(value_of(population, "aide_logement", Level::famille, "1", june), 100.0);
  EXPECT_EQ(value_of(population, "aide_logement", Level::famille, "2", june), 0.0);
  EXPECT_GT(value_of(population, "rsa", Level::famille, "2", june), 500.0);
}

// The family is built as wide as the RSA has it; each benefit narrows it: 22 years count for the RSA, not for the housing aid.
TEST(BuiltUnits, a_child_of_22_counts_for_the_rsa_alone) {
  const Kinship kinship = kinship_of(
      {{.id = "1", .birth = "1975-01-01", .place = Place::reference}, {.id = "2", .birth = "2003-01-01", .mother = "1"}});
  const Population population = population_of(kinship, {});
  ASSERT_EQ(population.count(Level::famille), 1U);
  EXPECT_EQ(value_of(population, "rsa_nb_enfants", Level::famille, "1", june), 1.0);
  EXPECT_EQ(value_of(population, "al_nb_personnes_a_charge", Level::famille, "1", june), 0.0);
  EXPECT_EQ(value_of(population, "af_nbenf", Level::famille, "1", june), 0.0);
}

}  // namespace
}  // namespace labacces::units
