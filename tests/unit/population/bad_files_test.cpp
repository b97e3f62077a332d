// Every file of tests/data/bad is refused with exactly the lines of the file of the same name and ".message".
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/population/csv_population.hpp"
#include "libsim/population/situation.hpp"
#include "tests/unit/population/small_schema.hpp"

namespace labacces {
namespace {

std::string complaint(const std::filesystem::path& path) {
  const Schema schema = small_schema();
  const std::string text = read_file(path.string());
  const std::string name = path.filename().string();
  try {
    if (path.extension() == ".json") {
      read_situation(name, text, schema);
    } else {
      CsvTexts texts;
      texts.source = name;
      texts.files[Level::individu] = {name, text};
      read_csv_texts(texts, schema);
    }
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
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::filesystem::path& path = entry.path();
    if (path.extension() != ".csv" && path.extension() != ".json") continue;
    ++files;
    const std::string message = path.string() + ".message";
    if (rewrite) write_file(message, complaint(path));
    EXPECT_EQ(complaint(path), read_file(message)) << path;
  }
  EXPECT_GE(files, 35U);
}

}  // namespace
}  // namespace labacces
