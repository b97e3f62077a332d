// Measured take-up: reports out of a scenario on a population, or out of units with observed receipt.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <memory>
#include <utility>

#include "bindings/core/handles.hpp"
#include "bindings/core/watch.hpp"
#include "libsim/outcomes/read_survey_design.hpp"
#include "libsim/outcomes/read_take_up_units.hpp"
#include "libsim/report/take_up_report.hpp"
#include "libsim/scenario/measure_take_up.hpp"
#include "libsim/scenario/scenario.hpp"

namespace py = pybind11;

namespace labacces::python {
namespace {

using NamedText = std::pair<std::string, std::string>;
using SharedReport = std::shared_ptr<report::TakeUpReport>;

SharedReport measured(outcomes::TakeUpData data, bool no_suppression, unsigned threads) {
  data.no_suppression = no_suppression;
  return std::make_shared<report::TakeUpReport>(report::measured_take_up(data, threads));
}

std::vector<scenario::ParameterSpread> spreads_of(const std::map<std::string, NamedText>& fits,
                                                  const std::map<std::string, double>& rate_errors) {
  std::vector<scenario::ParameterSpread> out;
  for (const auto& [benefit, text] : fits) out.push_back(scenario::spread_of_fit(benefit, text.first, text.second));
  for (const auto& [benefit, error] : rate_errors) out.push_back({benefit, {}, {}, error});
  return out;
}

/// Options by name, all of them there: the package fills in what the caller leaves out.
SharedReport of_scenario(const NamedText& text, const std::shared_ptr<LawHandle>& law,
                         const std::shared_ptr<PopulationHandle>& population, const py::dict& asked, unsigned threads) {
  scenario::MeasureOptions options;
  options.receipts = py::cast<std::vector<NamedText>>(asked["receipt"]);
  options.replications = py::cast<std::size_t>(asked["replications"]);
  options.parameter_draws = py::cast<std::size_t>(asked["parameter_draws"]);
  options.amounts = py::cast<std::vector<double>>(asked["amounts"]);
  options.income_errors = py::cast<std::vector<double>>(asked["income_errors"]);
  options.incomes = py::cast<std::vector<std::string>>(asked["incomes"]);
  options.income_draws = py::cast<std::size_t>(asked["income_draws"]);
  options.threads = threads;
  const auto fits = py::cast<std::map<std::string, NamedText>>(asked["fits"]);
  const auto rate_errors = py::cast<std::map<std::string, double>>(asked["rate_errors"]);
  const auto design = py::cast<std::optional<std::string>>(asked["design"]);
  const auto columns = py::cast<std::map<std::string, std::string>>(asked["design_columns"]);
  const bool no_suppression = py::cast<bool>(asked["no_suppression"]);
  return watched(py::none(), [=](Watch&) mutable {
    check_fits(*population, *law);
    const scenario::Scenario read = scenario::parse_scenario(text.first, text.second);
    options.spreads = spreads_of(fits, rate_errors);
    if (design) {
      options.design = outcomes::read_survey_design(
          "design", *design, population->population.ids(Level::menage),
          {columns.at("stratum"), columns.at("cluster"), columns.at("replicates"), columns.at("replicate_method")});
    }
    const std::shared_ptr<const law::Law> shared_law(law, &law->law);
    const std::shared_ptr<const Population> shared_population(population, &population->population);
    return measured(scenario::measure_take_up(read, shared_law, shared_population, options), no_suppression, threads);
  });
}

SharedReport of_units(const NamedText& text, const py::dict& asked, unsigned threads) {
  const auto word = [&asked](const char* name) { return py::cast<std::string>(asked[name]); };
  const outcomes::UnitColumns columns{py::cast<std::vector<std::string>>(asked["benefits"]),
                                      word("weight"),
                                      word("stratum"),
                                      word("cluster"),
                                      word("replicates"),
                                      word("replicate_method"),
                                      py::cast<std::vector<std::string>>(asked["groups"]),
                                      py::cast<std::vector<double>>(asked["amounts"]),
                                      word("persons"),
                                      word("living"),
                                      word("consumption_units")};
  const bool no_suppression = py::cast<bool>(asked["no_suppression"]);
  return watched(py::none(), [=](Watch&) {
    return measured(outcomes::read_take_up_units(text.first, text.second, columns), no_suppression, threads);
  });
}

/// What the command line prints, table by table.
std::vector<std::string> printed(const report::TakeUpReport& report) {
  std::vector<std::string> out;
  for (const report::TakeUpTable& table : report.tables) {
    report::Table figures = table.has_all() ? report::take_up_figures(report, table) : report::take_up_cells(report, table);
    if (table.has_all()) figures.notes.clear();
    out.push_back(report::to_text(figures));
    if (table.groups.size() > 1) out.push_back(report::to_text(report::take_up_groups(report, table)));
  }
  return out;
}

}  // namespace

void bind_measure(py::module_& module) {
  using Report = report::TakeUpReport;
  py::class_<Report, SharedReport>(module, "TakeUpReport")
      .def_readonly("title", &Report::title)
      .def_readonly("source", &Report::source)
      .def_readonly("synthetic", &Report::synthetic)
      .def("figures",
           [](const Report& report) {
             const report::Table table = report::take_up_table(report);
             std::vector<std::string> titles;
             for (const report::TableColumn& column : table.columns) titles.push_back(column.title);
             return py::make_tuple(titles, table.rows);
           })
      .def("printed", &printed)
      .def("notes", [](const Report& report) { return report::notes_of(report); })
      .def("json", [](const Report& report) { return report::take_up_json(report); });
  module.def("measure_scenario", &of_scenario, py::arg("scenario"), py::arg("law"), py::arg("population"), py::arg("options"),
             py::arg("threads"));
  module.def("measure_units", &of_units, py::arg("units"), py::arg("options"), py::arg("threads"));
}

}  // namespace labacces::python
