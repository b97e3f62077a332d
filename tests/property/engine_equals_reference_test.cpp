// The engine and the slow interpreter agree on random laws and random households, value by value.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>

#include "libsim/base/error.hpp"
#include "tests/property/property_case.hpp"
#include "tests/reference/reference_interpreter.hpp"

namespace labacces::property {
namespace {

constexpr int usual_cases = 150;
constexpr int dwellings = 12;
constexpr double tolerance = 1e-9;  // relative; absolute under 1

struct Tally {
  std::size_t values = 0, near_edge = 0, different = 0, not_zero = 0;
};

bool agree(double engine, double reference) {
  return engine == reference ||
         std::fabs(engine - reference) <= tolerance * std::max({1.0, std::fabs(engine), std::fabs(reference)});
}

/// Compares every unit of every request; tells of the first few differences.
void compare(const PropertyCase& made, const law::Law& law, Tally& tally) {
  const std::vector<std::vector<double>> engine = answers(law, made.requests, made.population);
  reference::ReferenceInterpreter reference(law, made.population);
  for (std::size_t i = 0; i < made.requests.size(); ++i) {
    const std::uint32_t variable = *law.find_variable(made.requests[i].variable);
    for (std::size_t row = 0; row < engine[i].size(); ++row) {
      const reference::Answer expected = reference.ask(variable, static_cast<std::int32_t>(row), made.requests[i].period);
      ++tally.values;
      tally.not_zero += expected.value != 0.0 ? 1 : 0;
      if (agree(engine[i][row], expected.value)) continue;
      if (expected.near_edge) {
        ++tally.near_edge;
        continue;
      }
      if (++tally.different <= 5) {
        ADD_FAILURE() << "engine " << engine[i][row] << ", reference " << expected.value << ": "
                      << describe(made, made.requests[i], row);
      }
    }
  }
}

TEST(Property, engine_equals_the_reference_on_random_laws_and_households) {
  const std::uint64_t seed = first_seed();
  const int cases = case_count(usual_cases);
  Tally tally;
  for (int i = 0; i < cases && tally.different < 20; ++i) {
    try {
      const PropertyCase made = make_case(seed + static_cast<std::uint64_t>(i), dwellings);
      compare(made, made.law, tally);
      if (i % 5 == 0) compare(made, load(made.written, true), tally);
    } catch (const std::exception& error) {
      ADD_FAILURE() << "seed " << seed + static_cast<std::uint64_t>(i) << ": " << error.what();
    }
  }
  std::cout << "seeds " << seed << " .. " << seed + static_cast<std::uint64_t>(cases) - 1 << ": " << tally.values << " values, "
            << tally.not_zero << " not zero, " << tally.different << " differ, " << tally.near_edge << " differ at an edge\n";
  EXPECT_EQ(tally.different, 0U);
  EXPECT_LE(tally.near_edge * 200, tally.values) << "too many values are excused";
  EXPECT_GE(tally.not_zero * 5, tally.values * 2) << "too many zeros prove little";
}

}  // namespace
}  // namespace labacces::property
