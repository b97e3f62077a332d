// Good laws load and print canonically; bad laws give exactly the stored messages.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "ast_text.hpp"
#include "golden_files.hpp"
#include "libsim/law/format_law.hpp"
#include "libsim/law/parser.hpp"

namespace labacces::law {
namespace {

/// The meaning of a text that parses.
std::string meaning(const std::string& text) {
  Sources sources;
  DiagnosticList diagnostics;
  const ast::File file = parse(sources, sources.add("text.law", text), diagnostics);
  EXPECT_FALSE(diagnostics.has_errors()) << render(diagnostics);
  return ast_text(file);
}

std::string canonical(const std::string& name, const std::string& text) {
  DiagnosticList diagnostics;
  const std::optional<std::string> result = format_law(name, text, diagnostics);
  EXPECT_TRUE(result) << render(diagnostics);
  return result.value_or("");
}

TEST(GoodLaws, load) {
  for (LawCase& law : law_cases("tests/laws_good")) {
    SCOPED_TRACE(law.name);
    const LoadedLaw loaded = load_law(law.texts);
    EXPECT_TRUE(loaded.law) << render(loaded.diagnostics);
  }
}

TEST(GoodLaws, print_as_stored_and_mean_the_same) {
  for (const LawCase& law : law_cases("tests/laws_good")) {
    for (const LawText& text : law.texts) {
      SCOPED_TRACE(text.name);
      const std::string printed = canonical(text.name, text.text);
      expect_stored(law.folder / (text.name.substr(0, text.name.size() - 4) + ".canonical"), printed);
      EXPECT_EQ(meaning(text.text), meaning(printed));
      EXPECT_EQ(canonical(text.name, printed), printed) << "printing twice changes the text";
    }
  }
}

TEST(GoodLaws, files_of_the_source_tree_are_canonical) {
  for (const std::filesystem::path& file : canonical_law_files()) {
    SCOPED_TRACE(file);
    const std::string text = read_text(file);
    EXPECT_EQ(canonical(file.filename().string(), text), text) << "run 'labacces law format' on it";
    EXPECT_EQ(meaning(canonical(file.filename().string(), text)), meaning(text));
  }
}

TEST(BadLaws, give_the_stored_messages) {
  for (const LawCase& law : law_cases("tests/laws_bad")) {
    SCOPED_TRACE(law.name);
    const LoadedLaw loaded = load_law(law.texts);
    EXPECT_FALSE(loaded.law) << "this law is not wrong";
    EXPECT_TRUE(loaded.diagnostics.has_errors());
    expect_stored(law.folder / (law.name + ".expected"), render(loaded.diagnostics) + "\n");
  }
}

TEST(BadLaws, are_eighty_or_more_and_all_different) {
  const std::vector<LawCase> laws = law_cases("tests/laws_bad");
  EXPECT_GE(laws.size(), 80U);
  std::set<std::string> messages;
  for (const LawCase& law : laws) {
    std::string message = read_text(law.folder / (law.name + ".expected"));
    message = message.substr(0, message.find('\n'));
    EXPECT_TRUE(messages.insert(message.substr(std::min(message.find("error:"), message.size()))).second)
        << law.name << " repeats: " << message;
  }
}

}  // namespace
}  // namespace labacces::law
