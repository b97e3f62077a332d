// report.html beside the results of run and compare.
#pragma once

#include <optional>
#include <string>

#include "libsim/base/file.hpp"
#include "libsim/report/page.hpp"
#include "tools/options.hpp"

namespace labacces::tools {

/// --report FILE and --lang fr|en.
void add_report_options(po::options_description& options);

/// What these options say; Error when --lang is neither.
struct ReportAsked {
  explicit ReportAsked(const po::variables_map& given);
  std::optional<std::string> file;  ///< where the page goes beside the one in the output folder
  report::Language language;
};

/// What the page stands on, as it is written to files.
struct ResultTexts {
  report::PageText results;  ///< with the name of its file
  std::string record, curves;
  std::string validation = {};  ///< "" = none
};

/// Writes the three texts and report.html to `folder` (unless it is null), and the page to the file asked.
void write_with_page(const ResultTexts& texts, const ReportAsked& asked, OutputFolder* folder);

}  // namespace labacces::tools
