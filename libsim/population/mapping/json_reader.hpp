// Values of a mapping's JSON, read with messages that name file and path. Internal to this folder.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "libsim/base/json_text.hpp"
#include "libsim/base/text.hpp"

namespace labacces::mapping {

using Json = nlohmann::ordered_json;

/// One file being read.
class JsonReader {
 public:
  explicit JsonReader(std::string file) : file_(std::move(file)) {}
  const std::string& file() const { return file_; }

  [[noreturn]] void wrong(const std::string& path, const std::string& message, const std::string& hint = {}) const {
    json_error(file_, path, message, hint);
  }
  [[noreturn]] void wrong_type(const Json& value, const std::string& path, const std::string& expected) const {
    wrong(path, expected + " was expected, found " + std::string(value.type_name()));
  }
  const Json& object(const Json& value, const std::string& path, const std::vector<std::string>& known) const {
    if (!value.is_object()) wrong_type(value, path, "an object");
    refuse_unknown_keys(file_, path, value, known);
    return value;
  }
  std::string text(const Json& value, const std::string& path) const {
    if (!value.is_string()) wrong_type(value, path, "a text");
    if (value.get_ref<const std::string&>().empty()) wrong(path, "the text is empty");
    return value.get<std::string>();
  }
  double number(const Json& value, const std::string& path) const {
    if (!value.is_number()) wrong_type(value, path, "a number");
    return value.get<double>();
  }
  bool truth(const Json& value, const std::string& path) const {
    if (!value.is_boolean()) wrong_type(value, path, "true or false");
    return value.get<bool>();
  }
  /// A text, a number or true/false as the text that a cell would hold.
  std::string cell(const Json& value, const std::string& path) const {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number()) return shortest(value.get<double>());
    if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
    wrong_type(value, path, "a text, a number, true or false");
  }
  /// One cell or a list of them.
  std::vector<std::string> cells(const Json& value, const std::string& path) const {
    if (!value.is_array()) return {cell(value, path)};
    std::vector<std::string> out;
    for (std::size_t i = 0; i < value.size(); ++i) out.push_back(cell(value[i], path + "/" + std::to_string(i)));
    return out;
  }
  /// The place of a text in a list of known ones.
  std::size_t one_of(const Json& value, const std::string& path, const std::vector<std::string>& known) const;

 private:
  std::string file_;
};

}  // namespace labacces::mapping
