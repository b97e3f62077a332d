// report.html: one self-contained page with tables and plots, out of the results as they leave the program.
#pragma once

#include <string>
#include <string_view>

#include "libsim/report/results.hpp"

namespace labacces::report {

enum class Language { french, english };

/// "fr" or "en"; Error on anything else.
Language language_from(std::string_view text);

/// A text and the name that messages give it.
struct PageText {
  std::string name, text;
};

/// What the page shows. Cells hidden by disclosure control are hidden in `results` already: the page has no other source of figures.
struct PageInputs {
  PageText results;          ///< results.json or comparison.json
  PageText record;           ///< record.json; "" = the page says that there is none
  PageText curves;           ///< budget_curves.json; "" = no budget curve
  PageText validation = {};  ///< validation.json; "" = not held against published totals
  Language language = Language::french;
};

/// The page: no link to anything outside it; the same bytes for the same inputs. Groups of over 60 cells are left out, and named. Error
/// when a text is no JSON, or not of the format that its part has.
std::string report_page(const PageInputs& inputs);

}  // namespace labacces::report
