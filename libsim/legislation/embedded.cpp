#include "libsim/legislation/embedded.hpp"

#include <algorithm>
#include <string>

namespace labacces {

std::span<const EmbeddedFile> embedded_law(std::string_view country) {
  const std::string folder = std::string(country) + "/";
  const std::span<const EmbeddedFile> all = embedded_laws();
  const auto is_in = [&folder](const EmbeddedFile& file) { return file.name.starts_with(folder); };
  const auto first = std::find_if(all.begin(), all.end(), is_in);
  return {first, std::find_if_not(first, all.end(), is_in)};
}

}  // namespace labacces
