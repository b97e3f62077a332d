// Estimation of who claims, on arrays.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <utility>

#include "bindings/core/arrays.hpp"
#include "bindings/core/handles.hpp"
#include "bindings/core/watch.hpp"
#include "libsim/base/error.hpp"
#include "libsim/takeup/choice.hpp"

namespace py = pybind11;

namespace labacces::python {
namespace {

using Doubles = py::array_t<double, py::array::c_style | py::array::forcecast>;

std::vector<double> vector_of(const Doubles& values) { return {values.data(), values.data() + values.size()}; }

takeup::Link link_named(const std::string& name) {
  if (name == "logit") return takeup::Link::logit;
  if (name == "probit") return takeup::Link::probit;
  if (name == "cloglog") return takeup::Link::cloglog;
  throw Error({}, "link: '" + name + "' is none of logit, probit, cloglog", did_you_mean(name, {"logit", "probit", "cloglog"}));
}

takeup::Errors errors_named(const std::string& name) {
  if (name == "classical") return takeup::Errors::classical;
  if (name == "robust") return takeup::Errors::robust;
  if (name == "clustered") return takeup::Errors::clustered;
  throw Error({}, "errors: '" + name + "' is none of classical, robust, clustered",
              did_you_mean(name, {"classical", "robust", "clustered"}));
}

py::list rows_of(const std::vector<takeup::Coefficient>& coefficients) {
  py::list out;
  for (const takeup::Coefficient& c : coefficients) {
    out.append(py::make_tuple(c.name, c.value, c.standard_error, c.z(), c.p_value(), c.low(), c.high()));
  }
  return out;
}

/// Covariates by name, receipt, weights (None = 1) and cluster codes (None = each unit for itself).
py::dict fit(const std::vector<std::pair<std::string, Doubles>>& covariates, const Doubles& claims, const py::object& weights,
             const py::object& clusters, const std::string& link, const std::string& errors, unsigned threads) {
  takeup::Sample sample;
  for (const auto& [name, values] : covariates) {
    sample.names.push_back(name);
    sample.columns.push_back(vector_of(values));
  }
  sample.claims = vector_of(claims);
  if (!weights.is_none()) sample.weights = vector_of(py::cast<Doubles>(weights));
  if (!clusters.is_none()) sample.clusters = py::cast<std::vector<std::uint64_t>>(clusters);
  const takeup::Link chosen = link_named(link);
  const takeup::Errors spread = errors_named(errors);
  const takeup::ChoiceFit found = watched(py::none(), [sample = std::move(sample), chosen, spread, threads](Watch&) {
    return takeup::fit_choice(sample, chosen, spread, threads);
  });
  py::dict out;
  out["coefficients"] = rows_of(found.coefficients);
  out["marginal_effects"] = rows_of(found.marginal_effects);
  out["covariance"] = found.covariance;
  out["units"] = found.units;
  out["clusters"] = found.clusters;
  out["share"] = found.share;
  out["log_likelihood"] = found.log_likelihood;
  out["pseudo_r2"] = found.pseudo_r2;
  out["aic"] = found.aic;
  out["bic"] = found.bic;
  out["area_under_curve"] = found.area_under_curve;
  return out;
}

py::array_t<double> at(const std::string& link, const Doubles& index) {
  const takeup::Link chosen = link_named(link);
  std::vector<double> out = vector_of(index);
  for (double& value : out) value = takeup::probability_at(chosen, value);
  return owned_array(std::move(out));
}

}  // namespace

void bind_takeup(py::module_& module) {
  module.def("fit_choice", &fit, py::arg("covariates"), py::arg("claims"), py::arg("weights"), py::arg("clusters"),
             py::arg("link"), py::arg("errors"), py::arg("threads"));
  module.def("probability_at", &at, py::arg("link"), py::arg("index"));
}

}  // namespace labacces::python
