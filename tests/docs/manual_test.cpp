// Every example of the manual of the law language is loaded; the wrong ones give the messages that the manual shows.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "libsim/law/format_law.hpp"
#include "libsim/law/load_law.hpp"

namespace labacces::law {
namespace {

/// A fenced block: what stands after the opening fence, and the lines inside.
struct Block {
  std::string kind, text;
  std::size_t line = 0;
};

std::vector<Block> blocks_of(const std::filesystem::path& page) {
  std::ifstream in(page);
  std::vector<Block> blocks;
  bool inside = false;
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.starts_with("```")) {
      inside = !inside;
      if (inside) blocks.push_back({line.substr(3), "", number + 1});
    } else if (inside) {
      blocks.back().text += line + "\n";
    }
  }
  EXPECT_FALSE(inside) << "a block is not closed";
  return blocks;
}

std::vector<Block> manual() { return blocks_of(std::filesystem::path(LABACCES_SOURCE_DIR) / "docs/law-language.md"); }

/// The examples, each program with what follows it: a page is read from top to bottom.
std::vector<LawText> examples() {
  std::vector<LawText> texts;
  for (const Block& block : manual()) {
    if (block.kind != "law") continue;
    if (texts.empty() || block.text.starts_with("program")) texts.push_back({"line_" + std::to_string(block.line) + ".law", ""});
    texts.back().text += block.text;
  }
  return texts;
}

TEST(Manual, its_examples_load_together) {
  const LoadedLaw loaded = load_law(examples());
  EXPECT_TRUE(loaded.law) << render(loaded.diagnostics);
}

TEST(Manual, its_reform_applies) {
  const LoadedLaw loaded = load_law(examples(), {"warmer"});
  ASSERT_TRUE(loaded.law) << render(loaded.diagnostics);
  EXPECT_GE(loaded.law->changes().size(), 7U);
}

TEST(Manual, its_examples_are_canonical) {
  for (const Block& block : manual()) {
    if (!block.kind.starts_with("law")) continue;
    DiagnosticList diagnostics;
    EXPECT_EQ(format_law("block.law", block.text, diagnostics).value_or(render(diagnostics)), block.text)
        << "line " << block.line;
  }
}

TEST(Manual, its_wrong_examples_give_the_messages_that_it_shows) {
  const std::vector<Block> blocks = manual();
  std::size_t shown = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].kind != "law wrong") continue;
    ++shown;
    ASSERT_LT(i + 1, blocks.size());
    const LoadedLaw loaded = load_law({{"wrong.law", blocks[i].text}});
    EXPECT_EQ(render(loaded.diagnostics) + "\n", blocks[i + 1].text) << "line " << blocks[i].line;
  }
  EXPECT_GE(shown, 2U);
}

TEST(Manual, its_own_benefit_loads_beside_the_french_law) {
  std::vector<LawText> texts = read_law_folder(std::string(LABACCES_SOURCE_DIR) + "/libsim/legislation/france");
  for (const Block& block : manual()) {
    if (block.kind == "law france") texts.push_back({"cheque_mobilite.law", block.text});
  }
  const LoadedLaw loaded = load_law(texts);
  ASSERT_TRUE(loaded.law) << render(loaded.diagnostics);
  EXPECT_TRUE(loaded.law->find_variable("cheque_mobilite"));
}

/// What a command prints on its standard output.
std::string output_of(const std::string& command) {
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return "";
  std::string output;
  std::array<char, 4096> buffer{};
  while (const std::size_t read = std::fread(buffer.data(), 1, buffer.size(), pipe)) output.append(buffer.data(), read);
  return pclose(pipe) == 0 ? output : "failed: " + output;
}

TEST(Manual, its_own_benefit_runs_outside_the_source_tree) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / ("labacces_manual_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  for (const Block& block : manual()) {
    if (block.kind == "law france") std::ofstream(folder / "cheque_mobilite.law") << block.text;
    if (block.kind == "json situation") std::ofstream(folder / "situation.json") << block.text;
  }
  const std::string output =
      output_of("cd '" + folder.string() + "' && '" LABACCES_PROGRAM "' calculate situation.json --add-law cheque_mobilite.law");
  std::filesystem::remove_all(folder);
  const nlohmann::json filled = nlohmann::json::parse(output, nullptr, false);
  ASSERT_FALSE(filled.is_discarded()) << output;
  EXPECT_EQ(filled["familles"]["f1"]["cheque_mobilite"]["2024-05"], 30.0) << output;
  EXPECT_GT(filled["familles"]["f1"]["rsa"]["2024-05"], 600.0) << output;
}

}  // namespace
}  // namespace labacces::law
