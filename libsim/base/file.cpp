#include "libsim/base/file.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "libsim/base/error.hpp"

namespace labacces {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void cannot(const char* doing, const std::string& path, const std::string& why) {
  throw Error(Location{path, 0, 0, {}}, std::string("cannot ") + doing + ": " + why);
}

std::string reason(int code) { return std::strerror(code); }

std::string temporary_beside(const std::string& path) {
  fs::path clean = fs::path(path).lexically_normal();
  if (!clean.has_filename()) clean = clean.parent_path();
  const fs::path parent = clean.has_parent_path() ? clean.parent_path() : fs::path(".");
  return (parent / ("." + clean.filename().string() + ".partial-" + std::to_string(::getpid()))).string();
}

}  // namespace

std::string read_file(const std::string& path) {
  std::error_code code;
  if (!fs::exists(path, code)) cannot("read", path, "no such file");
  if (fs::is_directory(path, code)) cannot("read", path, "it is a folder, a file was expected");
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) cannot("read", path, reason(errno));
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (in.bad()) cannot("read", path, reason(errno));
  return std::move(bytes).str();
}

void write_file(const std::string& path, std::string_view bytes) {
  const std::string temporary = temporary_beside(path);
  errno = 0;
  {
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    if (!out) cannot("write", path, reason(errno));
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.flush();
    if (!out) {
      const int why = errno;
      std::error_code ignored;
      fs::remove(temporary, ignored);
      cannot("write", path, reason(why));
    }
  }
  std::error_code code;
  fs::rename(temporary, path, code);
  if (code) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    cannot("write", path, code.message());
  }
}

OutputFile::OutputFile(std::string path) : path_(std::move(path)), temporary_(temporary_beside(path_)) {
  errno = 0;
  out_.open(temporary_, std::ios::binary | std::ios::trunc);
  if (!out_) cannot("write", path_, reason(errno));
}

OutputFile::~OutputFile() {
  if (committed_) return;
  out_.close();
  std::error_code ignored;
  fs::remove(temporary_, ignored);
}

void OutputFile::write(std::string_view bytes) {
  errno = 0;
  out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out_) cannot("write", path_, reason(errno));
}

void OutputFile::commit() {
  errno = 0;
  out_.close();
  if (!out_) cannot("write", path_, reason(errno));
  std::error_code code;
  fs::rename(temporary_, path_, code);
  if (code) cannot("write", path_, code.message());
  committed_ = true;
}

OutputFolder::OutputFolder(std::string path) : path_(std::move(path)), temporary_(temporary_beside(path_)) {
  std::error_code code;
  if (fs::exists(path_, code) && !fs::is_directory(path_, code)) cannot("write", path_, "it is a file, a folder was expected");
  if (fs::is_directory(path_, code) && ::access(path_.c_str(), W_OK) != 0) cannot("write", path_, reason(errno));
  fs::remove_all(temporary_, code);
  fs::create_directories(temporary_, code);
  if (code) cannot("write", path_, code.message());
}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  if (!committed_) fs::remove_all(temporary_, ignored);
}

std::string OutputFolder::place_of(const std::string& name) {
  const fs::path target = fs::path(temporary_) / name;
  std::error_code code;
  fs::create_directories(target.parent_path(), code);
  if (code) cannot("write", path_, code.message());
  return target.string();
}

void OutputFolder::write(const std::string& name, std::string_view bytes) { write_file(place_of(name), bytes); }

void OutputFolder::commit() {
  std::error_code code;
  if (!fs::exists(path_, code)) {
    fs::rename(temporary_, path_, code);
    if (code) cannot("write", path_, code.message());
  } else {
    for (const auto& entry : fs::recursive_directory_iterator(temporary_)) {
      const fs::path target = fs::path(path_) / fs::relative(entry.path(), temporary_);
      if (entry.is_directory()) {
        fs::create_directories(target, code);
      } else {
        fs::rename(entry.path(), target, code);
      }
      if (code) cannot("write", path_, target.filename().string() + ": " + code.message());
    }
    fs::remove_all(temporary_, code);
  }
  committed_ = true;
}

}  // namespace labacces
