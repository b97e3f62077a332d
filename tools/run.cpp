// labacces run: one scenario on one population.
#include <iostream>
#include <optional>
#include <span>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/population/load_population.hpp"
#include "libsim/report/results.hpp"
#include "libsim/scenario/base_scenario.hpp"
#include "libsim/scenario/run_scenario.hpp"
#include "tools/command.hpp"
#include "tools/options.hpp"

namespace labacces::tools {
namespace {

const Usage usage{
    "labacces run [SCENARIO.json] [options]",
    "Runs one scenario: who has the right to each benefit, who is modelled to claim it, how many euros a\n"
    "month stay unclaimed. Without a scenario: current law on the built-in synthetic Brittany.",
    "  labacces run --output out\n"
    "  labacces run scenarios/base.json --population people.csv --period 2025-06 --output out"};

po::options_description options() {
  po::options_description out("options");
  out.add_options()("population", po::value<std::string>()->value_name("P"),
                    "builtin:bretagne[?households=N&seed=S], a CSV file, or a folder with one CSV an entity")(
      "period", po::value<std::string>()->value_name("YYYY-MM"), "the month (default: the latest that the law knows)")(
      "output", po::value<std::string>()->value_name("DIR"), "folder for results.json, tables/ and record.json")(
      "threads", po::value<unsigned>()->default_value(0)->value_name("N"), "threads; 0 = all cores");
  add_law_options(out);
  return out;
}

void apply(const po::variables_map& given, scenario::Scenario& scenario) {
  if (given.contains("population")) scenario.population = given["population"].as<std::string>();
  if (given.contains("law")) scenario.law = given["law"].as<std::string>();
  for (const std::string& path : values(given, "reform")) scenario.reforms.push_back({path, {}});
  if (given.contains("period")) scenario.period = month_from(given, "period");
}

}  // namespace

Exit run_command(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options(), "scenario");
  if (!given) return Exit::done;
  const std::vector<std::string> files = values(*given, "scenario");
  if (files.size() > 1) throw Error("run takes one scenario; labacces compare sets several side by side");
  scenario::Scenario scenario = files.empty() ? scenario::base_scenario() : scenario::load_scenario(files[0]);
  apply(*given, scenario);
  const law::Law law = scenario::scenario_law(scenario, values(*given, "add-law"));
  std::optional<OutputFolder> folder;  // a place that cannot be written is told before the work, not after
  if (given->contains("output")) folder.emplace((*given)["output"].as<std::string>());
  const Month period = scenario.period.value_or(law.latest_month());
  const LoadedPopulation loaded = load_population(scenario.population, law.schema(), period);

  const unsigned threads = (*given)["threads"].as<unsigned>();
  const scenario::RunResult result = run_scenario(scenario, law, loaded.population, {.threads = threads, .progress = progress_bar()});
  if (folder) {
    folder->write("results.json", report::results_json(result));
    folder->write("tables/non_take_up.csv", report::to_csv(report::non_take_up_table(std::span(&result, 1))));
    folder->write("record.json",
                  report::record_json(result, law,
                                      {arguments, files.empty() ? std::string(scenario::base_scenario_text()) : read_file(files[0]),
                                       values(*given, "add-law"), loaded.sha256, threads}));
    folder->commit();
  }
  std::cout << report::to_text(report::non_take_up_summary(result));
  if (given->contains("output")) std::cout << "results in " << (*given)["output"].as<std::string>() << "\n";
  return Exit::done;
}

}  // namespace labacces::tools
