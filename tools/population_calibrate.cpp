// labacces population calibrate and labacces population margins: weights to margins, and how far a population is from them.
#include <iostream>
#include <memory>
#include <optional>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/text.hpp"
#include "libsim/outcomes/read_survey_design.hpp"
#include "libsim/population/csv_write.hpp"
#include "libsim/population/load_population.hpp"
#include "libsim/population/reweighted.hpp"
#include "libsim/report/margin_tables.hpp"
#include "libsim/scenario/margin_comparison.hpp"
#include "tools/options.hpp"
#include "tools/population.hpp"

namespace labacces::tools {
namespace {

const Usage calibrate_usage{
    "labacces population calibrate POPULATION --margins MARGINS.(json|csv) [options]",
    "Moves the weights of dwellings as little as possible so that all margins are met, those of dwellings, families, tax units, "
    "persons and amounts at\n"
    "once. Margins that cannot all be met are named, and nothing is written. Margins held out or tuned on are compared only.",
    "  labacces population calibrate people.csv --margins margins.json --method logit --lower 0.3 --upper 3 --output out"};

const Usage margins_usage{"labacces population margins POPULATION --margins MARGINS.(json|csv) [options]",
                          "Compares what the weights of a population give with margins, all of them, and changes nothing.",
                          "  labacces population margins people.csv --margins margins.json --output out"};

using Text = std::string;

void add_common(po::options_description& out) {
  out.add_options()("margins", po::value<Text>()->value_name("FILE"),
                    "margins: JSON, CSV with one margin a row, or builtin:bretagne")(
      "period", po::value<Text>()->value_name("YYYY-MM"),
      "month in which variables are looked at (default: the latest that the law knows)")(
      "all", "show every cell, not one line a table")("output", po::value<Text>()->value_name("DIR"),
                                                      "folder for margins.csv, margins.json and, of a calibration, weights.csv")(
      "threads", po::value<unsigned>()->default_value(0)->value_name("N"), "threads; 0 = all cores");
}

po::options_description calibrate_options() {
  po::options_description out("options");
  add_common(out);
  out.add_options()("method", po::value<Text>()->default_value("raking")->value_name("M"),
                    "linear, raking, logit, truncated_linear")("lower", po::value<double>()->value_name("L"),
                                                               "smallest ratio of new to old weights (logit, truncated_linear)")(
      "upper", po::value<double>()->value_name("U"), "largest ratio (logit, truncated_linear)")(
      "design", po::value<Text>()->value_name("FILE.csv"),
      "replicate weights by dwelling: idmen, and the columns of --replicates")(
      "replicates", po::value<Text>()->default_value("")->value_name("PREFIX"),
      "columns of replicate weights, by how their names begin: calibrated alike")(
      "write", po::value<Text>()->value_name("DIR"), "folder for the whole population with its new weights");
  add_mapping_option(out);
  add_law_options(out);
  return out;
}

po::options_description margins_options() {
  po::options_description out("options");
  add_common(out);
  add_mapping_option(out);
  add_law_options(out);
  return out;
}

calibration::Options solver_options(const po::variables_map& given) {
  using calibration::Method;
  calibration::Options out;
  const std::string written = given["method"].as<Text>();
  const std::vector<std::pair<std::string, Method>> methods{{"linear", Method::linear},
                                                            {"raking", Method::raking},
                                                            {"logit", Method::logit},
                                                            {"truncated_linear", Method::truncated_linear}};
  std::vector<std::string> names;
  bool found = false;
  for (const auto& [name, method] : methods) {
    names.push_back(name);
    if (name != written) continue;
    out.method = method;
    found = true;
  }
  if (!found) {
    const std::string hint = did_you_mean(written, names);
    throw Error("--method: '" + written + "' is none of " + join(names, ", ") + (hint.empty() ? "" : "; " + hint));
  }
  const bool bounded = out.method == Method::logit || out.method == Method::truncated_linear;
  for (const char* bound : {"lower", "upper"}) {
    if (bounded != given.contains(bound))
      throw Error("--" + std::string(bound) + (bounded ? " is needed by --method " : " does not belong to --method ") + written);
  }
  if (bounded) {
    out.lower = given["lower"].as<double>();
    out.upper = given["upper"].as<double>();
  }
  out.threads = given["threads"].as<unsigned>();
  return out;
}

std::vector<std::vector<double>> replicates_from(const po::variables_map& given, const Population& population) {
  const std::string prefix = given["replicates"].as<Text>();
  if (prefix.empty() != !given.contains("design"))
    throw Error("--design and --replicates go together: the file, and how the names of its columns begin");
  if (prefix.empty()) return {};
  const std::string file = given["design"].as<Text>();
  return outcomes::read_survey_design(file, read_file(file), population.ids(Level::menage), {"", "", prefix, "bootstrap"})
      .replicates;
}

std::string weights_csv(const Population& population, const scenario::MarginComparison& comparison) {
  std::string out = "idmen,wprm";
  for (std::size_t r = 0; r < comparison.replicates.size(); ++r) out += ",rep" + std::to_string(r + 1);
  out += "\n";
  const std::vector<std::string>& ids = population.ids(Level::menage);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    out += ids[i] + "," + shortest(comparison.weights[i]);
    for (const std::vector<double>& replicate : comparison.replicates) out += "," + shortest(replicate[i]);
    out += "\n";
  }
  return out;
}

/// Files first: where one place cannot be written, the other is not either.
void write(const po::variables_map& given, const std::shared_ptr<const Population>& population, const Schema& schema,
           const scenario::MarginComparison& comparison) {
  std::optional<OutputFolder> folder;
  if (given.contains("output")) {
    folder.emplace(given["output"].as<Text>());
    folder->write("margins.csv", report::to_csv(report::margin_table(comparison)));
    folder->write("margins.json", report::margins_json(comparison));
    folder->write("margins.txt", report::to_text(report::margin_summary(comparison)));
    if (comparison.calibrated) folder->write("weights.csv", weights_csv(*population, comparison));
  }
  if (given.contains("write"))
    write_csv_population(reweighted(population, comparison.weights), schema, given["write"].as<Text>());
  if (folder) folder->commit();
}

void show(const po::variables_map& given, const scenario::MarginComparison& comparison) {
  if (given.contains("all")) {
    for (const report::Table& table : report::margin_details(comparison)) std::cout << report::to_text(table) << "\n";
  }
  std::cout << report::to_text(report::margin_summary(comparison));
  if (comparison.calibrated) std::cout << "\n" << report::to_text(report::weight_table(comparison));
  if (given.contains("output")) std::cout << "results in " << given["output"].as<Text>() << "\n";
  if (given.contains("write")) std::cout << "population with its new weights in " << given["write"].as<Text>() << "\n";
}

Exit run(const Arguments& arguments, const Usage& usage, po::options_description options, bool calibrates) {
  const auto given = read_options(arguments, usage, std::move(options), "population");
  if (!given) return Exit::done;
  const std::vector<std::string> names = values(*given, "population");
  if (names.size() != 1) throw Error(std::string("one population was expected; usage: ") + usage.line);
  const bool builtin = names[0].starts_with("builtin:bretagne");
  if (!given->contains("margins") && (calibrates || !builtin))
    throw Error(std::string("--margins is missing; usage: ") + usage.line);
  scenario::MarginOptions asked;
  asked.calibrate = calibrates;
  asked.threads = (*given)["threads"].as<unsigned>();
  if (calibrates) asked.calibration = solver_options(*given);
  const law::Law law = law_from(*given);
  const Month period = given->contains("period") ? month_from(*given, "period") : law.latest_month();
  const calibration::MarginFile margins =
      calibration::read_margins(given->contains("margins") ? (*given)["margins"].as<Text>() : "builtin:bretagne", period.year());
  const Schema schema = law.schema();
  const auto population =
      std::make_shared<const Population>(load_population(names[0], schema, period, mapping_from(*given)).population);
  if (calibrates) asked.replicates = replicates_from(*given, *population);
  const scenario::MarginComparison comparison = scenario::compare_margins(law, *population, margins, period, asked);
  write(*given, population, schema, comparison);
  show(*given, comparison);
  return Exit::done;
}

}  // namespace

Exit population_calibrate(const Arguments& arguments) { return run(arguments, calibrate_usage, calibrate_options(), true); }

Exit population_margins(const Arguments& arguments) { return run(arguments, margins_usage, margins_options(), false); }

}  // namespace labacces::tools
