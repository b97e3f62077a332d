#include "libsim/population/load_population.hpp"

#include <filesystem>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/hash.hpp"
#include "libsim/population/csv_population.hpp"
#include "libsim/population/situation.hpp"
#include "libsim/population/synthetic.hpp"

namespace labacces {
namespace {

Error no_such_population(const std::string& name) {
  return Error(Location{name, 0, 0, {}}, "there is no such file or folder",
               "a population is a CSV file, a folder of CSV files, a situation (.json) or builtin:bretagne");
}

}  // namespace

LoadedPopulation load_population(const std::string& name, const Schema& schema, Month period) {
  if (name.starts_with("builtin:")) return {make_synthetic(parse_synthetic(name), schema, period), {}};
  std::error_code unreadable;
  if (!name.ends_with(".json")) {
    if (!std::filesystem::exists(name, unreadable)) throw no_such_population(name);
    const CsvTexts texts = read_csv_files(name);
    return {read_csv_texts(texts, schema), hash_of(texts)};
  }
  std::string text = read_file(name);
  std::string hash = sha256(text);
  return {std::move(read_situation(name, std::move(text), schema).population), std::move(hash)};
}

}  // namespace labacces
