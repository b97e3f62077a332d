// Every mapping of tests/data/bad_mappings, on people.csv beside it, is refused with exactly the lines of the file of the same name and ".message".
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/population/mapping/mapped_population.hpp"
#include "tests/unit/population/small_schema.hpp"

namespace labacces::mapping {
namespace {

std::string complaint(const std::filesystem::path& path) {
  const std::string folder = path.parent_path().string() + "/";
  std::string result;
  try {
    const Mapping read = parse_mapping(path.filename().string(), read_file(path.string()));
    read_mapped(folder + "people.csv", read, small_schema(), Month::of(2025, 6));
    return "no error\n";
  } catch (const Error& error) {
    for (const Diagnostic& diagnostic : error.diagnostics()) result += render_one_line(diagnostic) + "\n";
  }
  for (std::size_t at = result.find(folder); at != std::string::npos; at = result.find(folder)) result.erase(at, folder.size());
  return result;
}

TEST(BadMappings, are_refused_with_exactly_these_lines) {
  const std::filesystem::path folder = std::filesystem::path(LABACCES_SOURCE_DIR) / "tests" / "data" / "bad_mappings";
  const bool rewrite = std::getenv("LABACCES_REWRITE_GOLDEN") != nullptr;
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::filesystem::path& path = entry.path();
    if (path.extension() != ".json") continue;
    ++files;
    const std::string message = path.string() + ".message";
    if (rewrite) write_file(message, complaint(path));
    EXPECT_EQ(complaint(path), read_file(message)) << path;
  }
  EXPECT_GE(files, 30U);
}

}  // namespace
}  // namespace labacces::mapping
