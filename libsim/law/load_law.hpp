// The driver: texts -> Law or diagnostics, one call a pass.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libsim/base/diagnostics.hpp"
#include "libsim/law/law.hpp"

namespace labacces::law {

struct LawText {
  std::string name;  ///< file name as shown in messages
  std::string text;
};

struct LoadedLaw {
  std::optional<Law> law;  ///< absent when there are errors
  DiagnosticList diagnostics;
};

/// Parses and checks all texts together. Texts that hold reforms are applied in order when their reform is named in `reforms`
/// (empty = none are applied; a reform text is still parsed and checked on its own).
LoadedLaw load_law(std::vector<LawText> texts, const std::vector<std::string>& reforms = {});

/// Reads *.law of a folder (sorted by name), or one file. Throws Error when it cannot be read.
std::vector<LawText> read_law_folder(const std::string& path);

/// Names of the reforms that a text declares, in the order written; what is wrong with the text is left to load_law. Throws Error when
/// a text that is right has no reform.
std::vector<std::string> reform_names(const LawText& text);

/// load_law, or throws Error with all diagnostics.
Law load_law_or_throw(std::vector<LawText> texts, const std::vector<std::string>& reforms = {});

}  // namespace labacces::law
