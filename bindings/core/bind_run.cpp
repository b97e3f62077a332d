// Scenarios, runs, comparisons and their results.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <nlohmann/json.hpp>
#include <span>
#include <utility>

#include "bindings/core/handles.hpp"
#include "bindings/core/watch.hpp"
#include "libsim/report/behaviour_json.hpp"
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

struct ComparisonHandle {
  scenario::Comparison comparison;
  std::vector<SharedLaw> laws;
  std::vector<std::string> texts;
  std::string population_hash;
  unsigned threads = 0;
};

/// A scenario's JSON text, and what messages call it.
using NamedText = std::pair<std::string, std::string>;

const char* name_of_rule(takeup::UnderReform rule) {
  switch (rule) {
    case takeup::UnderReform::redraw:
      return "redraw";
    case takeup::UnderReform::persist:
      return "persist";
    case takeup::UnderReform::newly_eligible:
      return "newly_eligible";
    case takeup::UnderReform::automatic:
      return "automatic";
  }
  return "";
}

py::dict scenario_parts(const scenario::Scenario& scenario) {
  py::dict take_up;
  for (const takeup::Behaviour& behaviour : scenario.take_up) {
    take_up[py::str(behaviour.benefit)] = report::behaviour_json(behaviour).dump();
  }
  py::list reforms, correlations;
  for (const scenario::Reform& reform : scenario.reforms) reforms.append(py::make_tuple(reform.file, reform.text));
  for (const takeup::Correlation& item : scenario.correlations)
    correlations.append(py::make_tuple(item.first, item.second, item.value));
  py::dict out;
  out["name"] = scenario.name;
  out["description"] = scenario.description;
  out["law"] = scenario.law;
  out["reforms"] = reforms;
  out["population"] = scenario.population;
  out["period"] = scenario.period ? py::object(py::str(to_string(*scenario.period))) : py::object(py::none());
  out["benefits"] = scenario.benefits;
  out["take_up"] = take_up;
  out["correlations"] = correlations;
  out["under_reform"] = name_of_rule(scenario.under_reform);
  out["groups"] = scenario.groups;
  out["seed"] = scenario.seed;
  return out;
}

std::shared_ptr<ResultHandle> run(const NamedText& text, const std::shared_ptr<LawHandle>& law,
                                  const SharedPopulation& population, unsigned threads, const py::object& progress) {
  Watch watch(progress);
  const py::gil_scoped_release unlocked;
  check_fits(*population, *law);
  const scenario::Scenario scenario = scenario::parse_scenario(text.first, text.second);
  scenario::RunResult result =
      scenario::run_scenario(scenario, law->law, population->population, {.threads = threads, .progress = watch.function()});
  return std::make_shared<ResultHandle>(ResultHandle{std::move(result), law, text.second, population->sha256, threads});
}

std::shared_ptr<ComparisonHandle> compare(const std::vector<NamedText>& texts,
                                          const std::vector<std::shared_ptr<LawHandle>>& laws, const SharedPopulation& population,
                                          unsigned threads, const py::object& progress) {
  Watch watch(progress);
  const py::gil_scoped_release unlocked;
  auto out = std::make_shared<ComparisonHandle>();
  std::vector<scenario::Scenario> scenarios;
  std::vector<const law::Law*> seen;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    check_fits(*population, *laws[i]);
    scenarios.push_back(scenario::parse_scenario(texts[i].first, texts[i].second));
    seen.push_back(&laws[i]->law);
    out->laws.push_back(laws[i]);
    out->texts.push_back(texts[i].second);
  }
  out->comparison =
      scenario::compare_scenarios(scenarios, seen, population->population, {.threads = threads, .progress = watch.function()});
  out->population_hash = population->sha256;
  out->threads = threads;
  return out;
}

py::list runs_of(const ComparisonHandle& handle) {
  py::list out;
  for (std::size_t i = 0; i < handle.laws.size(); ++i) {
    out.append(std::make_shared<ResultHandle>(
        ResultHandle{handle.comparison.runs[i], handle.laws[i], handle.texts[i], handle.population_hash, handle.threads}));
  }
  return out;
}

std::string comparison_record(const ComparisonHandle& handle, const std::vector<std::string>& command) {
  std::vector<const law::Law*> laws;
  std::vector<report::RecordInputs> inputs;
  for (std::size_t i = 0; i < handle.laws.size(); ++i) {
    laws.push_back(&handle.laws[i]->law);
    inputs.push_back({command, handle.texts[i], {}, handle.population_hash, handle.threads});
  }
  return report::comparison_record_json(handle.comparison, laws, inputs);
}

report::Table measures_of(const ResultHandle& handle) { return report::non_take_up_table(std::span(&handle.result, 1)); }

/// Titles and rows: texts as the CSV files have them.
py::tuple table_parts(const report::Table& table) {
  std::vector<std::string> titles;
  for (const report::TableColumn& column : table.columns) titles.push_back(column.title);
  return py::make_tuple(titles, table.rows);
}

py::dict labels_of(const scenario::RunResult& result) {
  py::dict out;
  for (const scenario::BenefitResult& benefit : result.benefits) out[py::str(benefit.benefit)] = benefit.label;
  return out;
}

py::dict cell_labels_of(const scenario::RunResult& result) {
  py::dict out;
  for (const scenario::BenefitResult& benefit : result.benefits) {
    for (const scenario::GroupResult& group : benefit.groups) {
      for (const auto& cell : group.cells) out[py::make_tuple(group.group, cell.name)] = cell.label;
    }
  }
  return out;
}

}  // namespace

void bind_run(py::module_& module) {
  using Handle = ResultHandle;
  py::class_<Handle, std::shared_ptr<Handle>>(module, "RunResult")
      .def_property_readonly("period", [](const Handle& handle) { return to_string(handle.result.period); })
      .def_property_readonly("synthetic", [](const Handle& handle) { return handle.result.synthetic; })
      .def_property_readonly("population", [](const Handle& handle) { return handle.result.population_source; })
      .def_property_readonly("labels", [](const Handle& handle) { return labels_of(handle.result); })
      .def_property_readonly("cell_labels", [](const Handle& handle) { return cell_labels_of(handle.result); })
      .def("measures", [](const Handle& handle) { return table_parts(measures_of(handle)); })
      .def("csv", [](const Handle& handle) { return report::to_csv(measures_of(handle)); })
      .def("summary", [](const Handle& handle) { return report::to_text(report::non_take_up_summary(handle.result)); })
      .def("results_json", [](const Handle& handle) { return report::results_json(handle.result); })
      .def(
          "record_json",
          [](const Handle& handle, std::vector<std::string> command) {
            return report::record_json(handle.result, handle.law->law,
                                       {std::move(command), handle.scenario_text, {}, handle.population_hash, handle.threads});
          },
          py::arg("command"));

  using Several = ComparisonHandle;
  py::class_<Several, std::shared_ptr<Several>>(module, "Comparison")
      .def_property_readonly("runs", &runs_of)
      .def("differences", [](const Several& handle) { return table_parts(report::differences_table(handle.comparison)); })
      .def("differences_csv", [](const Several& handle) { return report::to_csv(report::differences_table(handle.comparison)); })
      .def("csv", [](const Several& handle) { return report::to_csv(report::non_take_up_table(handle.comparison.runs)); })
      .def("summary", [](const Several& handle) { return report::to_text(report::comparison_summary(handle.comparison)); })
      .def("comparison_json", [](const Several& handle) { return report::comparison_json(handle.comparison); })
      .def("record_json", &comparison_record, py::arg("command"));

  module.def(
      "read_scenario",
      [](const std::string& file, const std::string& text) { return scenario_parts(scenario::parse_scenario(file, text)); },
      py::arg("file"), py::arg("text"));
  module.def("base_scenario_text", [] { return std::string(scenario::base_scenario_text()); });
  module.def("run", &run, py::arg("scenario"), py::arg("law"), py::arg("population"), py::arg("threads"), py::arg("progress"));
  module.def("compare", &compare, py::arg("scenarios"), py::arg("laws"), py::arg("population"), py::arg("threads"),
             py::arg("progress"));
}

}  // namespace labacces::python
