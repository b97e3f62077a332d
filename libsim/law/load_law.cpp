#include "libsim/law/load_law.hpp"

#include <algorithm>
#include <filesystem>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/law/completeness.hpp"
#include "libsim/law/cycles.hpp"
#include "libsim/law/declare.hpp"
#include "libsim/law/law_builder.hpp"
#include "libsim/law/parser.hpp"
#include "libsim/law/references.hpp"
#include "libsim/law/reform.hpp"
#include "libsim/law/totality.hpp"
#include "libsim/law/typecheck.hpp"

namespace labacces::law {

namespace {

std::vector<ast::File> parse_all(const Sources& sources, DiagnosticList& diagnostics) {
  std::vector<ast::File> files;
  files.reserve(sources.size());
  for (std::uint32_t i = 0; i < sources.size(); ++i) files.push_back(parse(sources, i, diagnostics));
  return files;
}

/// The passes in order; each runs only when those before it found nothing wrong, so that one mistake is told once.
bool check_law(const Sources& sources, const std::vector<ast::File>& files, const std::vector<std::string>& reforms,
               LawBuilder& law, DiagnosticList& diagnostics) {
  const Findings findings{&sources, &diagnostics};
  Draft draft = declare(files, findings);
  apply_reforms(draft, reforms_of(files, findings), reforms, findings);
  check_hidden_names(draft, findings);
  const auto named =
      std::find_if(draft.programs.begin(), draft.programs.end(), [](const Program& program) { return !program.name.empty(); });
  law.take(draft, named == draft.programs.end() ? "" : named->name);
  typecheck(draft, law, findings);
  if (diagnostics.has_errors()) return false;
  const std::vector<VersionReferences> references = collect_references(law.law());
  check_cycles(law, references, findings);
  check_completeness(law.law(), references, findings);
  if (diagnostics.has_errors()) return false;
  check_totality(law.law(), references, findings);
  return !diagnostics.has_errors();
}

}  // namespace

LoadedLaw load_law(std::vector<LawText> texts, const std::vector<std::string>& reforms) {
  Sources sources;
  for (LawText& text : texts) sources.add(std::move(text.name), std::move(text.text));
  LoadedLaw loaded;
  const std::vector<ast::File> files = parse_all(sources, loaded.diagnostics);
  LawBuilder law;
  if (!loaded.diagnostics.has_errors() && check_law(sources, files, reforms, law, loaded.diagnostics)) {
    law.take_sources(std::move(sources));
    loaded.law = law.finish();
  }
  loaded.diagnostics.sort();
  return loaded;
}

std::vector<LawText> read_law_folder(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code failure;
  if (!fs::is_directory(path, failure)) return {LawText{path, read_file(path)}};
  std::vector<std::string> names;
  for (fs::directory_iterator entry(path, failure), end; !failure && entry != end; entry.increment(failure)) {
    if (entry->path().extension() == ".law") names.push_back(entry->path().string());
  }
  if (failure) throw Error("cannot read the folder " + path + ": " + failure.message());
  if (names.empty()) throw Error("the folder " + path + " has no .law file");
  std::sort(names.begin(), names.end());
  std::vector<LawText> texts;
  texts.reserve(names.size());
  for (const std::string& name : names) texts.push_back(LawText{name, read_file(name)});
  return texts;
}

std::vector<std::string> reform_names(const LawText& text) {
  Sources sources;
  sources.add(text.name, text.text);
  DiagnosticList findings;
  std::vector<std::string> names;
  for (const ast::Declaration& declaration : parse(sources, 0, findings).declarations) {
    if (const auto* const reform = std::get_if<ast::Reform>(&declaration)) names.push_back(reform->name.text);
  }
  if (names.empty() && !findings.has_errors()) throw Error(Location{text.name, 0, 0, {}}, "no reform stands in this file");
  return names;
}

Law load_law_or_throw(std::vector<LawText> texts, const std::vector<std::string>& reforms) {
  LoadedLaw loaded = load_law(std::move(texts), reforms);
  if (!loaded.law) throw Error(std::move(loaded.diagnostics));
  return std::move(*loaded.law);
}

}  // namespace labacces::law
