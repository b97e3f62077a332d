// Values of a scenario's JSON, read with messages that name file and path. Internal to this folder.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "libsim/base/date.hpp"
#include "libsim/base/json_text.hpp"

namespace labacces::scenario {

using Json = nlohmann::ordered_json;

/// One file being read: messages name it and the path.
class Reader {
 public:
  explicit Reader(std::string file) : file_(std::move(file)) {}

  std::string text(const Json& value, const std::string& path) const {
    if (!value.is_string()) json_error(file_, path, "a text was expected, found " + std::string(value.type_name()));
    return value.get<std::string>();
  }
  std::vector<std::string> texts(const Json& value, const std::string& path) const {
    if (!value.is_array()) json_error(file_, path, "a list of texts was expected, found " + std::string(value.type_name()));
    std::vector<std::string> out;
    for (std::size_t i = 0; i < value.size(); ++i) out.push_back(text(value[i], path + "/" + std::to_string(i)));
    return out;
  }
  double number(const Json& value, const std::string& path) const {
    if (!value.is_number()) json_error(file_, path, "a number was expected, found " + std::string(value.type_name()));
    return value.get<double>();
  }
  double probability(const Json& value, const std::string& path) const {
    if (!value.is_number())
      json_error(file_, path, "a number between 0 and 1 was expected, found " + std::string(value.type_name()));
    const auto given = value.get<double>();
    if (!(given >= 0.0 && given <= 1.0)) json_error(file_, path, "a probability lies between 0 and 1, found " + value.dump());
    return given;
  }
  Month month(const Json& value) const {
    const std::string written = text(value, "period");
    const auto read = parse_month(written);
    if (!read) json_error(file_, "period", "a month was expected, such as \"2025-06\", found \"" + written + "\"");
    return *read;
  }
  std::uint64_t seed(const Json& value) const {
    if (!value.is_number_unsigned()) json_error(file_, "seed", "a whole number from 0 on was expected");
    return value.get<std::uint64_t>();
  }
  std::string beside(const std::string& path) const {
    const std::filesystem::path given(path);
    if (given.is_absolute() || file_.empty()) return path;
    return (std::filesystem::path(file_).parent_path() / given).lexically_normal().string();
  }
  const std::string& file() const { return file_; }

 private:
  std::string file_;
};

}  // namespace labacces::scenario
