// JSON as users write it: syntax errors and repeated keys are reported with file, line and column.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace labacces {

/// Parses one JSON text, keys in the order of the file. Throws Error on a syntax error (line, column, what was expected), invalid
/// UTF-8, a key that stands twice in one object, a number out of range, or nesting deeper than 200.
nlohmann::ordered_json parse_json(const std::string& file, std::string_view text);

/// An Error at a JSON path: "scenario.json: take_up/rsa/rate: error: message (hint)".
[[noreturn]] void json_error(const std::string& file, const std::string& path, const std::string& message,
                             const std::string& hint = {});

/// Throws when `object` has a key that is not in `known`: names it, its path, and the nearest known key.
void refuse_unknown_keys(const std::string& file, const std::string& path, const nlohmann::ordered_json& object,
                         const std::vector<std::string>& known);

}  // namespace labacces
