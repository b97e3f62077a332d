// Results are the same bits however they are run: threads, chunks, order of rows, scenarios and months beside.
#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "tests/property/property_case.hpp"
#include "tests/property/random_population.hpp"

namespace labacces::property {
namespace {

constexpr int usual_cases = 12;
constexpr int dwellings = 150;

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0);
}

void expect_same(const PropertyCase& made, const std::vector<std::vector<double>>& expected,
                 const std::vector<std::vector<double>>& found, const std::string& how) {
  ASSERT_EQ(expected.size(), found.size()) << how;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (same_bits(expected[i], found[i])) continue;
    ADD_FAILURE() << how << " changes results: " << describe(made, made.requests[i], 0);
    return;
  }
}

class EveryCase : public testing::Test {
 protected:
  template <typename Check>
  void for_each(const Check& check) {
    const int cases = case_count(usual_cases);
    for (int i = 0; i < cases && !HasFailure(); ++i) {
      const PropertyCase made = make_case(first_seed() + static_cast<std::uint64_t>(i), dwellings);
      check(made, answers(made.law, made.requests, made.population));
    }
  }
};

using Results = std::vector<std::vector<double>>;

TEST_F(EveryCase, threads_and_chunk_sizes_change_no_bit) {
  for_each([](const PropertyCase& made, const Results& expected) {
    for (const unsigned threads : {1U, 2U, 4U}) {
      for (const std::size_t rows :
           {std::size_t{1}, std::size_t{7}, std::size_t{64}, std::size_t{2048}, std::size_t{1'000'000'000}}) {
        expect_same(made, expected,
                    answers(made.law, made.requests, made.population, {.threads = threads, .rows_per_chunk = rows}),
                    std::to_string(threads) + " threads and chunks of " + std::to_string(rows));
      }
    }
  });
}

TEST_F(EveryCase, the_order_of_the_rows_changes_no_bit) {
  for_each([](const PropertyCase& made, const Results& expected) {
    const Population other = PopulationBuilder::build(shuffled(made.tables, made.seed));
    for (const Level level : {Level::individu, Level::famille, Level::foyer_fiscal, Level::menage}) {
      ASSERT_EQ(made.population.ids(level), other.ids(level));
    }
    expect_same(made, expected, answers(made.law, made.requests, other), "another order of rows");
  });
}

TEST_F(EveryCase, a_scenario_beside_changes_no_bit) {
  for_each([](const PropertyCase& made, const Results& expected) {
    const law::Law reformed = load(made.written, true);
    const std::vector<const law::Law*> both{&reformed, &made.law};
    const plan::Graph graph = plan::build_graph(both, made.requests, made.population);
    const Results results = engine::run(plan::schedule(graph), made.population, {.threads = 1});
    const auto middle = results.begin() + static_cast<std::ptrdiff_t>(made.requests.size());
    expect_same(made, answers(reformed, made.requests, made.population), Results(results.begin(), middle), "a scenario after it");
    expect_same(made, expected, Results(middle, results.end()), "a scenario before it");
  });
}

TEST_F(EveryCase, one_question_alone_gives_the_bits_it_has_among_others) {
  for_each([](const PropertyCase& made, const Results& expected) {
    for (std::size_t i = 0; i < made.requests.size(); i += 3) {
      const Results alone = answers(made.law, {made.requests[i]}, made.population);
      if (!same_bits(alone[0], expected[i])) ADD_FAILURE() << "alone it differs: " << describe(made, made.requests[i], 0);
    }
  });
}

TEST_F(EveryCase, keeping_every_register_changes_no_bit) {
  for_each([](const PropertyCase& made, const Results& expected) {
    const law::Law* const one = &made.law;
    const plan::Graph graph = plan::build_graph({&one, 1}, made.requests, made.population);
    expect_same(made, expected, engine::run(plan::schedule(graph, true), made.population, {.threads = 1}),
                "keeping every register");
  });
}

}  // namespace
}  // namespace labacces::property
