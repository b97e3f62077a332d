#include "libsim/population/units/people.hpp"

#include <algorithm>
#include <numeric>

#include "libsim/base/error.hpp"
#include "libsim/population/id_order.hpp"

namespace labacces::units {
namespace {

template <typename T>
void check_length(const std::vector<T>& values, std::size_t persons, bool may_be_empty) {
  SIM_CHECK(values.size() == persons || (may_be_empty && values.empty()), "kinship has one entry a person in each vector");
}

void check_links(const std::vector<std::int32_t>& links, std::size_t persons) {
  check_length(links, persons, true);
  for (const std::int32_t link : links)
    SIM_CHECK(link >= no_person && link < row_of(persons), "kinship links are rows or no_person");
}

void check(const Kinship& kinship) {
  const std::size_t persons = kinship.ids.size();
  check_length(kinship.dwelling, persons, false);
  check_length(kinship.birth, persons, false);
  for (const auto* links : {&kinship.mother, &kinship.father, &kinship.partner}) check_links(*links, persons);
  check_length(kinship.sex, persons, true);
  check_length(kinship.marital, persons, true);
  for (const auto* answers : {&kinship.student, &kinship.disabled, &kinship.away_from_parents})
    check_length(*answers, persons, true);
  check_length(kinship.place, persons, true);
  check_length(kinship.custody, persons, true);
  check_length(kinship.monthly_pay, persons, true);
  check_length(kinship.yearly_income, persons, true);
  for (const std::int32_t dwelling : kinship.dwelling)
    SIM_CHECK(dwelling >= 0 && at(dwelling) < kinship.dwelling_ids.size(), "each person of a kinship has a dwelling");
}

}  // namespace

int age_on(Day birth, Day day) {
  const bool before_birthday = day.month() < birth.month() || (day.month() == birth.month() && day.day() < birth.day());
  return day.year() - birth.year() - (before_birthday ? 1 : 0);
}

People::People(const Kinship& kinship, const UnitOptions& options)
    : kinship_(kinship), pay_limit_(pay_limit(options.on.month_of())), rsa_limit_(rsa_child_limit(options.on.month_of())) {
  check(kinship);
  const std::size_t persons = kinship.ids.size();
  const Day january = Day::of(options.on.year(), 1, 1);
  age_.reserve(persons);
  january_age_.reserve(persons);
  for (const Day birth : kinship.birth) {
    age_.push_back(age_on(birth, options.on));
    january_age_.push_back(age_on(birth, january));
  }
  rank_.resize(persons);
  const std::vector<std::int32_t> by_id = rows_by_id(std::span(kinship.ids));
  for (std::size_t i = 0; i < persons; ++i) rank_[at(by_id[i])] = row_of(i);
  youngest_first_ = by_id;
  std::stable_sort(youngest_first_.begin(), youngest_first_.end(),
                   [&](std::int32_t a, std::int32_t b) { return kinship.birth[at(a)] > kinship.birth[at(b)]; });

  first_member_.assign(kinship.dwelling_ids.size() + 1, 0);
  for (const std::int32_t dwelling : kinship.dwelling) ++first_member_[at(dwelling) + 1];
  std::partial_sum(first_member_.begin(), first_member_.end(), first_member_.begin());
  members_.resize(persons);
  std::iota(members_.begin(), members_.end(), 0);
  std::sort(members_.begin(), members_.end(), [&](std::int32_t a, std::int32_t b) {
    if (dwelling(a) != dwelling(b)) return dwelling(a) < dwelling(b);
    return is_older(a, b);
  });
}

std::span<const std::int32_t> People::members(std::int32_t dwelling) const {
  const std::size_t first = at(first_member_[at(dwelling)]);
  return {members_.data() + first, at(first_member_[at(dwelling) + 1]) - first};
}

bool People::is_older(std::int32_t a, std::int32_t b) const {
  const Day birth_a = kinship_.birth[at(a)];
  const Day birth_b = kinship_.birth[at(b)];
  return birth_a != birth_b ? birth_a < birth_b : rank(a) < rank(b);
}

UnitsOfLevel units_from_heads(const People& people, const std::vector<std::int32_t>& head_of,
                              const std::vector<std::int32_t>& conjoint_of) {
  UnitsOfLevel units;
  std::vector<std::int32_t> unit_of_head(head_of.size(), -1);
  units.unit_of.reserve(head_of.size());
  units.role_of.reserve(head_of.size());
  for (std::int32_t person = 0; person < people.count(); ++person) {
    const std::int32_t head = head_of[at(person)];
    if (unit_of_head[at(head)] < 0) {
      unit_of_head[at(head)] = row_of(units.ids.size());
      units.ids.push_back(people.data().ids[at(head)]);
    }
    units.unit_of.push_back(unit_of_head[at(head)]);
    const Role role = person == head ? Role::principal : conjoint_of[at(head)] == person ? Role::conjoint : Role::enfant;
    units.role_of.push_back(static_cast<std::uint8_t>(role));
  }
  return units;
}

}  // namespace labacces::units
