// Sources of a mapping, out of JSON. Internal to this folder.
#pragma once

#include <string>
#include <vector>

#include "libsim/population/mapping/json_reader.hpp"
#include "libsim/population/mapping/mapping.hpp"

namespace labacces::mapping {

/// A source: a column's name as text, or an object. `more` names keys that the object may have for its reader.
Source parse_source(const JsonReader& reader, const Json& value, const std::string& path,
                    const std::vector<std::string>& more = {});

}  // namespace labacces::mapping
