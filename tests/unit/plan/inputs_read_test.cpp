#include "libsim/plan/inputs_read.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libsim/base/error.hpp"
#include "libsim/law/load_law.hpp"

namespace labacces::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;

law::Law small_law() {
  return law::load_law_or_throw({{"test.law", R"(program test "Test"
input wage of individu monthly : EUR/month default 0
input bonus of individu yearly : EUR/year default 0
input born of individu eternal : date
input disabled of individu monthly : yes_no default no
input rent of menage monthly : EUR/month default 0
rule net_wage of individu monthly : EUR/month
  ref "a"
  from 2020-01-01 = wage * 0.8
rule aid of individu monthly : EUR/month
  ref "b"
  from 2020-01-01 = menage.rent
  from 2024-01-01 = if disabled then mean(net_wage, months -3 .. -1) else monthly(bonus at year -2)
rule other of menage monthly : EUR/month
  ref "c"
  from 2020-01-01 = if any(member.disabled) then rent else rent at month -1
)"}});
}

struct Found {
  std::string name;
  std::int32_t first, last;
  std::vector<std::string> read_by;
  bool operator==(const Found&) const = default;
};

std::vector<Found> found(const law::Law& law, const std::vector<Request>& requests, const std::vector<std::string>& given = {}) {
  std::vector<Found> out;
  for (const InputRead& read : inputs_read(law, requests, given))
    out.push_back({law.variables()[read.variable].name, read.first, read.last, read.read_by});
  return out;
}

Period may(int year) { return Period::month(Month::of(year, 5)); }

TEST(InputsRead, both_sides_of_a_condition_count_and_months_reach_back) {
  const law::Law law = small_law();
  const std::int32_t month = Month::of(2024, 5).index;
  EXPECT_THAT(found(law, {{"aid", may(2024)}}),
              ElementsAre(Found{"wage", month - 3, month - 1, {"aid"}}, Found{"bonus", 2022, 2022, {"aid"}},
                          Found{"disabled", month, month, {"aid"}}));
}

TEST(InputsRead, only_the_version_in_force_counts) {
  const std::int32_t month = Month::of(2022, 5).index;
  EXPECT_THAT(found(small_law(), {{"aid", may(2022)}}), ElementsAre(Found{"rent", month, month, {"aid"}}));
}

TEST(InputsRead, what_only_a_given_rule_reads_is_left_out) {
  const std::vector<std::string> given{"net_wage"};
  const std::vector<Found> reads = found(small_law(), {{"aid", may(2024)}}, given);
  EXPECT_THAT(reads, ElementsAre(Field(&Found::name, "bonus"), Field(&Found::name, "disabled"), Field(&Found::name, "net_wage")));
}

TEST(InputsRead, each_input_names_the_results_that_read_it) {
  const std::vector<Found> reads = found(small_law(), {{"aid", may(2024)}, {"other", may(2024)}});
  const std::int32_t month = Month::of(2024, 5).index;
  EXPECT_THAT(reads, ::testing::Contains(Found{"disabled", month, month, {"aid", "other"}}));
  EXPECT_THAT(reads, ::testing::Contains(Found{"rent", month - 1, month, {"other"}}));
}

TEST(InputsRead, unknown_names_are_told_with_the_nearest) {
  const auto complaint = [](const std::vector<Request>& requests, const std::vector<std::string>& given) {
    try {
      inputs_read(small_law(), requests, given);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_THAT(complaint({{"aids", may(2024)}}, {}), HasSubstr("unknown variable 'aids' (did you mean 'aid'?)"));
  EXPECT_THAT(complaint({{"aid", may(2024)}}, {"net_wages"}),
              HasSubstr("unknown variable 'net_wages' (did you mean 'net_wage'?)"));
}

}  // namespace
}  // namespace labacces::plan
