// Behaviours set to targets, and populations checked.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <memory>
#include <optional>
#include <utility>

#include "bindings/core/handles.hpp"
#include "bindings/core/watch.hpp"
#include "libsim/outcomes/read_survey_design.hpp"
#include "libsim/plan/inputs_read.hpp"
#include "libsim/population/check/check_population.hpp"
#include "libsim/report/calibration_tables.hpp"
#include "libsim/scenario/calibrate_take_up.hpp"

namespace py = pybind11;

namespace labacces::python {
namespace {

using NamedText = std::pair<std::string, std::string>;
using Handle = std::shared_ptr<PopulationHandle>;

/// The calibrated scenario and the report, both as JSON; options by name, all of them there.
std::pair<std::string, std::string> calibrated(const NamedText& text, const std::shared_ptr<LawHandle>& law,
                                               const Handle& population, const NamedText& targets, const py::dict& asked,
                                               unsigned threads) {
  const auto design = py::cast<std::optional<std::string>>(asked["design"]);
  const auto columns = py::cast<std::map<std::string, std::string>>(asked["design_columns"]);
  const auto weights = py::cast<std::optional<std::string>>(asked["weights"]);
  const auto prefix = py::cast<std::string>(asked["weights_prefix"]);
  return watched(py::none(), [=](Watch&) {
    check_fits(*population, *law);
    const scenario::TakeUpTargets wanted = scenario::parse_take_up_targets(targets.first, targets.second);
    const scenario::Scenario read = scenario::parse_scenario(text.first, text.second);
    const std::vector<std::string> dwellings = population->population.ids(Level::menage);
    scenario::CalibrateOptions options;
    options.threads = threads;
    if (design) {
      options.design = outcomes::read_survey_design(
          "design", *design, dwellings,
          {columns.at("stratum"), columns.at("cluster"), columns.at("replicates"), columns.at("replicate_method")});
    }
    if (weights)
      options.other_weights = outcomes::read_survey_design("weights", *weights, dwellings, {"", "", prefix, ""}).replicates;
    const std::shared_ptr<const law::Law> shared_law(law, &law->law);
    const std::shared_ptr<const Population> shared_population(population, &population->population);
    const scenario::TakeUpCalibration found = scenario::calibrate_take_up(read, wanted, shared_law, shared_population, options);
    return std::make_pair(report::calibrated_scenario_json(found, text.second, text.first, "."), report::calibration_json(found));
  });
}

/// A row a finding: kind, level, entity, variable, text, count, names, ids of the first units, and the rows read (from 0) of their persons.
py::list checked(const Handle& handle, const std::shared_ptr<LawHandle>& law, const std::string& period,
                 const std::vector<std::string>& outputs, const std::vector<std::vector<double>>& replicates) {
  const Month month = month_of(period);
  const Population& population = handle->population;
  const std::vector<CheckFinding> findings = watched(py::none(), [=](Watch&) {
    check_fits(*handle, *law);
    return check_population(handle->population, law->schema,
                            {.period = month,
                             .needed = plan::inputs_needed(law->law, law->schema, outputs, month, handle->population),
                             .replicates = replicates});
  });
  py::list out;
  for (const CheckFinding& one : findings) {
    std::vector<std::string> ids;
    std::vector<std::int32_t> rows;
    for (const std::int32_t unit : one.first) {
      const auto at = static_cast<std::size_t>(unit);
      const std::int32_t person = is_group(one.entity) ? population.membership(one.entity).principal_of[at] : unit;
      ids.push_back(population.ids(one.entity)[at]);
      rows.push_back(population.original_rows(Level::individu)[static_cast<std::size_t>(person)]);
    }
    out.append(py::make_tuple(one.kind, std::string(name_of(one.level)), std::string(name_of(one.entity)), one.variable, one.text,
                              one.count, one.names, ids, rows));
  }
  return out;
}

}  // namespace

void bind_calibrate(py::module_& module) {
  module.def("calibrate_take_up", &calibrated, py::arg("scenario"), py::arg("law"), py::arg("population"), py::arg("targets"),
             py::arg("options"), py::arg("threads"));
  module.def("check_population", &checked, py::arg("population"), py::arg("law"), py::arg("period"), py::arg("outputs"),
             py::arg("replicates"));
}

}  // namespace labacces::python
