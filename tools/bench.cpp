// labacces bench: how fast this machine runs the standard job.
#include <algorithm>
#include <chrono>
#include <ctime>
#include <iostream>

#include "libsim/base/error.hpp"
#include "libsim/base/parallel.hpp"
#include "libsim/base/text.hpp"
#include "libsim/engine/run.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/population/synthetic.hpp"
#include "libsim/report/table.hpp"
#include "libsim/scenario/scenario.hpp"
#include "tools/bench_asked.hpp"
#include "tools/command.hpp"
#include "tools/options.hpp"

namespace labacces::tools {
namespace {

const Usage usage{"labacces bench [options]",
                  "Times the standard run on this machine: the benefits of the base scenario on the synthetic Brittany, for the "
                  "twelve months that end\n"
                  "with the latest month known, on one core and on all; best of five. Nothing is written.",
                  "  labacces bench --households 50000"};

using Clock = std::chrono::steady_clock;

template <typename Work>
double seconds(const Work& work) {
  const auto begin = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Elapsed seconds and processor seconds of all threads (the honest measure on a machine that others use too).
struct Timing {
  double elapsed = 1e9, processor = 1e9;
};

double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

Timing best_of_five(const plan::Plan& program, const Population& population, unsigned threads, std::size_t rows_per_chunk) {
  Timing best;
  for (int repeat = 0; repeat < 5; ++repeat) {
    const double before = processor_seconds();
    const double elapsed = seconds([&] {
      engine::run_chunks(program, population, {threads, rows_per_chunk, {}}, [](const engine::ChunkView&) {});
    });
    best.elapsed = std::min(best.elapsed, elapsed);
    best.processor = std::min(best.processor, processor_seconds() - before);
  }
  return best;
}

std::vector<plan::Request> requests_of(const scenario::Scenario& scenario, Month last, int months) {
  std::vector<plan::Request> requests;
  for (const std::string& benefit : scenario.benefits) {
    for (int back = months - 1; back >= 0; --back) requests.push_back({benefit, Period::month(last - back)});
  }
  return requests;
}

}  // namespace

Exit bench_command(const Arguments& arguments) {
  po::options_description options("options");
  options.add_options()("households", po::value<std::size_t>()->default_value(20'000)->value_name("N"), "size of the population")(
      "rows-per-chunk", po::value<std::size_t>()->default_value(engine::RunOptions{}.rows_per_chunk)->value_name("N"),
      "persons in a chunk")("ask", po::value<std::vector<std::string>>()->composing()->value_name("NAME@PERIOD"),
                            "time this on --population, on one core, as JSON; may be repeated")(
      "population", po::value<std::string>()->value_name("P"), "with --ask: a CSV file, a folder or a built-in population");
  add_mapping_option(options);
  add_law_options(options);
  const auto given = read_options(arguments, usage, options);
  if (!given) return Exit::done;
  if (given->contains("ask")) return bench_asked(*given);
  if (given->contains("population")) throw Error("--population goes with --ask");
  const std::size_t households = (*given)["households"].as<std::size_t>();
  const std::size_t rows_per_chunk = (*given)["rows-per-chunk"].as<std::size_t>();
  if (households == 0) throw Error("--households: at least 1 was expected");

  law::Law law;
  const double loading = seconds([&] { law = law_from(*given); });
  Population population;
  const Month last = law.latest_month();
  const double generating = seconds([&] { population = make_synthetic({households, 1, 0}, law.schema(), last); });
  const scenario::Scenario scenario = scenario::base_scenario();

  report::Table table;
  table.columns = {{"what", report::Align::left}, {"threads"}, {"ms"}, {"CPU ms"}, {"household-months/s"}, {"a CPU second"}};
  const auto in_ms = [](double time) { return fixed(1e3 * time, 1); };
  table.rows.push_back({"law loaded", "1", in_ms(loading), "", "", ""});
  table.rows.push_back({"population made", std::to_string(thread_count(0)), in_ms(generating), "", "", ""});
  const law::Law* laws[] = {&law};
  for (const int months : {12, 1}) {
    plan::Plan program;
    const std::string name = std::to_string(months) + (months == 1 ? " month" : " months");
    const double planning =
        seconds([&] { program = plan::schedule(plan::build_graph(laws, requests_of(scenario, last, months), population)); });
    table.rows.push_back({name + ": plan made", "1", in_ms(planning), "", "", ""});
    std::vector<unsigned> threads{1};
    if (thread_count(0) > 1) threads.push_back(thread_count(0));
    for (const unsigned count : threads) {
      const Timing time = best_of_five(program, population, count, rows_per_chunk);
      const double household_months = static_cast<double>(households) * months;
      table.rows.push_back({name + ": run", std::to_string(count), in_ms(time.elapsed), in_ms(time.processor),
                            grouped(household_months / time.elapsed, 0), grouped(household_months / time.processor, 0)});
    }
    table.notes.push_back(name + ": " + std::to_string(program.instructions.size()) + " instructions, " +
                          std::to_string(program.register_count) + " registers");
  }
  table.caption = grouped(static_cast<double>(households), 0) + " households, " +
                  grouped(static_cast<double>(population.count(Level::individu)), 0) + " persons, " +
                  std::to_string(scenario.benefits.size()) + " benefits, " + std::to_string(thread_count(0)) + " cores";
  std::cout << report::to_text(table);
  return Exit::done;
}

}  // namespace labacces::tools
