// Populations: built in, from files, from tables in memory, and their columns as arrays.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <cmath>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "bindings/core/arrays.hpp"
#include "bindings/core/arrow.hpp"
#include "bindings/core/handles.hpp"
#include "bindings/core/watch.hpp"
#include "libsim/base/error.hpp"
#include "libsim/base/hash.hpp"
#include "libsim/population/csv_population.hpp"
#include "libsim/population/csv_write.hpp"
#include "libsim/population/frame_population.hpp"
#include "libsim/population/load_population.hpp"
#include "libsim/population/rewritten.hpp"
#include "libsim/population/situation.hpp"
#include "libsim/population/time_span.hpp"

namespace py = pybind11;

namespace labacces::python {
namespace {

std::shared_ptr<PopulationHandle> held(Population population, std::string hash, SharedLaw law, std::string record = {}) {
  return std::make_shared<PopulationHandle>(
      PopulationHandle{std::move(population), std::move(hash), std::move(law), std::move(record)});
}

std::shared_ptr<PopulationHandle> by_name(const std::string& name, const std::shared_ptr<LawHandle>& law,
                                          const std::string& month, const std::string& mapping) {
  return watched(py::none(), [name, law, mapping, period = month_of(month)](Watch&) {
    LoadedPopulation loaded = load_population(name, law->schema, period, mapping);
    return held(std::move(loaded.population), std::move(loaded.sha256), law, std::move(loaded.record));
  });
}

std::shared_ptr<PopulationHandle> from_situation(const std::string& file, std::string text,
                                                 const std::shared_ptr<LawHandle>& law) {
  std::string hash = sha256(text);
  return held(read_situation(file, std::move(text), law->schema).population, std::move(hash), law);
}

/// A table read and not yet checked; a population takes it, once.
struct FrameHandle {
  Level level = Level::individu;
  Frame frame;
};

std::shared_ptr<FrameHandle> read_frame(const std::string& level, const py::object& capsule) {
  auto* stream = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule.ptr(), "arrow_array_stream"));
  if (stream == nullptr) throw py::error_already_set();
  if (stream->release == nullptr) throw Error("the Arrow stream has been read already");
  const Level at = level_of(level);
  // Taken out of the capsule: who gave it may be gone before the last batch is read.
  auto own = std::make_unique<ArrowArrayStream>(*stream);
  stream->release = nullptr;
  return watched(py::none(), [own = std::move(own), at](Watch&) {
    return std::make_shared<FrameHandle>(FrameHandle{at, read_arrow(own.get(), std::string(plural_of(at)))});
  });
}

/// What a population says of itself beside its tables: the record of how it was read, the hash of its file, how its weights were made.
using Told = std::tuple<std::string, std::string, std::string>;

std::shared_ptr<PopulationHandle> from_frames(const std::map<std::string, std::shared_ptr<FrameHandle>>& frames,
                                              const std::shared_ptr<LawHandle>& law, const std::string& source, bool synthetic,
                                              bool ignore_unknown_columns, const std::optional<std::string>& on,
                                              const std::optional<Told>& told) {
  FrameTables tables{source, {}, synthetic, ignore_unknown_columns};
  if (told) tables.weighting = std::get<2>(*told);
  if (on) tables.on = first_day(month_of(*on));
  for (const auto& [level, handle] : frames) tables.frames[handle->level] = std::move(handle->frame);
  return watched(py::none(), [tables = std::move(tables), law, told](Watch&) mutable {
    FramePopulation read = read_kin_frames(std::move(tables), law->schema);
    if (told) return held(std::move(read.population), std::get<1>(*told), law, std::get<0>(*told));
    // As the record of a file with kinship has it.
    std::string record = read.assumed ? "{\"units\":" + read.assumed->json + "}" : std::string();
    return held(std::move(read.population), {}, law, std::move(record));
  });
}

std::string written(const Period& period) {
  switch (period.kind) {
    case Period::Kind::month:
      return to_string(Month{period.value});
    case Period::Kind::year:
      return std::to_string(period.value);
    case Period::Kind::eternity:
      break;
  }
  return {};
}

py::list variables_of(const PopulationHandle& handle) {
  py::list out;
  for (const VariableData& data : handle.population.variables()) {
    py::list periods;
    for (const PeriodColumn& column : data.periods) periods.append(written(column.period));
    out.append(py::make_tuple(data.name, std::string(name_of(data.level)), periods));
  }
  return out;
}

const Column* column_for(const Population& population, const std::string& name, const std::string& period) {
  const VariableData* data = population.find(name);
  if (data == nullptr) {
    std::vector<std::string> names;
    for (const VariableData& variable : population.variables()) names.push_back(variable.name);
    throw Error({}, "the population has no column '" + name + "'", did_you_mean(name, names));
  }
  for (const PeriodColumn& column : data->periods) {
    if (written(column.period) == period) return &population.columns()[column.column];
  }
  std::string known;
  for (const PeriodColumn& column : data->periods)
    known += (known.empty() ? "" : ", ") + (written(column.period).empty() ? "'' (for ever)" : written(column.period));
  throw Error("column '" + name + "' has no values for '" + period + "'; it has: " + known);
}

py::tuple column(const std::shared_ptr<PopulationHandle>& handle, const std::string& name, const std::string& period) {
  const Column* found = column_for(handle->population, name, period);
  py::object given = py::none();
  if (!found->given.empty()) given = view_array<std::uint8_t>(found->given, handle);
  return py::make_tuple(view_array<double>(found->cells(), handle), given);
}

/// Whole numbers in place, texts as a list.
py::object ids(const std::shared_ptr<PopulationHandle>& handle, const std::string& level) {
  const IdList& all = handle->population.ids(level_of(level));
  if (all.texts().empty()) return view_array<std::int64_t>(all.numbers(), handle);
  py::list out(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) out[i] = py::str(all.texts()[i]);
  return out;
}

const VariableInfo& amount(const PopulationHandle& handle, const std::string& name) {
  const Schema& schema = handle.read_under->schema;
  const VariableInfo* info = schema.find(name);
  if (info == nullptr) throw Error({}, "the law has no variable '" + name + "'", did_you_mean(name, schema.names()));
  if (info->kind != ValueKind::number)
    throw Error("'" + name + "' cannot be varied: a number was expected, it is " + info->measure);
  return *info;
}

std::vector<std::int32_t> block_starts(const PopulationHandle& handle, const std::string& level) {
  std::vector<std::int32_t> starts;
  for (const BlockStart& block : handle.population.blocks()) starts.push_back(block[index_of(level_of(level))]);
  return starts;
}

std::vector<std::int32_t> block_of_person(const PopulationHandle& handle) {
  std::vector<std::int32_t> out(handle.population.count(Level::individu));
  const auto& blocks = handle.population.blocks();
  for (std::size_t block = 0; block + 1 < blocks.size(); ++block) {
    for (std::int32_t row = blocks[block][0]; row < blocks[block + 1][0]; ++row)
      out[static_cast<std::size_t>(row)] = static_cast<std::int32_t>(block);
  }
  return out;
}

std::shared_ptr<const Population> shared(const std::shared_ptr<PopulationHandle>& handle) {
  return {handle, &handle->population};
}

/// One copy a value, in which the unit with that row has it.
std::shared_ptr<PopulationHandle> varied(const std::shared_ptr<PopulationHandle>& handle, const std::string& name,
                                         std::size_t unit, const std::vector<double>& values) {
  const VariableInfo& info = amount(*handle, name);
  if (values.empty()) throw Error("one value at least was expected along the axis");
  if (unit >= handle->population.count(info.level)) throw Error("there is no such unit");
  const py::gil_scoped_release unlocked;
  const auto rewrite = [&](std::size_t copy, std::size_t row, double value) { return row == unit ? values[copy] : value; };
  return held(rewritten(shared(handle), info, values.size(), rewrite), {}, handle->read_under, handle->record);
}

using Doubles = py::array_t<double, py::array::c_style | py::array::forcecast>;

/// The population with a variable changed by `change(row, value)`; `cells` has one number a unit.
template <typename Change>
std::shared_ptr<PopulationHandle> changed(const std::shared_ptr<PopulationHandle>& handle, const std::string& name,
                                          const Doubles& cells, const Change& change) {
  const VariableInfo& info = amount(*handle, name);
  if (static_cast<std::size_t>(cells.size()) != handle->population.count(info.level))
    throw Error("one number a unit was expected");
  const double* cell = cells.data();
  const py::gil_scoped_release unlocked;
  const auto rewrite = [&](std::size_t, std::size_t row, double value) { return change(cell[row], value); };
  return held(rewritten(shared(handle), info, 1, rewrite), {}, handle->read_under, handle->record);
}

/// Raised by a step a unit.
std::shared_ptr<PopulationHandle> raised(const std::shared_ptr<PopulationHandle>& handle, const std::string& name,
                                         const Doubles& steps) {
  return changed(handle, name, steps, [](double step, double value) { return value + step; });
}

/// Set to a value a unit; NaN leaves what is there.
std::shared_ptr<PopulationHandle> replaced(const std::shared_ptr<PopulationHandle>& handle, const std::string& name,
                                           const Doubles& values) {
  return changed(handle, name, values, [](double given, double value) { return std::isnan(given) ? value : given; });
}

}  // namespace

void check_fits(const PopulationHandle& population, const LawHandle& law) {
  if (population.read_under.get() == &law) return;
  for (const VariableData& data : population.population.variables()) {
    const VariableInfo* here = law.schema.find(data.name);
    const VariableInfo* then = population.read_under->schema.find(data.name);
    if (here == nullptr)
      throw Error("the population has a column '" + data.name +
                  "', which this law does not know: read the population with this law");
    const bool same = here->level == then->level && here->kind == then->kind && here->periodicity == then->periodicity &&
                      here->measure == then->measure && here->items.size() >= then->items.size() &&
                      std::equal(then->items.begin(), then->items.end(), here->items.begin());
    if (!same)
      throw Error("the population was read under a law in which '" + data.name +
                  "' is something else: read the population with this law");
  }
}

Month month_of(const std::string& text) {
  if (const auto month = parse_month(text)) return *month;
  throw Error("period: a month was expected, such as 2025-06, found '" + text + "'");
}

Period period_of(const std::string& text) {
  const std::optional<TimeSpan> span = parse_time_span(text);
  if (span && span->is_month()) return Period::month(span->first);
  if (span && span->civil_years() == 1) return Period::year(span->first.year());
  throw Error("period: a month such as 2025-01 or a year such as 2025 was expected, found '" + text + "'");
}

Level level_of(const std::string& text) {
  if (const auto level = level_named(text)) return *level;
  throw Error({}, "there is no level '" + text + "'", did_you_mean(text, {"individu", "famille", "foyer_fiscal", "menage"}));
}

void bind_population(py::module_& module) {
  using Handle = std::shared_ptr<PopulationHandle>;
  py::class_<FrameHandle, std::shared_ptr<FrameHandle>>(module, "Frame")
      .def(py::init(&read_frame), py::arg("level"), py::arg("stream"));
  py::class_<PopulationHandle, Handle>(module, "Population")
      .def_static("load", &by_name, py::arg("name"), py::arg("law"), py::arg("period"), py::arg("mapping"))
      .def_static("situation", &from_situation, py::arg("file"), py::arg("text"), py::arg("law"),
                  py::call_guard<py::gil_scoped_release>())
      .def_static("frames", &from_frames, py::arg("frames"), py::arg("law"), py::arg("source"), py::arg("synthetic"),
                  py::arg("ignore_unknown_columns"), py::arg("on"), py::arg("told"))
      .def_property_readonly("source", [](const PopulationHandle& handle) { return handle.population.source(); })
      .def_property_readonly("synthetic", [](const PopulationHandle& handle) { return handle.population.is_synthetic(); })
      .def_property_readonly("sha256", [](const PopulationHandle& handle) { return handle.sha256; })
      .def_property_readonly("record", [](const PopulationHandle& handle) { return handle.record; })
      .def_property_readonly("told",
                             [](const PopulationHandle& handle) {
                               return Told{handle.record, handle.sha256, handle.population.weighting()};
                             })
      .def_property_readonly("variables", &variables_of)
      .def_property_readonly("weights",
                             [](const Handle& handle) { return view_array<double>(handle->population.weights(), handle); })
      .def(
          "count",
          [](const PopulationHandle& handle, const std::string& level) { return handle.population.count(level_of(level)); },
          py::arg("level"))
      .def("ids", &ids, py::arg("level"))
      .def(
          "unit_of",
          [](const Handle& handle, const std::string& level) {
            return view_array<std::int32_t>(handle->population.membership(level_of(level)).unit_of, handle);
          },
          py::arg("level"))
      .def(
          "role_of",
          [](const Handle& handle, const std::string& level) {
            return view_array<std::uint8_t>(handle->population.membership(level_of(level)).role_of, handle);
          },
          py::arg("level"))
      .def(
          "original_rows",
          [](const Handle& handle, const std::string& level) {
            return view_array<std::int32_t>(handle->population.original_rows(level_of(level)), handle);
          },
          py::arg("level"))
      .def(
          "block_starts",
          [](const PopulationHandle& handle, const std::string& level) { return owned_array(block_starts(handle, level)); },
          py::arg("level"))
      .def_property_readonly("block_of_person",
                             [](const PopulationHandle& handle) { return owned_array(block_of_person(handle)); })
      .def("varied", &varied, py::arg("variable"), py::arg("unit"), py::arg("values"))
      .def("raised", &raised, py::arg("variable"), py::arg("steps"))
      .def("replaced", &replaced, py::arg("variable"), py::arg("values"))
      .def("column", &column, py::arg("name"), py::arg("period"))
      .def(
          "write_csv",
          [](const PopulationHandle& handle, const std::string& folder) {
            write_csv_population(handle.population, handle.read_under->schema, folder);
          },
          py::arg("folder"), py::call_guard<py::gil_scoped_release>());
}

}  // namespace labacces::python
