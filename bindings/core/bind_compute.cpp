// Variables computed for a population or a situation, and explanations.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <utility>

#include "bindings/core/arrays.hpp"
#include "bindings/core/handles.hpp"
#include "bindings/core/watch.hpp"
#include "libsim/base/error.hpp"
#include "libsim/engine/run.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/plan/inputs_read.hpp"
#include "libsim/population/situation.hpp"
#include "libsim/report/explanation.hpp"
#include "libsim/scenario/calculate.hpp"
#include "libsim/scenario/explain.hpp"

namespace py = pybind11;

namespace labacces::python {
namespace {

using Asked = std::vector<std::pair<std::string, std::string>>;

/// The columns, and what is told of gaps in the data.
py::tuple compute(const std::shared_ptr<LawHandle>& law, const SharedPopulation& population, const Asked& asked, unsigned threads,
                  const py::object& progress) {
  using Computed = std::pair<std::vector<std::vector<double>>, std::vector<std::string>>;
  Computed computed = watched(progress, [law, population, asked, threads](Watch& watch) {
    check_fits(*population, *law);
    std::vector<plan::Request> requests;
    for (const auto& [variable, period] : asked) requests.push_back({variable, period_of(period)});
    const law::Law* laws[] = {&law->law};
    const plan::Graph graph = plan::build_graph(laws, requests, population->population);
    return Computed{
        engine::run(plan::schedule(graph), population->population, {.threads = threads, .progress = watch.function()}),
        plan::gaps_told(graph.gaps)};
  });
  py::list out;
  for (std::vector<double>& column : computed.first) out.append(owned_array(std::move(column)));
  return py::make_tuple(out, computed.second);
}

py::tuple fill(const LawHandle& law, const std::string& file, std::string text) {
  scenario::Calculated calculated;
  {
    const py::gil_scoped_release unlocked;
    calculated = scenario::calculate(law.law, read_situation(file, std::move(text), law.schema));
  }
  py::list unknown;
  for (const UnknownRequest& request : calculated.not_covered)
    unknown.append(py::make_tuple(request.variable, std::string(name_of(request.level)), request.count, request.hint));
  return py::make_tuple(calculated.text, unknown);
}

/// Text, JSON, page.
py::tuple explain(const LawHandle& law, const PopulationHandle& population, const std::string& variable,
                  const std::string& period, const std::string& entity, int depth) {
  check_fits(population, law);
  const scenario::Explanation explanation =
      scenario::explain(law.law, population.population, variable, period_of(period), entity);
  return py::make_tuple(report::to_text(explanation, depth), report::to_json(explanation), report::to_html(explanation));
}

py::tuple why_not(const std::shared_ptr<LawHandle>& law, const std::string& file, const std::string& situation,
                  const std::string& variable, const std::string& period, const std::string& entity) {
  const scenario::WhyNot found = watched(py::none(), [=, when = period_of(period)](Watch&) {
    return scenario::why_not(law->law, file, situation, variable, when, entity);
  });
  return py::make_tuple(report::to_text(found), report::to_json(found), report::to_html(found));
}

}  // namespace

void bind_compute(py::module_& module) {
  module.def("compute", &compute, py::arg("law"), py::arg("population"), py::arg("asked"), py::arg("threads"),
             py::arg("progress"));
  module.def("fill", &fill, py::arg("law"), py::arg("file"), py::arg("text"));
  module.def("explain", &explain, py::arg("law"), py::arg("population"), py::arg("variable"), py::arg("period"),
             py::arg("entity"), py::arg("depth"));
  module.def("why_not", &why_not, py::arg("law"), py::arg("file"), py::arg("situation"), py::arg("variable"), py::arg("period"),
             py::arg("entity"));
}

}  // namespace labacces::python
