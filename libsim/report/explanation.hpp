// An explanation as text for a terminal, as JSON or as a page.
#pragma once

#include <string>

#include "libsim/scenario/explain.hpp"
#include "libsim/scenario/why_not.hpp"

namespace labacces::report {

/// The tree, indented; `depth` levels below the figure asked (0 = the figure alone). Months of one variable share a line.
std::string to_text(const scenario::Explanation& explanation, int depth);

/// The whole tree (format "labacces-explanation/1").
std::string to_json(const scenario::Explanation& explanation);

/// One page without scripts or network: each rule with its value, version, articles and parameters, down to the data.
std::string to_html(const scenario::Explanation& explanation);

/// Which conditions fail, and the smallest changes that open the right.
std::string to_text(const scenario::WhyNot& why_not);

/// The same as JSON (format "labacces-why-not/1"), with the changed situations.
std::string to_json(const scenario::WhyNot& why_not);

/// The same as a page.
std::string to_html(const scenario::WhyNot& why_not);

}  // namespace labacces::report
