// labacces test: cases of the law, in OpenFisca-style YAML.
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/parallel.hpp"
#include "tools/case_tally.hpp"
#include "tools/command.hpp"
#include "tools/law_cases.hpp"
#include "tools/options.hpp"
#include "tools/run_case.hpp"

namespace labacces::tools {
namespace {

const Usage usage{
    "labacces test FILES... [options]",
    "Runs cases of the law: OpenFisca-style YAML with name, period, input, output and error margins; folders are "
    "read for their .yaml\n"
    "files. Without a margin, figures agree within half a cent. Cases that use variables that the law lacks are skipped.\n"
    "With --openfisca the cases of a checkout of OpenFisca-France are read, and what the law covers of each is compared.\n"
    "Exit 1 when a case fails.",
    "  labacces test tests/law/rsa.yaml\n"
    "  labacces test tests/law --verbose\n"
    "  labacces test --openfisca --from 2019-01 --summary openfisca-france/tests"};

po::options_description options() {
  po::options_description out("options");
  out.add_options()("verbose,v", "name each case that passes or is skipped")("name", po::value<std::string>()->value_name("TEXT"),
                                                                             "only cases whose name holds this text")(
      "openfisca", "the cases are OpenFisca-France's own: compare what the law covers of each")(
      "from", po::value<std::string>()->value_name("MONTH"), "with --openfisca, leave out values of earlier periods")(
      "zones", po::value<std::string>()->value_name("FILE"),
      "with --openfisca, zones of housing aid by commune (CODGEO, Zonage)")(
      "ignore", po::value<std::vector<std::string>>()->composing()->value_name("NAME"),
      "with --openfisca, leave out this input when the law lacks it; may be repeated")(
      "summary", "count the skipped by reason, and the values compared by variable");
  add_law_options(out);
  return out;
}

std::vector<std::string> yaml_files(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code failed;
    if (!std::filesystem::is_directory(path, failed)) {
      files.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    for (std::filesystem::recursive_directory_iterator entry(path, failed), end; !failed && entry != end;
         entry.increment(failed)) {
      const std::string ending = entry->path().extension().string();
      if (ending == ".yaml" || ending == ".yml") found.push_back(entry->path().string());
    }
    if (found.empty()) throw Error(path + ": no .yaml file in this folder");
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

CaseOptions case_options_from(const po::variables_map& given) {
  CaseOptions out{.openfisca = given.contains("openfisca"), .from = {}, .ignore = values(given, "ignore")};
  if (!out.openfisca && (given.contains("from") || given.contains("zones") || !out.ignore.empty()))
    throw Error("--from, --ignore and --zones go with --openfisca");
  if (!given.contains("from")) return out;
  out.from = month_from(given, "from");
  return out;
}

std::string why_skipped(const CaseResult& result) { return reason_of(result.skip) + ": " + result.detail; }

}  // namespace

Exit test_command(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options(), "files");
  if (!given) return Exit::done;
  const std::vector<std::string> paths = values(*given, "files");
  if (paths.empty()) throw Error(std::string("files were expected; usage: ") + usage.line);
  const bool verbose = given->contains("verbose");
  const CaseOptions case_options = case_options_from(*given);
  const CaseForm form{.openfisca = case_options.openfisca,
                      .zone_of = given->contains("zones") ? read_zones((*given)["zones"].as<std::string>())
                                                          : std::map<std::string, std::string>{}};
  const std::string only = given->contains("name") ? (*given)["name"].as<std::string>() : std::string{};
  const law::Law law = law_from(*given);
  const Schema schema = law.schema();
  // All files are read before the first case runs: a file that cannot be read is the user's error, not a failed case.
  std::vector<LawCase> cases;
  for (const std::string& file : yaml_files(paths)) {
    for (LawCase& law_case : read_cases(file, read_file(file), schema, form)) {
      if (law_case.name.find(only) != std::string::npos) cases.push_back(std::move(law_case));
    }
  }
  std::vector<CaseResult> results(cases.size());
  for_each_chunk(cases.size(), 0, [&](std::size_t i, unsigned) { results[i] = run_case(law, schema, cases[i], case_options); });
  CaseTally tally;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    tally.add(results[i]);
    for (const std::string& failure : results[i].failures) std::cout << failure << "\n";
    if (!verbose || !results[i].failures.empty()) continue;
    std::cout << cases[i].file << ":" << cases[i].line << ": " << (results[i].passed() ? "passed: " : "skipped: ")
              << cases[i].name << (results[i].passed() ? "" : ": " + why_skipped(results[i])) << "\n";
  }
  if (given->contains("summary")) tally.print_summary(std::cout);
  std::cout << tally.passed() << " passed, " << tally.failed() << " failed";
  if (tally.skipped() > 0) std::cout << ", " << tally.skipped() << " skipped";
  std::cout << "\n";
  return tally.failed() > 0 ? Exit::fell_short : Exit::done;
}

}  // namespace labacces::tools
