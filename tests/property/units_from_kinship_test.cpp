// Units built from any kinship, however odd: everybody once, one principal each, nobody where the law has no place, no row order.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <tuple>

#include "libsim/population/population_builder.hpp"
#include "libsim/population/units/build_units.hpp"
#include "libsim/population/units/unit_rules.hpp"
#include "tests/property/property_case.hpp"
#include "tests/property/random_kinship.hpp"

namespace labacces::property {
namespace {

using units::BuiltUnits;
using units::Kinship;
using units::UnitsOfLevel;

constexpr int usual_cases = 300;
constexpr int trees = 40;
const units::UnitOptions options{.on = Day::of(2025, 6, 1)};

/// Whole years; written apart from the library's.
int years(Day birth, Day day) {
  int result = day.year() - birth.year();
  if (std::tuple(day.month(), day.day()) < std::tuple(birth.month(), birth.day())) --result;
  return result;
}

struct Units {
  std::vector<std::int32_t> principal, conjoint;
};
Units holders(const UnitsOfLevel& level) {
  Units result{std::vector<std::int32_t>(level.ids.size(), -1), std::vector<std::int32_t>(level.ids.size(), -1)};
  for (std::size_t row = 0; row < level.unit_of.size(); ++row) {
    const auto unit = static_cast<std::size_t>(level.unit_of[row]);
    if (level.role_of[row] == 0) result.principal[unit] = static_cast<std::int32_t>(row);
    if (level.role_of[row] == 1) result.conjoint[unit] = static_cast<std::int32_t>(row);
  }
  return result;
}

class EveryKinship : public testing::Test {
 protected:
  template <typename Check>
  void for_each(const Check& check) {
    const int cases = case_count(usual_cases);
    for (int i = 0; i < cases && !HasFailure(); ++i) {
      const std::uint64_t seed = first_seed() + static_cast<std::uint64_t>(i);
      SCOPED_TRACE("seed " + std::to_string(seed));
      const Kinship kinship = random_kinship(seed, trees, i % 3 == 0 ? 0.1 : 0.0);
      check(kinship, units::build_units(kinship, options), seed);
    }
  }
};

TEST_F(EveryKinship, gives_a_population_with_everybody_in_one_unit_of_each_kind) {
  for_each([](const Kinship& kinship, const BuiltUnits& built, std::uint64_t) {
    PopulationTables tables;
    tables.ids[index_of(Level::individu)] = kinship.ids;
    for (const Level group : group_levels) {
      tables.ids[index_of(group)] = built.of[index_of(group)].ids;
      tables.unit_of[index_of(group)] = built.of[index_of(group)].unit_of;
      tables.role_of[index_of(group)] = built.of[index_of(group)].role_of;
    }
    tables.source = "random";
    // The builder refuses a person without a unit, a unit without exactly one principal, ids that stand twice.
    const Population population = PopulationBuilder::build(std::move(tables));
    EXPECT_EQ(population.count(Level::individu), kinship.ids.size());
    for (const Level group : group_levels) {
      std::vector<int> conjoints(population.count(group));
      const Membership& membership = population.membership(group);
      for (std::size_t row = 0; row < membership.unit_of.size(); ++row)
        conjoints[static_cast<std::size_t>(membership.unit_of[row])] += membership.role_of[row] == 1 ? 1 : 0;
      EXPECT_TRUE(std::all_of(conjoints.begin(), conjoints.end(), [](int count) { return count <= 1; })) << name_of(group);
    }
  });
}

TEST_F(EveryKinship, a_child_of_a_family_is_a_minor_or_a_child_under_25_of_its_adults) {
  for_each([](const Kinship& kinship, const BuiltUnits& built, std::uint64_t) {
    const UnitsOfLevel& families = built.of[index_of(Level::famille)];
    const Units of = holders(families);
    const bool links_given = !kinship.mother.empty();
    for (std::size_t row = 0; row < kinship.ids.size(); ++row) {
      const auto family = static_cast<std::size_t>(families.unit_of[row]);
      const auto principal = static_cast<std::size_t>(of.principal[family]);
      if (families.role_of[row] == 1) {
        EXPECT_EQ(kinship.dwelling[row], kinship.dwelling[principal]) << kinship.ids[row];
      }
      if (families.role_of[row] != 2) continue;
      const int age = years(kinship.birth[row], options.on);
      EXPECT_LT(age, 25) << kinship.ids[row];
      const bool older = kinship.birth[principal] < kinship.birth[row];
      const std::int32_t conjoint = of.conjoint[family];
      EXPECT_TRUE(older || (conjoint >= 0 && kinship.birth[static_cast<std::size_t>(conjoint)] < kinship.birth[row]))
          << kinship.ids[row];
      if (age < 18) continue;
      EXPECT_EQ(kinship.dwelling[row], kinship.dwelling[principal]) << kinship.ids[row];
      if (!links_given) continue;
      const auto is_parent = [&](std::int32_t other) {
        return other >= 0 && (kinship.mother[row] == other || kinship.father[row] == other);
      };
      EXPECT_TRUE(is_parent(of.principal[family]) || is_parent(of.conjoint[family])) << kinship.ids[row];
    }
  });
}

TEST_F(EveryKinship, a_minor_with_a_parent_at_home_is_in_a_parents_family_unless_she_has_a_partner_or_a_child) {
  for_each([](const Kinship& kinship, const BuiltUnits& built, std::uint64_t) {
    if (kinship.mother.empty() || kinship.partner.empty() || !built.findings.empty()) return;
    std::vector<bool> has_child(kinship.ids.size());
    for (const auto* parents : {&kinship.mother, &kinship.father}) {
      for (const std::int32_t parent : *parents) {
        if (parent >= 0) has_child[static_cast<std::size_t>(parent)] = true;
      }
    }
    const UnitsOfLevel& families = built.of[index_of(Level::famille)];
    for (std::size_t row = 0; row < kinship.ids.size(); ++row) {
      if (years(kinship.birth[row], options.on) >= 18 || has_child[row] || kinship.partner[row] >= 0) continue;
      bool at_home = false, in_family = false;
      for (const auto* parents : {&kinship.mother, &kinship.father}) {
        if ((*parents)[row] < 0) continue;
        const auto parent = static_cast<std::size_t>((*parents)[row]);
        if (kinship.dwelling[parent] != kinship.dwelling[row]) continue;
        at_home = true;
        in_family = in_family || families.unit_of[parent] == families.unit_of[row];
      }
      EXPECT_EQ(at_home && !in_family, false) << kinship.ids[row];
    }
  });
}

TEST_F(EveryKinship, a_dependant_of_a_tax_unit_is_a_minor_in_january_or_may_be_attached) {
  for_each([](const Kinship& kinship, const BuiltUnits& built, std::uint64_t) {
    const UnitsOfLevel& tax_units = built.of[index_of(Level::foyer_fiscal)];
    const Units of = holders(tax_units);
    for (std::size_t row = 0; row < kinship.ids.size(); ++row) {
      const auto unit = static_cast<std::size_t>(tax_units.unit_of[row]);
      const auto marital = [&](std::int32_t person) {
        return kinship.marital.empty() ? units::MaritalStatus::unknown : kinship.marital[static_cast<std::size_t>(person)];
      };
      if (tax_units.role_of[row] == 1) {
        EXPECT_NE(marital(static_cast<std::int32_t>(row)), units::MaritalStatus::none) << kinship.ids[row];
        EXPECT_NE(marital(of.principal[unit]), units::MaritalStatus::none) << kinship.ids[row];
      }
      if (tax_units.role_of[row] != 2) continue;
      const int age = years(kinship.birth[row], Day::of(2025, 1, 1));
      const bool student = !kinship.student.empty() && kinship.student[row] == units::Answer::yes;
      EXPECT_TRUE(age < 21 || (age < 25 && student) || kinship.disabled[row] == units::Answer::yes) << kinship.ids[row];
    }
  });
}

TEST_F(EveryKinship, the_order_of_rows_changes_no_unit_and_no_count) {
  for_each([](const Kinship& kinship, const BuiltUnits& built, std::uint64_t seed) {
    const Kinship other = shuffled(kinship, seed);
    const BuiltUnits again = units::build_units(other, options);
    const auto by_person = [](const Kinship& people, const BuiltUnits& made) {
      std::map<std::string, std::vector<std::string>> result;
      for (std::size_t row = 0; row < people.ids.size(); ++row) {
        std::vector<std::string>& units_of_person = result[people.ids[row]];
        for (const Level group : group_levels) {
          const UnitsOfLevel& level = made.of[index_of(group)];
          units_of_person.push_back(level.ids[static_cast<std::size_t>(level.unit_of[row])] + "/" +
                                    std::to_string(level.role_of[row]));
        }
        const auto family = static_cast<std::size_t>(made.of[index_of(Level::famille)].unit_of[row]);
        units_of_person.push_back(std::to_string(made.lives_with_parents[row]) + std::to_string(made.hosted_by_family[family]) +
                                  std::to_string(made.flat_share[static_cast<std::size_t>(people.dwelling[row])]));
      }
      return result;
    };
    EXPECT_EQ(by_person(kinship, built), by_person(other, again));
    const auto counts = [](const std::vector<units::UnitNote>& notes) {
      std::map<std::string, std::size_t> result;
      for (const units::UnitNote& note : notes) result[note.kind] = note.count;
      return result;
    };
    EXPECT_EQ(counts(built.assumptions), counts(again.assumptions));
    EXPECT_EQ(counts(built.findings), counts(again.findings));
  });
}

TEST_F(EveryKinship, orderly_trees_have_no_findings_and_disorder_is_found) {
  std::size_t disorderly = 0;
  for (std::uint64_t seed = first_seed(); seed < first_seed() + 30; ++seed) {
    Kinship orderly = random_kinship(seed, trees, 0.0);
    orderly.place.clear();
    EXPECT_TRUE(units::build_units(orderly, options).findings.empty()) << "seed " << seed;
    disorderly += units::build_units(random_kinship(seed, trees, 0.3), options).findings.empty() ? 0 : 1;
  }
  EXPECT_GE(disorderly, 25U);
}

}  // namespace
}  // namespace labacces::property
