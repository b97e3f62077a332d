#include "libsim/base/file.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>

#include "libsim/base/error.hpp"

namespace labacces {
namespace {

namespace fs = std::filesystem;

class Files : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("labacces_file_test_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  fs::path folder_;
};

TEST_F(Files, a_folder_of_results_appears_whole_at_commit_and_not_before) {
  {
    OutputFolder out(at("results"));
    out.write("tables/a.csv", "1,2\n");
    EXPECT_FALSE(fs::exists(at("results")));
    out.commit();
  }
  EXPECT_EQ(read_file(at("results/tables/a.csv")), "1,2\n");
  {
    OutputFolder abandoned(at("other"));
    abandoned.write("b", "b");
  }
  EXPECT_TRUE(!fs::exists(at("other")) && std::distance(fs::directory_iterator(folder_), {}) == 1);
}

TEST_F(Files, other_files_of_an_existing_folder_stay) {
  fs::create_directories(at("results"));
  write_file(at("results/mine.txt"), "mine");
  OutputFolder out(at("results"));
  out.write("theirs.txt", "theirs");
  out.commit();
  EXPECT_EQ(read_file(at("results/mine.txt")), "mine");
  EXPECT_EQ(read_file(at("results/theirs.txt")), "theirs");
}

TEST_F(Files, what_cannot_be_read_or_written_is_named) {
  EXPECT_THROW(read_file(at("none")), Error);
  EXPECT_THROW(read_file(folder_.string()), Error);
  write_file(at("file"), "x");
  EXPECT_THROW(OutputFolder(at("file")), Error);
  EXPECT_THROW(OutputFolder(at("file/below")), Error);
  try {
    read_file(at("none"));
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("none: error: cannot read: no such file"), std::string::npos);
  }
}

TEST_F(Files, a_file_written_in_pieces_appears_whole_at_commit_and_not_before) {
  {
    OutputFile out(at("pieces"));
    out.write("1,");
    out.write("2\n");
    EXPECT_FALSE(fs::exists(at("pieces")));
    out.commit();
  }
  EXPECT_EQ(read_file(at("pieces")), "1,2\n");
  {
    OutputFile abandoned(at("other"));
    abandoned.write("b");
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
  EXPECT_THROW(OutputFile(at("no/such/folder")), Error);
}

}  // namespace
}  // namespace labacces
