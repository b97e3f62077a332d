// Chunk sizes, from 256 persons to the whole column, on the standard run of one thread.
#include <benchmark/benchmark.h>

#include "bench/french_run.hpp"
#include "libsim/engine/run.hpp"

namespace labacces::bench {
namespace {

constexpr std::size_t households = 100'000;
constexpr std::size_t months = 12;

void chunk(benchmark::State& state) {
  static const law::Law law = french_law();
  const Population& population = brittany(law, households);
  static const plan::Plan plan = plan::schedule(standard_graph({&law}, population, months));
  for (auto _ : state) {
    engine::run_chunks(plan, population, {.threads = 1, .rows_per_chunk = static_cast<std::size_t>(state.range(0))},
                       [](const engine::ChunkView& view) { benchmark::DoNotOptimize(view.outputs.data()); });
  }
  state.counters["household-months/s"] =
      benchmark::Counter(static_cast<double>(households * months), benchmark::Counter::kIsIterationInvariantRate);
}

BENCHMARK(chunk)
    ->Arg(256)
    ->Arg(512)
    ->Arg(1024)
    ->Arg(2048)
    ->Arg(4096)
    ->Arg(16'384)
    ->Arg(131'072)
    ->Arg(10'000'000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace labacces::bench

BENCHMARK_MAIN();
