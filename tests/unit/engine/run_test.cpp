// The executor against an obvious interpreter, and the promise that results do not depend on how the work is cut.
#include "libsim/engine/run.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <bit>
#include <string>

#include "libsim/base/error.hpp"
#include "libsim/engine/executor.hpp"
#include "tests/unit/engine/random_world.hpp"

namespace labacces::engine {
namespace {

using testing::Dice;
using testing::random_graph;
using testing::random_population;
using testing::WholeColumns;
using Columns = std::vector<std::vector<double>>;

/// Where the bits first differ, as text; empty when nowhere. A NaN is a NaN.
std::string difference(const Columns& a, const Columns& b) {
  if (a.size() != b.size()) return "other number of outputs";
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].size() != b[i].size()) return "other size of output " + std::to_string(i);
    for (std::size_t row = 0; row < a[i].size(); ++row) {
      const bool both_nan = a[i][row] != a[i][row] && b[i][row] != b[i][row];
      if (std::bit_cast<std::uint64_t>(a[i][row]) == std::bit_cast<std::uint64_t>(b[i][row]) || both_nan) continue;
      return "output " + std::to_string(i) + " row " + std::to_string(row) + ": " + std::to_string(a[i][row]) + " and " +
             std::to_string(b[i][row]);
    }
  }
  return {};
}

Columns interpreted(const plan::Graph& graph, const Population& population) {
  const WholeColumns whole(graph, population);
  Columns columns;
  for (const plan::Output& output : graph.outputs) columns.push_back(whole.output(output));
  return columns;
}

TEST(Run, agrees_with_an_obvious_interpreter_on_random_graphs) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Population population = random_population(1 + seed % 40, seed);
    const plan::Graph graph = random_graph(40 + seed * 5, seed);
    const std::string found =
        difference(run(plan::schedule(graph), population, {.threads = 1, .rows_per_chunk = 16}), interpreted(graph, population));
    EXPECT_EQ(found, "") << "seed " << seed;
  }
}

TEST(Run, is_the_same_bit_for_bit_whatever_the_threads_and_chunks) {
  const Population population = random_population(700, 8);
  const plan::Plan plan = plan::schedule(random_graph(300, 8));
  const Columns wanted = run(plan, population, {.threads = 1});
  for (const unsigned threads : {1U, 2U, 3U, 5U}) {
    for (const std::size_t rows : {1UL, 7UL, 64UL, 2048UL, 1'000'000'000UL}) {
      EXPECT_EQ(difference(run(plan, population, {.threads = threads, .rows_per_chunk = rows}), wanted), "")
          << threads << " threads, " << rows;
    }
  }
}

TEST(Run, is_the_same_on_every_instruction_set) {
  const Population population = random_population(300, 9);
  const plan::Plan plan = plan::schedule(random_graph(300, 9));
  const std::vector<Chunk> chunks = cut_chunks(population, 1'000'000);
  ASSERT_EQ(chunks.size(), 1U);
  Columns wanted;
  for (const KernelTable* table : kernel_tables()) {
    Executor executor(plan, population, largest_size(chunks), *table);
    executor.run(chunks[0]);
    Columns columns;
    for (const std::span<const double> output : executor.outputs()) columns.emplace_back(output.begin(), output.end());
    if (wanted.empty()) wanted = columns;
    EXPECT_EQ(difference(columns, wanted), "") << table->name;
  }
}

TEST(Run, keeping_every_node_changes_no_value) {
  const Population population = random_population(50, 10);
  const plan::Graph graph = random_graph(200, 10);
  EXPECT_EQ(difference(run(plan::schedule(graph, true), population), run(plan::schedule(graph), population)), "");
}

TEST(Run, nobody_gives_empty_columns) {
  plan::Graph graph;
  graph.outputs.push_back({.level = Level::famille, .node = graph.constant(3.0)});
  const Columns columns = run(plan::schedule(graph), Population{});
  ASSERT_EQ(columns.size(), 1U);
  EXPECT_TRUE(columns[0].empty());
}

TEST(Run, a_constant_output_fills_its_level) {
  const Population population = random_population(20, 11);
  plan::Graph graph;
  graph.outputs.push_back({.level = Level::menage, .node = graph.constant(3.0)});
  EXPECT_EQ(run(plan::schedule(graph), population)[0], std::vector<double>(20, 3.0));
}

TEST(Run, ranks_in_a_crowd_are_those_of_a_sort) {
  PopulationTables tables;
  for (std::size_t i = 0; i < 100; ++i) tables.ids[0].push_back(std::to_string(i));
  Column key;
  for (std::size_t i = 0; i < 100; ++i) key.values.push_back(static_cast<double>((i * 37) % 50));
  for (const Level group : group_levels) {
    tables.ids[index_of(group)] = {"1"};
    tables.unit_of[index_of(group)].assign(100, 0);
    tables.role_of[index_of(group)].assign(100, 2);
    tables.role_of[index_of(group)][0] = 0;
  }
  tables.columns.push_back(key);
  tables.variables.push_back({"key", Level::individu, {{Period::eternity(), 0}}});
  const Population population = PopulationBuilder::build(std::move(tables));
  plan::Graph graph;
  const plan::NodeId a = graph.add({.op = plan::NodeOp::input});
  graph.outputs.push_back({.node = graph.add({.op = plan::NodeOp::rank, .from = Level::famille, .a = a})});
  EXPECT_EQ(difference(run(plan::schedule(graph), population), interpreted(graph, population)), "");
}

TEST(Run, progress_rises_to_the_total) {
  const Population population = random_population(100, 12);
  const plan::Plan plan = plan::schedule(random_graph(60, 12));
  std::size_t last = 0, total = 0;
  run(plan, population, {.threads = 2, .rows_per_chunk = 10, .progress = [&](std::size_t done, std::size_t all) {
                           EXPECT_GT(done, last);
                           last = done;
                           total = all;
                         }});
  EXPECT_GT(total, 1U);
  EXPECT_EQ(last, total);
}

TEST(Run, stops_when_asked_and_says_so) {
  const Population population = random_population(100, 13);
  const plan::Plan plan = plan::schedule(random_graph(60, 13));
  std::stop_source source;
  std::atomic<int> chunks{0};
  RunOptions options{.threads = 1, .rows_per_chunk = 10, .stop = source.get_token()};
  EXPECT_FALSE(run_chunks(plan, population, options, [&](const ChunkView&) {
    ++chunks;
    source.request_stop();
  }));
  EXPECT_EQ(chunks, 1);
  EXPECT_THROW(run(plan, population, options), Error);
}

TEST(Run, what_a_sink_throws_reaches_the_caller) {
  const Population population = random_population(100, 14);
  const plan::Plan plan = plan::schedule(random_graph(60, 14));
  EXPECT_THROW(
      run_chunks(plan, population, {.threads = 2, .rows_per_chunk = 10}, [](const ChunkView&) { throw Error("disk full"); }),
      Error);
}

TEST(Run, a_plan_of_another_population_is_refused) {
  const plan::Plan plan = plan::schedule(random_graph(100, 15));
  Population population = random_population(10, 15);
  const Population other;
  EXPECT_NO_THROW(run(plan, population));
  EXPECT_THROW(Executor(plan, other, 0), Defect);
}

}  // namespace
}  // namespace labacces::engine
