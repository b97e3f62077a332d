// The tables of the synthetic population as text, compiled into the library (data/*.json).
#pragma once

#include <span>
#include <string_view>

namespace labacces::synthetic {

struct EmbeddedData {
  std::string_view name;  ///< of the file, without ".json"
  std::string_view text;
};

std::span<const EmbeddedData> embedded_data();

}  // namespace labacces::synthetic
