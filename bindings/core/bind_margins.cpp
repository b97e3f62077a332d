// Populations against margins, carried to another year, and the columns that results need.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <memory>
#include <utility>

#include "bindings/core/arrays.hpp"
#include "bindings/core/handles.hpp"
#include "bindings/core/watch.hpp"
#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/plan/inputs_read.hpp"
#include "libsim/population/reweighted.hpp"
#include "libsim/population/uprating/uprate.hpp"
#include "libsim/population/values.hpp"
#include "libsim/report/margin_tables.hpp"
#include "libsim/scenario/margin_comparison.hpp"

namespace py = pybind11;

namespace labacces::python {
namespace {

using Margins = scenario::MarginComparison;
using Handle = std::shared_ptr<PopulationHandle>;

std::shared_ptr<const Population> shared(const Handle& handle) { return {handle, &handle->population}; }

calibration::Method method_named(const std::string& name) {
  using calibration::Method;
  if (name == "linear") return Method::linear;
  if (name == "raking") return Method::raking;
  if (name == "logit") return Method::logit;
  if (name == "truncated_linear") return Method::truncated_linear;
  const std::vector<std::string> names{"linear", "raking", "logit", "truncated_linear"};
  throw Error({}, "method: '" + name + "' is none of linear, raking, logit, truncated_linear", did_you_mean(name, names));
}

std::shared_ptr<Margins> compared(const Handle& population, const std::shared_ptr<LawHandle>& law, const std::string& file,
                                  const std::string& period, const py::object& method, double lower, double upper,
                                  unsigned threads) {
  scenario::MarginOptions asked;
  asked.threads = threads;
  asked.calibrate = !method.is_none();
  if (asked.calibrate)
    asked.calibration = {
        .method = method_named(py::cast<std::string>(method)), .lower = lower, .upper = upper, .threads = threads};
  const Month month = month_of(period);
  return watched(py::none(), [=](Watch&) {
    check_fits(*population, *law);
    calibration::MarginFile margins = calibration::read_margins(file, month.year());
    return std::make_shared<Margins>(
        scenario::compare_margins(law->law, population->population, std::move(margins), month, asked));
  });
}

py::tuple parts_of(const report::Table& table) {
  std::vector<std::string> titles;
  for (const report::TableColumn& column : table.columns) titles.push_back(column.title);
  return py::make_tuple(titles, table.rows);
}

Handle with_weights(const Handle& population, const std::shared_ptr<Margins>& margins) {
  return watched(py::none(), [=](Watch&) {
    return std::make_shared<PopulationHandle>(
        PopulationHandle{reweighted(shared(population), margins->weights), {}, population->read_under, population->record});
  });
}

/// The population, and a row a variable: name, index, from, to, factor.
py::tuple uprated(const Handle& population, const std::shared_ptr<LawHandle>& law, int to, const std::optional<int>& from,
                  const std::optional<std::string>& file) {
  const std::optional<int> first = from ? from : uprating::last_year_of(population->population);
  if (!first) throw Error("uprated: a year from which amounts are carried was expected: no column has a year or a month");
  uprating::Uprated done = watched(py::none(), [=](Watch&) {
    check_fits(*population, *law);
    const uprating::Indices indices = file ? uprating::Indices::read(*file, read_file(*file)) : uprating::Indices::built_in();
    return uprating::uprated(shared(population), law->schema, indices, *first, to);
  });
  py::list rows;
  for (const uprating::UpratedVariable& one : done.amounts)
    rows.append(py::make_tuple(one.variable, one.index, one.from, one.to, one.factor));
  return py::make_tuple(
      std::make_shared<PopulationHandle>(PopulationHandle{std::move(done.population), {}, law, population->record}), rows);
}

/// A row a column: name, level, label, measure, whether it is needed, its default, first and last period read ("" = for all time), who reads it.
py::list columns_needed(const LawHandle& law, const std::vector<std::string>& outputs, const std::string& period,
                        const std::vector<std::string>& given) {
  const std::vector<plan::Request> requests = plan::requests_in(law.schema, outputs, month_of(period));
  py::list out;
  for (const plan::InputRead& read : plan::inputs_read(law.law, requests, given)) {
    const VariableInfo& info = *law.schema.find(law.law.variables()[read.variable].name);
    const auto when = [&info](std::int32_t index) -> std::string {
      if (info.periodicity == Periodicity::eternal) return {};
      return info.periodicity == Periodicity::yearly ? std::to_string(index) : to_string(Month{index});
    };
    out.append(py::make_tuple(info.name, std::string(name_of(info.level)), info.label, info.measure,
                              info.is_input && !info.default_value,
                              info.default_value ? value_text(info, *info.default_value) : std::string(), when(read.first),
                              when(read.last), read.read_by));
  }
  return out;
}

}  // namespace

void bind_margins(py::module_& module) {
  py::class_<Margins, std::shared_ptr<Margins>>(module, "Margins")
      .def_readonly("calibrated", &Margins::calibrated)
      .def_readonly("steps", &Margins::steps)
      .def_readonly("largest_error", &Margins::largest_error)
      .def_property_readonly("weights",
                             [](const std::shared_ptr<Margins>& margins) {
                               return view_array<double>(std::span<const double>(margins->weights), margins);
                             })
      .def("table", [](const Margins& margins) { return parts_of(report::margin_table(margins)); })
      .def("printed",
           [](const Margins& margins) {
             std::vector<std::string> out{report::to_text(report::margin_summary(margins))};
             if (margins.calibrated) out.push_back(report::to_text(report::weight_table(margins)));
             return out;
           })
      .def("json", [](const Margins& margins) { return report::margins_json(margins); });
  module.def("compare_margins", &compared, py::arg("population"), py::arg("law"), py::arg("file"), py::arg("period"),
             py::arg("method"), py::arg("lower"), py::arg("upper"), py::arg("threads"));
  module.def("reweighted", &with_weights, py::arg("population"), py::arg("margins"));
  module.def("uprated", &uprated, py::arg("population"), py::arg("law"), py::arg("to"), py::arg("from_year"), py::arg("indices"));
  module.def("columns_needed", &columns_needed, py::arg("law"), py::arg("outputs"), py::arg("period"), py::arg("given"));
}

}  // namespace labacces::python
