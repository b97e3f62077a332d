// labacces test: cases of the law, in OpenFisca-style YAML.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/text.hpp"
#include "libsim/scenario/calculate.hpp"
#include "tools/command.hpp"
#include "tools/law_cases.hpp"
#include "tools/options.hpp"

namespace labacces::tools {
namespace {

const Usage usage{
    "labacces test FILES... [options]",
    "Runs cases of the law: OpenFisca-style YAML with name, period, input, output and error margins; folders are "
    "read for their .yaml\n"
    "files. Without a margin, figures agree within half a cent. Cases that use variables that the law lacks are skipped.\n"
    "Exit 1 when a case fails.",
    "  labacces test tests/law/rsa.yaml\n"
    "  labacces test tests/law --verbose"};

po::options_description options() {
  po::options_description out("options");
  out.add_options()("verbose,v", "name each case that passes or is skipped")("name", po::value<std::string>()->value_name("TEXT"),
                                                                             "only cases whose name holds this text");
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

/// Margin where a case gives none: half a cent.
constexpr double default_margin = 0.005;

/// Whether a figure is within its margins, up to the last bits of a double.
bool is_near(double expected, double got, const Margin& margin) {
  const double distance = std::abs(expected - got);
  const double bits = 1e-9 * std::max(1.0, std::abs(expected));
  if (margin.relative && distance > *margin.relative * std::abs(expected) + bits) return false;
  if (margin.absolute || !margin.relative) return distance <= margin.absolute.value_or(default_margin) + bits;
  return true;
}

bool agrees(const ExpectedValue& expected, const nlohmann::ordered_json& got) {
  if (got.is_boolean()) {
    const bool yes =
        expected.expected == "true" || expected.expected == "True" || expected.expected == "yes" || expected.expected == "1";
    const bool no =
        expected.expected == "false" || expected.expected == "False" || expected.expected == "no" || expected.expected == "0";
    return got.get<bool>() ? yes : no;
  }
  if (got.is_string()) return got.get<std::string>() == expected.expected;
  const std::optional<double> number = parse_number(expected.expected);
  return got.is_number() && number && is_near(*number, got.get<double>(), expected.margin);
}

std::string shown(const nlohmann::ordered_json& value) {
  if (value.is_number()) return shortest(std::round(value.get<double>() * 1e6) / 1e6);
  return value.is_string() ? value.get<std::string>() : value.is_null() ? "nothing" : value.dump();
}

/// One line for each figure that differs; none when the case passes.
std::vector<std::string> run_case(const law::Law& law, const Schema& schema, const LawCase& law_case) {
  const std::string place = "FAILED " + law_case.file + ":";
  try {
    const Situation situation = read_situation("input", law_case.situation, schema);
    const nlohmann::ordered_json filled = nlohmann::ordered_json::parse(scenario::calculate(law, situation).text);
    std::vector<std::string> failures;
    for (const ExpectedValue& expected : law_case.expected) {
      const auto& got =
          filled.at(std::string(plural_of(expected.level))).at(expected.unit).at(expected.variable).at(expected.period);
      if (agrees(expected, got)) continue;
      failures.push_back(place + std::to_string(expected.line) + ": " + law_case.name + ": " + expected.variable + " of " +
                         expected.unit + " in " + expected.period + ": expected " + expected.expected + ", got " + shown(got));
    }
    return failures;
  } catch (const Error& error) {
    std::vector<std::string> failures;
    for (const Diagnostic& finding : error.diagnostics())
      failures.push_back(place + std::to_string(law_case.line) + ": " + law_case.name + ": " + render_one_line(finding));
    return failures;
  }
}

std::string why_skipped(const LawCase& law_case) {
  return law_case.not_run.empty() ? "not in the law: " + join(law_case.not_in_law, ", ") : law_case.not_run;
}

}  // namespace

Exit test_command(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options(), "files");
  if (!given) return Exit::done;
  const std::vector<std::string> paths = values(*given, "files");
  if (paths.empty()) throw Error(std::string("files were expected; usage: ") + usage.line);
  const bool verbose = given->contains("verbose");
  const std::string only = given->contains("name") ? (*given)["name"].as<std::string>() : std::string{};
  const law::Law law = law_from(*given);
  const Schema schema = law.schema();
  // All files are read before the first case runs: a file that cannot be read is the user's error, not a failed case.
  std::vector<LawCase> cases;
  for (const std::string& file : yaml_files(paths)) {
    for (LawCase& law_case : read_cases(file, read_file(file), schema)) {
      if (law_case.name.find(only) != std::string::npos) cases.push_back(std::move(law_case));
    }
  }
  std::size_t passed = 0, failed = 0, skipped = 0;
  for (const LawCase& law_case : cases) {
    if (!law_case.not_in_law.empty() || !law_case.not_run.empty()) {
      ++skipped;
      if (verbose)
        std::cout << law_case.file << ":" << law_case.line << ": skipped: " << law_case.name << ": " << why_skipped(law_case)
                  << "\n";
      continue;
    }
    const std::vector<std::string> failures = run_case(law, schema, law_case);
    ++(failures.empty() ? passed : failed);
    for (const std::string& failure : failures) std::cout << failure << "\n";
    if (verbose && failures.empty()) std::cout << law_case.file << ":" << law_case.line << ": passed: " << law_case.name << "\n";
  }
  std::cout << passed << " passed, " << failed << " failed";
  if (skipped > 0) std::cout << ", " << skipped << " skipped";
  std::cout << "\n";
  return failed > 0 ? Exit::fell_short : Exit::done;
}

}  // namespace labacces::tools
