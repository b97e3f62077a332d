// labacces run: one scenario on one population.
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/hash.hpp"
#include "libsim/base/json_text.hpp"
#include "libsim/base/version.hpp"
#include "libsim/population/load_population.hpp"
#include "libsim/report/budget_curves.hpp"
#include "libsim/report/income_tables.hpp"
#include "libsim/report/results.hpp"
#include "libsim/report/validation.hpp"
#include "libsim/scenario/base_scenario.hpp"
#include "libsim/scenario/run_scenario.hpp"
#include "tools/command.hpp"
#include "tools/options.hpp"
#include "tools/report_page.hpp"

namespace labacces::tools {
namespace {

const Usage usage{"labacces run [SCENARIO.json] [options]",
                  "Runs one scenario: who has the right to each benefit, who is modelled to claim it, how many euros a\n"
                  "month stay unclaimed; incomes, poverty and inequality. Without a scenario: current law on the built-in\n"
                  "synthetic Brittany.",
                  "  labacces run --output out\n"
                  "  labacces run scenarios/base.json --population people.csv --period 2025-06 --output out\n"
                  "  labacces run --repeat out/record.json"};

po::options_description options() {
  po::options_description out("options");
  out.add_options()("population", po::value<std::string>()->value_name("P"),
                    "builtin:bretagne[?households=N&seed=S], a CSV file, or a folder with one CSV an entity")(
      "period", po::value<std::string>()->value_name("YYYY-MM"), "the month (default: the latest that the law knows)")(
      "output", po::value<std::string>()->value_name("DIR"), "folder for results.json, tables/, record.json and report.html")(
      "threads", po::value<unsigned>()->default_value(0)->value_name("N"), "threads; 0 = all cores")(
      "no-suppression", "show cells of fewer than 11 sampled units too; the record and the results say so")(
      "validate", po::value<std::string>()->value_name("TARGETS"),
      "published totals to hold the run against; exit 1 when a comparable one is farther off than its tolerance")(
      "repeat", po::value<std::string>()->value_name("RECORD"),
      "run what a record.json tells again, and compare the results; exit 1 when they differ");
  add_report_options(out);
  add_law_options(out);
  add_mapping_option(out);
  return out;
}

void apply(const po::variables_map& given, scenario::Scenario& scenario) {
  set_population(given, scenario);
  if (given.contains("law")) scenario.law = given["law"].as<std::string>();
  for (const std::string& path : values(given, "reform")) scenario.reforms.push_back({path, {}});
  if (given.contains("period")) scenario.period = month_from(given, "period");
}

/// One run with what its record needs.
struct Ran {
  law::Law law;
  scenario::RunResult result;
  report::RecordInputs inputs;
};

Ran run_once(const Arguments& arguments, const po::variables_map& given) {
  const std::vector<std::string> files = values(given, "scenario");
  if (files.size() > 1) throw Error("run takes one scenario; labacces compare sets several side by side");
  scenario::Scenario scenario = files.empty() ? scenario::base_scenario() : scenario::load_scenario(files[0]);
  apply(given, scenario);
  Ran ran{scenario::scenario_law(scenario, values(given, "add-law")), {}, {}};
  const Month period = scenario.period.value_or(ran.law.latest_month());
  const LoadedPopulation loaded = load_population(scenario.population, ran.law.schema(), period, scenario.mapping);
  const unsigned threads = given["threads"].as<unsigned>();
  ran.result = run_scenario(scenario, ran.law, loaded.population, {.threads = threads, .progress = progress_bar()});
  ran.result.no_suppression = given.contains("no-suppression");
  ran.inputs = {arguments,
                files.empty() ? std::string(scenario::base_scenario_text()) : read_file(files[0]),
                values(given, "add-law"),
                loaded.sha256,
                threads,
                loaded.record};
  return ran;
}

using Json = nlohmann::ordered_json;

/// What differs between two records, in words; the machine and the threads may.
std::vector<std::string> differences(const Json& before, const Json& now) {
  std::vector<std::string> out;
  for (const char* key : {"labacces", "scenario", "period", "seed", "population", "law", "reforms", "take_up", "order",
                          "suppression", "defaults_used", "gaps", "results_sha256"}) {
    if (before.value(key, Json()) == now.value(key, Json())) continue;
    if (std::string(key) != "law" || !before.contains(key)) {
      out.push_back(std::string(key) + ": " + before.value(key, Json()).dump().substr(0, 120) + " then, " +
                    now.value(key, Json()).dump().substr(0, 120) + " now");
      continue;
    }
    const Json files = before[key].value("files_sha256", Json::object());
    for (const auto& [name, hash] : now[key]["files_sha256"].items()) {
      if (!files.contains(name) || files[name] != hash) out.push_back("law: " + name + " is another");
    }
    for (const auto& file : files.items()) {
      if (!now[key]["files_sha256"].contains(file.key())) out.push_back("law: " + file.key() + " is gone");
    }
  }
  return out;
}

Exit repeat(const std::string& path) {
  const Json record = parse_json(path, read_file(path));
  if (!record.is_object() || record.value("format", Json()) != "labacces-record/1" || !record.contains("command") ||
      !record["command"].is_array()) {
    json_error(path, "format", "the record.json of a run was expected (labacces-record/1)");
  }
  Arguments arguments;
  for (const Json& word : record["command"]) {
    if (!word.is_string()) json_error(path, "command", "texts were expected");
    arguments.push_back(word.get<std::string>());
  }
  const auto given = read_options(arguments, usage, options(), "scenario");
  if (!given || given->contains("repeat")) json_error(path, "command", "the arguments of a run were expected");
  const Ran ran = run_once(arguments, *given);
  const Json now = Json::parse(report::record_json(ran.result, ran.law, ran.inputs));
  const std::vector<std::string> found = differences(record, now);
  const bool same = record.value("results_sha256", Json()) == now["results_sha256"];
  std::cout << (same ? "the same results: sha256 " : "other results: sha256 ") << now["results_sha256"].get<std::string>()
            << "\n";
  for (const std::string& line : found) std::cout << "  " << line << "\n";
  return same ? Exit::done : Exit::fell_short;
}

}  // namespace

Exit run_command(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options(), "scenario");
  if (!given) return Exit::done;
  if (given->contains("repeat")) {
    if (arguments.size() != 2) throw Error("--repeat RECORD stands alone: the record has all that was asked");
    return repeat((*given)["repeat"].as<std::string>());
  }
  const ReportAsked report_asked(*given);
  std::optional<OutputFolder> folder;  // a place that cannot be written is told before the work, not after
  if (given->contains("output")) folder.emplace((*given)["output"].as<std::string>());
  std::optional<scenario::ValidationTargets> targets;
  if (given->contains("validate")) {
    const auto file = (*given)["validate"].as<std::string>();
    targets = scenario::parse_validation_targets(file, read_file(file));
  }
  const Ran ran = run_once(arguments, *given);
  const std::vector<report::ValidationRow> validation =
      targets ? report::validate(ran.result, *targets) : std::vector<report::ValidationRow>{};
  if (folder || report_asked.file) {
    const report::NamedLaw named{ran.result.scenario.name, &ran.law};
    const ResultTexts texts{{"results.json", report::results_json(ran.result)},
                            report::record_json(ran.result, ran.law, ran.inputs),
                            report::budget_curves_json(std::span(&named, 1), ran.result.period),
                            targets ? report::validation_json(ran.result, *targets, validation) : std::string()};
    if (folder) {
      folder->write("tables/non_take_up.csv", report::to_csv(report::non_take_up_table(std::span(&ran.result, 1))));
      if (ran.result.income) folder->write("tables/income.csv", report::to_csv(report::income_table(std::span(&ran.result, 1))));
    }
    if (folder && targets) folder->write("tables/validation.csv", report::to_csv(report::validation_table(validation)));
    write_with_page(texts, report_asked, folder ? &*folder : nullptr);
    if (folder) folder->commit();
  }
  warn_of_gaps(ran.result);
  std::cout << report::to_text(report::non_take_up_summary(ran.result));
  if (ran.result.income) std::cout << "\n" << report::to_text(report::income_summary(ran.result));
  if (targets) std::cout << "\n" << report::to_text(report::validation_summary(ran.result, validation));
  if (given->contains("output")) std::cout << "results in " << (*given)["output"].as<std::string>() << "\n";
  const bool short_of =
      std::any_of(validation.begin(), validation.end(), [](const report::ValidationRow& row) { return row.falls_short(); });
  return short_of ? Exit::fell_short : Exit::done;
}

}  // namespace labacces::tools
