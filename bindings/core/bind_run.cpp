// Scenarios, runs and their results.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <utility>

#include "bindings/core/handles.hpp"
#include "bindings/core/watch.hpp"
#include "libsim/report/results.hpp"
#include "libsim/scenario/base_scenario.hpp"
#include "libsim/scenario/run_scenario.hpp"

namespace py = pybind11;

namespace labacces::python {
namespace {

/// A result with what its record needs.
struct ResultHandle {
  scenario::RunResult result;
  SharedLaw law;
  std::string scenario_text, population_hash;
  unsigned threads = 0;
};

py::dict scenario_parts(const scenario::Scenario& scenario) {
  py::dict take_up;
  for (const takeup::FixedRate& rate : scenario.take_up) take_up[py::str(rate.benefit)] = py::make_tuple(rate.rate, rate.source);
  py::dict out;
  out["name"] = scenario.name;
  out["description"] = scenario.description;
  out["law"] = scenario.law;
  out["reforms"] = scenario.reforms;
  out["population"] = scenario.population;
  out["period"] = scenario.period ? py::object(py::str(to_string(*scenario.period))) : py::object(py::none());
  out["benefits"] = scenario.benefits;
  out["take_up"] = take_up;
  out["groups"] = scenario.groups;
  out["seed"] = scenario.seed;
  return out;
}

std::shared_ptr<ResultHandle> run(const std::string& file, const std::string& text, const std::shared_ptr<LawHandle>& law,
                                  const SharedPopulation& population, unsigned threads, const py::object& progress) {
  Watch watch(progress);
  const py::gil_scoped_release unlocked;
  check_fits(*population, *law);
  const scenario::Scenario scenario = scenario::parse_scenario(file, text);
  scenario::RunResult result =
      scenario::run_scenario(scenario, law->law, population->population, {.threads = threads, .progress = watch.function()});
  return std::make_shared<ResultHandle>(ResultHandle{std::move(result), law, text, population->sha256, threads});
}

py::tuple table_parts(const report::Table& table) {
  std::vector<std::string> titles;
  for (const report::TableColumn& column : table.columns) titles.push_back(column.title);
  return py::make_tuple(table.caption, titles, table.rows, table.notes);
}

}  // namespace

void bind_run(py::module_& module) {
  using Handle = ResultHandle;
  py::class_<Handle, std::shared_ptr<Handle>>(module, "RunResult")
      .def_property_readonly("period", [](const Handle& handle) { return to_string(handle.result.period); })
      .def_property_readonly("months", [](const Handle& handle) { return handle.result.months; })
      .def_property_readonly("clusters", [](const Handle& handle) { return handle.result.clusters; })
      .def_property_readonly("synthetic", [](const Handle& handle) { return handle.result.synthetic; })
      .def_property_readonly("population", [](const Handle& handle) { return handle.result.population_source; })
      .def_property_readonly("labels",
                             [](const Handle& handle) {
                               py::dict out;
                               for (const scenario::BenefitResult& benefit : handle.result.benefits)
                                 out[py::str(benefit.benefit)] = benefit.label;
                               return out;
                             })
      .def_property_readonly("cell_labels",
                             [](const Handle& handle) {
                               py::dict out;
                               for (const scenario::BenefitResult& benefit : handle.result.benefits) {
                                 for (const scenario::GroupResult& group : benefit.groups) {
                                   for (const auto& cell : group.cells) out[py::make_tuple(group.group, cell.name)] = cell.label;
                                 }
                               }
                               return out;
                             })
      .def("non_take_up", [](const Handle& handle) { return table_parts(report::non_take_up_table(handle.result)); })
      .def("summary", [](const Handle& handle) { return report::to_text(report::non_take_up_summary(handle.result)); })
      .def("results_json", [](const Handle& handle) { return report::results_json(handle.result); })
      .def(
          "record_json",
          [](const Handle& handle, std::vector<std::string> command) {
            return report::record_json(handle.result, handle.law->law,
                                       {std::move(command), handle.scenario_text, {}, handle.population_hash, handle.threads});
          },
          py::arg("command"))
      .def("csv", [](const Handle& handle) { return report::to_csv(report::non_take_up_table(handle.result)); });
  module.def(
      "read_scenario",
      [](const std::string& file, const std::string& text) { return scenario_parts(scenario::parse_scenario(file, text)); },
      py::arg("file"), py::arg("text"));
  module.def("base_scenario_text", [] { return std::string(scenario::base_scenario_text()); });
  module.def("run", &run, py::arg("file"), py::arg("text"), py::arg("law"), py::arg("population"), py::arg("threads"),
             py::arg("progress"));
}

}  // namespace labacces::python
