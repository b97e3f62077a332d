// labacces population check: every inconsistency of a population, counted by kind, with the first units and rows.
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/text.hpp"
#include "libsim/outcomes/read_survey_design.hpp"
#include "libsim/plan/inputs_read.hpp"
#include "libsim/population/check/check_population.hpp"
#include "libsim/population/load_population.hpp"
#include "tools/options.hpp"
#include "tools/population.hpp"

namespace labacces::tools {
namespace {

using Json = nlohmann::ordered_json;
using Text = std::string;

constexpr std::size_t shown = 5;  // units a finding on the terminal

const Usage usage{"labacces population check POPULATION [options]",
                  "What a population says that cannot be, or hardly: counted by kind, with the first units and their rows. "
                  "Errors make results\n"
                  "wrong, warnings are likely mistakes, notes are good to know. Exit 1 when there are errors.",
                  "  labacces population check people.csv\n"
                  "  labacces population check people.csv --period 2025-06 --outputs rsa,ppa --json"};

po::options_description options() {
  po::options_description out("options");
  out.add_options()("period", po::value<Text>()->value_name("YYYY-MM"),
                    "month on whose first day ages are counted (default: the latest that the law knows)")(
      "outputs", po::value<Text>()->value_name("A,B,..."), "results that will be asked: looks for the inputs that they read")(
      "design", po::value<Text>()->value_name("FILE.csv"),
      "replicate weights by dwelling: idmen, and the columns of --replicates")(
      "replicates", po::value<Text>()->default_value("")->value_name("PREFIX"),
      "columns of replicate weights, by how their names begin")("json", "everything as JSON");
  add_mapping_option(out);
  add_law_options(out);
  return out;
}

/// Nothing is looked for without --outputs.
std::vector<std::string> outputs_from(const po::variables_map& given) {
  if (!given.contains("outputs")) return {};
  std::vector<std::string> outputs = list_of(given["outputs"].as<Text>());
  if (outputs.empty()) throw Error("--outputs: which variables of the law?");
  return outputs;
}

std::vector<std::vector<double>> replicates_from(const po::variables_map& given, const Population& population) {
  const Text prefix = given["replicates"].as<Text>();
  if (prefix.empty() != !given.contains("design"))
    throw Error("--design and --replicates go together: the file, and how the names of its columns begin");
  if (prefix.empty()) return {};
  const Text file = given["design"].as<Text>();
  return outcomes::read_survey_design(file, read_file(file), population.ids(Level::menage), {"", "", prefix, "bootstrap"})
      .replicates;
}

/// The row of the data, counted from 1, of a person or of the principal of a unit.
std::int32_t data_row(const Population& population, Level entity, std::int32_t unit) {
  const std::int32_t person =
      is_group(entity) ? population.membership(entity).principal_of[static_cast<std::size_t>(unit)] : unit;
  return population.original_rows(Level::individu)[static_cast<std::size_t>(person)] + 1;
}
std::string id_of(const Population& population, Level entity, std::int32_t unit) {
  return population.ids(entity)[static_cast<std::size_t>(unit)];
}

std::size_t count(const std::vector<CheckFinding>& findings, CheckLevel level) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(), [level](const CheckFinding& one) { return one.level == level; }));
}

Json json_of(const std::string& name, const Population& population, const std::vector<CheckFinding>& findings, Month month) {
  Json out{{"format", "labacces-population-check/1"}, {"population", name}, {"period", to_string(month)}};
  for (const Level level : {Level::individu, Level::famille, Level::foyer_fiscal, Level::menage})
    out["units"][std::string(plural_of(level))] = population.count(level);
  for (const CheckLevel level : {CheckLevel::error, CheckLevel::warning, CheckLevel::note})
    out[std::string(name_of(level)) + "s"] = count(findings, level);
  out["findings"] = Json::array();
  for (const CheckFinding& one : findings) {
    Json finding{{"kind", one.kind}, {"level", name_of(one.level)}, {"entity", name_of(one.entity)}};
    if (!one.variable.empty()) finding["variable"] = one.variable;
    finding["text"] = one.text;
    if (!one.names.empty()) finding["variables"] = one.names;
    if (one.count > 0) finding["count"] = one.count;
    finding["first"] = Json::array();
    for (const std::int32_t unit : one.first)
      finding["first"].push_back({{"id", id_of(population, one.entity, unit)}, {"row", data_row(population, one.entity, unit)}});
    out["findings"].push_back(std::move(finding));
  }
  return out;
}

/// What the record says of units that were built: a list of {"kind", "text", "count"}; empty when the data gave them.
Json units_of(const LoadedPopulation& loaded) {
  if (loaded.record.empty()) return Json::array();
  const Json record = Json::parse(loaded.record);
  return record.contains("units") ? record.at("units") : Json::array();
}

std::string first_units(const Population& population, const CheckFinding& one) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < std::min(shown, one.first.size()); ++i) {
    const std::string row = std::to_string(data_row(population, one.entity, one.first[i]));
    parts.push_back(id_of(population, one.entity, one.first[i]) + " (row " + row + ")");
  }
  if (one.count > shown) parts.emplace_back("...");
  return std::string(one.count == 1 ? name_of(one.entity) : plural_of(one.entity)) + " " + join(parts, ", ");
}

std::string first_names(const CheckFinding& one) {
  const std::size_t many = std::min(shown, one.names.size());
  const std::vector<std::string> names(one.names.begin(), one.names.begin() + static_cast<std::ptrdiff_t>(many));
  return names.empty() ? "" : ": " + join(names, ", ") + (many < one.names.size() ? ", ... (all with --json)" : "");
}

void print(const std::string& name, const Population& population, const std::vector<CheckFinding>& findings, Month month) {
  std::vector<std::string> units;
  for (const Level level : {Level::individu, Level::famille, Level::foyer_fiscal, Level::menage}) {
    const std::size_t many = population.count(level);
    units.push_back(grouped(static_cast<double>(many), 0) + " " + std::string(many == 1 ? name_of(level) : plural_of(level)));
  }
  std::cout << wrapped(
      "", name + (population.is_synthetic() ? " (synthetic)" : "") + ": " + join(units, ", ") + "; " + to_string(month));
  for (const CheckFinding& one : findings) {
    std::string head = std::string(name_of(one.level)) + std::string(9 - name_of(one.level).size(), ' ');
    const std::string many = one.count > 0 ? grouped(static_cast<double>(one.count), 0) : "";
    head += std::string(many.size() < 9 ? 9 - many.size() : 0, ' ') + many + "  ";
    std::cout << "\n" << head << one.kind << "\n";
    constexpr std::size_t indent = 20;
    const std::string blanks(indent, ' ');
    std::cout << wrapped(blanks, one.text + first_names(one), indent);
    if (!one.first.empty()) std::cout << wrapped(blanks, first_units(population, one), indent);
  }
  const auto counted = [&](CheckLevel level) {
    const std::size_t many = count(findings, level);
    return std::to_string(many) + " " + std::string(name_of(level)) + (many == 1 ? "" : "s");
  };
  std::cout << (findings.empty() ? "" : "\n") << "kinds found: " << counted(CheckLevel::error) << ", "
            << counted(CheckLevel::warning) << ", " << counted(CheckLevel::note) << "\n";
}

}  // namespace

Exit population_check(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options(), "population");
  if (!given) return Exit::done;
  const std::vector<std::string> names = values(*given, "population");
  if (names.size() != 1) throw Error(std::string("one population was expected; usage: ") + usage.line);
  const law::Law law = law_from(*given);
  const Schema schema = law.schema();
  const Month month = given->contains("period") ? month_from(*given, "period") : law.latest_month();
  const LoadedPopulation loaded = load_population(names[0], schema, month, mapping_from(*given));
  const Population& population = loaded.population;
  const std::vector<CheckFinding> findings =
      check_population(population, schema,
                       {.period = month,
                        .needed = plan::inputs_needed(law, schema, outputs_from(*given), month, population),
                        .replicates = replicates_from(*given, population)});
  if (given->contains("json")) {
    Json out = json_of(names[0], population, findings, month);
    if (const Json units = units_of(loaded); !units.empty()) out["units_assumed"] = units;
    std::cout << out.dump(2) << "\n";
  } else {
    print(names[0], population, findings, month);
    if (!loaded.assumed.empty()) std::cout << "\nassumed to build families and tax units\n" << loaded.assumed;
  }
  return count(findings, CheckLevel::error) > 0 ? Exit::fell_short : Exit::done;
}

}  // namespace labacces::tools
