#include "tools/takeup_calibrate.hpp"

#include <iostream>
#include <memory>
#include <optional>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/outcomes/read_survey_design.hpp"
#include "libsim/population/load_population.hpp"
#include "libsim/report/calibration_tables.hpp"
#include "libsim/scenario/calibrate_take_up.hpp"
#include "libsim/scenario/run_scenario.hpp"
#include "tools/options.hpp"

namespace labacces::tools {
namespace {

const Usage usage{
    "labacces takeup calibrate [SCENARIO.json] --targets TARGETS.json [options]",
    "Sets the behaviours of a scenario so that take-up on its population meets targets: rates, numbers of takers, euros, by "
    "cell. Targets that are held out\n"
    "are only compared. Writes the calibrated scenario, and the rate each behaviour was given against the one that comes out.",
    "  labacces takeup calibrate scenarios/france-2018-drees.json --targets scenarios/take_up_targets/drees-2018.json --output "
    "out"};

po::options_description options() {
  using Text = std::string;
  po::options_description out("options");
  out.add_options()("targets", po::value<Text>()->value_name("FILE.json"), "what is to be met, and what is held out")(
      "population", po::value<Text>()->value_name("P"), "as labacces run")("period", po::value<Text>()->value_name("YYYY-MM"),
                                                                           "the month")(
      "design", po::value<Text>()->value_name("FILE.csv"),
      "survey design by dwelling: idmen, and --stratum, --cluster, --replicates")(
      "stratum", po::value<Text>()->default_value("")->value_name("COLUMN"), "strata of the sample")(
      "cluster", po::value<Text>()->default_value("")->value_name("COLUMN"), "clusters of the sample")(
      "replicates", po::value<Text>()->default_value("")->value_name("PREFIX"),
      "columns of replicate weights, by how their names begin")(
      "replicate-method", po::value<Text>()->default_value("bootstrap")->value_name("M"), "brr, fay:K, jk1, jk2, bootstrap")(
      "weights", po::value<Text>()->value_name("FILE.csv"),
      "other weights of the dwellings (idmen and columns): rates are looked at again under each")(
      "weights-prefix", po::value<Text>()->default_value("w")->value_name("PREFIX"), "how the names of those columns begin")(
      "output", po::value<Text>()->value_name("DIR"), "folder for scenario.json, calibration.json and the tables")(
      "threads", po::value<unsigned>()->default_value(0)->value_name("N"), "threads; 0 = all cores");
  add_mapping_option(out);
  add_law_options(out);
  return out;
}

void write(OutputFolder& folder, const std::string& name, const report::Table& table, const report::Table& rows) {
  folder.write("tables/" + name + ".txt", report::to_text(table));
  folder.write("tables/" + name + ".csv", report::to_csv(rows));
  folder.write("tables/" + name + ".tex", report::to_latex(table));
  folder.write("tables/" + name + ".html", report::to_html(table));
}

scenario::CalibrateOptions calibrate_options(const po::variables_map& given, const std::vector<std::string>& dwellings) {
  const auto text = [&](const char* name) { return given[name].as<std::string>(); };
  scenario::CalibrateOptions options;
  options.threads = given["threads"].as<unsigned>();
  if (given.contains("design")) {
    options.design =
        outcomes::read_survey_design(text("design"), read_file(text("design")), dwellings,
                                     {text("stratum"), text("cluster"), text("replicates"), text("replicate-method")});
  }
  if (given.contains("weights")) {
    options.other_weights =
        outcomes::read_survey_design(text("weights"), read_file(text("weights")), dwellings, {"", "", text("weights-prefix"), ""})
            .replicates;
  }
  return options;
}

Exit calibrate(const po::variables_map& given, const std::string& file) {
  if (!given.contains("targets")) throw Error(std::string("--targets is missing; usage: ") + usage.line);
  const std::string targets_file = given["targets"].as<std::string>();
  const scenario::TakeUpTargets targets = scenario::parse_take_up_targets(targets_file, read_file(targets_file));
  const std::string text = file.empty() ? std::string{} : read_file(file);
  scenario::Scenario scenario = file.empty() ? scenario::base_scenario() : scenario::parse_scenario(file, text);
  set_population(given, scenario);
  if (given.contains("law")) scenario.law = given["law"].as<std::string>();
  for (const std::string& path : values(given, "reform")) scenario.reforms.push_back({path, {}});
  if (given.contains("period")) scenario.period = month_from(given, "period");
  const auto law = std::make_shared<const law::Law>(scenario::scenario_law(scenario, values(given, "add-law")));
  const Month period = scenario.period.value_or(law->latest_month());
  const auto population = std::make_shared<const Population>(
      load_population(scenario.population, law->schema(), period, scenario.mapping).population);
  const auto found =
      scenario::calibrate_take_up(scenario, targets, law, population, calibrate_options(given, population->ids(Level::menage)));

  const report::Table of_targets = report::targets_table(found), of_parameters = report::parameters_table(found),
                      effective = report::effective_table(found);
  if (given.contains("output")) {
    const std::string place = given["output"].as<std::string>();
    OutputFolder folder(place);
    folder.write("scenario.json", report::calibrated_scenario_json(found, text, file, place));
    folder.write("calibration.json", report::calibration_json(found));
    write(folder, "targets", of_targets, report::targets_rows(found));
    write(folder, "parameters", of_parameters, of_parameters);
    write(folder, "effective", effective, effective);
    folder.commit();
  }
  std::cout << report::to_text(of_targets) << "\n" << report::to_text(of_parameters) << "\n" << report::to_text(effective);
  if (given.contains("output")) std::cout << "results in " << given["output"].as<std::string>() << "\n";
  return Exit::done;
}

}  // namespace

Exit takeup_calibrate(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options(), "what");
  if (!given) return Exit::done;
  const std::vector<std::string> files = values(*given, "what");
  if (files.size() > 1) throw Error(std::string("one scenario at most was expected; usage: ") + usage.line);
  return calibrate(*given, files.empty() ? std::string{} : files[0]);
}

}  // namespace labacces::tools
