// The law: texts, checked law, what it declares.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <utility>

#include "bindings/core/handles.hpp"
#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/law/export_law.hpp"
#include "libsim/law/load_law.hpp"
#include "libsim/legislation/embedded.hpp"

namespace py = pybind11;

namespace labacces::python {
namespace {

using Texts = std::vector<std::pair<std::string, std::string>>;

SharedLaw load(const Texts& texts, std::vector<std::string> reforms) {
  std::vector<law::LawText> given;
  for (const auto& [name, text] : texts) given.push_back({name, text});
  law::Law checked = law::load_law_or_throw(given, reforms);
  Schema schema = checked.schema();
  return std::make_shared<const LawHandle>(
      LawHandle{std::move(given), std::move(reforms), std::move(checked), std::move(schema)});
}

Texts pairs(const std::vector<law::LawText>& texts) {
  Texts out;
  for (const law::LawText& text : texts) out.emplace_back(text.name, text.text);
  return out;
}

Texts built_in(const std::string& country) {
  Texts out;
  for (const EmbeddedFile& file : embedded_law(country)) out.emplace_back(std::string(file.name), std::string(file.text));
  if (out.empty()) throw Error("there is no built-in law '" + country + "'; there are: france, toy");
  return out;
}

const char* name_of_kind(ValueKind kind) {
  switch (kind) {
    case ValueKind::number:
      return "number";
    case ValueKind::yes_no:
      return "yes_no";
    case ValueKind::enumeration:
      return "enum";
    case ValueKind::date:
      return "date";
  }
  return "";
}

py::dict described(const VariableInfo& info) {
  constexpr const char* periods[] = {"monthly", "yearly", "eternal"};
  py::dict out;
  out["name"] = info.name;
  out["label"] = info.label;
  out["level"] = std::string(name_of(info.level));
  out["kind"] = name_of_kind(info.kind);
  out["period"] = periods[static_cast<std::size_t>(info.periodicity)];
  out["unit"] = info.measure;
  out["is_input"] = info.is_input;
  out["items"] = info.items;
  out["item_labels"] = info.item_labels;
  return out;
}

py::dict variable(const LawHandle& handle, const std::string& name) {
  const VariableInfo* info = handle.schema.find(name);
  if (info == nullptr) throw Error({}, "the law has no variable '" + name + "'", did_you_mean(name, handle.schema.names()));
  return described(*info);
}

}  // namespace

void bind_law(py::module_& module) {
  py::class_<LawHandle, std::shared_ptr<LawHandle>>(module, "Law")
      .def(py::init([](const Texts& texts, std::vector<std::string> reforms) {
             return std::const_pointer_cast<LawHandle>(load(texts, std::move(reforms)));
           }),
           py::arg("texts"), py::arg("reforms"), py::call_guard<py::gil_scoped_release>())
      .def_property_readonly("name", [](const LawHandle& handle) { return std::string(handle.law.name()); })
      .def_property_readonly("latest_month", [](const LawHandle& handle) { return to_string(handle.law.latest_month()); })
      .def_property_readonly("texts", [](const LawHandle& handle) { return pairs(handle.texts); })
      .def_property_readonly("reforms", [](const LawHandle& handle) { return handle.reforms; })
      .def_property_readonly("changes",
                             [](const LawHandle& handle) {
                               std::vector<std::pair<std::string, std::string>> out;
                               for (const law::Change& change : handle.law.changes())
                                 out.emplace_back(change.reform, change.what);
                               return out;
                             })
      .def(
          "export_json", [](const LawHandle& handle) { return law::export_law(handle.law); },
          py::call_guard<py::gil_scoped_release>())
      .def("variable", &variable, py::arg("name"))
      .def("variable_names", [](const LawHandle& handle) { return handle.schema.names(); });
  module.def("built_in_law", &built_in, py::arg("country"));
  module.def(
      "law_folder", [](const std::string& path) { return pairs(law::read_law_folder(path)); }, py::arg("path"));
  module.def(
      "reform_names",
      [](const std::string& name, const std::string& text) {
        return law::reform_names({name, text});
      },
      py::arg("name"), py::arg("text"));
  module.def(
      "read_file", [](const std::string& path) { return py::bytes(read_file(path)); }, py::arg("path"));
}

}  // namespace labacces::python
