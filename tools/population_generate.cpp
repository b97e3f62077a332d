// labacces population generate: a synthetic population written to files that --population reads back.
#include <algorithm>
#include <iostream>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/csv_write.hpp"
#include "libsim/population/synthetic.hpp"
#include "libsim/report/table.hpp"
#include "tools/options.hpp"
#include "tools/population.hpp"

namespace labacces::tools {
namespace {

const Usage usage{
    "labacces population generate POPULATION [options]",
    "Makes a synthetic population (invented households: data on nobody) and writes it to files that --population reads back to "
    "the same\n"
    "results: a folder with one file an entity, or one file with a row a person. Without --output only its size is told.",
    "  labacces population generate \"builtin:bretagne?households=5000&seed=7\" --period 2025-06 --output bretagne"};

po::options_description options() {
  po::options_description out("options");
  out.add_options()("period", po::value<std::string>()->value_name("YYYY-MM"),
                    "the month that the histories are for (default: the latest that the law knows)")(
      "output", po::value<std::string>()->value_name("DIR|FILE"), "a folder, or a file in .csv or .csv.gz")(
      "threads", po::value<unsigned>()->default_value(0)->value_name("N"), "threads; 0 = all cores");
  add_law_options(out);
  return out;
}

std::string count_text(std::size_t count) { return grouped(static_cast<double>(count), 0); }

report::Table summary(const Population& population, Month period) {
  using report::Align;
  std::size_t columns = 0;
  for (const VariableData& variable : population.variables()) columns += variable.periods.size();
  report::Table table{population.source() + ", for " + to_string(period) + ", SYNTHETIC", {{"", Align::left}, {"rows"}}, {}, {}};
  for (const Level level : {Level::individu, Level::famille, Level::foyer_fiscal, Level::menage})
    table.rows.push_back({std::string(plural_of(level)), count_text(population.count(level))});
  table.notes.push_back(std::to_string(population.variables().size()) + " variables in " + std::to_string(columns) + " columns.");
  return table;
}

bool is_file(const std::string& path) { return path.ends_with(".csv") || path.ends_with(".csv.gz"); }

}  // namespace

Exit population_generate(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options(), "population");
  if (!given) return Exit::done;
  const std::vector<std::string> names = values(*given, "population");
  if (names.size() != 1) throw Error(std::string("one population was expected; usage: ") + usage.line);
  SyntheticOptions asked = parse_synthetic(names[0]);
  asked.threads = (*given)["threads"].as<unsigned>();
  const std::string path = given->contains("output") ? (*given)["output"].as<std::string>() : std::string();
  if (path.ends_with(".gz") && !is_file(path))
    throw Error("--output: a folder, or a file in .csv or .csv.gz was expected, found '" + path + "'");
  const law::Law law = law_from(*given);
  const Month period = given->contains("period") ? month_from(*given, "period") : law.latest_month();
  const Schema schema = law.schema();
  const Population population = make_synthetic(asked, schema, period);
  std::cout << report::to_text(summary(population, period));
  if (path.empty()) return Exit::done;
  if (is_file(path)) {
    write_csv_persons(population, schema, path);
  } else {
    write_csv_population(population, schema, path);
  }
  std::cout << "population in " << path << "\n";
  return Exit::done;
}

}  // namespace labacces::tools
