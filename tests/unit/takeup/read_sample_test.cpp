#include "libsim/takeup/read_sample.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "libsim/base/error.hpp"

namespace labacces::takeup {
namespace {

const char* const units = "id,house,w,d,tenure,receives\n1,a,2,100,hlm,1\n2,a,3,50,own,0\n3,b,1,0,own,0\n4,b,1,10,free,1\n";

std::string refusal(const std::string& text, const SampleColumns& columns) {
  try {
    read_sample("u.csv", text, columns);
  } catch (const Error& error) {
    return error.what();
  }
  return "read";
}

TEST(ReadSample, categories_become_indicators_and_rows_without_the_right_are_left_out) {
  const ReadSample read = read_sample("u.csv", units, {"receives", {"log(d)", "tenure"}, "w", "house", "d", "", "tenure"});
  EXPECT_EQ(read.rows, 4U);
  EXPECT_EQ(read.sample.size(), 3U);
  EXPECT_EQ(read.sample.names, (std::vector<std::string>{"log(d)", "tenure=hlm", "tenure=own"}));
  EXPECT_EQ(read.references, (std::vector<std::string>{"tenure=free"}));
  EXPECT_EQ(read.sample.columns[0][1], std::log(50.0));
  EXPECT_EQ(read.sample.columns[2], (std::vector<double>{0.0, 1.0, 0.0}));
  EXPECT_EQ(read.sample.weights, (std::vector<double>{2.0, 3.0, 1.0}));
  EXPECT_EQ(read.sample.clusters, (std::vector<std::uint64_t>{0, 0, 1}));
  EXPECT_EQ(read.cells[2], "free");
}

TEST(ReadSample, mistakes_are_told_with_line_and_column) {
  EXPECT_EQ(refusal(units, {"receive", {"d"}, "", "", "", "", ""}),
            "u.csv:1: error: there is no column 'receive' (did you mean 'receives'?)");
  EXPECT_EQ(refusal(units, {"receives", {"log(d)"}, "", "", "", "", ""}),
            "u.csv:4:7: error: column 'd': a number above 0 was expected for its logarithm, found '0'");
  EXPECT_EQ(refusal("a,receives\n1,x\n", {"receives", {"a"}, "", "", "", "", ""}),
            "u.csv:2:3: error: column 'receives': a number was expected, found 'x'");
  EXPECT_EQ(refusal("a,receives\n,1\n", {"receives", {"a"}, "", "", "", "", ""}),
            "u.csv:2:1: error: column 'a': the cell is empty; leave the row out, or give a value");
  EXPECT_EQ(refusal("a,receives\n1,1,1\n", {"receives", {"a"}, "", "", "", "", ""}),
            "u.csv:2:1: error: 2 fields were expected, found 3");
  EXPECT_EQ(refusal("a,receives\n1,1\n", {"receives", {}, "", "", "a", "", ""}), "read");
  EXPECT_EQ(refusal("a,receives\n0,1\n", {"receives", {}, "", "", "a", "", ""}), "u.csv: error: no row has 'a' above 0");
}

}  // namespace
}  // namespace labacces::takeup
