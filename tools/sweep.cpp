// labacces sweep: parameters of the law over a grid, in one pass.
#include <iostream>
#include <optional>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/population/load_population.hpp"
#include "libsim/report/results.hpp"
#include "libsim/report/sweep_tables.hpp"
#include "libsim/scenario/base_scenario.hpp"
#include "libsim/scenario/sweep.hpp"
#include "tools/command.hpp"
#include "tools/options.hpp"

namespace labacces::tools {
namespace {

const Usage usage{"labacces sweep [SCENARIO.json] --vary PARAMETER=FROM:TO:STEP --since DATE [options]",
                  "Sets one or two parameters of the law to each value of a grid and runs all points in one pass over the same "
                  "households: rights, euros\n"
                  "paid, non-take-up, with their differences from the scenario as it is.",
                  "  labacces sweep --vary rsa.montant_de_base=600:700:25 --since 2025-01-01 --period 2025-06 --output out"};

po::options_description options() {
  po::options_description out("options");
  out.add_options()("vary", po::value<std::vector<std::string>>()->composing()->value_name("P=V"),
                    "a parameter and its values, FROM:TO:STEP or a list A,B,C; once or twice")(
      "since", po::value<std::string>()->value_name("DATE"), "from when on it has them, such as 2025-01-01")(
      "population", po::value<std::string>()->value_name("P"),
      "builtin:bretagne[?households=N&seed=S], a CSV file, or a folder with one CSV an entity")(
      "period", po::value<std::string>()->value_name("YYYY-MM"), "the month (default: the latest that the law knows)")(
      "output", po::value<std::string>()->value_name("DIR"), "folder for sweep.json, tables/ and record.json")(
      "threads", po::value<unsigned>()->default_value(0)->value_name("N"), "threads; 0 = all cores")(
      "no-suppression", "show cells of fewer than 11 sampled units too; the record and the results say so");
  add_law_options(out);
  add_mapping_option(out);
  return out;
}

scenario::SweepAsked asked_from(const po::variables_map& given) {
  scenario::SweepAsked asked;
  for (const char* needed : {"vary", "since"}) {
    if (!given.contains(needed)) throw Error("--" + std::string(needed) + " is missing; usage: " + usage.line);
  }
  for (const std::string& axis : values(given, "vary")) asked.axes.push_back(scenario::parse_sweep_axis(axis));
  const auto since = parse_day(given["since"].as<std::string>());
  if (!since) throw Error("--since: a date was expected, such as 2025-01-01, found '" + given["since"].as<std::string>() + "'");
  asked.since = *since;
  asked.extra_files = values(given, "add-law");
  return asked;
}

scenario::Scenario scenario_from(const po::variables_map& given, const std::vector<std::string>& files) {
  scenario::Scenario scenario = files.empty() ? scenario::base_scenario() : scenario::load_scenario(files[0]);
  set_population(given, scenario);
  if (given.contains("law")) scenario.law = given["law"].as<std::string>();
  for (const std::string& path : values(given, "reform")) scenario.reforms.push_back({path, {}});
  if (given.contains("period")) scenario.period = month_from(given, "period");
  return scenario;
}

}  // namespace

Exit sweep_command(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options(), "scenario");
  if (!given) return Exit::done;
  const std::vector<std::string> files = values(*given, "scenario");
  if (files.size() > 1) throw Error("sweep takes one scenario; labacces compare sets several side by side");
  const scenario::SweepAsked asked = asked_from(*given);
  const scenario::Scenario scenario = scenario_from(*given, files);
  const law::Law law = scenario::scenario_law(scenario, asked.extra_files);
  std::optional<OutputFolder> folder;
  if (given->contains("output")) folder.emplace((*given)["output"].as<std::string>());
  const LoadedPopulation loaded =
      load_population(scenario.population, law.schema(), scenario.period.value_or(law.latest_month()), scenario.mapping);
  const unsigned threads = (*given)["threads"].as<unsigned>();
  scenario::Sweep sweep =
      scenario::sweep(scenario, law, loaded.population, asked, {.threads = threads, .progress = progress_bar()});
  for (scenario::RunResult& run : sweep.comparison.runs) run.no_suppression = given->contains("no-suppression");
  if (folder) {
    folder->write("sweep.json", report::sweep_json(sweep));
    folder->write("tables/sweep.csv", report::to_csv(report::sweep_table(sweep)));
    folder->write(
        "record.json",
        report::record_json(sweep.comparison.runs[0], law,
                            {arguments, files.empty() ? std::string(scenario::base_scenario_text()) : read_file(files[0]),
                             asked.extra_files, loaded.sha256, threads, loaded.record}));
    folder->commit();
  }
  warn_of_gaps(sweep.comparison.runs[0]);
  std::cout << report::to_text(report::sweep_summary(sweep));
  if (folder) std::cout << "results in " << (*given)["output"].as<std::string>() << "\n";
  return Exit::done;
}

}  // namespace labacces::tools
