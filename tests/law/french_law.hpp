// The built-in French law, loaded once for the tests.
#pragma once

#include <string>
#include <vector>

#include "libsim/law/load_law.hpp"
#include "libsim/legislation/embedded.hpp"

namespace labacces {

inline const law::Law& french_law() {
  static const law::Law law = [] {
    std::vector<law::LawText> texts;
    for (const EmbeddedFile& file : embedded_law("france")) texts.push_back({std::string(file.name), std::string(file.text)});
    return law::load_law_or_throw(std::move(texts));
  }();
  return law;
}

}  // namespace labacces
