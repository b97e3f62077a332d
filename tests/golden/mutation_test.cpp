// Thousands of damaged laws: reading them never crashes, and what still parses prints to the same meaning.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "ast_text.hpp"
#include "golden_files.hpp"
#include "libsim/law/format_law.hpp"
#include "libsim/law/parser.hpp"

namespace labacces::law {
namespace {

/// A small generator, the same everywhere (splitmix64).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t limit) {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
    return static_cast<std::size_t>((mixed ^ (mixed >> 31U)) % limit);
  }

 private:
  std::uint64_t state_;
};

std::vector<std::string> good_texts() {
  std::vector<std::string> texts;
  for (const LawCase& law : law_cases("tests/laws_good")) {
    for (const LawText& text : law.texts) texts.push_back(text.text);
  }
  for (const LawCase& law : law_cases("libsim/legislation/toy")) {
    for (const LawText& text : law.texts) texts.push_back(text.text);
  }
  return texts;
}

std::string mutated(const std::vector<std::string>& texts, Dice& dice) {
  static const std::vector<std::string> pieces{
      "(", ")", "[", "->",  "..", ",",    "\"",   "\n",      "#",   "\\",         "if ",  " then ", " else ", " at month -1",
      "-", "0", "9", "12%", "\0", "\xC3", "rule", "\nparam", "ref", "2024-13-01", "\r\n", "not ",   "month",  "& "};
  std::string text = texts[dice.below(texts.size())];
  const std::size_t changes = 1 + dice.below(4);
  for (std::size_t i = 0; i < changes && !text.empty(); ++i) {
    const std::size_t at = dice.below(text.size());
    const std::size_t length = 1 + dice.below(std::min<std::size_t>(30, text.size() - at));
    switch (dice.below(5)) {
      case 0:
        text[at] = static_cast<char>(dice.below(256));
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(at, pieces[dice.below(pieces.size())]);
        break;
      case 3:
        text.insert(dice.below(text.size()), text.substr(at, length));
        break;
      default: {
        const std::string& other = texts[dice.below(texts.size())];
        const std::size_t from = dice.below(other.size());
        text.replace(at, length, other.substr(from, 1 + dice.below(60)));
      }
    }
  }
  return text;
}

std::size_t rounds() {
  const char* asked = std::getenv("LABACCES_FUZZ_ROUNDS");
  return asked != nullptr ? static_cast<std::size_t>(std::strtoul(asked, nullptr, 10)) : 4000;
}

TEST(MutatedLaws, never_crash_the_parser_and_printing_keeps_their_meaning) {
  const std::vector<std::string> texts = good_texts();
  ASSERT_FALSE(texts.empty());
  std::size_t still_good = 0;
  for (std::size_t seed = 0; seed < rounds(); ++seed) {
    Dice dice(seed);
    const std::string text = mutated(texts, dice);
    Sources sources;
    DiagnosticList diagnostics;
    const ast::File file = parse(sources, sources.add("m.law", text), diagnostics);
    if (diagnostics.has_errors()) {
      EXPECT_FALSE(render(diagnostics).empty());
      continue;
    }
    ++still_good;
    const std::string printed = format_file(sources, file);
    Sources again_sources;
    DiagnosticList again_diagnostics;
    const ast::File again = parse(again_sources, again_sources.add("m.law", printed), again_diagnostics);
    ASSERT_FALSE(again_diagnostics.has_errors()) << "seed " << seed << "\n" << render(again_diagnostics) << "\n" << printed;
    ASSERT_EQ(ast_text(file), ast_text(again)) << "seed " << seed << "\n" << printed;
    ASSERT_EQ(format_file(again_sources, again), printed) << "seed " << seed;
    ASSERT_EQ(file.comments.size(), again.comments.size()) << "seed " << seed << ": a comment is lost\n" << text;
  }
  EXPECT_GT(still_good, rounds() / 100);
}

TEST(MutatedLaws, never_crash_the_loader) {
  const std::vector<std::string> texts = good_texts();
  for (std::size_t seed = 0; seed < rounds() / 4; ++seed) {
    Dice dice(seed + 1'000'000);
    std::vector<LawText> law;
    for (std::size_t i = 0; i <= dice.below(2); ++i) law.push_back({"m" + std::to_string(i) + ".law", mutated(texts, dice)});
    const LoadedLaw loaded = load_law(law);
    EXPECT_NE(loaded.law.has_value(), loaded.diagnostics.has_errors()) << "seed " << seed;
  }
}

}  // namespace
}  // namespace labacces::law
