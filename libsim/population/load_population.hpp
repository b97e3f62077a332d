// A population by name: built in, or from files.
#pragma once

#include <string>

#include "libsim/base/date.hpp"
#include "libsim/population/population.hpp"
#include "libsim/population/schema.hpp"

namespace labacces {

struct LoadedPopulation {
  Population population;
  std::string
      sha256;  ///< of the file's bytes (files of a folder one after the other, in the order of levels); "" for a built-in population
  std::string record =
      {};  ///< JSON object for the run record: the mapping, the columns, what was assumed to build units; "" when there is nothing to say
  std::string assumed = {};  ///< what was assumed to build units, for people
};

/// `builtin:bretagne[?households=N&seed=S]`, a person-level CSV file, a folder with one CSV an entity, or an OpenFisca situation
/// JSON (its nulls are ignored). A built-in population has histories that reach back far enough for `period`. With `mapping` ("mapping:euromod",
/// a path) the file or folder holds foreign tables.
/// Throws Error: unknown name (nearest), no such file, and all that the readers find.
LoadedPopulation load_population(const std::string& name, const Schema& schema, Month period, const std::string& mapping = {});

}  // namespace labacces
