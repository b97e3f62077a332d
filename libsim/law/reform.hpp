// Reforms: set, drop, replace and add, applied to the declarations before anything is checked.
#pragma once

#include <string>
#include <vector>

#include "libsim/law/draft.hpp"
#include "libsim/law/values.hpp"

namespace labacces::law {

/// A reform and the file it stands in.
struct ReformText {
  const ast::File* file = nullptr;
  const ast::Reform* reform = nullptr;
};

/// All reforms of the files, in the order written; a name that stands twice is reported.
std::vector<ReformText> reforms_of(const std::vector<ast::File>& files, const Findings& findings);

/// Changes the draft and records each change. Reported: unknown paths, dates out of range, values of another type, changes of nothing.
void apply_reform(Draft& draft, const ReformText& text, const Findings& findings);

/// Applies the reforms named, in that order; the others are tried on a copy of the draft, so that their mistakes are told too.
void apply_reforms(Draft& draft, const std::vector<ReformText>& texts, const std::vector<std::string>& names,
                   const Findings& findings);

}  // namespace labacces::law
