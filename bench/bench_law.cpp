// What happens once before the first household: reading the law, building the graph, making the plan.
#include <benchmark/benchmark.h>

#include "bench/french_run.hpp"

namespace labacces::bench {
namespace {

void load_french_law(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(french_law());
}

void build_graph(benchmark::State& state) {
  const law::Law law = french_law();
  const Population& population = brittany(law, 2000);
  std::size_t nodes = 0;
  for (auto _ : state) nodes = standard_graph({&law}, population, static_cast<std::size_t>(state.range(0))).nodes().size();
  state.counters["nodes"] = static_cast<double>(nodes);
}

void schedule(benchmark::State& state) {
  const law::Law law = french_law();
  const plan::Graph graph = standard_graph({&law}, brittany(law, 2000), static_cast<std::size_t>(state.range(0)));
  plan::Plan plan;
  for (auto _ : state) plan = plan::schedule(graph);
  state.counters["instructions"] = static_cast<double>(plan.instructions.size());
  state.counters["registers"] = static_cast<double>(plan.register_count);
  for (std::size_t level = 0; level < level_count; ++level) {
    std::size_t count = 0;
    for (const plan::Instruction& instruction : plan.instructions)
      count += instruction.level == static_cast<Level>(level) ? 1U : 0U;
    state.counters[std::string(name_of(static_cast<Level>(level)))] = static_cast<double>(count);
  }
}

BENCHMARK(load_french_law)->Unit(benchmark::kMillisecond);
BENCHMARK(build_graph)->Arg(1)->Arg(12)->Unit(benchmark::kMillisecond);
BENCHMARK(schedule)->Arg(1)->Arg(12)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace labacces::bench

BENCHMARK_MAIN();
