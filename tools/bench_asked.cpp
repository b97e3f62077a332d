#include "tools/bench_asked.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <iostream>
#include <nlohmann/json.hpp>

#include "libsim/base/error.hpp"
#include "libsim/engine/run.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/population/load_population.hpp"
#include "libsim/population/time_span.hpp"

namespace labacces::tools {
namespace {

struct Seconds {
  double elapsed = 0.0, processor = 0.0;
};

double processor_now() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

template <typename Work>
Seconds timed(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  const double processor = processor_now();
  work();
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(), processor_now() - processor};
}

nlohmann::ordered_json json_of(const Seconds& time) { return {{"elapsed_s", time.elapsed}, {"cpu_s", time.processor}}; }

/// "rsa@2025-06": the month; "rsa@2025": its twelve months; "rfr@2025": the year.
std::vector<plan::Request> requests_of(const law::Law& law, const std::string& asked) {
  const std::size_t at = asked.find('@');
  const std::optional<std::uint32_t> index = law.find_variable(asked.substr(0, at));
  if (!index) {
    const Schema schema = law.schema();
    throw Error("--ask: unknown variable '" + asked.substr(0, at) + "'; " + did_you_mean(asked.substr(0, at), schema.names()));
  }
  const std::optional<TimeSpan> span =
      at == std::string::npos ? std::nullopt : parse_time_span(std::string_view(asked).substr(at + 1));
  const law::Variable& variable = law.variables()[*index];
  const bool yearly = variable.periodicity == Periodicity::yearly;
  if (!span || span->is_eternity() || (yearly && span->civil_years() != 1))
    throw Error("--ask: expected NAME@" + std::string(yearly ? "2025" : "2025-06") + ", found '" + asked + "'");
  std::vector<plan::Request> requests;
  if (yearly) return {{variable.name, Period::year(span->first.year())}};
  for (int month = 0; month < span->months; ++month) requests.push_back({variable.name, Period::month(span->first + month)});
  return requests;
}

/// Peak of the memory that the process has held.
double peak_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return 1024.0 * static_cast<double>(usage.ru_maxrss);
}

}  // namespace

Exit bench_asked(const po::variables_map& given) {
  if (!given.contains("population")) throw Error("--ask goes with --population");
  constexpr int repeats = 3;
  const law::Law law = law_from(given);
  std::vector<plan::Request> requests;
  for (const std::string& asked : values(given, "ask")) {
    const std::vector<plan::Request> more = requests_of(law, asked);
    requests.insert(requests.end(), more.begin(), more.end());
  }
  LoadedPopulation loaded;
  const Seconds reading = timed([&] {
    loaded = load_population(given["population"].as<std::string>(), law.schema(), law.latest_month(), mapping_from(given));
  });
  const law::Law* laws[] = {&law};
  plan::Plan program;
  const Seconds planning = timed([&] { program = plan::schedule(plan::build_graph(laws, requests, loaded.population)); });
  Seconds best;
  for (int repeat = 0; repeat < repeats; ++repeat) {
    const Seconds time = timed([&] { engine::run(program, loaded.population, {.threads = 1}); });
    if (repeat == 0 || time.processor < best.processor) best = time;
  }
  const nlohmann::ordered_json out{{"households", loaded.population.count(Level::menage)},
                                   {"persons", loaded.population.count(Level::individu)},
                                   {"reading", json_of(reading)},
                                   {"planning", json_of(planning)},
                                   {"running", json_of(best)},
                                   {"peak_bytes", peak_bytes()}};
  std::cout << out.dump(2) << "\n";
  return Exit::done;
}

}  // namespace labacces::tools
