// End to end: the seven benefits on the synthetic Brittany, by threads, months asked and scenarios side by side; what comes before and
// after the engine (making the population, taking whole columns out) is timed apart.
//
// A household-month is one household and one month asked; the months before them that the law needs cost time and do not count.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

#include "bench/french_run.hpp"
#include "libsim/engine/run.hpp"
#include "libsim/population/synthetic.hpp"
#include "libsim/scenario/run_scenario.hpp"

namespace labacces::bench {
namespace {

/// A million households, or as many as LABACCES_BENCH_HOUSEHOLDS says.
std::size_t households() {
  const char* const text = std::getenv("LABACCES_BENCH_HOUSEHOLDS");
  return text != nullptr ? std::strtoull(text, nullptr, 10) : 1'000'000;
}

void count(benchmark::State& state, std::size_t months, std::size_t scenarios, unsigned threads) {
  const auto done = static_cast<double>(households() * months * scenarios);
  using benchmark::Counter;
  state.counters["household-months/s"] = Counter(done, Counter::kIsIterationInvariantRate);
  state.counters["per core"] = Counter(done / static_cast<double>(threads), Counter::kIsIterationInvariantRate);
}

void make_population(benchmark::State& state) {
  const law::Law law = french_law();
  for (auto _ : state)
    benchmark::DoNotOptimize(make_synthetic({.households = households() / 10}, law.schema(), Month{last_month_index}));
  state.counters["households/s"] =
      benchmark::Counter(static_cast<double>(households() / 10), benchmark::Counter::kIsIterationInvariantRate);
}

/// range: threads, months, scenarios.
void engine_alone(benchmark::State& state) {
  const auto threads = static_cast<unsigned>(state.range(0));
  const auto months = static_cast<std::size_t>(state.range(1));
  const auto scenarios = static_cast<std::size_t>(state.range(2));
  const std::vector<law::Law> laws = reformed_laws(scenarios);
  std::vector<const law::Law*> pointers;
  for (const law::Law& law : laws) pointers.push_back(&law);
  const Population& population = brittany(laws[0], households());
  const plan::Plan plan = plan::schedule(standard_graph(pointers, population, months));
  for (auto _ : state) {
    engine::run_chunks(plan, population, {.threads = threads},
                       [](const engine::ChunkView& view) { benchmark::DoNotOptimize(view.outputs.data()); });
  }
  count(state, months, scenarios, threads);
  state.counters["instructions"] = static_cast<double>(plan.instructions.size());
}

void with_whole_columns(benchmark::State& state) {
  const law::Law law = french_law();
  const Population& population = brittany(law, households());
  const plan::Plan plan = plan::schedule(standard_graph({&law}, population, 12));
  for (auto _ : state)
    benchmark::DoNotOptimize(engine::run(plan, population, {.threads = static_cast<unsigned>(state.range(0))}));
  count(state, 12, 1, static_cast<unsigned>(state.range(0)));
}

/// The base scenario, with its incomes and who claims; range: threads, with an order of claiming, scenarios (one amount each).
void whole_scenarios(benchmark::State& state) {
  const auto threads = static_cast<unsigned>(state.range(0));
  const auto count_of = static_cast<std::size_t>(state.range(2));
  const std::vector<law::Law> laws = reformed_laws(count_of);
  std::vector<const law::Law*> pointers;
  std::vector<scenario::Scenario> scenarios;
  for (const law::Law& law : laws) {
    pointers.push_back(&law);
    scenarios.push_back(scenario::base_scenario());
    scenarios.back().name = "scenario " + std::to_string(scenarios.size());
    scenarios.back().period = Month{last_month_index};
    if (state.range(1) != 0) scenarios.back().order = {"aide_logement", "rsa", "ppa"};
  }
  const Population& population = brittany(laws[0], households() / 10);
  for (auto _ : state)
    benchmark::DoNotOptimize(scenario::compare_scenarios(scenarios, pointers, population, {.threads = threads}));
  state.counters["households/s"] =
      benchmark::Counter(static_cast<double>(households() / 10), benchmark::Counter::kIsIterationInvariantRate);
}

BENCHMARK(whole_scenarios)
    ->ArgNames({"threads", "order", "scenarios"})
    ->Args({1, 0, 1})
    ->Args({1, 1, 1})
    ->Args({1, 0, 11})
    ->Args({1, 1, 11})
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(engine_alone)
    ->ArgNames({"threads", "months", "scenarios"})
    ->Args({1, 12, 1})
    ->Args({1, 1, 1})
    ->Args({2, 12, 1})
    ->Args({1, 12, 2})
    ->Args({1, 12, 8})
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(with_whole_columns)
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(make_population)->UseRealTime()->MeasureProcessCPUTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace labacces::bench

BENCHMARK_MAIN();
