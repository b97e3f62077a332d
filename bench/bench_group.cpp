// Loops between persons and their units, tables and scales: 2,048 persons in about 900 dwellings.
#include <benchmark/benchmark.h>

#include <limits>
#include <string>
#include <vector>

#include "libsim/engine/kernels.hpp"
#include "libsim/engine/table_index.hpp"

namespace labacces::bench {
namespace {

using engine::KernelTable;

constexpr std::size_t persons = 2048;

struct Dwellings {
  std::vector<std::int32_t> of, principal;
};

/// Sizes one to five in the shares of French households, near enough; neighbours mixed.
Dwellings dwellings() {
  constexpr std::size_t sizes[] = {1, 2, 1, 4, 2, 1, 3, 2, 1, 5, 2, 1, 2, 3, 1, 4, 1, 2};
  Dwellings result;
  for (std::size_t k = 0; result.of.size() < persons; ++k) {
    result.principal.push_back(static_cast<std::int32_t>(result.of.size()));
    for (std::size_t i = 0; i < sizes[(k * 7 + k / 5) % std::size(sizes)] && result.of.size() < persons; ++i) {
      result.of.push_back(static_cast<std::int32_t>(result.principal.size() - 1));
    }
  }
  return result;
}

std::vector<double> amounts(std::size_t n) {
  std::vector<double> result;
  for (std::size_t i = 0; i < n; ++i) result.push_back(static_cast<double>((i * 7919) % 20011) / 7.0);
  return result;
}

void count(benchmark::State& state, std::size_t rows) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(rows));
}

void member_sum(benchmark::State& state, const KernelTable* table) {
  const Dwellings homes = dwellings();
  const std::vector<double> a = amounts(persons);
  std::vector<double> out(persons);
  for (auto _ : state) {
    table->levels.member_sum(out.data(), homes.principal.size(), a.data(), homes.of.data(), persons);
    benchmark::ClobberMemory();
  }
  count(state, persons);
}

void member_max(benchmark::State& state, const KernelTable* table) {
  const Dwellings homes = dwellings();
  const std::vector<double> a = amounts(persons);
  std::vector<double> out(persons);
  for (auto _ : state) {
    table->levels.member_max(out.data(), homes.principal.size(), a.data(), homes.of.data(), persons);
    benchmark::ClobberMemory();
  }
  count(state, persons);
}

void to_members(benchmark::State& state, const KernelTable* table) {
  const Dwellings homes = dwellings();
  const std::vector<double> a = amounts(persons);
  std::vector<double> out(persons);
  for (auto _ : state) {
    table->levels.gather(out.data(), a.data(), homes.of.data(), persons);
    benchmark::ClobberMemory();
  }
  count(state, persons);
}

void of_principal(benchmark::State& state, const KernelTable* table) {
  const Dwellings homes = dwellings();
  const std::vector<double> a = amounts(persons);
  std::vector<double> out(persons);
  for (auto _ : state) {
    table->levels.gather(out.data(), a.data(), homes.principal.data(), homes.principal.size());
    benchmark::ClobberMemory();
  }
  count(state, homes.principal.size());
}

void table_of_two_keys(benchmark::State& state, const KernelTable* table) {
  plan::TableData data;
  constexpr std::int32_t highest = std::numeric_limits<std::int32_t>::max();
  for (std::int32_t zone = 0; zone < 3; ++zone) {
    for (std::int32_t size = 0; size < 8; ++size)
      data.rows.push_back({size, size == 7 ? highest : size, zone, zone, 30.0 * size + zone});
  }
  const engine::TableIndex index(data);
  std::vector<double> size, zone, out(persons), zeros(persons);
  for (std::size_t i = 0; i < persons; ++i) {
    size.push_back(static_cast<double>(i * i % 9));
    zone.push_back(static_cast<double>(i % 3));
  }
  for (auto _ : state) {
    index.look_up(table->levels, out.data(), size.data(), zone.data(), zeros.data(), persons);
    benchmark::ClobberMemory();
  }
  count(state, persons);
}

void scale_of_five_brackets(benchmark::State& state, const KernelTable* table) {
  const plan::ScaleData scale{0, {0, 500, 1000, 1500, 2500}, {0.01, 0.02, 0.1, 0.2, 0.4}};
  const std::vector<double> key = amounts(persons);
  std::vector<double> out(persons);
  for (auto _ : state) {
    engine::apply_scale(table->levels, scale, out.data(), key.data(), persons);
    benchmark::ClobberMemory();
  }
  count(state, persons);
}

const int registered = [] {
  using Function = void (*)(benchmark::State&, const KernelTable*);
  constexpr std::pair<const char*, Function> cases[] = {{"member_sum", member_sum},   {"member_max", member_max},
                                                        {"to_members", to_members},   {"of_principal", of_principal},
                                                        {"table", table_of_two_keys}, {"scale", scale_of_five_brackets}};
  for (const KernelTable* table : engine::kernel_tables()) {
    for (const auto& [name, function] : cases) {
      benchmark::RegisterBenchmark(("level/" + std::string(name) + "/" + std::string(table->name)).c_str(), function, table);
    }
  }
  return 0;
}();

}  // namespace
}  // namespace labacces::bench

BENCHMARK_MAIN();
