// A file compiled into the library as text (libsim/embed.cmake).
#pragma once

#include <string_view>

namespace labacces {

struct EmbeddedFile {
  std::string_view name;
  std::string_view text;
};

}  // namespace labacces
