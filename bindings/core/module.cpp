// The extension module `labacces._core`: what the Python package is made on. It is not for users: the package wraps it.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "bindings/core/arrow_write.hpp"
#include "bindings/core/handles.hpp"
#include "bindings/core/watch.hpp"
#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/version.hpp"

namespace py = pybind11;

namespace labacces::python {
namespace {

/// labacces.Error with the text of the command line and the parts of each finding.
void raise_error(const Error& error) {
  py::list findings;
  for (const Diagnostic& item : error.diagnostics()) {
    findings.append(py::make_tuple(item.severity == Severity::error ? "error" : "warning", item.location.file, item.location.line,
                                   item.location.column, item.location.path, item.message, item.hint));
  }
  const py::object type = py::module_::import("labacces._errors").attr("Error");
  const py::object instance = type(error.what(), findings);
  PyErr_SetObject(type.ptr(), instance.ptr());
}

void raise_defect(const Defect& defect) {
  const py::object type = py::module_::import("labacces._errors").attr("Defect");
  PyErr_SetString(type.ptr(), (std::string("defect of the program, please report it: ") + defect.what()).c_str());
}

}  // namespace
}  // namespace labacces::python

PYBIND11_MODULE(_core, module) {
  using namespace labacces::python;
  module.doc() = "What the package labacces is made on.";
  module.attr("version") = std::string(labacces::version());
  py::register_exception_translator([](std::exception_ptr pointer) {
    try {
      if (pointer) std::rethrow_exception(pointer);
    } catch (const labacces::Error& error) {
      raise_error(error);
    } catch (const labacces::Defect& defect) {
      raise_defect(defect);
    }
  });
  bind_law(module);
  bind_population(module);
  bind_compute(module);
  bind_run(module);
  bind_takeup(module);
  bind_measure(module);
  bind_margins(module);
  bind_calibrate(module);
  py::module_::import("atexit").attr("register")(py::cpp_function(&join_given_up));
  module.def(
      "write_folder",
      [](const std::string& path, const std::map<std::string, py::bytes>& files) {
        labacces::OutputFolder folder(path);
        for (const auto& [name, bytes] : files) folder.write(name, std::string_view(bytes));
        folder.commit();
      },
      py::arg("path"), py::arg("files"));
  module.def(
      "write_file", [](const std::string& path, const py::bytes& bytes) { labacces::write_file(path, std::string_view(bytes)); },
      py::arg("path"), py::arg("bytes"));
  module.def("write_arrow", &write_arrow, py::arg("columns"));
  module.def(
      "nearest",
      [](const std::string& name, const std::vector<std::string>& candidates) {
        return labacces::did_you_mean(name, candidates);
      },
      py::arg("name"), py::arg("candidates"));
}
