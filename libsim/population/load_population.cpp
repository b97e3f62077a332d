#include "libsim/population/load_population.hpp"

#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/hash.hpp"
#include "libsim/population/situation.hpp"
#include "libsim/population/synthetic.hpp"

namespace labacces {

LoadedPopulation load_population(const std::string& name, const Schema& schema, Month period) {
  if (name.starts_with("builtin:")) return {make_synthetic(parse_synthetic(name), schema, period), {}};
  if (!name.ends_with(".json")) {
    throw Error(Location{name, 0, 0, {}}, "a situation file (.json) or builtin:bretagne was expected");
  }
  std::string text = read_file(name);
  std::string hash = sha256(text);
  return {std::move(read_situation(name, std::move(text), schema).population), std::move(hash)};
}

}  // namespace labacces
