// People: kinship with what every step of the build asks again: ages, order of ids, members of dwellings.
#pragma once

#include <span>
#include <vector>

#include "libsim/population/units/build_units.hpp"
#include "libsim/population/units/unit_rules.hpp"

namespace labacces::units {

constexpr std::size_t at(std::int32_t row) { return static_cast<std::size_t>(row); }
constexpr std::int32_t row_of(std::size_t index) { return static_cast<std::int32_t>(index); }

/// Whole years on a day; negative before birth.
int age_on(Day birth, Day day);

class People {
 public:
  /// A vector of a wrong length or an index out of range is a Defect.
  People(const Kinship& kinship, const UnitOptions& options);

  const Kinship& data() const { return kinship_; }
  std::int32_t count() const { return row_of(kinship_.ids.size()); }
  std::int32_t dwellings() const { return row_of(kinship_.dwelling_ids.size()); }
  int age(std::int32_t person) const { return age_[at(person)]; }
  int age_in_january(std::int32_t person) const { return january_age_[at(person)]; }
  bool is_adult(std::int32_t person) const { return age(person) >= age_of_majority; }
  /// Of the order of ids: unlike rows, the same in any file.
  std::int32_t rank(std::int32_t person) const { return rank_[at(person)]; }
  /// Rows in a dwelling, from the oldest to the youngest, ties by rank.
  std::span<const std::int32_t> members(std::int32_t dwelling) const;
  std::int32_t dwelling(std::int32_t person) const { return kinship_.dwelling[at(person)]; }
  bool live_together(std::int32_t a, std::int32_t b) const { return dwelling(a) == dwelling(b); }
  bool is_older(std::int32_t a, std::int32_t b) const;  ///< ties: the smaller id is the older one
  /// Everybody from the youngest to the oldest, ties by rank.
  const std::vector<std::int32_t>& youngest_first() const { return youngest_first_; }

  Sex sex(std::int32_t p) const { return kinship_.sex.empty() ? Sex::unknown : kinship_.sex[at(p)]; }
  MaritalStatus marital(std::int32_t p) const {
    return kinship_.marital.empty() ? MaritalStatus::unknown : kinship_.marital[at(p)];
  }
  bool in_legal_union(std::int32_t p) const { return marital(p) == MaritalStatus::married || marital(p) == MaritalStatus::pacs; }
  Answer student(std::int32_t p) const { return kinship_.student.empty() ? Answer::unknown : kinship_.student[at(p)]; }
  bool disabled(std::int32_t p) const { return !kinship_.disabled.empty() && kinship_.disabled[at(p)] == Answer::yes; }
  bool away(std::int32_t p) const {
    return !kinship_.away_from_parents.empty() && kinship_.away_from_parents[at(p)] == Answer::yes;
  }
  Place place(std::int32_t p) const { return kinship_.place.empty() ? Place::unknown : kinship_.place[at(p)]; }
  Custody custody(std::int32_t p) const { return kinship_.custody.empty() ? Custody::unknown : kinship_.custody[at(p)]; }
  std::optional<double> income(std::int32_t p) const {
    return kinship_.yearly_income.empty() ? std::nullopt : kinship_.yearly_income[at(p)];
  }
  /// CSS R512-2: pay known, and at 55 % of the minimum wage or more.
  bool earns_a_living(std::int32_t p) const { return pay(p) >= pay_limit_; }
  /// CASF R262-3: pay known, and at what a child adds to the RSA or more.
  bool earns_her_rsa(std::int32_t p) const { return pay(p) >= rsa_limit_; }

 private:
  double pay(std::int32_t p) const { return kinship_.monthly_pay.empty() ? 0.0 : kinship_.monthly_pay[at(p)].value_or(0.0); }

  const Kinship& kinship_;
  double pay_limit_, rsa_limit_;
  std::vector<int> age_, january_age_;
  std::vector<std::int32_t> rank_;
  std::vector<std::int32_t> youngest_first_;
  std::vector<std::int32_t> first_member_, members_;
};

/// The links that the units are built from: contradictory ones left out, unknown ones inferred.
struct Links {
  std::vector<std::int32_t> mother, father, partner;
};

class Notes;
/// Links as given, less those that cannot be: each of these is a finding.
Links checked_links(const People& people, Notes& findings);
/// Fills columns of links that the data lack, dwelling by dwelling, from places, marital status and ages.
void infer_links(const People& people, Links& links, Notes& assumptions);
/// The reference person of each dwelling, and the partner who lives there with her or no_person.
struct Heads {
  std::vector<std::int32_t> reference, conjoint;
};
Heads heads_of_dwellings(const People& people, const Links& links, Notes& assumptions, Notes& findings);

/// Each builds the units of one level.
UnitsOfLevel build_families(const People& people, const Links& links, const Heads& heads, Notes& assumptions);
UnitsOfLevel build_tax_units(const People& people, const Links& links, const Heads& heads, const UnitsOfLevel& families,
                             Notes& assumptions);
UnitsOfLevel build_dwellings(const People& people, const Links& links, const Heads& heads, const UnitsOfLevel& families);

/// Units from the head of each person's unit; the head has role 0, `partner_of[head]` role 1, the others role 2.
UnitsOfLevel units_from_heads(const People& people, const std::vector<std::int32_t>& head_of,
                              const std::vector<std::int32_t>& conjoint_of);

}  // namespace labacces::units
