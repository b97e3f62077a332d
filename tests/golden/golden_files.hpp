// Files of law beside their expected output. LABACCES_UPDATE_GOLDEN=1 in the environment writes the expected files anew.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "libsim/law/load_law.hpp"

namespace labacces::law {

/// The texts of one case: NAME.law, or several files NAME.*.law.
struct LawCase {
  std::string name;
  std::filesystem::path folder;
  std::vector<LawText> texts;
};

/// The cases of a folder of the source tree, sorted by name.
std::vector<LawCase> law_cases(const std::string& folder);

/// Every .law file under libsim/legislation and scenarios: those must be canonical.
std::vector<std::filesystem::path> canonical_law_files();

std::string read_text(const std::filesystem::path& path);

/// Compares with the stored text (or stores it, when updating).
void expect_stored(const std::filesystem::path& expected, const std::string& actual);

}  // namespace labacces::law
