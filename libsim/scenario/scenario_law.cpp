#include <filesystem>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/law/load_law.hpp"
#include "libsim/legislation/embedded.hpp"
#include "libsim/scenario/run_scenario.hpp"

namespace labacces::scenario {

law::Law scenario_law(const Scenario& scenario, const std::vector<std::string>& extra_files) {
  std::vector<law::LawText> texts;
  if (scenario.law.empty()) {
    for (const EmbeddedFile& file : embedded_law("france")) texts.push_back({std::string(file.name), std::string(file.text)});
  } else {
    texts = law::read_law_folder(scenario.law);
  }
  for (const std::string& path : extra_files) texts.push_back({path, read_file(path)});
  std::vector<std::string> reforms;
  for (const Reform& reform : scenario.reforms) {
    texts.push_back({reform.file, reform.text.empty() ? read_file(reform.file) : reform.text});
    for (std::string& name : law::reform_names(texts.back())) reforms.push_back(std::move(name));
  }
  return law::load_law_or_throw(std::move(texts), reforms);
}

}  // namespace labacces::scenario
