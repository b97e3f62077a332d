#include "libsim/base/json_text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"

namespace labacces {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t deepest_nesting = 200;

Location at_byte(const std::string& file, std::string_view text, std::size_t byte) {
  Sources sources;
  const std::uint32_t index = sources.add(file, std::string(text));
  const auto at = static_cast<std::uint32_t>(std::min(byte, text.size()));
  return locate(sources, {index, at, at});
}

/// First pass: checks depth and repeated keys without building anything, so that no input can exhaust the stack.
class Checker : public nlohmann::json_sax<Json> {
 public:
  explicit Checker(const std::string& file, std::string_view text) : file_(file), text_(text) {}

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return open(); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    path_.back() = name;
    if (!keys_.back().insert(name).second)
      throw Error(Location{file_, 0, 0, path()}, "the key '" + name + "' stands twice in one object");
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& fault) override {
    std::string message =
        fault.what();  // "[json.exception.parse_error.101] parse error at line 3, column 5: syntax error while ..."
    if (const std::size_t from = message.find(": "); from != std::string::npos) message = message.substr(from + 2);
    if (message.find("out of range") != std::string::npos || message.find("number overflow") != std::string::npos) {
      throw Error(Location{file_, 0, 0, path()}, "number out of range");
    }
    throw Error(at_byte(file_, text_, position > 0 ? position - 1 : 0), "JSON " + message);
  }

 private:
  bool open() {
    if (keys_.size() >= deepest_nesting) throw Error(Location{file_, 0, 0, {}}, "nested deeper than 200 levels");
    keys_.emplace_back();
    path_.emplace_back();
    return true;
  }
  bool close() {
    keys_.pop_back();
    path_.pop_back();
    return true;
  }
  std::string path() const {
    std::vector<std::string> parts;
    for (const std::string& part : path_) {
      if (!part.empty()) parts.push_back(part);
    }
    return join(parts, "/");
  }
  const std::string& file_;
  std::string_view text_;
  std::vector<std::set<std::string>> keys_;
  std::vector<std::string> path_;
};

}  // namespace

Json parse_json(const std::string& file, std::string_view text) {
  if (const auto bad = invalid_utf8(text)) throw Error(at_byte(file, text, *bad), "this byte is not UTF-8");
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos)
    throw Error(at_byte(file, text, nul), "a NUL byte has no place in JSON");
  if (trim(text).empty()) throw Error(Location{file, 0, 0, {}}, "the file is empty, JSON was expected");
  Checker checker(file, text);
  static_cast<void>(Json::sax_parse(text, &checker));
  return Json::parse(text);
}

void json_error(const std::string& file, const std::string& path, const std::string& message, const std::string& hint) {
  throw Error(Location{file, 0, 0, path}, message, hint);
}

void refuse_unknown_keys(const std::string& file, const std::string& path, const Json& object,
                         const std::vector<std::string>& known) {
  for (const auto& item : object.items()) {
    bool found = false;
    for (const std::string& name : known) found = found || name == item.key();
    if (found) continue;
    const std::string hint = did_you_mean(item.key(), known);
    json_error(file, path.empty() ? item.key() : path + "/" + item.key(), "unknown key '" + item.key() + "'",
               hint.empty() ? "known: " + join(known, ", ") : hint);
  }
}

}  // namespace labacces
