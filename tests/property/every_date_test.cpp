// Each law of the source tree on each date on which it changes, the month before and the month after: it compiles, it runs, every value
// is a number, and the engine gives what the slow interpreter gives.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <set>

#include "libsim/base/error.hpp"
#include "libsim/engine/run.hpp"
#include "tests/property/legislation_case.hpp"
#include "tests/property/property_case.hpp"
#include "tests/reference/reference_interpreter.hpp"

namespace labacces::property {
namespace {

constexpr int many_dwellings = 100;
constexpr int few_dwellings = 4;  // for the slow interpreter

std::set<Month> months_around_changes(const law::Law& law) {
  Month first = never;
  for (const law::Variable& variable : law.variables()) {
    if (!variable.versions.empty()) first = std::min(first, variable.versions.front().in_force.begin);
  }
  std::set<Month> months;
  for (const Month change : law.change_months()) {
    for (const Month month : {change - 1, change, change + 1}) {
      if (month >= first) months.insert(month);
    }
  }
  return months;
}

std::string where(const law::Law& law, const plan::Request& request, const Population& people, std::size_t row) {
  const law::Variable& variable = law.variables()[*law.find_variable(request.variable)];
  return request.variable + " of '" + people.ids(variable.level)[row] + "'";
}

class EveryDate : public testing::TestWithParam<const char*> {
 protected:
  law::Law law_ = law::load_law_or_throw(texts_of(GetParam()));
};

TEST_P(EveryDate, every_rule_in_force_compiles_and_gives_numbers) {
  const Population people = people_of(law_, first_seed(), many_dwellings);
  std::size_t values = 0;
  for (const Month month : months_around_changes(law_)) {
    SCOPED_TRACE(to_string(month));
    const std::vector<plan::Request> requests = rules_in_force(law_, month, true);
    std::vector<std::vector<double>> results;
    ASSERT_NO_THROW(results = answers(law_, requests, people));
    for (std::size_t i = 0; i < requests.size(); ++i) {
      values += results[i].size();
      const auto bad = std::find_if(results[i].begin(), results[i].end(), [](double x) { return !std::isfinite(x); });
      ASSERT_EQ(bad, results[i].end()) << where(law_, requests[i], people, static_cast<std::size_t>(bad - results[i].begin()));
    }
  }
  std::cout << GetParam() << ": " << values << " values\n";
}

TEST_P(EveryDate, a_rule_not_in_force_is_an_error_that_names_it) {
  const Population people = people_of(law_, first_seed(), 1);
  std::size_t asked = 0;
  for (const law::Variable& variable : law_.variables()) {
    if (variable.is_input || variable.periodicity != Periodicity::monthly) continue;
    for (const Month month : months_around_changes(law_)) {
      if (law::Law::in_force(variable.versions, month) != nullptr) continue;
      ++asked;
      try {
        answers(law_, {{variable.name, Period::month(month)}}, people);
        ADD_FAILURE() << variable.name << " has a value in " << to_string(month);
      } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("'" + variable.name + "'"), std::string::npos) << error.what();
      }
      break;
    }
  }
  std::cout << GetParam() << ": " << asked << " rules asked out of force\n";
}

TEST_P(EveryDate, engine_equals_the_reference) {
  std::size_t values = 0, different = 0, at_edge = 0;
  std::uint64_t seed = first_seed();
  for (const Month month : months_around_changes(law_)) {
    const Population people = people_of(law_, ++seed, few_dwellings);
    const std::vector<plan::Request> requests = rules_in_force(law_, month, true);
    const std::vector<std::vector<double>> results = answers(law_, requests, people);
    reference::ReferenceInterpreter reference(law_, people);
    for (std::size_t i = 0; i < requests.size(); ++i) {
      for (std::size_t row = 0; row < results[i].size(); ++row) {
        const reference::Answer expected =
            reference.ask(*law_.find_variable(requests[i].variable), static_cast<std::int32_t>(row), requests[i].period);
        ++values;
        if (std::fabs(expected.value - results[i][row]) <= 1e-9 * std::max(1.0, std::fabs(expected.value))) continue;
        if (expected.near_edge) {
          ++at_edge;
        } else if (++different < 10) {
          ADD_FAILURE() << "seed " << seed << ", " << to_string(month) << ": engine " << results[i][row] << ", reference "
                        << expected.value << ": " << where(law_, requests[i], people, row);
        }
      }
    }
  }
  std::cout << GetParam() << ": " << values << " values, " << different << " differ, " << at_edge << " differ at an edge\n";
  EXPECT_EQ(different, 0U);
  EXPECT_LE(at_edge * 1000, values);
}

INSTANTIATE_TEST_SUITE_P(Laws, EveryDate, testing::Values("toy", "france"),
                         [](const auto& test) { return std::string(test.param); });

}  // namespace
}  // namespace labacces::property
