// The synthetic population: households drawn, and whole populations made, on one thread and two.
#include <benchmark/benchmark.h>

#include "bench/french_run.hpp"
#include "libsim/population/synthetic.hpp"
#include "libsim/population/synthetic/draw.hpp"

namespace labacces::bench {
namespace {

void draw_households(benchmark::State& state) {
  const synthetic::Model& model = synthetic::model();
  const synthetic::DrawPlan plan{model, {0, 1, 2, 3}, {1.0, 1.6, 1.8, 1.3}, Month::of(2025, 12), 29};
  std::uint64_t block = 0;
  for (auto _ : state) benchmark::DoNotOptimize(synthetic::draw_block(plan, 1, block++));
  state.counters["households"] =
      benchmark::Counter(static_cast<double>(block * synthetic::block_households), benchmark::Counter::kIsRate);
}

void make_population(benchmark::State& state) {
  const Schema schema = french_law().schema();
  const auto households = static_cast<std::size_t>(state.range(0));
  for (auto _ : state)
    benchmark::DoNotOptimize(make_synthetic({households, 1, static_cast<unsigned>(state.range(1))}, schema, Month::of(2025, 6)));
  state.counters["households"] =
      benchmark::Counter(static_cast<double>(households * state.iterations()), benchmark::Counter::kIsRate);
}

BENCHMARK(draw_households)->Unit(benchmark::kMicrosecond);
BENCHMARK(make_population)->Args({100'000, 1})->Args({100'000, 2})->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

}  // namespace
}  // namespace labacces::bench

BENCHMARK_MAIN();
