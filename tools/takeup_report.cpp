#include "tools/takeup_report.hpp"

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/text.hpp"
#include "libsim/outcomes/read_survey_design.hpp"
#include "libsim/outcomes/read_take_up_units.hpp"
#include "libsim/population/load_population.hpp"
#include "libsim/report/take_up_report.hpp"
#include "libsim/scenario/base_scenario.hpp"
#include "libsim/scenario/measure_take_up.hpp"
#include "libsim/scenario/run_scenario.hpp"
#include "tools/options.hpp"

namespace labacces::tools {
namespace {

const Usage usage{"labacces takeup report UNITS.csv --benefits A,B [options]",
                  "Measures non-take-up of units with observed receipt, from a CSV with the columns A_right and A_receipt of "
                  "each benefit A: rates in heads and\n"
                  "euros, by month, quarter, durable and frictional; right by receipt with both error rates; joint non-take-up; "
                  "every figure with its error.",
                  "  labacces takeup report units.csv --benefits rsa,ppa --weight wprm --stratum region --cluster idmen --groups "
                  "tenure,age:30/50 --output out\n"
                  "  labacces takeup report scenarios/base.json --period 2025-06 --rate-error rsa=0.02 --output out"};

po::options_description options() {
  using Text = std::string;
  po::options_description out("options");
  out.add_options()("benefits", po::value<Text>()->value_name("A,B,..."),
                    "columns A_right and A_receipt, and A_claimed where it is there; with @2024-01 for months")(
      "weight", po::value<Text>()->default_value("")->value_name("COLUMN"), "survey weights")(
      "stratum", po::value<Text>()->default_value("")->value_name("COLUMN"), "strata of the sample")(
      "cluster", po::value<Text>()->default_value("")->value_name("COLUMN"), "clusters of the sample")(
      "replicates", po::value<Text>()->default_value("")->value_name("PREFIX"),
      "columns of replicate weights, by how their names begin")(
      "replicate-method", po::value<Text>()->default_value("bootstrap")->value_name("M"), "brr, fay:K, jk1, jk2, bootstrap")(
      "groups", po::value<Text>()->default_value("")->value_name("A,B:30/50"),
      "columns that split the tables; numbers in bands with cut points")(
      "amounts", po::value<Text>()->default_value("50,100,200,400")->value_name("A,B,..."),
      "cut points of the bands of the right, EUR a month")("persons", po::value<Text>()->default_value("")->value_name("COLUMN"),
                                                           "persons in each unit")(
      "living", po::value<Text>()->default_value("")->value_name("COLUMN"),
      "standard of living with what is received, EUR a year; of a scenario: a variable, niveau_de_vie when not named, none = not "
      "looked at")("consumption-units", po::value<Text>()->default_value("")->value_name("COLUMN"), "of each unit")(
      "population", po::value<Text>()->value_name("P"), "scenario: as labacces run")(
      "period", po::value<Text>()->value_name("YYYY-MM"), "scenario: the month")(
      "receipt", po::value<std::vector<Text>>()->composing()->value_name("A=VARIABLE"),
      "scenario: the variable that says what is received of benefit A; for all or none")(
      "replications", po::value<std::size_t>()->default_value(20)->value_name("N"), "scenario: draws of who claims")(
      "fit", po::value<std::vector<Text>>()->composing()->value_name("A=FIT.json"),
      "scenario: the fit whose covariance says how uncertain the take-up of A is")(
      "rate-error", po::value<std::vector<Text>>()->composing()->value_name("A=SE"), "scenario: standard error of the rate of A")(
      "parameter-draws", po::value<std::size_t>()->default_value(50)->value_name("N"),
      "scenario: draws of the parameters with --fit or --rate-error")(
      "income-error", po::value<Text>()->default_value("")->value_name("A,B,..."),
      "scenario: how rates move where incomes are seen with errors of these sizes, such as 0.05,0.1,0.2")(
      "incomes", po::value<Text>()->default_value("")->value_name("A,B,..."),
      "scenario: the variables with that error (default: all amounts of persons that the data give)")(
      "income-draws", po::value<std::size_t>()->default_value(10)->value_name("N"), "scenario: draws of the errors of incomes")(
      "design", po::value<Text>()->value_name("FILE.csv"),
      "scenario: survey design by dwelling: idmen, and --stratum, --cluster, --replicates")(
      "no-suppression", "show cells of fewer than 11 sampled units too; the report says so")(
      "output", po::value<Text>()->value_name("DIR"), "folder for report.json and the tables")(
      "threads", po::value<unsigned>()->default_value(0)->value_name("N"), "threads; 0 = all cores");
  add_law_options(out);
  add_mapping_option(out);
  return out;
}

std::vector<double> cuts_of(const std::string& text) {
  std::vector<double> cuts;
  for (const std::string& part : list_of(text)) {
    const auto cut = parse_number(part);
    if (!cut || (!cuts.empty() && !(*cut > cuts.back())))
      throw Error("--amounts: numbers that rise were expected, such as 50,100,200, found '" + part + "'");
    cuts.push_back(*cut);
  }
  return cuts;
}

outcomes::TakeUpData data_of_file(const po::variables_map& given, const std::string& file) {
  const auto text = [&](const char* name) { return given[name].as<std::string>(); };
  if (!given.contains("benefits"))
    throw Error(std::string("--benefits is missing: A stands for the columns A_right and A_receipt; usage: ") + usage.line);
  return outcomes::read_take_up_units(
      file, read_file(file),
      {list_of(text("benefits")), text("weight"), text("stratum"), text("cluster"), text("replicates"), text("replicate-method"),
       list_of(text("groups")), cuts_of(text("amounts")), text("persons"), text("living"), text("consumption-units")});
}

void check_options_of_units(const po::variables_map& given) {
  for (const char* name :
       {"population", "mapping", "period", "receipt", "fit", "rate-error", "design", "law", "reform", "add-law"}) {
    if (given.contains(name) && !given[name].empty() && !given[name].defaulted()) {
      throw Error("--" + std::string(name) + " belongs to a report of a scenario, not of a file of units");
    }
  }
}

/// "A=text" of an option that may be repeated.
std::vector<std::pair<std::string, std::string>> named_values(const po::variables_map& given, const char* name) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const std::string& written : values(given, name)) {
    const std::size_t equals = written.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == written.size())
      throw Error("--" + std::string(name) + ": 'BENEFIT=...' was expected, found '" + written + "'");
    out.emplace_back(written.substr(0, equals), written.substr(equals + 1));
  }
  return out;
}

void check_benefit(const scenario::Scenario& scenario, const std::string& name, const char* option) {
  if (std::find(scenario.benefits.begin(), scenario.benefits.end(), name) != scenario.benefits.end()) return;
  const std::string hint = did_you_mean(name, scenario.benefits);
  throw Error("--" + std::string(option) + ": '" + name + "' is not among the benefits" + (hint.empty() ? "" : "; " + hint));
}

std::vector<scenario::ParameterSpread> spreads_of(const po::variables_map& given, const scenario::Scenario& scenario) {
  std::vector<scenario::ParameterSpread> out;
  for (const auto& [benefit, file] : named_values(given, "fit")) {
    check_benefit(scenario, benefit, "fit");
    out.push_back(scenario::spread_of_fit(benefit, file, read_file(file)));
  }
  for (const auto& [benefit, written] : named_values(given, "rate-error")) {
    check_benefit(scenario, benefit, "rate-error");
    const auto error = parse_number(written);
    if (!error || !(*error > 0.0 && *error < 1.0))
      throw Error("--rate-error: a standard error between 0 and 1 was expected, found '" + written + "'");
    out.push_back({benefit, {}, {}, *error});
  }
  return out;
}

/// 0 stands first: the incomes as they are.
std::vector<double> sizes_of(const std::string& text) {
  std::vector<double> sizes;
  for (const std::string& part : list_of(text)) {
    const auto size = parse_number(part);
    if (!size || !(*size > 0.0 && *size <= 1.0))
      throw Error("--income-error: numbers above 0 and up to 1 were expected, such as 0.05,0.1,0.2, found '" + part + "'");
    sizes.push_back(*size);
  }
  if (!sizes.empty()) sizes.insert(sizes.begin(), 0.0);
  return sizes;
}

outcomes::TakeUpData data_of_scenario(const po::variables_map& given, const std::string& file) {
  const auto text = [&](const char* name) { return given[name].as<std::string>(); };
  scenario::Scenario scenario = file.empty() ? scenario::base_scenario() : scenario::load_scenario(file);
  set_population(given, scenario);
  if (given.contains("law")) scenario.law = text("law");
  for (const std::string& path : values(given, "reform")) scenario.reforms.push_back({path, {}});
  if (given.contains("period")) scenario.period = month_from(given, "period");
  for (const std::string& group : list_of(text("groups"))) scenario.groups.push_back(group);
  const auto law = std::make_shared<const law::Law>(scenario::scenario_law(scenario, values(given, "add-law")));
  const Month period = scenario.period.value_or(law->latest_month());
  const auto population = std::make_shared<const Population>(
      load_population(scenario.population, law->schema(), period, scenario.mapping).population);
  scenario::MeasureOptions options;
  options.receipts = named_values(given, "receipt");
  options.replications = given["replications"].as<std::size_t>();
  options.spreads = spreads_of(given, scenario);
  options.parameter_draws = given["parameter-draws"].as<std::size_t>();
  options.amounts = cuts_of(text("amounts"));
  options.threads = given["threads"].as<unsigned>();
  if (!text("living").empty()) options.living = text("living") == "none" ? "" : text("living");
  if (!text("consumption-units").empty()) options.consumption_units = text("consumption-units");
  options.income_errors = sizes_of(text("income-error"));
  options.incomes = list_of(text("incomes"));
  options.income_draws = given["income-draws"].as<std::size_t>();
  if (given.contains("design")) {
    options.design =
        outcomes::read_survey_design(text("design"), read_file(text("design")), population->ids(Level::menage),
                                     {text("stratum"), text("cluster"), text("replicates"), text("replicate-method")});
  }
  return scenario::measure_take_up(scenario, law, population, options);
}

void write(OutputFolder& folder, const std::string& name, const report::Table& table) {
  folder.write("tables/" + name + ".txt", report::to_text(table));
  folder.write("tables/" + name + ".csv", report::to_csv(table));
  folder.write("tables/" + name + ".tex", report::to_latex(table));
  folder.write("tables/" + name + ".html", report::to_html(table));
}

void show(const po::variables_map& given, const report::TakeUpReport& measured) {
  std::optional<OutputFolder> folder;
  if (given.contains("output")) folder.emplace(given["output"].as<std::string>());
  bool first = true;
  for (const report::TakeUpTable& table : measured.tables) {
    const std::string name = table.name + (table.benefit.empty() ? "" : "_" + table.benefit);
    report::Table figures = table.has_all() ? take_up_figures(measured, table) : take_up_cells(measured, table);
    if (folder) write(*folder, name, figures);
    if (table.has_all()) figures.notes.clear();  // said once, at the end
    std::cout << (first ? "" : "\n") << report::to_text(figures);
    first = false;
    if (table.groups.size() < 2) continue;
    const report::Table groups = take_up_groups(measured, table);
    std::cout << "\n" << report::to_text(groups);
    if (folder) write(*folder, name + "_groups", groups);
  }
  for (const std::string& note : notes_of(measured)) std::cout << note << "\n";
  if (!folder) return;
  folder->write("report.json", take_up_json(measured));
  folder->write("figures.csv", report::to_csv(take_up_table(measured)));
  folder->commit();
  std::cout << "results in " << given["output"].as<std::string>() << "\n";
}

}  // namespace

Exit takeup_report(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options(), "file");
  if (!given) return Exit::done;
  const std::vector<std::string> files = values(*given, "file");
  const bool of_units = given->contains("benefits") || (!files.empty() && files[0].ends_with(".csv"));
  if (files.size() > 1 || (of_units && files.empty())) throw Error(std::string("one file was expected; usage: ") + usage.line);
  const unsigned threads = (*given)["threads"].as<unsigned>();
  if (of_units) check_options_of_units(*given);
  outcomes::TakeUpData data = of_units ? data_of_file(*given, files[0]) : data_of_scenario(*given, files.empty() ? "" : files[0]);
  data.no_suppression = given->contains("no-suppression");
  show(*given, report::measured_take_up(data, threads));
  return Exit::done;
}

}  // namespace labacces::tools
