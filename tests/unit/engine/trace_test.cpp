#include "libsim/engine/trace.hpp"

#include <gtest/gtest.h>

#include "tests/unit/engine/random_world.hpp"

namespace labacces::engine {
namespace {

using testing::random_graph;
using testing::random_population;
using testing::WholeColumns;

TEST(Trace, gives_each_name_its_values_for_the_units_of_the_dwelling) {
  const Population population = random_population(30, 21);
  plan::Graph graph = random_graph(150, 21);
  for (const plan::Output& output : graph.outputs) graph.names.push_back({.node = output.node});
  const WholeColumns whole(graph, population);
  for (std::size_t dwelling = 0; dwelling < 30; ++dwelling) {
    const Trace trace = trace_household(graph, population, dwelling);
    ASSERT_EQ(trace.values.size(), graph.names.size());
    EXPECT_EQ(trace.rows[index_of(Level::menage)], std::vector<std::size_t>{dwelling});
    for (std::size_t i = 0; i < graph.names.size(); ++i) {
      const std::vector<std::size_t>& rows = trace.rows[index_of(trace.levels[i])];
      ASSERT_EQ(trace.values[i].size(), rows.size());
      for (std::size_t k = 0; k < rows.size(); ++k) {
        const double wanted = whole.at(graph.names[i].node, rows[k]);
        EXPECT_TRUE(trace.values[i][k] == wanted || wanted != wanted) << trace.values[i][k] << " " << wanted;
      }
    }
  }
}

TEST(Trace, rows_are_the_persons_of_the_dwelling_and_their_units) {
  const Population population = random_population(30, 22);
  for (std::size_t dwelling = 0; dwelling < 30; ++dwelling) {
    const Trace trace = trace_household(plan::Graph{}, population, dwelling);
    std::size_t persons = 0;
    for (const std::int32_t home : population.membership(Level::menage).unit_of)
      persons += home == static_cast<std::int32_t>(dwelling) ? 1U : 0U;
    EXPECT_EQ(trace.rows[0].size(), persons);
    for (const std::size_t person : trace.rows[0]) {
      const auto family = static_cast<std::size_t>(population.membership(Level::famille).unit_of[person]);
      EXPECT_TRUE(std::ranges::count(trace.rows[index_of(Level::famille)], family) == 1);
    }
  }
}

}  // namespace
}  // namespace labacces::engine
