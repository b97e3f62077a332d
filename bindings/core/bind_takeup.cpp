// Estimation of who claims, on arrays.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <memory>
#include <utility>

#include "bindings/core/arrays.hpp"
#include "bindings/core/handles.hpp"
#include "bindings/core/watch.hpp"
#include "libsim/base/error.hpp"
#include "libsim/takeup/biprobit.hpp"
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

using Covariates = std::vector<std::pair<std::string, Doubles>>;

/// Covariates by name, receipt, weights (None = 1) and cluster codes (None = each unit for itself).
takeup::Sample sample_of(const Covariates& covariates, const Doubles& claims, const py::object& weights,
                         const py::object& clusters) {
  takeup::Sample sample;
  for (const auto& [name, values] : covariates) {
    sample.names.push_back(name);
    sample.columns.push_back(vector_of(values));
  }
  sample.claims = vector_of(claims);
  if (!weights.is_none()) sample.weights = vector_of(py::cast<Doubles>(weights));
  if (!clusters.is_none()) sample.clusters = py::cast<std::vector<std::uint64_t>>(clusters);
  return sample;
}

py::dict fit(const Covariates& covariates, const Doubles& claims, const py::object& weights, const py::object& clusters,
             const std::string& link, const std::string& errors, unsigned threads) {
  takeup::Sample sample = sample_of(covariates, claims, weights, clusters);
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

using takeup::BiprobitFit;

std::shared_ptr<BiprobitFit> fit_two(const std::pair<Covariates, Covariates>& covariates, const Doubles& first,
                                     const Doubles& second, const py::object& weights, const py::object& clusters,
                                     const std::string& errors) {
  takeup::Sample one = sample_of(covariates.first, first, weights, clusters);
  takeup::Sample two = sample_of(covariates.second, second, weights, clusters);
  const takeup::Errors spread = errors_named(errors);
  return watched(py::none(), [one = std::move(one), two = std::move(two), spread](Watch&) {
    return std::make_shared<BiprobitFit>(takeup::fit_biprobit(one, two, spread));
  });
}

/// Probabilities of the four outcomes, shape (units, 4), from covariates of each equation, shape (units, covariates).
py::array_t<double> predict_two(const BiprobitFit& fit, const Doubles& first, const Doubles& second) {
  const auto row_of = [](const auto& view, py::ssize_t unit) {
    std::vector<double> row(static_cast<std::size_t>(view.shape(1)));
    for (py::ssize_t j = 0; j < view.shape(1); ++j) row[static_cast<std::size_t>(j)] = view(unit, j);
    return row;
  };
  const auto one = first.unchecked<2>();
  const auto two = second.unchecked<2>();
  if (one.shape(0) != two.shape(0)) throw Error("the covariates of both equations are of the same units");
  py::array_t<double> out({one.shape(0), py::ssize_t{4}});
  auto cells = out.mutable_unchecked<2>();
  const py::gil_scoped_release unlocked;
  for (py::ssize_t unit = 0; unit < one.shape(0); ++unit) {
    const auto outcomes = fit.predict(row_of(one, unit), row_of(two, unit));
    for (std::size_t k = 0; k < outcomes.size(); ++k) cells(unit, static_cast<py::ssize_t>(k)) = outcomes[k].value;
  }
  return out;
}

/// What it holds, by name.
py::dict two_parts(const BiprobitFit& fit) {
  py::dict out;
  out["first"] = rows_of(fit.first);
  out["second"] = rows_of(fit.second);
  out["correlation"] = py::make_tuple(fit.correlation.value, fit.correlation.standard_error, fit.correlation_low,
                                      fit.correlation_high, fit.atanh_correlation.z(), fit.atanh_correlation.p_value());
  out["joint"] = rows_of({fit.joint.begin(), fit.joint.end()});
  out["observed"] = fit.observed;
  out["covariance"] = fit.covariance;
  out["units"] = fit.units;
  out["log_likelihood"] = fit.log_likelihood;
  out["independent_log_likelihood"] = fit.independent_log_likelihood;
  out["likelihood_ratio"] = fit.likelihood_ratio();
  out["likelihood_ratio_p"] = fit.likelihood_ratio_p_value();
  out["aic"] = fit.aic;
  out["bic"] = fit.bic;
  return out;
}

}  // namespace

void bind_takeup(py::module_& module) {
  module.def("fit_choice", &fit, py::arg("covariates"), py::arg("claims"), py::arg("weights"), py::arg("clusters"),
             py::arg("link"), py::arg("errors"), py::arg("threads"));
  py::class_<BiprobitFit, std::shared_ptr<BiprobitFit>>(module, "BiprobitFit")
      .def(py::init(&fit_two), py::arg("covariates"), py::arg("first"), py::arg("second"), py::arg("weights"),
           py::arg("clusters"), py::arg("errors"))
      .def("parts", &two_parts)
      .def("predict", &predict_two, py::arg("first"), py::arg("second"));
  module.def("probability_at", &at, py::arg("link"), py::arg("index"));
}

}  // namespace labacces::python
