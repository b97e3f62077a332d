// Tax units (foyers fiscaux) from kinship: CGI 6, 194, 196.
#include <gtest/gtest.h>

#include "tests/unit/population/units/people_of_a_dwelling.hpp"

namespace labacces::units {
namespace {

Somebody ann(MaritalStatus marital) {
  return {.id = "ann", .birth = "1982-03-01", .partner = "bob", .sex = Sex::woman, .marital = marital};
}
Somebody bob(MaritalStatus marital) {
  return {.id = "bob", .birth = "1980-03-01", .partner = "ann", .sex = Sex::man, .marital = marital};
}
Somebody child_born(const std::string& birth) { return {.id = "cid", .birth = birth, .mother = "ann", .father = "bob"}; }

// CGI 6 1.
TEST(TaxUnits, spouses_and_pacs_partners_are_one_and_unmarried_partners_two) {
  EXPECT_EQ(tax_units_of({ann(MaritalStatus::married), bob(MaritalStatus::married)}), "bob+ann");
  EXPECT_EQ(tax_units_of({ann(MaritalStatus::pacs), bob(MaritalStatus::pacs)}), "bob+ann");
  EXPECT_EQ(tax_units_of({ann(MaritalStatus::none), bob(MaritalStatus::none)}), "ann bob");
}

TEST(TaxUnits, partners_of_unknown_status_are_taken_for_married_and_counted) {
  const std::vector<Somebody> people{ann(MaritalStatus::unknown), bob(MaritalStatus::unknown)};
  EXPECT_EQ(tax_units_of(people), "bob+ann");
  EXPECT_EQ(assumptions_of(people), "couple_of_unknown_status 2, reference_chosen 1");
  EXPECT_EQ(tax_units_of({ann(MaritalStatus::married), bob(MaritalStatus::unknown)}), "bob+ann");
  EXPECT_EQ(tax_units_of({ann(MaritalStatus::none), bob(MaritalStatus::unknown)}), "ann bob");
  EXPECT_EQ(tax_units_of({ann(MaritalStatus::none), bob(MaritalStatus::married)}), "ann bob");
}

TEST(TaxUnits, spouses_in_two_dwellings_are_one_and_unmarried_partners_are_not) {
  Somebody away = bob(MaritalStatus::married);
  away.dwelling = "n";
  EXPECT_EQ(tax_units_of({ann(MaritalStatus::married), away}), "bob+ann");
}

// CGI 193 ter, 194: the child of unmarried parents goes with one of them.
TEST(TaxUnits, a_child_of_unmarried_parents_goes_with_the_higher_income_or_the_first) {
  Somebody mother = ann(MaritalStatus::none), father = bob(MaritalStatus::none);
  EXPECT_EQ(tax_units_of({mother, father, child_born("2015-01-01")}), "ann bob(cid)");
  mother.place = Place::reference;
  EXPECT_EQ(tax_units_of({mother, father, child_born("2015-01-01")}), "ann(cid) bob");
  mother.income = 15'000;
  father.income = 18'000;
  EXPECT_EQ(tax_units_of({mother, father, child_born("2015-01-01")}), "ann bob(cid)");
  EXPECT_EQ(assumptions_of({mother, father, child_born("2015-01-01")}), "child_by_income 1");
  father.income = std::nullopt;
  EXPECT_EQ(tax_units_of({mother, father, child_born("2015-01-01")}), "ann(cid) bob");
  EXPECT_EQ(assumptions_of({mother, father, child_born("2015-01-01")}), "child_by_order 1");
}

TEST(TaxUnits, a_child_of_separated_parents_goes_with_the_one_it_lives_with) {
  Somebody mother = ann(MaritalStatus::none), father = bob(MaritalStatus::none);
  mother.partner = father.partner = nobody;
  father.dwelling = "n";
  father.income = 50'000;
  mother.income = 10'000;
  EXPECT_EQ(tax_units_of({mother, father, child_born("2015-01-01")}), "ann(cid) bob");
}

// CGI 196 bis: ages are those of 1 January of the year of the period, June 2025.
TEST(TaxUnits, who_turns_18_in_the_year_is_a_child_for_the_whole_year) {
  const std::vector<Somebody> people{ann(MaritalStatus::married), bob(MaritalStatus::married), child_born("2007-01-02")};
  EXPECT_EQ(tax_units_of(people), "bob+ann(cid)");
  EXPECT_EQ(assumptions_of(people), "adult_child_at_charge 1, reference_chosen 1");
}

// CGI 6 3.
TEST(TaxUnits, an_adult_child_is_attached_up_to_20_and_a_student_up_to_24) {
  const auto of = [](const std::string& birth, Answer student) {
    Somebody child = child_born(birth);
    child.student = student;
    return tax_units_of({ann(MaritalStatus::married), bob(MaritalStatus::married), child});
  };
  EXPECT_EQ(of("2004-01-02", Answer::no), "bob+ann(cid)");
  EXPECT_EQ(of("2004-01-01", Answer::no), "bob+ann cid");
  EXPECT_EQ(of("2004-01-01", Answer::unknown), "bob+ann cid");
  EXPECT_EQ(of("2000-01-02", Answer::yes), "bob+ann(cid)");
  EXPECT_EQ(of("2000-01-01", Answer::yes), "bob+ann cid");
}

TEST(TaxUnits, an_adult_child_who_earns_a_living_declares_alone) {
  Somebody child = child_born("2005-01-02");
  child.pay = 1500;
  EXPECT_EQ(tax_units_of({ann(MaritalStatus::married), bob(MaritalStatus::married), child}), "bob+ann cid");
  EXPECT_EQ(assumptions_of({ann(MaritalStatus::married), bob(MaritalStatus::married), child}),
            "paid_adult_alone 1, reference_chosen 1");
}

TEST(TaxUnits, a_student_in_another_dwelling_is_taxed_with_the_parents) {
  Somebody child = child_born("2004-01-01");
  child.dwelling = "n";
  child.student = Answer::yes;
  const std::vector<Somebody> people{ann(MaritalStatus::married), bob(MaritalStatus::married), child};
  EXPECT_EQ(tax_units_of(people), "bob+ann(cid)");
  EXPECT_EQ(families_of(people), "bob+ann cid");
  EXPECT_EQ(dwellings_of(people), "bob+ann cid");
  EXPECT_EQ(assumptions_of(people), "reference_chosen 1, student_in_own_dwelling 1");
  child.student = Answer::no;
  EXPECT_EQ(tax_units_of({ann(MaritalStatus::married), bob(MaritalStatus::married), child}), "bob+ann cid");
}

// CGI 6 3 and 196: disabled at any age.
TEST(TaxUnits, a_disabled_adult_who_lives_with_the_parents_is_attached_at_any_age) {
  Somebody child{.id = "cid", .birth = "1999-01-01", .mother = "ann", .father = "bob", .disabled = Answer::yes};
  Somebody mother = ann(MaritalStatus::married), father = bob(MaritalStatus::married);
  mother.birth = father.birth = "1965-01-01";
  EXPECT_EQ(tax_units_of({mother, father, child}), "ann+bob(cid)");
  child.dwelling = "n";
  EXPECT_EQ(tax_units_of({mother, father, child}), "ann+bob cid");
}

// CGI 6 2: a parent declares her own children.
TEST(TaxUnits, a_young_mother_declares_her_child_herself) {
  const Somebody young{.id = "cid", .birth = "2007-09-01", .mother = "ann", .father = "bob"};
  const Somebody baby{.id = "dot", .birth = "2025-01-10", .mother = "cid"};
  EXPECT_EQ(tax_units_of({ann(MaritalStatus::married), bob(MaritalStatus::married), young, baby}), "bob+ann cid(dot)");
}

TEST(TaxUnits, a_married_child_declares_with_the_spouse) {
  Somebody child = child_born("2005-01-02");
  child.partner = "eve";
  child.marital = MaritalStatus::married;
  const Somebody eve{.id = "eve", .birth = "2005-01-01", .partner = "cid", .marital = MaritalStatus::married};
  EXPECT_EQ(tax_units_of({ann(MaritalStatus::married), bob(MaritalStatus::married), child, eve}), "bob+ann eve+cid");
}

// CGI 196 2°.
TEST(TaxUnits, a_minor_taken_in_is_a_dependant_of_the_host) {
  const Somebody uncle{.id = "u", .birth = "1970-01-01"};
  const Somebody niece{.id = "w", .birth = "2012-01-01"};
  EXPECT_EQ(tax_units_of({uncle, niece}), "u(w)");
}

TEST(TaxUnits, an_old_parent_declares_alone) {
  Somebody mother = ann(MaritalStatus::none);
  mother.partner = nobody;
  const Somebody old{.id = "old", .birth = "1940-01-01", .disabled = Answer::yes};
  mother.mother = "old";
  EXPECT_EQ(tax_units_of({mother, old}), "ann old");
  EXPECT_EQ(families_of({mother, old}), "ann old");
}

}  // namespace
}  // namespace labacces::units
