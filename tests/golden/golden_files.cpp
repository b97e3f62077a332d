#include "golden_files.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace labacces::law {
namespace {

const std::filesystem::path source_tree = LABACCES_SOURCE_DIR;

std::vector<std::filesystem::path> law_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::exists(folder)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == ".law") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<LawCase> law_cases(const std::string& folder) {
  std::vector<LawCase> cases;
  for (const std::filesystem::path& file : law_files(source_tree / folder)) {
    const std::string name = file.filename().string();
    const std::string stem = name.substr(0, name.find('.'));
    if (cases.empty() || cases.back().name != stem) cases.push_back({stem, file.parent_path(), {}});
    cases.back().texts.push_back({name, read_text(file)});
  }
  return cases;
}

std::vector<std::filesystem::path> canonical_law_files() {
  std::vector<std::filesystem::path> files;
  for (const char* folder : {"libsim/legislation", "scenarios"}) {
    const std::vector<std::filesystem::path> found = law_files(source_tree / folder);
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

void expect_stored(const std::filesystem::path& expected, const std::string& actual) {
  if (const char* update = std::getenv("LABACCES_UPDATE_GOLDEN"); update != nullptr && std::string(update) == "1") {
    std::ofstream(expected, std::ios::binary) << actual;
    return;
  }
  ASSERT_TRUE(std::filesystem::exists(expected)) << expected.filename() << " is missing; the output is:\n" << actual;
  EXPECT_EQ(read_text(expected), actual) << "the stored text is " << expected.filename();
}

}  // namespace labacces::law
