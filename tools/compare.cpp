// labacces compare: several scenarios in one pass.
#include <iostream>
#include <optional>
#include <span>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/population/load_population.hpp"
#include "libsim/report/budget_curves.hpp"
#include "libsim/report/income_tables.hpp"
#include "libsim/report/results.hpp"
#include "libsim/scenario/run_scenario.hpp"
#include "tools/command.hpp"
#include "tools/options.hpp"
#include "tools/report_page.hpp"

namespace labacces::tools {
namespace {

const Usage usage{"labacces compare BASE.json OTHER.json ... [options]",
                  "Runs several scenarios in one pass over the same households and sets the others against the first: rights, "
                  "euros paid, non-take-up,\n"
                  "with intervals of the differences. A scenario that only says what it changes begins with \"extends\".",
                  "  labacces compare scenarios/base.json scenarios/rsa_plus_10.json --output out"};

po::options_description options() {
  po::options_description out("options");
  out.add_options()("population", po::value<std::string>()->value_name("P"), "the population of all scenarios")(
      "period", po::value<std::string>()->value_name("YYYY-MM"), "the month of all scenarios")(
      "output", po::value<std::string>()->value_name("DIR"), "folder for comparison.json, tables/, record.json and report.html")(
      "threads", po::value<unsigned>()->default_value(0)->value_name("N"), "threads; 0 = all cores")(
      "no-suppression", "show cells of fewer than 11 sampled units too; the record and the results say so")(
      "add-law", po::value<std::vector<std::string>>()->composing()->value_name("FILE"),
      "a .law file beside the law; may be repeated");
  add_report_options(out);
  add_mapping_option(out);
  return out;
}

std::vector<scenario::Scenario> scenarios_from(const po::variables_map& given, const std::vector<std::string>& files) {
  std::vector<scenario::Scenario> scenarios;
  for (const std::string& file : files) {
    scenario::Scenario next = scenario::load_scenario(file);
    set_population(given, next);
    if (given.contains("period")) next.period = month_from(given, "period");
    for (const scenario::Scenario& other : scenarios) {
      if (other.name == next.name)
        throw Error(Location{file, 0, 0, "name"},
                    "'" + next.name + "' is the name of " + other.file + " too: each scenario needs its own");
    }
    if (!scenarios.empty() && next.mapping != scenarios[0].mapping) {
      throw Error(Location{file, 0, 0, "mapping"}, "scenarios of one comparison have one population: here it is read through '" +
                                                       next.mapping + "', in " + scenarios[0].file + " through '" +
                                                       scenarios[0].mapping + "'");
    }
    if (!scenarios.empty() && next.population != scenarios[0].population) {
      throw Error(Location{file, 0, 0, "population"}, "scenarios of one comparison have one population: here it is '" +
                                                          next.population + "', in " + scenarios[0].file + " '" +
                                                          scenarios[0].population + "'");
    }
    scenarios.push_back(std::move(next));
  }
  return scenarios;
}

}  // namespace

Exit compare_command(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options(), "scenario");
  if (!given) return Exit::done;
  const std::vector<std::string> files = values(*given, "scenario");
  if (files.size() < 2) throw Error(std::string("two scenarios at least were expected; usage: ") + usage.line);
  const std::vector<scenario::Scenario> scenarios = scenarios_from(*given, files);
  std::vector<law::Law> laws;
  laws.reserve(scenarios.size());
  for (const scenario::Scenario& one : scenarios) laws.push_back(scenario::scenario_law(one, values(*given, "add-law")));
  std::vector<const law::Law*> seen;
  for (const law::Law& law : laws) seen.push_back(&law);
  const ReportAsked report_asked(*given);
  std::optional<OutputFolder> folder;
  if (given->contains("output")) folder.emplace((*given)["output"].as<std::string>());

  const Month period = scenarios[0].period.value_or(laws[0].latest_month());
  const LoadedPopulation loaded = load_population(scenarios[0].population, laws[0].schema(), period, scenarios[0].mapping);
  const unsigned threads = (*given)["threads"].as<unsigned>();
  scenario::Comparison comparison =
      compare_scenarios(scenarios, seen, loaded.population, {.threads = threads, .progress = progress_bar()});
  for (scenario::RunResult& run : comparison.runs) run.no_suppression = given->contains("no-suppression");
  if (folder || report_asked.file) {
    std::vector<report::RecordInputs> inputs;
    for (const std::string& file : files)
      inputs.push_back({arguments, read_file(file), values(*given, "add-law"), loaded.sha256, threads, loaded.record});
    std::vector<report::NamedLaw> named;
    for (std::size_t i = 0; i < laws.size(); ++i) named.push_back({scenarios[i].name, &laws[i]});
    const ResultTexts texts{{"comparison.json", report::comparison_json(comparison)},
                            report::comparison_record_json(comparison, seen, inputs),
                            report::budget_curves_json(named, period)};
    if (folder) {
      folder->write("tables/non_take_up.csv", report::to_csv(report::non_take_up_table(comparison.runs)));
      folder->write("tables/differences.csv", report::to_csv(report::differences_table(comparison)));
      if (comparison.runs[0].income) {
        folder->write("tables/income.csv", report::to_csv(report::income_table(comparison.runs)));
        folder->write("tables/income_differences.csv", report::to_csv(report::income_differences_table(comparison)));
        folder->write("tables/winners_and_losers.csv", report::to_csv(report::income_changes_table(comparison)));
      }
    }
    write_with_page(texts, report_asked, folder ? &*folder : nullptr);
    if (folder) folder->commit();
  }
  warn_of_gaps(comparison.runs[0]);
  std::cout << report::to_text(report::comparison_summary(comparison));
  if (comparison.runs[0].income) std::cout << "\n" << report::to_text(report::income_change_summary(comparison));
  if (folder) std::cout << "results in " << (*given)["output"].as<std::string>() << "\n";
  return Exit::done;
}

}  // namespace labacces::tools
