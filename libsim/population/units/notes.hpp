// Notes of a build: kinds of assumptions and findings, with the rows that they concern.
#pragma once

#include <cstdint>
#include <vector>

#include "libsim/population/units/build_units.hpp"

namespace labacces::units {

/// A kind of note: its stable name, a sentence, and for a finding the cell that is wrong.
struct NoteKind {
  const char* name;
  const char* text;
  Link link = Link::person;
};

/// Collects rows by kind. A kind is a constant of the tables below: its address tells it apart.
class Notes {
 public:
  void add(const NoteKind& kind, std::int32_t row);
  /// By name of kind; a row that is there twice counts once.
  std::vector<UnitNote> list() const;

 private:
  struct Collected {
    const NoteKind* kind;
    std::vector<std::int32_t> rows;
  };
  std::vector<Collected> kinds_;
};

/// What the data did not say.
namespace assumed {
inline constexpr NoteKind couple_from_children{
    "couple_from_children",
    "two persons of a dwelling who are parents of the same child live as a couple (no column of partners)"};
inline constexpr NoteKind couple_from_marital_status{
    "couple_from_marital_status", "persons of a dwelling who are married or in a PACS and close in age are each other's partner"};
inline constexpr NoteKind couple_from_ages{
    "couple_from_ages",
    "the only two adults of a generation in a dwelling, not both of the same sex nor both students, live as a couple"};
inline constexpr NoteKind parents_from_places{"parents_from_places",
                                              "a child of the dwelling is the child of the reference person and of the conjoint"};
inline constexpr NoteKind parents_from_ages{
    "parents_from_ages", "persons who live with a couple or a person 16 to 45 years older (60 for a father) are their children"};
inline constexpr NoteKind couple_of_unknown_status{
    "couple_of_unknown_status", "partners whose marital status is not known are married, hence one tax unit (CGI 6 1)"};
inline constexpr NoteKind status_of_one_partner{"status_of_one_partner",
                                                "the marital status of one partner holds for the other, whose own is not known"};
inline constexpr NoteKind status_differs{
    "status_differs",
    "partners of whom one alone is married or in a PACS are not married to each other: two tax units (CGI 6 1)"};
inline constexpr NoteKind partners_apart{
    "partners_apart",
    "partners who live in two dwellings are two families; married or in a PACS they are one tax unit (CGI 6 1)"};
inline constexpr NoteKind adult_child_at_charge{"adult_child_at_charge",
                                                "children of 18 to 24 with their parents are in the parents' family: their pay "
                                                "is low or not known (CSS R512-2, CASF R262-3)"};
inline constexpr NoteKind taken_in{"taken_in",
                                   "minors without a parent in the dwelling are at the charge of the reference person, or else "
                                   "of the oldest adult (CSS L521-2, CGI 196 2°)"};
inline constexpr NoteKind minor_alone{
    "minor_alone", "minors with neither a parent in the file nor an adult in the dwelling are units of their own"};
inline constexpr NoteKind away_at_charge{"away_at_charge",
                                         "minors who live away from their parents, for school or care or without an adult, stay "
                                         "at the parents' charge (CSS L521-2, CGI 196)"};
inline constexpr NoteKind student_in_own_dwelling{"student_in_own_dwelling",
                                                  "students who live away from their parents are a family of their own, as "
                                                  "housing aid asks, and taxed with the parents (CGI 6 3)"};
inline constexpr NoteKind attached_adult{
    "attached_adult", "children of 18 to 20, or students up to 24, have chosen to be taxed with their parents (CGI 6 3)"};
inline constexpr NoteKind paid_adult_alone{"paid_adult_alone",
                                           "children who could be taxed with their parents but are paid 55 % of the minimum wage "
                                           "or more declare alone (CGI 6 3 leaves the choice)"};
inline constexpr NoteKind studies_unknown{
    "studies_unknown", "children of 21 to 24 with their parents declare alone: whether they study is not known (CGI 6 3)"};
inline constexpr NoteKind attached_disabled{
    "attached_disabled", "disabled adults who live with their parents are taxed with them, whatever their age (CGI 6 3, 196)"};
inline constexpr NoteKind child_by_income{"child_by_income",
                                          "children of parents who are two tax units and live with both or with neither: with "
                                          "the parent of the higher income (CGI 193 ter, 194)"};
inline constexpr NoteKind child_by_order{"child_by_order",
                                         "children of parents who are two tax units, incomes not known or equal: with the "
                                         "reference person, else the older parent, else the smaller id"};
inline constexpr NoteKind reference_chosen{
    "reference_chosen",
    "the dwelling names no reference person: of its couples and then of its parents, the oldest; ties go to the smaller id"};
}  // namespace assumed

/// What the data say and cannot be.
namespace wrong {
inline constexpr NoteKind mother_not_in_file{"mother_not_in_file", "the mother is in no row of the file", Link::mother};
inline constexpr NoteKind father_not_in_file{"father_not_in_file", "the father is in no row of the file", Link::father};
inline constexpr NoteKind partner_not_in_file{"partner_not_in_file", "the partner is in no row of the file", Link::partner};
inline constexpr NoteKind own_mother{"own_mother", "a person cannot be her own mother", Link::mother};
inline constexpr NoteKind own_father{"own_father", "a person cannot be his own father", Link::father};
inline constexpr NoteKind own_partner{"own_partner", "a person cannot be the partner of herself", Link::partner};
inline constexpr NoteKind one_parent_twice{"one_parent_twice", "mother and father are the same person", Link::father};
inline constexpr NoteKind cycle_of_mothers{"cycle_of_parents_mother", "the mother descends from this person", Link::mother};
inline constexpr NoteKind cycle_of_fathers{"cycle_of_parents_father", "the father descends from this person", Link::father};
inline constexpr NoteKind mother_younger{"mother_younger_than_child", "the mother is not older than this person", Link::mother};
inline constexpr NoteKind father_younger{"father_younger_than_child", "the father is not older than this person", Link::father};
inline constexpr NoteKind partner_not_mutual{"partner_not_mutual", "the partner names somebody else, or nobody, as partner",
                                             Link::partner};
inline constexpr NoteKind partner_of_a_child{"partner_of_a_child", "a person under 15 cannot have a partner", Link::partner};
inline constexpr NoteKind partner_is_relative{"partner_is_parent_or_child", "the partner is a parent or a child of this person",
                                              Link::partner};
inline constexpr NoteKind two_references{"two_references", "the dwelling has two reference persons", Link::place};
inline constexpr NoteKind two_conjoints{"two_conjoints", "the dwelling has two conjoints", Link::place};
}  // namespace wrong

}  // namespace labacces::units
