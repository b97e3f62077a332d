#include "libsim/base/diagnostics.hpp"

#include <gtest/gtest.h>

#include "libsim/base/error.hpp"

namespace labacces {
namespace {

TEST(Diagnostics, show_place_line_caret_and_hint) {
  Sources sources;
  const std::uint32_t file = sources.add("rsa.law", "première ligne\n  from 2017-01-01 = é + erning_kept\n");
  const std::size_t at = sources.file(file).text.find("erning");
  DiagnosticList list;
  list.error(sources, {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 11)}, "unknown name 'erning_kept'",
             "did you mean 'earnings_kept'?");
  EXPECT_EQ(render(list),
            "rsa.law:2:25: error: unknown name 'erning_kept'\n"
            "  2 |   from 2017-01-01 = é + erning_kept\n"
            "    |                         ^~~~~~~~~~~ did you mean 'earnings_kept'?");
}

TEST(Diagnostics, long_lines_are_cut_around_the_caret) {
  Sources sources;
  const std::uint32_t file = sources.add("x.law", std::string(5000, 'a') + "B" + std::string(5000, 'c'));
  DiagnosticList list;
  list.error(sources, {file, 5000, 5001}, "here");
  const std::string text = render(list);
  EXPECT_LT(text.size(), 400U);
  const std::size_t caret_line = text.rfind('\n');
  const std::size_t source_line = text.rfind('\n', caret_line - 1);
  EXPECT_EQ(text[source_line + (text.find('^', caret_line) - caret_line)], 'B');
}

TEST(Diagnostics, spans_beyond_the_text_and_control_bytes_do_no_harm) {
  Sources sources;
  const std::uint32_t file = sources.add("x.law", std::string("a\x01\tb\0c", 6));
  DiagnosticList list;
  list.error(sources, {file, 100, 200}, "after the end");
  list.error(sources, {file, 3, 2}, "backwards");
  list.error(Location{"data.csv", 12, 5, ""}, "text in a number column");
  list.error(Location{"s.json", 0, 0, "individus/jean/salaire"}, "wrong", "did you mean 'salaire_net'?");
  const std::string text = render(list);
  EXPECT_NE(text.find("data.csv:12:5: error: text in a number column"), std::string::npos);
  EXPECT_NE(text.find("s.json: individus/jean/salaire: error: wrong (did you mean 'salaire_net'?)"), std::string::npos);
}

TEST(NearestName, finds_small_slips_and_nothing_far) {
  const std::vector<std::string> names{"salaire_net", "salaire_imposable", "loyer", "rsa", "ppa"};
  EXPECT_EQ(nearest_name("salaire_nte", names), "salaire_net");
  EXPECT_EQ(nearest_name("loyr", names), "loyer");
  EXPECT_EQ(nearest_name("rsaa", names), "rsa");
  EXPECT_EQ(nearest_name("completely_else", names), "");
  EXPECT_EQ(nearest_name("", names), "");
  EXPECT_EQ(nearest_name(std::string(100000, 'x'), names), "");
}

TEST(Errors, carry_their_diagnostics) {
  const Error error(Location{"a.csv", 3, 1, ""}, "no such household", "did you mean '12'?");
  EXPECT_EQ(error.diagnostics().size(), 1U);
  EXPECT_STREQ(error.what(), "a.csv:3:1: error: no such household (did you mean '12'?)");
  EXPECT_THROW(SIM_CHECK(1 == 2, "arithmetic"), Defect);
}

}  // namespace
}  // namespace labacces
