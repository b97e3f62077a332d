// Kinship: persons with their links and what the rules on units ask of them, as any reader can fill it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libsim/base/date.hpp"

namespace labacces::units {

/// In `mother`, `father` and `partner`: nobody, or nobody in the file. An id that is in no row goes to `missing_links` too.
inline constexpr std::int32_t no_person = -1;

enum class Sex : std::uint8_t { unknown, man, woman };
enum class MaritalStatus : std::uint8_t { unknown, none, married, pacs };  ///< none: single, divorced, widowed
enum class Answer : std::uint8_t { unknown, no, yes };
/// Place in the dwelling, as `quimen` has it: the role codes of level.hpp, and unknown.
enum class Place : std::uint8_t { reference = 0, conjoint = 1, child = 2, other = 3, unknown = 255 };
/// With whom a child of separated parents lives.
enum class Custody : std::uint8_t { unknown, mother, father, shared };
/// What a finding is about: the person, or the cell that links her to another.
enum class Link : std::uint8_t { person, mother, father, partner, birth, place };

/// A link to an id that no row has.
struct MissingLink {
  std::int32_t row = 0;  ///< the person who has the link
  Link link = Link::mother;
  std::string id;  ///< as in the file
};

/// One entry a person in each vector, in any order of rows. A vector that says "may be empty" is left empty where the data have no such
/// column; then everybody's is unknown. No link column at all (mother, father and partner empty): couples and parents are inferred from
/// places in the dwelling, or from ages. One link column that is there: an empty cell means nobody in the file.
struct Kinship {
  std::vector<std::string> ids;           ///< unique
  std::vector<std::string> dwelling_ids;  ///< one a dwelling, unique
  std::vector<std::int32_t> dwelling;     ///< row in dwelling_ids
  std::vector<Day> birth;

  std::vector<std::int32_t> mother;   ///< may be empty; row of the person, or no_person
  std::vector<std::int32_t> father;   ///< may be empty
  std::vector<std::int32_t> partner;  ///< may be empty
  std::vector<MissingLink> missing_links;

  std::vector<Sex> sex;                ///< may be empty
  std::vector<MaritalStatus> marital;  ///< may be empty
  std::vector<Answer> student;         ///< may be empty
  std::vector<Answer> disabled;  ///< may be empty; carte mobilité inclusion "invalidité", or an incapacity of 80 % and more
  std::vector<Place> place;      ///< may be empty; place in the dwelling, or the reference person alone
  std::vector<Custody> custody;  ///< may be empty; of children
  /// May be empty. Yes: lives in this dwelling for studies, school or care, and is still at the parents' charge.
  std::vector<Answer> away_from_parents;
  /// May be empty. Net pay, EUR a month, mean of the six months before (a year's pay / 12 where months are not known).
  std::vector<std::optional<double>> monthly_pay;
  /// May be empty. All incomes, EUR a year: which of two unmarried parents declares the children.
  std::vector<std::optional<double>> yearly_income;
};

}  // namespace labacces::units
