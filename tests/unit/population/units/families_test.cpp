// Families (foyers of the CAF and of the RSA) from kinship, by the rules of law.
#include <gtest/gtest.h>

#include "tests/unit/population/units/people_of_a_dwelling.hpp"

namespace labacces::units {
namespace {

const Somebody mother{.id = "ann", .birth = "1982-03-01", .partner = "bob", .sex = Sex::woman, .marital = MaritalStatus::none};
const Somebody father{.id = "bob", .birth = "1980-03-01", .partner = "ann", .sex = Sex::man, .marital = MaritalStatus::none};
Somebody child_born(const std::string& birth) { return {.id = "cid", .birth = birth, .mother = "ann", .father = "bob"}; }
Somebody with(Somebody person, void (*change)(Somebody&)) {
  change(person);
  return person;
}

TEST(Families, a_couple_and_its_children_are_one_family_married_or_not) {
  EXPECT_EQ(families_of({mother, father, child_born("2015-01-01")}), "bob+ann(cid)");
  Somebody married_mother = mother, married_father = father;
  married_mother.marital = married_father.marital = MaritalStatus::married;
  EXPECT_EQ(families_of({married_mother, married_father, child_born("2015-01-01")}), "bob+ann(cid)");
}

TEST(Families, the_reference_person_is_the_demandeur) {
  EXPECT_EQ(families_of({with(mother, [](Somebody& p) { p.place = Place::reference; }), father, child_born("2015-01-01")}),
            "ann+bob(cid)");
}

// CASF R262-3: under 25; the rules of the law narrow it (CSS R512-2: 20, R522-1: 21).
TEST(Families, a_child_leaves_the_family_on_the_twenty_fifth_birthday) {
  EXPECT_EQ(families_of({mother, father, child_born("2000-06-02")}), "bob+ann(cid)");
  EXPECT_EQ(families_of({mother, father, child_born("2000-06-01")}), "bob+ann cid");
}

// CSS R512-2: 55 % of 169 hours at the gross minimum wage of June 2025, 11.88 EUR: 1,104.25 EUR.
TEST(Families, an_adult_child_paid_55_percent_of_the_minimum_wage_is_a_family_of_her_own) {
  Somebody child = child_born("2005-01-01");
  child.pay = 1104.24;
  EXPECT_EQ(families_of({mother, father, child}), "bob+ann(cid)");
  child.pay = 1104.25;
  EXPECT_EQ(families_of({mother, father, child}), "bob+ann cid");
}

// CASF R262-3: 40 % of 646.52 EUR, 258.61 EUR, from 21 on, when family benefits and housing aid count her no more.
TEST(Families, from_21_a_child_paid_what_she_adds_to_the_rsa_is_a_family_of_her_own) {
  Somebody child = child_born("2004-06-01");
  child.pay = 258.60;
  EXPECT_EQ(families_of({mother, father, child}), "bob+ann(cid)");
  child.pay = 258.61;
  EXPECT_EQ(families_of({mother, father, child}), "bob+ann cid");
  child.birth = "2004-06-02";
  EXPECT_EQ(families_of({mother, father, child}), "bob+ann(cid)");
}

TEST(Families, a_paid_minor_stays_with_the_parents) {
  Somebody child = child_born("2008-01-01");
  child.pay = 1500;
  EXPECT_EQ(families_of({mother, father, child}), "bob+ann(cid)");
}

// CSS L821-1: the AAH is a right of one's own from 20.
TEST(Families, a_disabled_adult_child_is_a_family_of_her_own_from_20) {
  Somebody child = child_born("2005-06-02");
  child.disabled = Answer::yes;
  EXPECT_EQ(families_of({mother, father, child}), "bob+ann(cid)");
  child.birth = "2005-06-01";
  EXPECT_EQ(families_of({mother, father, child}), "bob+ann cid");
}

// CASF R262-3, CSS L512-3: three generations.
TEST(Families, a_young_mother_makes_her_own_family_in_the_grandparents_dwelling) {
  const Somebody young{.id = "cid", .birth = "2007-09-01", .mother = "ann", .father = "bob"};
  const Somebody baby{.id = "dot", .birth = "2025-01-10", .mother = "cid"};
  EXPECT_EQ(families_of({mother, father, young, baby}), "bob+ann cid(dot)");
}

TEST(Families, a_young_couple_makes_its_own_family_in_the_parents_dwelling) {
  Somebody young = child_born("2004-09-01");
  young.partner = "eve";
  const Somebody partner{.id = "eve", .birth = "2005-09-01", .partner = "cid"};
  EXPECT_EQ(families_of({mother, father, young, partner}), "bob+ann cid+eve");
}

TEST(Families, flat_sharers_are_a_family_each) {
  EXPECT_EQ(families_of({{.id = "a"}, {.id = "b"}, {.id = "c", .birth = "2001-01-01"}}), "a b c");
}

TEST(Families, parents_of_a_child_who_are_no_couple_are_two_families_the_child_with_the_mother) {
  Somebody ann = mother, bob = father;
  ann.partner = bob.partner = nobody;
  EXPECT_EQ(families_of({ann, bob, child_born("2015-01-01")}), "ann(cid) bob");
  Somebody child = child_born("2015-01-01");
  child.custody = Custody::father;  // CSS R513-1: what the parents agree comes first
  EXPECT_EQ(families_of({ann, bob, child}), "ann bob(cid)");
}

TEST(Families, the_child_of_one_partner_is_in_the_family_of_the_couple) {
  EXPECT_EQ(families_of({mother, father, {.id = "cid", .birth = "2015-01-01", .mother = "ann"}}), "ann+bob(cid)");
}

TEST(Families, partners_in_two_dwellings_are_two_families) {
  Somebody bob = father;
  bob.dwelling = "n";
  EXPECT_EQ(families_of({mother, bob, child_born("2015-01-01")}), "ann(cid) bob");
  EXPECT_EQ(assumptions_of({mother, bob, child_born("2015-01-01")}), "partners_apart 2, reference_chosen 1");
}

// CSS L521-2: effective and permanent charge.
TEST(Families, a_minor_among_adults_who_are_no_parents_is_at_the_charge_of_the_reference_person) {
  const Somebody uncle{.id = "u", .birth = "1970-01-01"};
  const Somebody aunt{.id = "v", .birth = "1975-01-01", .place = Place::reference};
  const Somebody niece{.id = "w", .birth = "2012-01-01"};
  EXPECT_EQ(families_of({uncle, aunt, niece}), "u v(w)");
  EXPECT_EQ(assumptions_of({uncle, aunt, niece}), "taken_in 1");
}

TEST(Families, a_boarder_stays_in_the_parents_family) {
  const Somebody landlady{.id = "z", .dwelling = "n", .birth = "1960-01-01"};
  Somebody child = child_born("2010-01-01");
  child.dwelling = "n";
  EXPECT_EQ(families_of({mother, father, landlady, child}), "bob+ann z(cid)");
  child.away = Answer::yes;
  EXPECT_EQ(families_of({mother, father, landlady, child}), "bob+ann(cid) z");
}

TEST(Families, a_minor_without_any_adult_stays_with_parents_elsewhere_or_is_alone) {
  Somebody child = child_born("2009-01-01");
  child.dwelling = "n";
  EXPECT_EQ(families_of({mother, father, child}), "bob+ann(cid)");
  child.mother = child.father = nobody;
  EXPECT_EQ(families_of({mother, father, child}), "bob+ann cid");
  EXPECT_EQ(assumptions_of({mother, father, child}), "minor_alone 1, reference_chosen 1");
}

// CCH L822-2: housing aid asks for a dwelling of one's own.
TEST(Families, a_student_in_a_dwelling_of_her_own_is_a_family) {
  Somebody child = child_born("2006-01-01");
  child.dwelling = "n";
  child.student = Answer::yes;
  EXPECT_EQ(families_of({mother, father, child}), "bob+ann cid");
}

TEST(Families, a_child_not_born_yet_is_in_the_family) {
  EXPECT_EQ(families_of({mother, father, child_born("2025-09-01")}), "bob+ann(cid)");
}

TEST(Families, two_young_people_live_with_the_mother_of_one_of_them_in_the_dwelling_of_her_mother) {
  const Somebody grandmother{.id = "g", .birth = "1955-01-01"};
  const Somebody parent{.id = "p", .birth = "1984-01-01", .mother = "g"};
  const Somebody child{.id = "c", .birth = "2006-01-01", .mother = "p"};
  EXPECT_EQ(families_of({grandmother, parent, child}), "g p(c)");
}

}  // namespace
}  // namespace labacces::units
