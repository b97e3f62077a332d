// labacces test: cases of the law in YAML.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "libsim/base/error.hpp"
#include "libsim/base/json_text.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/situation.hpp"
#include "libsim/scenario/calculate.hpp"
#include "tools/command.hpp"
#include "tools/options.hpp"
#include "tools/yaml_cases.hpp"

namespace labacces::tools {
namespace {

const Usage usage{
    "labacces test FILES... [options]",
    "Runs cases of the law written as OpenFisca's YAML tests (files, or folders that are searched). Amounts agree within the case's\n"
    "margin, half a cent where it gives none. Cases that use variables which the law lacks are skipped.",
    "  labacces test tests/law/cases"};

po::options_description options() {
  po::options_description out("options");
  out.add_options()("verbose", "name the skipped cases and why");
  add_law_options(out);
  return out;
}

std::vector<std::string> yaml_files(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code code;
    if (!std::filesystem::is_directory(path, code)) {
      files.push_back(path);
      continue;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
      const std::string extension = entry.path().extension().string();
      if (extension == ".yaml" || extension == ".yml") files.push_back(entry.path().string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool agrees(const Expected& expected, const nlohmann::ordered_json& got) {
  if (got.is_number()) {
    const double wanted = parse_number(expected.value).value_or(std::nan(""));
    const double difference = std::fabs(got.get<double>() - wanted);
    return difference <= std::max(expected.margin, expected.relative_margin * std::fabs(wanted)) + 1e-9;
  }
  return (got.is_string() ? got.get<std::string>() : got.dump()) == expected.value;
}

/// What differs, one line each; empty when the case passes.
std::vector<std::string> failures(const law::Law& law, const Schema& schema, const LawCase& test) {
  std::vector<std::string> out;
  const std::string where = test.file + ":" + std::to_string(test.line) + ": " + test.name + ": ";
  try {
    const Situation situation = read_situation(test.file, test.situation, schema);
    const auto filled = nlohmann::ordered_json::parse(scenario::calculate(law, situation).text);
    for (const Expected& expected : test.expected) {
      const auto& got = filled[expected.entity][expected.unit][expected.variable][expected.period];
      if (agrees(expected, got)) continue;
      out.push_back(where + expected.variable + " " + expected.period + " of " + expected.unit + ": expected " + expected.value + ", got " + got.dump());
    }
  } catch (const Error& error) {
    out.push_back(where + error.what());
  }
  return out;
}

}  // namespace

Exit test_command(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options(), "files");
  if (!given) return Exit::done;
  const std::vector<std::string> paths = values(*given, "files");
  if (paths.empty()) throw Error(std::string("which files? usage: ") + usage.line);
  const law::Law law = law_from(*given);
  const Schema schema = law.schema();
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::map<std::string, std::size_t> skipped;
  std::size_t skipped_count = 0;
  for (const std::string& file : yaml_files(paths)) {
    for (const LawCase& test : read_yaml_cases(file, schema)) {
      if (!test.skipped.empty()) {
        ++skipped[test.skipped];
        ++skipped_count;
        if (given->contains("verbose")) std::cout << "skipped " << test.file << ":" << test.line << ": " << test.name << ": " << test.skipped << "\n";
        continue;
      }
      const std::vector<std::string> wrong = failures(law, schema, test);
      for (const std::string& line : wrong) std::cout << "FAILED " << line << "\n";
      (wrong.empty() ? passed : failed) += 1;
    }
  }
  if (given->contains("verbose")) {
    for (const auto& [reason, count] : skipped) std::cout << "skipped " << count << ": " << reason << "\n";
  }
  std::cout << passed << " passed, " << failed << " failed";
  if (skipped_count > 0) std::cout << ", " << skipped_count << " skipped";
  std::cout << "\n";
  return failed > 0 ? Exit::fell_short : Exit::done;
}

}  // namespace labacces::tools
