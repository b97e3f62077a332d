// The check of any population, however odd: it never fails, and finds the same in any order of rows.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "libsim/population/check/check_population.hpp"
#include "tests/law/french_law.hpp"
#include "tests/property/property_case.hpp"
#include "tests/property/random_population.hpp"

namespace labacces::property {
namespace {

constexpr int usual_cases = 15;
constexpr int dwellings = 60;

std::map<std::string, std::size_t> counts(const std::vector<CheckFinding>& findings) {
  std::map<std::string, std::size_t> result;
  for (const CheckFinding& one : findings) result[one.kind + " " + one.variable] = one.count;
  return result;
}

TEST(CheckOfAnyPopulation, finds_the_same_in_any_order_of_rows_and_shows_rows_that_are_there) {
  const law::Law& law = french_law();
  const Schema schema = law.schema();
  std::set<std::string> kinds;
  for (int i = 0; i < case_count(usual_cases); ++i) {
    const std::uint64_t seed = first_seed() + static_cast<std::uint64_t>(i);
    SCOPED_TRACE("seed " + std::to_string(seed));
    const PopulationTables tables = random_population(seed, dwellings, law);
    const Population population = PopulationBuilder::build(tables);
    const CheckOptions options{.period = Month::of(2025, 6)};
    const std::vector<CheckFinding> found = check_population(population, schema, options);
    for (const CheckFinding& one : found) {
      kinds.insert(one.kind);
      EXPECT_LE(one.first.size(), std::min<std::size_t>(one.count, 10)) << one.kind;
      EXPECT_LE(one.count, population.count(one.entity)) << one.kind;
      for (const std::int32_t row : one.first) {
        EXPECT_GE(row, 0) << one.kind;
        EXPECT_LT(static_cast<std::size_t>(row), population.count(one.entity)) << one.kind;
      }
    }
    const Population other = PopulationBuilder::build(shuffled(tables, seed));
    EXPECT_EQ(counts(found), counts(check_population(other, schema, options)));
  }
  EXPECT_GE(kinds.size(), 25U);  // such people are odd in most ways
}

}  // namespace
}  // namespace labacces::property
