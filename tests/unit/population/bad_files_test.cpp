// Every file and folder of tests/data/bad is refused with exactly the lines of the file of the same name and ".message".
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/population/load_population.hpp"
#include "tests/unit/population/small_schema.hpp"

namespace labacces {
namespace {

/// Read from the folder of bad files, so that messages have names as they stand there.
std::string complaint(const std::string& name) {
  try {
    load_population(name, small_schema(), Month::of(2025, 6));
  } catch (const Error& error) {
    std::string result;
    for (const Diagnostic& diagnostic : error.diagnostics()) result += render_one_line(diagnostic) + "\n";
    return result;
  }
  return "no error\n";
}

TEST(BadFiles, are_refused_with_exactly_these_lines) {
  const std::filesystem::path folder = std::filesystem::path(LABACCES_SOURCE_DIR) / "tests" / "data" / "bad";
  const bool rewrite = std::getenv("LABACCES_REWRITE_GOLDEN") != nullptr;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(".")) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".message")) continue;
    ++files;
    const std::string message = name + ".message";
    if (rewrite) write_file(message, complaint(name));
    EXPECT_EQ(complaint(name), read_file(message)) << name;
  }
  std::filesystem::current_path(before);
  EXPECT_GE(files, 70U);
}

}  // namespace
}  // namespace labacces
