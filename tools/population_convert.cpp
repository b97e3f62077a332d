// labacces population convert: a population as a folder with one file an entity, units and all.
#include <iostream>
#include <nlohmann/json.hpp>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/population/csv_write.hpp"
#include "libsim/population/load_population.hpp"
#include "tools/options.hpp"
#include "tools/population.hpp"

namespace labacces::tools {
namespace {

const Usage usage{"labacces population convert POPULATION [--mapping M] --output DIR [options]",
                  "Writes a population as it is read: one CSV an entity, in the names of the law, with the families and tax "
                  "units that were built.\n"
                  "Prints what was assumed to build them.",
                  "  labacces population convert fr_2020_a1.txt --mapping mapping:euromod --period 2025-06 --output people\n"
                  "  labacces population convert kin.csv.gz --output people"};

po::options_description options() {
  po::options_description out("options");
  out.add_options()("period", po::value<std::string>()->value_name("YYYY-MM"),
                    "month for which ages and units are told (default: the latest that the law knows)")(
      "output", po::value<std::string>()->value_name("DIR"),
      "folder for the files; conversion.json in it tells where they come from");
  add_mapping_option(out);
  add_law_options(out);
  return out;
}

}  // namespace

Exit population_convert(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options(), "population");
  if (!given) return Exit::done;
  const std::vector<std::string> names = values(*given, "population");
  if (names.size() != 1) throw Error(std::string("one population was expected; usage: ") + usage.line);
  if (!given->contains("output")) throw Error(std::string("--output is missing; usage: ") + usage.line);
  const std::string folder = (*given)["output"].as<std::string>();
  const law::Law law = law_from(*given);
  const Month period = given->contains("period") ? month_from(*given, "period") : law.latest_month();
  const LoadedPopulation loaded = load_population(names[0], law.schema(), period, mapping_from(*given));
  write_csv_population(loaded.population, law.schema(), folder);
  nlohmann::ordered_json about{
      {"format", "labacces-conversion/1"}, {"source", names[0]}, {"sha256", loaded.sha256}, {"period", to_string(period)}};
  if (!loaded.record.empty()) about.update(nlohmann::ordered_json::parse(loaded.record));
  OutputFolder more(folder);
  more.write("conversion.json", about.dump(1) + "\n");
  more.commit();
  for (std::size_t level = 0; level < level_count; ++level) {
    const auto one = static_cast<Level>(level);
    std::cout << plural_of(one) << ": " << loaded.population.count(one) << "\n";
  }
  if (!loaded.assumed.empty()) std::cout << "\n" << loaded.assumed;
  std::cout << "\nwritten: " << folder << "\n";
  return Exit::done;
}

}  // namespace labacces::tools
