#include "tests/property/random_kinship.hpp"

#include <numeric>
#include <string>

#include "tests/property/dice.hpp"

namespace labacces::property {
namespace {

using units::Kinship;
using units::no_person;

class KinshipWriter {
 public:
  explicit KinshipWriter(std::uint64_t seed) : dice_(seed, "kinship") {}

  Kinship write(int trees, double disorder) {
    for (int i = 0; i < trees; ++i) dice_.chance(0.15) ? flat_share() : tree();
    for (auto* links : {&kinship_.mother, &kinship_.father, &kinship_.partner}) {
      for (std::int32_t& link : *links) {
        if (dice_.chance(disorder)) link = dice_.below(static_cast<int>(kinship_.ids.size()) + 1) - 1;
      }
    }
    drop_columns();
    return std::move(kinship_);
  }

 private:
  std::int32_t new_dwelling() {
    kinship_.dwelling_ids.push_back(std::to_string((kinship_.dwelling_ids.size() * 7919 + 5) % 100'003));
    return static_cast<std::int32_t>(kinship_.dwelling_ids.size() - 1);
  }
  std::int32_t new_person(std::int32_t dwelling, int age, units::Sex sex) {
    const auto row = static_cast<std::int32_t>(kinship_.ids.size());
    kinship_.ids.push_back(std::to_string((row * 7919 + 13) % 100'003));
    kinship_.dwelling.push_back(dwelling);
    kinship_.birth.push_back(Day::of(2025 - age, dice_.between(1, 12), dice_.between(1, 28)));
    for (auto* links : {&kinship_.mother, &kinship_.father, &kinship_.partner}) links->push_back(no_person);
    kinship_.sex.push_back(dice_.chance(0.1) ? units::Sex::unknown : sex);
    kinship_.marital.push_back(static_cast<units::MaritalStatus>(dice_.below(4)));
    kinship_.student.push_back(age > 14 && age < 30 ? static_cast<units::Answer>(dice_.below(3)) : units::Answer::no);
    kinship_.disabled.push_back(dice_.chance(0.1) ? units::Answer::yes : units::Answer::no);
    kinship_.place.push_back(units::Place::unknown);
    kinship_.custody.push_back(static_cast<units::Custody>(dice_.below(4)));
    kinship_.away_from_parents.push_back(dice_.chance(0.1) ? units::Answer::yes : units::Answer::unknown);
    kinship_.monthly_pay.push_back(dice_.chance(0.5) ? std::optional(dice_.uniform() * 2500.0) : std::nullopt);
    kinship_.yearly_income.push_back(dice_.chance(0.5) ? std::optional(dice_.below(4) * 9000.0) : std::nullopt);
    return row;
  }
  void marry(std::int32_t a, std::int32_t b) {
    kinship_.partner[static_cast<std::size_t>(a)] = b;
    kinship_.partner[static_cast<std::size_t>(b)] = a;
    if (dice_.chance(0.8)) kinship_.marital[static_cast<std::size_t>(b)] = kinship_.marital[static_cast<std::size_t>(a)];
  }

  void flat_share() {
    const std::int32_t dwelling = new_dwelling();
    const int persons = dice_.between(2, 5);
    for (int i = 0; i < persons; ++i)
      new_person(dwelling, dice_.between(15, 60), i % 2 == 0 ? units::Sex::man : units::Sex::woman);
  }
  void tree() { parents(new_dwelling(), dice_.between(22, 95), no_person, no_person); }

  /// One or two parents of an age with children, who may have some of their own, here or elsewhere.
  void parents(std::int32_t dwelling, int age, std::int32_t her_mother, std::int32_t her_father) {
    const std::int32_t she = new_person(dwelling, age, units::Sex::woman);
    kinship_.mother[static_cast<std::size_t>(she)] = her_mother;
    kinship_.father[static_cast<std::size_t>(she)] = her_father;
    std::int32_t he = no_person;
    if (dice_.chance(0.7)) {
      he = new_person(dice_.chance(0.1) ? new_dwelling() : dwelling, std::max(16, age + dice_.between(-6, 8)), units::Sex::man);
      if (dice_.chance(0.8)) marry(she, he);
    }
    const int children = dice_.below(4);
    for (int i = 0; i < children; ++i) {
      const int child_age = age - dice_.between(16, 42);
      if (child_age < -1) continue;
      const std::int32_t home = dice_.chance(child_age > 17 ? 0.4 : 0.06) ? new_dwelling() : dwelling;
      const std::int32_t father = he != no_person && dice_.chance(0.85) ? he : no_person;
      if (child_age >= 16 && dice_.chance(0.4)) {
        parents(home, child_age, she, father);
        continue;
      }
      const std::int32_t child = new_person(home, child_age, dice_.chance(0.5) ? units::Sex::woman : units::Sex::man);
      kinship_.mother[static_cast<std::size_t>(child)] = dice_.chance(0.95) ? she : no_person;
      kinship_.father[static_cast<std::size_t>(child)] = father;
    }
  }

  void drop_columns() {
    if (dice_.chance(0.2)) kinship_.partner.clear();
    if (dice_.chance(0.2)) {
      kinship_.mother.clear();
      kinship_.father.clear();
    }
    if (dice_.chance(0.3)) {
      for (units::Place& place : kinship_.place) {
        if (dice_.chance(0.8)) place = static_cast<units::Place>(dice_.below(4));
      }
    }
    if (dice_.chance(0.2)) kinship_.marital.clear();
    if (dice_.chance(0.2)) kinship_.sex.clear();
    if (dice_.chance(0.2)) kinship_.student.clear();
    if (dice_.chance(0.2)) kinship_.monthly_pay.clear();
  }

  Dice dice_;
  Kinship kinship_;
};

std::vector<std::int32_t> random_order(Dice& dice, std::size_t count) {
  std::vector<std::int32_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t i = count; i > 1; --i)
    std::swap(order[i - 1], order[static_cast<std::size_t>(dice.below(static_cast<int>(i)))]);
  return order;
}

}  // namespace

units::Kinship random_kinship(std::uint64_t seed, int trees, double disorder) {
  return KinshipWriter(seed).write(trees, disorder);
}

units::Kinship shuffled(const units::Kinship& kinship, std::uint64_t seed) {
  Dice dice(seed, "shuffled kinship");
  const std::vector<std::int32_t> persons = random_order(dice, kinship.ids.size());  // new row -> old row
  const std::vector<std::int32_t> dwellings = random_order(dice, kinship.dwelling_ids.size());
  std::vector<std::int32_t> new_person(persons.size()), new_dwelling(dwellings.size());
  for (std::size_t i = 0; i < persons.size(); ++i)
    new_person[static_cast<std::size_t>(persons[i])] = static_cast<std::int32_t>(i);
  for (std::size_t i = 0; i < dwellings.size(); ++i)
    new_dwelling[static_cast<std::size_t>(dwellings[i])] = static_cast<std::int32_t>(i);
  const auto moved = [&](const auto& values, const std::vector<std::int32_t>& order) {
    auto result = values;
    for (std::size_t i = 0; i < values.size(); ++i) result[i] = values[static_cast<std::size_t>(order[i])];
    return result;
  };
  units::Kinship other = kinship;
  other.dwelling_ids = moved(kinship.dwelling_ids, dwellings);
  other.ids = moved(kinship.ids, persons);
  other.dwelling = moved(kinship.dwelling, persons);
  for (std::int32_t& dwelling : other.dwelling) dwelling = new_dwelling[static_cast<std::size_t>(dwelling)];
  other.birth = moved(kinship.birth, persons);
  other.mother = moved(kinship.mother, persons);
  other.father = moved(kinship.father, persons);
  other.partner = moved(kinship.partner, persons);
  for (auto* links : {&other.mother, &other.father, &other.partner}) {
    for (std::int32_t& link : *links) link = link == no_person ? no_person : new_person[static_cast<std::size_t>(link)];
  }
  other.sex = moved(kinship.sex, persons);
  other.marital = moved(kinship.marital, persons);
  other.student = moved(kinship.student, persons);
  other.disabled = moved(kinship.disabled, persons);
  other.place = moved(kinship.place, persons);
  other.custody = moved(kinship.custody, persons);
  other.away_from_parents = moved(kinship.away_from_parents, persons);
  other.monthly_pay = moved(kinship.monthly_pay, persons);
  other.yearly_income = moved(kinship.yearly_income, persons);
  return other;
}

}  // namespace labacces::property
