#include "libsim/population/load_population.hpp"

#include <filesystem>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/hash.hpp"
#include "libsim/population/csv_population.hpp"
#include "libsim/population/mapping/kin_files.hpp"
#include "libsim/population/mapping/mapped_population.hpp"
#include "libsim/population/situation.hpp"
#include "libsim/population/synthetic.hpp"

namespace labacces {
namespace {

Error no_such_population(const std::string& name) {
  return Error(Location{name, 0, 0, {}}, "there is no such file or folder",
               "a population is a CSV file, a folder of CSV files, a situation (.json) or builtin:bretagne");
}

LoadedPopulation load_mapped(const std::string& name, const Schema& schema, Month period, const std::string& mapping) {
  if (name.starts_with("builtin:"))
    throw Error("the mapping '" + mapping + "' goes with a file or a folder, and the population is '" + name + "'");
  mapping::MappedPopulation read = mapping::read_mapped(name, mapping::load_mapping(mapping), schema, period);
  return {std::move(read.population), std::move(read.sha256), std::move(read.record), std::move(read.assumed)};
}

}  // namespace

LoadedPopulation load_population(const std::string& name, const Schema& schema, Month period, const std::string& mapping) {
  if (!mapping.empty()) return load_mapped(name, schema, period, mapping);
  if (name.starts_with("builtin:")) return {make_synthetic(parse_synthetic(name), schema, period), {}};
  std::error_code unreadable;
  if (!name.ends_with(".json")) {
    if (!std::filesystem::exists(name, unreadable)) throw no_such_population(name);
    const CsvTexts texts = read_csv_files(name);
    std::string hash = hash_of(texts);
    if (!mapping::asks_for_units(texts)) return {read_csv_texts(texts, schema), std::move(hash)};
    mapping::MappedPopulation read = mapping::read_kin_files(texts, schema, period);
    return {std::move(read.population), std::move(hash), std::move(read.record), std::move(read.assumed)};
  }
  std::string text = read_file(name);
  std::string hash = sha256(text);
  return {std::move(read_situation(name, std::move(text), schema).population), std::move(hash)};
}

}  // namespace labacces
