// Estimation of take-up: logit with 20 covariates on a million units, by threads and kind of errors, and what its parts cost.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <string>

#include "libsim/base/random.hpp"
#include "libsim/takeup/choice.hpp"

namespace labacces::bench {
namespace {

constexpr std::size_t units = 1'000'000;
constexpr std::size_t covariates = 20;

/// Ten uniform covariates and ten indicators; clusters of four units.
const takeup::Sample& sample() {
  static const takeup::Sample made = [] {
    takeup::Sample out;
    const Stream stream(1, "bench fit");
    out.columns.resize(covariates);
    for (std::size_t j = 0; j < covariates; ++j) out.names.push_back("x" + std::to_string(j));
    for (std::uint64_t i = 0; i < units; ++i) {
      double index = -0.5;
      for (std::size_t j = 0; j < covariates; ++j) {
        const double u = stream.uniform(i, j);
        out.columns[j].push_back(j < covariates / 2 ? 3.5 * (u - 0.5) : (u < 0.3 ? 1.0 : 0.0));
        index += (j % 3 == 0 ? 0.3 : -0.1) * out.columns[j].back();
      }
      out.claims.push_back(stream.uniform(i, covariates) < takeup::probability_at(takeup::Link::logit, index) ? 1.0 : 0.0);
      out.weights.push_back(50.0 + 200.0 * stream.uniform(i, covariates + 1));
      out.clusters.push_back(i / 4);
    }
    return out;
  }();
  return made;
}

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

void fit(benchmark::State& state, takeup::Link link, takeup::Errors errors, unsigned threads) {
  const takeup::Sample& data = sample();
  double used = 0.0;
  for (auto _ : state) {
    const double before = processor_seconds();
    const takeup::ChoiceFit found = takeup::fit_choice(data, link, errors, threads);
    used += processor_seconds() - before;
    state.counters["iterations"] = found.iterations;
  }
  state.counters["processor_s"] = used / static_cast<double>(state.iterations());
}

void checks(benchmark::State& state) {
  for (auto _ : state) takeup::check_sample(sample(), 1);
}

const int registered = [] {
  const auto add = [](const std::string& name, takeup::Link link, takeup::Errors errors, unsigned threads) {
    benchmark::RegisterBenchmark((name + "/threads:" + std::to_string(threads)).c_str(),
                                 [=](benchmark::State& state) { fit(state, link, errors, threads); })
        ->Unit(benchmark::kSecond)
        ->Iterations(1)
        ->UseRealTime();
  };
  benchmark::RegisterBenchmark("checks", checks)->Unit(benchmark::kSecond)->Iterations(1);
  for (const unsigned threads : {1U, 2U}) {
    add("logit/robust", takeup::Link::logit, takeup::Errors::robust, threads);
    add("logit/clustered", takeup::Link::logit, takeup::Errors::clustered, threads);
    add("probit/robust", takeup::Link::probit, takeup::Errors::robust, threads);
  }
  return 0;
}();

}  // namespace
}  // namespace labacces::bench

BENCHMARK_MAIN();
