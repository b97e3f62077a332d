// Scenarios, runs, comparisons and their results.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <nlohmann/json.hpp>
#include <span>
#include <utility>

#include "bindings/core/handles.hpp"
#include "bindings/core/watch.hpp"
#include "libsim/plan/inputs_read.hpp"
#include "libsim/report/behaviour_json.hpp"
#include "libsim/report/budget_curves.hpp"
#include "libsim/report/income_tables.hpp"
#include "libsim/report/page.hpp"
#include "libsim/report/results.hpp"
#include "libsim/scenario/base_scenario.hpp"
#include "libsim/scenario/comparison_state.hpp"
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
  std::string population_record = {};
};

struct ComparisonHandle {
  scenario::Comparison comparison;
  std::vector<SharedLaw> laws;
  std::vector<std::string> texts;
  std::string population_hash;
  unsigned threads = 0;
  std::string population_record = {};
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
  out["mapping"] = scenario.mapping;
  out["period"] = scenario.period ? py::object(py::str(to_string(*scenario.period))) : py::object(py::none());
  out["benefits"] = scenario.benefits;
  out["take_up"] = take_up;
  out["correlations"] = correlations;
  out["order"] = scenario.order;
  out["under_reform"] = name_of_rule(scenario.under_reform);
  out["groups"] = scenario.groups;
  out["seed"] = scenario.seed;
  out["income"] = scenario.income;
  return out;
}

std::shared_ptr<ResultHandle> run(const NamedText& text, const std::shared_ptr<LawHandle>& law,
                                  const SharedPopulation& population, unsigned threads, const py::object& progress) {
  return watched(progress, [text, law, population, threads](Watch& watch) {
    check_fits(*population, *law);
    const scenario::Scenario scenario = scenario::parse_scenario(text.first, text.second);
    scenario::RunResult result =
        scenario::run_scenario(scenario, law->law, population->population, {.threads = threads, .progress = watch.function()});
    return std::make_shared<ResultHandle>(
        ResultHandle{std::move(result), law, text.second, population->sha256, threads, population->record});
  });
}

std::shared_ptr<ComparisonHandle> compare(const std::vector<NamedText>& texts,
                                          const std::vector<std::shared_ptr<LawHandle>>& laws, const SharedPopulation& population,
                                          unsigned threads, const py::object& progress) {
  return watched(progress, [texts, laws, population, threads](Watch& watch) {
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
    out->population_record = population->record;
    out->threads = threads;
    return out;
  });
}

py::list runs_of(const ComparisonHandle& handle) {
  py::list out;
  for (std::size_t i = 0; i < handle.laws.size(); ++i) {
    out.append(std::make_shared<ResultHandle>(ResultHandle{handle.comparison.runs[i], handle.laws[i], handle.texts[i],
                                                           handle.population_hash, handle.threads, handle.population_record}));
  }
  return out;
}

std::string comparison_record(const ComparisonHandle& handle, const std::vector<std::string>& command) {
  std::vector<const law::Law*> laws;
  std::vector<report::RecordInputs> inputs;
  for (std::size_t i = 0; i < handle.laws.size(); ++i) {
    laws.push_back(&handle.laws[i]->law);
    inputs.push_back({command, handle.texts[i], {}, handle.population_hash, handle.threads, handle.population_record});
  }
  return report::comparison_record_json(handle.comparison, laws, inputs);
}

std::vector<scenario::Scenario> parsed(const std::vector<NamedText>& texts) {
  std::vector<scenario::Scenario> out;
  for (const auto& [file, text] : texts) out.push_back(scenario::parse_scenario(file, text));
  return out;
}

/// What differs from a comparison's own state: how the population was read.
py::tuple state_of(const scenario::Comparison& comparison, const std::string& hash, unsigned threads, const std::string& record) {
  return py::make_tuple(py::bytes(scenario::comparison_state(comparison)), hash, threads, record);
}

std::shared_ptr<ResultHandle> run_of_state(const NamedText& text, const std::shared_ptr<LawHandle>& law, const py::tuple& state) {
  scenario::Comparison comparison = scenario::comparison_of_state(py::cast<std::string>(state[0]), parsed({text}));
  return std::make_shared<ResultHandle>(ResultHandle{std::move(comparison.runs[0]), law, text.second,
                                                     py::cast<std::string>(state[1]), py::cast<unsigned>(state[2]),
                                                     py::cast<std::string>(state[3])});
}

std::shared_ptr<ComparisonHandle> comparison_of_state(const std::vector<NamedText>& texts,
                                                      const std::vector<std::shared_ptr<LawHandle>>& laws,
                                                      const py::tuple& state) {
  auto out = std::make_shared<ComparisonHandle>();
  out->comparison = scenario::comparison_of_state(py::cast<std::string>(state[0]), parsed(texts));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    out->laws.push_back(laws[i]);
    out->texts.push_back(texts[i].second);
  }
  out->population_hash = py::cast<std::string>(state[1]);
  out->threads = py::cast<unsigned>(state[2]);
  out->population_record = py::cast<std::string>(state[3]);
  return out;
}

/// The whole of parts that were run apart.
std::shared_ptr<ResultHandle> merged_runs(const std::vector<std::shared_ptr<ResultHandle>>& parts, const std::string& source) {
  auto out = std::make_shared<ResultHandle>(*parts.at(0));
  scenario::Comparison whole{{std::move(out->result)}, {}};
  for (std::size_t i = 1; i < parts.size(); ++i) scenario::merge(whole, {{parts[i]->result}, {}});
  out->result = std::move(whole.runs[0]);
  out->result.population_source = source;
  out->population_hash.clear();
  out->population_record.clear();
  return out;
}

std::shared_ptr<ComparisonHandle> merged_comparisons(const std::vector<std::shared_ptr<ComparisonHandle>>& parts,
                                                     const std::string& source) {
  auto out = std::make_shared<ComparisonHandle>(*parts.at(0));
  for (std::size_t i = 1; i < parts.size(); ++i) scenario::merge(out->comparison, parts[i]->comparison);
  for (scenario::RunResult& run : out->comparison.runs) run.population_source = source;
  out->population_hash.clear();
  out->population_record.clear();
  return out;
}

std::string curves_of(const std::vector<SharedLaw>& laws, const std::vector<scenario::RunResult>& runs) {
  std::vector<report::NamedLaw> named;
  for (std::size_t i = 0; i < runs.size(); ++i) named.push_back({runs[i].scenario.name, &laws[i]->law});
  return report::budget_curves_json(named, runs[0].period);
}

using unlocked = py::call_guard<py::gil_scoped_release>;

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
      .def_property_readonly("gaps", [](const Handle& handle) { return plan::gaps_told(handle.result.gaps); })
      .def_property_readonly("population", [](const Handle& handle) { return handle.result.population_source; })
      .def_property_readonly("labels", [](const Handle& handle) { return labels_of(handle.result); })
      .def_property_readonly("cell_labels", [](const Handle& handle) { return cell_labels_of(handle.result); })
      .def("measures", [](const Handle& handle) { return table_parts(measures_of(handle)); })
      .def("income", [](const Handle& handle) { return table_parts(report::income_table(std::span(&handle.result, 1))); })
      .def("income_csv",
           [](const Handle& handle) {
             return handle.result.income ? report::to_csv(report::income_table(std::span(&handle.result, 1))) : std::string();
           })
      .def("csv", [](const Handle& handle) { return report::to_csv(measures_of(handle)); })
      .def("state",
           [](const Handle& handle) {
             return state_of({{handle.result}, {}}, handle.population_hash, handle.threads, handle.population_record);
           })
      .def_static("of_state", &run_of_state, py::arg("scenario"), py::arg("law"), py::arg("state"))
      .def_static("merged", &merged_runs, py::arg("parts"), py::arg("source"))
      .def("summary", [](const Handle& handle) { return report::to_text(report::non_take_up_summary(handle.result)); })
      .def("results_json", [](const Handle& handle) { return report::results_json(handle.result); })
      .def(
          "curves_json", [](const Handle& handle) { return curves_of({handle.law}, {handle.result}); }, unlocked())
      .def(
          "record_json",
          [](const Handle& handle, std::vector<std::string> command) {
            return report::record_json(
                handle.result, handle.law->law,
                {std::move(command), handle.scenario_text, {}, handle.population_hash, handle.threads, handle.population_record});
          },
          py::arg("command"));

  using Several = ComparisonHandle;
  py::class_<Several, std::shared_ptr<Several>>(module, "Comparison")
      .def_property_readonly("runs", &runs_of)
      .def("state",
           [](const Several& handle) {
             return state_of(handle.comparison, handle.population_hash, handle.threads, handle.population_record);
           })
      .def_static("of_state", &comparison_of_state, py::arg("scenarios"), py::arg("laws"), py::arg("state"))
      .def_static("merged", &merged_comparisons, py::arg("parts"), py::arg("source"))
      .def("income", [](const Several& handle) { return table_parts(report::income_table(handle.comparison.runs)); })
      .def("income_differences",
           [](const Several& handle) { return table_parts(report::income_differences_table(handle.comparison)); })
      .def("winners_and_losers",
           [](const Several& handle) { return table_parts(report::income_changes_table(handle.comparison)); })
      .def("income_csv",
           [](const Several& handle) {
             std::map<std::string, std::string> out;
             if (!handle.comparison.runs[0].income) return out;
             out["income"] = report::to_csv(report::income_table(handle.comparison.runs));
             out["income_differences"] = report::to_csv(report::income_differences_table(handle.comparison));
             out["winners_and_losers"] = report::to_csv(report::income_changes_table(handle.comparison));
             return out;
           })
      .def("differences", [](const Several& handle) { return table_parts(report::differences_table(handle.comparison)); })
      .def("differences_csv", [](const Several& handle) { return report::to_csv(report::differences_table(handle.comparison)); })
      .def("csv", [](const Several& handle) { return report::to_csv(report::non_take_up_table(handle.comparison.runs)); })
      .def("summary", [](const Several& handle) { return report::to_text(report::comparison_summary(handle.comparison)); })
      .def("comparison_json", [](const Several& handle) { return report::comparison_json(handle.comparison); })
      .def(
          "curves_json", [](const Several& handle) { return curves_of(handle.laws, handle.comparison.runs); }, unlocked())
      .def("record_json", &comparison_record, py::arg("command"));

  module.def(
      "read_scenario",
      [](const std::string& file, const std::string& text) { return scenario_parts(scenario::parse_scenario(file, text)); },
      py::arg("file"), py::arg("text"));
  module.def("base_scenario_text", [] { return std::string(scenario::base_scenario_text()); });
  module.def(
      "report_page",
      [](const NamedText& results, const std::string& record, const std::string& curves, const std::string& language) {
        return report::report_page({.results = {results.first, results.second},
                                    .record = {"record.json", record},
                                    .curves = {"budget_curves.json", curves},
                                    .language = report::language_from(language)});
      },
      py::arg("results"), py::arg("record"), py::arg("curves"), py::arg("language"), unlocked());
  module.def("run", &run, py::arg("scenario"), py::arg("law"), py::arg("population"), py::arg("threads"), py::arg("progress"));
  module.def("compare", &compare, py::arg("scenarios"), py::arg("laws"), py::arg("population"), py::arg("threads"),
             py::arg("progress"));
}

}  // namespace labacces::python
