// labacces population uprate: a population carried to another year by published indices.
#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/csv_write.hpp"
#include "libsim/population/load_population.hpp"
#include "libsim/population/uprating/uprate.hpp"
#include "libsim/report/table.hpp"
#include "tools/command.hpp"
#include "tools/options.hpp"
#include "tools/population.hpp"

namespace labacces::tools {
namespace {

const Usage usage{
    "labacces population uprate POPULATION --to YYYY --output DIR [options]",
    "Carries a population to another year: amounts by published indices, months and births by as many years, so that ages stay.\n"
    "Weights stay as they are: labacces population calibrate sets them to margins of the new year.",
    "  labacces population uprate people.csv --to 2025 --output people_2025"};

po::options_description options() {
  po::options_description out("options");
  out.add_options()("to", po::value<int>()->value_name("YYYY"), "the year to carry to")(
      "from", po::value<int>()->value_name("YYYY"),
      "the year of amounts without a date (default: the last year of the population's columns)")(
      "indices", po::value<std::string>()->value_name("FILE"),
      "indices and which variables follow them, as JSON (default: those of the program)")(
      "output", po::value<std::string>()->value_name("DIR"), "folder for the population, one file an entity");
  add_mapping_option(out);
  add_law_options(out);
  return out;
}

uprating::Indices indices_from(const po::variables_map& given) {
  if (!given.contains("indices")) return uprating::Indices::built_in();
  const auto file = given["indices"].as<std::string>();
  return uprating::Indices::read(file, read_file(file));
}

report::Table summary(const uprating::Uprated& done, const uprating::Indices& indices) {
  using report::Align;
  report::Table table{"Uprated from " + std::to_string(done.from) + " to " + std::to_string(done.to),
                      {{"variable", Align::left}, {"index", Align::left}, {"from"}, {"to"}, {"factor"}},
                      {},
                      {}};
  std::vector<std::string> used;
  for (const uprating::UpratedVariable& one : done.amounts) {
    table.rows.push_back({one.variable, one.index, std::to_string(one.from), std::to_string(one.to), fixed(one.factor, 4)});
    if (std::find(used.begin(), used.end(), one.index) == used.end()) used.push_back(one.index);
  }
  for (const std::string& name : used) {
    table.notes.push_back(name + ": " + indices.all().at(name).label);
    for (const auto& [year, step] : indices.all().at(name).steps) {
      if (year > std::min(done.from, done.to) && year <= std::max(done.from, done.to))
        table.notes.push_back("  " + std::to_string(year) + "  " + fixed(100.0 * (step.factor - 1.0), 2) + " %  " + step.source);
    }
  }
  return table;
}

}  // namespace

Exit population_uprate(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options(), "population");
  if (!given) return Exit::done;
  const std::vector<std::string> names = values(*given, "population");
  if (names.size() != 1) throw Error(std::string("one population was expected; usage: ") + usage.line);
  for (const char* needed : {"to", "output"}) {
    if (!given->contains(needed)) throw Error(std::string("--") + needed + " is missing; usage: " + usage.line);
  }
  if (names[0].starts_with("builtin:"))
    throw Error("'" + names[0] + "' is made for the month that is asked (--period): there is nothing to uprate");
  const uprating::Indices indices = indices_from(*given);
  const law::Law law = law_from(*given);
  const auto population = std::make_shared<const Population>(
      load_population(names[0], law.schema(), law.latest_month(), mapping_from(*given)).population);
  const std::optional<int> last = uprating::last_year_of(*population);
  if (!given->contains("from") && !last) throw Error("--from is missing: no column of '" + names[0] + "' has a year or a month");
  const int from = given->contains("from") ? (*given)["from"].as<int>() : *last;
  const uprating::Uprated done = uprating::uprated(population, law.schema(), indices, from, (*given)["to"].as<int>());
  write_csv_population(done.population, law.schema(), (*given)["output"].as<std::string>());
  std::cout << report::to_text(summary(done, indices)) << "population in " << (*given)["output"].as<std::string>() << "\n";
  return Exit::done;
}

}  // namespace labacces::tools
