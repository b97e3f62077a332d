// Kinship: links that cannot be, links that are inferred, dwellings, inputs that follow, notes.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "tests/unit/population/units/people_of_a_dwelling.hpp"

namespace labacces::units {
namespace {

constexpr Columns no_links{.parents = false, .partner = false};

// ---------------------------------------------------------------- links that cannot be

TEST(Findings, a_link_to_nobody_of_the_file) {
  EXPECT_EQ(findings_of({{.id = "a", .mother = "x", .father = "y", .partner = "z"}}),
            "father_not_in_file 1, mother_not_in_file 1, partner_not_in_file 1");
}

TEST(Findings, a_link_to_oneself) {
  EXPECT_EQ(findings_of({{.id = "a", .mother = "a", .partner = "a"}, {.id = "b", .father = "b"}}),
            "own_father 1, own_mother 1, own_partner 1");
}

TEST(Findings, a_mother_who_is_not_older_and_a_father_who_is_the_mother) {
  const Somebody young{.id = "m", .birth = "2001-01-01"}, old{.id = "c", .birth = "2000-01-01", .mother = "m"};
  EXPECT_EQ(findings_of({young, old}), "mother_younger_than_child 1");
  EXPECT_EQ(findings_of({{.id = "a"}, {.id = "b", .birth = "2010-01-01", .mother = "a", .father = "a"}}), "one_parent_twice 1");
}

TEST(Findings, a_cycle_of_parents_is_called_so) {
  const Somebody a{.id = "a", .birth = "1960-01-01", .mother = "c"}, b{.id = "b", .birth = "1980-01-01", .father = "a"},
      c{.id = "c", .birth = "2000-01-01", .mother = "b"};
  EXPECT_EQ(findings_of({a, b, c}), "cycle_of_parents_mother 1");
}

TEST(Findings, a_partner_who_names_another_or_nobody) {
  EXPECT_EQ(findings_of({{.id = "a", .partner = "b"}, {.id = "b"}}), "partner_not_mutual 1");
  EXPECT_EQ(findings_of({{.id = "a", .partner = "b"}, {.id = "b", .partner = "c"}, {.id = "c", .partner = "b"}}),
            "partner_not_mutual 1");
  EXPECT_EQ(families_of({{.id = "a", .partner = "b"}, {.id = "b", .partner = "c"}, {.id = "c", .partner = "b"}}), "a b+c");
}

TEST(Findings, a_partner_who_is_a_parent) {
  EXPECT_EQ(findings_of({{.id = "a", .birth = "1960-01-01", .partner = "b"}, {.id = "b", .mother = "a", .partner = "a"}}),
            "partner_is_parent_or_child 2");
}

TEST(Findings, a_child_with_a_partner) {
  EXPECT_EQ(findings_of({{.id = "a", .birth = "2010-06-02", .partner = "b"}, {.id = "b", .partner = "a"}}),
            "partner_of_a_child 1");
  EXPECT_EQ(findings_of({{.id = "a", .birth = "2010-06-01", .partner = "b"}, {.id = "b", .partner = "a"}}), "");
}

TEST(Findings, two_references_and_two_conjoints) {
  const auto in = [](const char* id, Place place) { return Somebody{.id = id, .place = place}; };
  EXPECT_EQ(
      findings_of({in("a", Place::reference), in("b", Place::reference), in("c", Place::conjoint), in("d", Place::conjoint)}),
      "two_conjoints 1, two_references 1");
}

TEST(Findings, the_error_has_the_place_of_each_and_both_ids) {
  const Kinship kinship = kinship_of({{.id = "a", .mother = "x"}, {.id = "b", .birth = "1970-01-01", .father = "a"}});
  const BuiltUnits built = build_units(kinship, in_june_2025);
  const Error error = kinship_error(kinship, built, [](std::int32_t row, Link link) {
    return Location{"p.csv", static_cast<std::uint32_t>(row) + 2, link == Link::mother ? 4U : 5U, {}};
  });
  ASSERT_EQ(error.diagnostics().size(), 2U);
  EXPECT_EQ(render_one_line(error.diagnostics()[0]),
            "p.csv:3:5: error: individu 'b': the father is not older than this person: 'a'");
  EXPECT_EQ(render_one_line(error.diagnostics()[1]), "p.csv:2:4: error: individu 'a': the mother is in no row of the file: 'x'");
}

TEST(Findings, many_of_a_kind_are_counted_and_each_kind_is_shown) {
  std::vector<Somebody> people{{.id = "old", .partner = "none"}};
  for (int i = 0; i < 50; ++i) people.push_back({.id = "p" + std::to_string(i), .birth = "1960-01-01", .mother = "old"});
  const Kinship kinship = kinship_of(people);
  const Error error = kinship_error(kinship, build_units(kinship, in_june_2025), [](std::int32_t row, Link) {
    return Location{"p.csv", static_cast<std::uint32_t>(row) + 2, 1, {}};
  });
  ASSERT_EQ(error.diagnostics().size(), 12U);  // ten of the one kind, one of the other, the counts
  EXPECT_EQ(render_one_line(error.diagnostics().back()),
            "p.csv: error: 51 links of kinship cannot be, the first of each kind are above: mother_younger_than_child 50, "
            "partner_not_in_file 1");
}

TEST(Findings, units_are_built_all_the_same) {
  EXPECT_EQ(families_of({{.id = "a", .mother = "a", .partner = "b"}, {.id = "b", .birth = "2015-01-01", .mother = "a"}}), "a(b)");
}

TEST(Findings, a_vector_of_a_wrong_length_is_a_defect) {
  Kinship kinship = kinship_of({{.id = "a"}});
  kinship.mother = {0, 0};
  EXPECT_THROW(build_units(kinship, in_june_2025), Defect);
  kinship.mother = {7};
  EXPECT_THROW(build_units(kinship, in_june_2025), Defect);
}

// ---------------------------------------------------------------- links inferred

const Somebody man{.id = "man", .birth = "1980-01-01", .sex = Sex::man},
    woman{.id = "wom", .birth = "1983-01-01", .sex = Sex::woman};

TEST(Inference, without_links_the_two_adults_of_a_generation_are_a_couple_with_their_children) {
  const std::vector<Somebody> people{man, woman, {.id = "c", .birth = "2010-01-01"}, {.id = "d", .birth = "2003-01-01"}};
  EXPECT_EQ(families_of(people, no_links), "man+wom(c d)");
  EXPECT_EQ(dwellings_of(people, no_links), "man+wom(c d)");
  EXPECT_EQ(assumptions_of(people, no_links),
            "adult_child_at_charge 1, couple_from_ages 2, couple_of_unknown_status 2, parents_from_ages 2, reference_chosen 1, "
            "studies_unknown 1");
}

TEST(Inference, three_adults_of_a_generation_two_of_a_sex_and_two_students_are_no_couple) {
  EXPECT_EQ(families_of({man, woman, {.id = "x", .birth = "1985-01-01"}}, no_links), "man wom x");
  EXPECT_EQ(families_of({man, {.id = "x", .birth = "1985-01-01", .sex = Sex::man}}, no_links), "man x");
  Somebody he = man, she = woman;
  he.student = she.student = Answer::yes;
  EXPECT_EQ(families_of({he, she}, no_links), "man wom");
}

TEST(Inference, a_spouse_is_not_paired_with_somebody_unmarried) {
  Somebody she = woman;
  she.marital = MaritalStatus::married;
  Somebody he = man;
  he.marital = MaritalStatus::none;
  EXPECT_EQ(families_of({he, she}, no_links), "man wom");
  he.marital = MaritalStatus::married;
  EXPECT_EQ(assumptions_of({he, she}, no_links), "couple_from_marital_status 2, reference_chosen 1");
}

TEST(Inference, a_grandparent_a_young_couple_and_their_child_are_two_families) {
  const Somebody old{.id = "old", .birth = "1955-01-01"}, child{.id = "c", .birth = "2020-01-01"};
  EXPECT_EQ(families_of({old, man, woman, child}, no_links), "old man+wom(c)");
  EXPECT_EQ(families_of({old, man, woman}, no_links), "old man wom");  // brother and sister
}

TEST(Inference, places_in_the_dwelling_come_before_ages) {
  const auto in = [](Somebody person, Place place) {
    person.place = place;
    return person;
  };
  const Somebody child{.id = "c", .birth = "1999-01-01", .student = Answer::yes};
  const std::vector<Somebody> people{in(man, Place::conjoint), in(woman, Place::reference), in(child, Place::child),
                                     in({.id = "l", .birth = "1982-01-01"}, Place::other)};
  EXPECT_EQ(dwellings_of(people, no_links), "wom+man(c)/l");
  EXPECT_EQ(families_of(people, no_links), "wom+man c l");
  EXPECT_EQ(assumptions_of(people, no_links), "couple_of_unknown_status 2, parents_from_places 1");
}

TEST(Inference, parents_of_the_same_child_are_a_couple_where_there_is_no_column_of_partners) {
  const Somebody child{.id = "c", .birth = "2015-01-01", .mother = "wom", .father = "man"};
  EXPECT_EQ(families_of({man, woman, child}, {.partner = false}), "man+wom(c)");
  EXPECT_EQ(assumptions_of({man, woman, child}, {.partner = false}),
            "couple_from_children 2, couple_of_unknown_status 2, reference_chosen 1");
}

TEST(Inference, an_empty_cell_of_a_column_that_is_there_means_nobody) { EXPECT_EQ(families_of({man, woman}), "man wom"); }

TEST(Inference, a_stepfather_too_young_to_be_the_father_is_not_taken_for_one) {
  const Somebody young{.id = "y", .birth = "1997-01-01", .partner = "wom", .sex = Sex::man};
  Somebody she = woman;
  she.partner = "y";
  she.marital = MaritalStatus::none;
  const Somebody child{.id = "c", .birth = "2012-01-01"};
  EXPECT_EQ(tax_units_of({young, she, child}, {.parents = false}), "y wom(c)");
}

// ---------------------------------------------------------------- dwellings and inputs

TEST(Dwellings, grandparents_and_lodgers_are_others_and_adult_children_are_children) {
  const Somebody mother{.id = "ann", .birth = "1965-01-01", .mother = "old", .partner = "bob"},
      father{.id = "bob", .birth = "1964-01-01", .partner = "ann"}, old{.id = "old", .birth = "1940-01-01"},
      son{.id = "son", .birth = "1992-01-01", .father = "bob"}, lodger{.id = "l", .birth = "1990-01-01"};
  EXPECT_EQ(dwellings_of({mother, father, old, son, lodger}), "bob+ann(son)/old l");
}

TEST(Inputs, adults_with_parents_are_hosted_and_strangers_share_the_flat) {
  const Kinship kinship = kinship_of({{.id = "ann", .birth = "1960-01-01", .place = Place::reference},
                                      {.id = "son", .birth = "1990-01-01", .mother = "ann"},
                                      {.id = "x", .dwelling = "n", .place = Place::reference},
                                      {.id = "y", .dwelling = "n"},
                                      {.id = "z", .dwelling = "o"}});
  const BuiltUnits built = build_units(kinship, in_june_2025);
  EXPECT_EQ(built.lives_with_parents, (std::vector<std::uint8_t>{0, 1, 0, 0, 0}));
  EXPECT_EQ(built.hosted_by_family, (std::vector<std::uint8_t>{0, 1, 0, 0, 0}));
  EXPECT_EQ(built.flat_share, (std::vector<std::uint8_t>{0, 1, 0}));
}

TEST(Notes, json_has_kind_text_and_count_and_the_text_fits_80_columns) {
  const Kinship kinship = kinship_of({{.id = "u", .birth = "1970-01-01"}, {.id = "w", .birth = "2012-01-01"}});
  const BuiltUnits built = build_units(kinship, in_june_2025);
  const nlohmann::ordered_json json = assumptions_json(built);
  ASSERT_EQ(json.size(), 2U);
  EXPECT_EQ(json[1].at("kind"), "taken_in");
  EXPECT_EQ(json[1].at("count"), 1);
  const std::string text = assumptions_text(kinship, built);
  EXPECT_NE(text.find("[w]"), std::string::npos) << text;
  for (const std::string_view line : split(text, '\n')) EXPECT_LE(display_width(line), 80U) << line;
}

}  // namespace
}  // namespace labacces::units
