// Files read whole, and folders of results written whole or not at all.
#pragma once

#include <fstream>
#include <string>
#include <string_view>

namespace labacces {

/// The bytes of a file. Error when it is missing, a folder, or cannot be read.
std::string read_file(const std::string& path);

/// Writes one file whole or not at all (a temporary file beside it, then a rename). Error when it cannot be written.
void write_file(const std::string& path, std::string_view bytes);

/// One file written piece by piece, whole or not at all: without commit() nothing is left.
class OutputFile {
 public:
  /// Error when the place cannot be written.
  explicit OutputFile(std::string path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  void write(std::string_view bytes);
  void commit();

 private:
  std::string path_, temporary_;
  std::ofstream out_;
  bool committed_ = false;
};

/// A folder of results: files are written beside the target and put in place by commit(); without it nothing is left.
class OutputFolder {
 public:
  /// Error when the place cannot be written, or `path` is a file.
  explicit OutputFolder(std::string path);
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;
  /// `name` may hold folders: "tables/non_take_up.csv".
  void write(const std::string& name, std::string_view bytes);
  /// Where a file of that name is written before commit(), for those who write it piece by piece.
  std::string place_of(const std::string& name);
  /// Puts the files in place. In a folder that exists already, files of the same names are replaced and others stay.
  void commit();

 private:
  std::string path_, temporary_;
  bool committed_ = false;
};

}  // namespace labacces
