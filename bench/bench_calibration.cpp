// Calibration of a million households to 200 margins: 100 of territories, 100 of persons.
#include <benchmark/benchmark.h>

#include "libsim/base/random.hpp"
#include "libsim/population/calibration/calibrate.hpp"

namespace labacces::calibration {
namespace {

constexpr std::uint32_t of_each_kind = 100;

Margins made(std::size_t households) {
  const Stream stream(1, "bench/calibration");
  std::vector<std::vector<Cell>> rows(households);
  std::vector<Margin> wanted;
  for (std::uint32_t i = 0; i < 2 * of_each_kind; ++i) wanted.push_back({std::to_string(i), 0.0});
  for (std::size_t h = 0; h < households; ++h) {
    const auto draw = [&](std::uint64_t number) { return stream.uniform(h, number); };
    rows[h].push_back({static_cast<std::uint32_t>(of_each_kind * draw(0)), 1.0});
    const auto persons = 1 + static_cast<std::uint64_t>(4.0 * draw(1));
    for (std::uint64_t p = 0; p < persons; ++p)
      rows[h].push_back({of_each_kind + static_cast<std::uint32_t>(of_each_kind * draw(2 + p)), 1.0});
    for (const Cell& cell : rows[h]) wanted[cell.margin].total += 1.6 * (0.8 + 0.002 * cell.margin);
  }
  Margins margins(wanted);
  for (const auto& row : rows) margins.add_unit(row);
  return margins;
}

void calibration(benchmark::State& state) {
  const Margins margins = made(1'000'000);
  const std::vector<double> weights(margins.units(), 1.6);
  const Options options{.method = static_cast<Method>(state.range(0)), .lower = 0.2, .upper = 4.0};
  Calibrated found;
  for (auto _ : state) found = calibrate(margins, weights, options);
  state.counters["largest_error"] = found.largest_error;
  state.counters["steps"] = found.steps;
}
BENCHMARK(calibration)->Arg(0)->Arg(1)->Arg(2)->Arg(3)->Unit(benchmark::kSecond)->UseRealTime()->Iterations(1);

}  // namespace
}  // namespace labacces::calibration

BENCHMARK_MAIN();
