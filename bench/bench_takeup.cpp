// Draws of take-up: nanoseconds a draw of ten benefits, by how luck depends between benefits and months; and what the generator alone costs.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "libsim/takeup/luck_block.hpp"
#include "libsim/takeup/luck_kernels.hpp"

namespace labacces::bench {
namespace {

using takeup::Chances;
using takeup::Correlation;
using takeup::LatentLuck;
using takeup::LuckBlock;

constexpr std::size_t households = 1'000'000;
constexpr std::size_t benefits = 10;
constexpr std::size_t block = 512;
constexpr Month first = Month::of(2025, 1);

std::vector<std::uint64_t> keys_of(std::size_t count) {
  std::vector<std::uint64_t> keys(count);
  for (std::size_t i = 0; i < count; ++i) keys[i] = hash_name(std::to_string(i));
  return keys;
}

/// One chance for each household and benefit, between 0.2 and 0.95.
std::vector<double> probabilities(std::size_t benefit, std::size_t begin, std::size_t count) {
  std::vector<double> out(count);
  for (std::size_t i = 0; i < count; ++i)
    out[i] = 0.2 + 0.75 * static_cast<double>(((begin + i) * 7919 + benefit * 131) % 1000) / 1000.0;
  return out;
}

LatentLuck luck_of(double correlation, double persistence) {
  std::vector<std::string> names;
  for (std::size_t b = 0; b < benefits; ++b) names.push_back("benefit_" + std::to_string(b));
  std::vector<Correlation> correlations;
  for (std::size_t a = 0; a < benefits && correlation != 0.0; ++a) {
    for (std::size_t b = a + 1; b < benefits; ++b) correlations.push_back({names[a], names[b], correlation});
  }
  return {1, names, correlations, std::vector<double>(benefits, persistence)};
}

/// All replications of a block of households after each other: chances stay in the cache.
void draws(benchmark::State& state, double correlation, double persistence, std::size_t months, std::uint64_t replications) {
  const LatentLuck luck = luck_of(correlation, persistence);
  const std::vector<std::uint64_t> keys = keys_of(households);
  std::vector<std::uint8_t> claims(block);
  std::size_t takers = 0;
  for (auto _ : state) {
    for (std::size_t begin = 0; begin < households; begin += block) {
      const auto units = std::span(keys).subspan(begin, std::min(block, households - begin));
      std::vector<Chances> chances;
      for (std::size_t b = 0; b < benefits; ++b) chances.emplace_back(probabilities(b, begin, units.size()));
      claims.resize(units.size());
      for (std::uint64_t replication = 0; replication < replications; ++replication) {
        LuckBlock luck_block(luck, units, first, months, replication);
        for (std::size_t b = 0; b < benefits; ++b) {
          for (std::size_t month = 0; month < months; ++month) {
            luck_block.claims(b, month, chances[b], claims);
            takers += claims[0];
          }
        }
      }
    }
  }
  benchmark::DoNotOptimize(takers);
  const double count =
      static_cast<double>(state.iterations()) * static_cast<double>(households * benefits * months * replications);
  state.counters["ns_a_draw"] = benchmark::Counter(count * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

/// The ten rounds of Philox and the comparison, on a column that stays in the first cache.
void generator(benchmark::State& state, const takeup::LuckKernels* kernels) {
  const std::vector<std::uint64_t> keys = keys_of(1024);
  const Chances chances(probabilities(0, 0, keys.size()));
  std::vector<std::uint8_t> claims(keys.size());
  std::uint64_t draw = 0;
  for (auto _ : state) {
    kernels->below({1, 2}, keys.data(), draw++, chances.thresholds().data(), claims.data(), claims.size());
    benchmark::ClobberMemory();
  }
  const double count = static_cast<double>(state.iterations()) * static_cast<double>(keys.size());
  state.counters["ns_a_draw"] = benchmark::Counter(count * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

const int registered = [] {
  for (const takeup::LuckKernels* kernels : takeup::luck_kernel_sets()) {
    benchmark::RegisterBenchmark(("generator/" + std::string(kernels->name)).c_str(), generator, kernels);
  }
  const auto add = [](const char* name, double correlation, double persistence, std::size_t months, std::uint64_t replications) {
    benchmark::RegisterBenchmark(name,
                                 [=](benchmark::State& state) { draws(state, correlation, persistence, months, replications); })
        ->Unit(benchmark::kSecond)
        ->Iterations(1);
  };
  add("independent/one_month/100_replications", 0.0, 1.0, 1, 100);
  add("copula/one_month/10_replications", 0.3, 1.0, 1, 10);
  add("persistent/nine_months/1_replication", 0.0, 0.9, 9, 1);
  add("copula_and_persistent/nine_months/1_replication", 0.3, 0.9, 9, 1);
  return 0;
}();

}  // namespace
}  // namespace labacces::bench

BENCHMARK_MAIN();
