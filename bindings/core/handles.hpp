// The objects of the library as Python holds them: immutable, shared, safe to use from many threads.
#pragma once

#include <pybind11/pybind11.h>

#include <memory>
#include <string>
#include <vector>

#include "libsim/law/law.hpp"
#include "libsim/law/load_law.hpp"
#include "libsim/population/population.hpp"
#include "libsim/population/schema.hpp"

namespace labacces::python {

/// A checked law with the texts that it was made from, so that it can be reformed, sent and made again.
struct LawHandle {
  std::vector<law::LawText> texts;
  std::vector<std::string> reforms;
  law::Law law;
  Schema schema;
};
using SharedLaw = std::shared_ptr<const LawHandle>;

/// A population with what the law knew of its variables when it was read.
struct PopulationHandle {
  Population population;
  std::string sha256;
  std::shared_ptr<const LawHandle> read_under;
  std::string record =
      {};  ///< JSON object of LoadedPopulation: the mapping, what was assumed to build units; "" when there is nothing to say
};
using SharedPopulation = std::shared_ptr<const PopulationHandle>;

/// Throws Error when a variable of the population means something else under `law`: another level, type or list of codes.
void check_fits(const PopulationHandle& population, const LawHandle& law);

/// "2025-01" as a month, "2025" as a year. Error with what was expected.
Period period_of(const std::string& text);
Month month_of(const std::string& text);
Level level_of(const std::string& text);

void bind_law(pybind11::module_& module);
void bind_population(pybind11::module_& module);
void bind_compute(pybind11::module_& module);
void bind_run(pybind11::module_& module);
void bind_takeup(pybind11::module_& module);
void bind_measure(pybind11::module_& module);
void bind_margins(pybind11::module_& module);
void bind_calibrate(pybind11::module_& module);

}  // namespace labacces::python
