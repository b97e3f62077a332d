// labacces law: what the law says, checked, formatted, exported.
#include <filesystem>
#include <iostream>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/law/export_law.hpp"
#include "libsim/law/format_law.hpp"
#include "libsim/law/load_law.hpp"
#include "libsim/legislation/embedded.hpp"
#include "tools/command.hpp"
#include "tools/describe_law.hpp"
#include "tools/options.hpp"

namespace labacces::tools {
namespace {

const Usage usage{
    "labacces law list|show NAME|history NAME|check|format FILES|export [options]",
    "list: programs, rules, inputs and parameters. show: one of them with label, versions, references and what it uses.\n"
    "history: its dated values or versions. check: every finding, for all dates on which the law changes.\n"
    "format: rewrites .law files in the canonical form (--check only tells). export: the checked law as JSON.",
    "  labacces law list --program rsa\n"
    "  labacces law history rsa.montant_de_base\n"
    "  labacces law check --add-law my_benefit.law\n"
    "  labacces law format --check my_benefit.law"};

po::options_description options() {
  po::options_description out("options");
  out.add_options()("program", po::value<std::string>()->value_name("NAME"), "list: only what this program declares")(
      "check", "format: tell which files are not canonical, write nothing; exit 1 when there are any")(
      "output", po::value<std::string>()->value_name("FILE"), "export: where to write (default: standard output)");
  add_law_options(out);
  return out;
}

/// Texts to check: those of the options, as scenario_law would load them, but with all findings kept.
Exit check(const po::variables_map& given, const std::vector<std::string>& paths) {
  std::vector<law::LawText> texts;
  if (given.contains("law")) {
    texts = law::read_law_folder(given["law"].as<std::string>());
  } else {
    for (const EmbeddedFile& file : embedded_law("france")) texts.push_back({std::string(file.name), std::string(file.text)});
  }
  std::vector<std::string> extra = values(given, "add-law");
  extra.insert(extra.end(), paths.begin(), paths.end());
  for (const std::string& path : extra) {
    for (law::LawText& text : law::read_law_folder(path)) texts.push_back(std::move(text));
  }
  std::vector<std::string> reforms;
  for (const std::string& path : values(given, "reform")) {
    texts.push_back({path, read_file(path)});
    for (std::string& name : law::reform_names(texts.back())) reforms.push_back(std::move(name));
  }
  const law::LoadedLaw loaded = law::load_law(std::move(texts), reforms);
  if (!loaded.diagnostics.items().empty()) std::cerr << render(loaded.diagnostics) << "\n";
  if (loaded.diagnostics.has_errors()) {
    std::cerr << loaded.diagnostics.error_count() << " error(s)\n";
    return Exit::wrong_input;
  }
  return Exit::done;
}

Exit format(const std::vector<std::string>& paths, bool only_check) {
  if (paths.empty()) throw Error("law format: which files?");
  std::vector<law::LawText> texts;
  for (const std::string& path : paths) {
    for (law::LawText& text : law::read_law_folder(path)) texts.push_back(std::move(text));
  }
  // All files are read and formatted before the first is written: an error leaves every file as it was.
  DiagnosticList findings;
  std::vector<std::string> formatted;
  for (const law::LawText& text : texts) formatted.push_back(law::format_law(text.name, text.text, findings).value_or(text.text));
  if (findings.has_errors()) throw Error(findings);
  bool all_canonical = true;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (formatted[i] == texts[i].text) continue;
    all_canonical = false;
    std::cout << texts[i].name << (only_check ? ": not in the canonical form\n" : ": formatted\n");
    if (!only_check) write_file(texts[i].name, formatted[i]);
  }
  return only_check && !all_canonical ? Exit::fell_short : Exit::done;
}

std::string the_name(const std::vector<std::string>& words) {
  if (words.size() != 2) throw Error("law " + words[0] + ": one name was expected; usage: " + usage.line);
  return words[1];
}

}  // namespace

Exit law_command(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options(), "words");
  if (!given) return Exit::done;
  const std::vector<std::string> words = values(*given, "words");
  if (words.empty()) throw Error(std::string("law: what? usage: ") + usage.line);
  const std::string& verb = words[0];
  const std::vector<std::string> rest(words.begin() + 1, words.end());
  if (verb == "check") return check(*given, rest);
  if (verb == "format") return format(rest, given->contains("check"));
  const std::vector<std::string> known{"list", "show", "history", "check", "format", "export"};
  if (verb != "list" && verb != "show" && verb != "history" && verb != "export") {
    const std::string hint = did_you_mean(verb, known);
    throw Error("law: unknown word '" + verb + "'; " + (hint.empty() ? std::string("usage: ") + usage.line : hint));
  }
  const law::Law law = law_from(*given);
  if (verb == "list") {
    std::cout << list_law(law, given->contains("program") ? (*given)["program"].as<std::string>() : std::string{});
  } else if (verb == "show") {
    std::cout << show_name(law, the_name(words));
  } else if (verb == "history") {
    std::cout << history_of(law, the_name(words));
  } else if (given->contains("output")) {
    write_file((*given)["output"].as<std::string>(), law::export_law(law));
  } else {
    std::cout << law::export_law(law);
  }
  return Exit::done;
}

}  // namespace labacces::tools
