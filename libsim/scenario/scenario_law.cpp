#include <filesystem>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/law/load_law.hpp"
#include "libsim/law/parser.hpp"
#include "libsim/legislation/embedded.hpp"
#include "libsim/scenario/run_scenario.hpp"

namespace labacces::scenario {
namespace {

/// Names of the reforms of one file, in its order. Faults of the text are reported when the law is loaded, not here.
std::vector<std::string> reform_names(const std::string& path, const std::string& text) {
  Sources sources;
  DiagnosticList findings;
  const std::uint32_t file = sources.add(path, text);
  std::vector<std::string> names;
  for (const auto& declaration : law::parse(sources, file, findings).declarations) {
    if (const auto* reform = std::get_if<law::ast::Reform>(&declaration)) names.push_back(reform->name.text);
  }
  if (names.empty() && !findings.has_errors()) throw Error(Location{path, 0, 0, {}}, "a reform was expected: reform NAME \"label\" and its changes");
  return names;
}

}  // namespace

law::Law scenario_law(const Scenario& scenario, const std::vector<std::string>& extra_files) {
  std::vector<law::LawText> texts;
  if (scenario.law.empty()) {
    for (const EmbeddedFile& file : embedded_law("france")) texts.push_back({std::string(file.name), std::string(file.text)});
  } else {
    texts = law::read_law_folder(scenario.law);
  }
  for (const std::string& path : extra_files) texts.push_back({path, read_file(path)});
  std::vector<std::string> reforms;
  for (const std::string& path : scenario.reforms) {
    std::string text = read_file(path);
    for (std::string& name : reform_names(path, text)) reforms.push_back(std::move(name));
    texts.push_back({path, std::move(text)});
  }
  return law::load_law_or_throw(std::move(texts), reforms);
}

}  // namespace labacces::scenario
