#include "tools/report_page.hpp"

namespace labacces::tools {

void add_report_options(po::options_description& options) {
  options.add_options()("report", po::value<std::string>()->value_name("FILE"),
                        "where to write the page with tables and plots (--output has it as report.html)")(
      "lang", po::value<std::string>()->default_value("fr")->value_name("L"), "language of the page: fr or en");
}

ReportAsked::ReportAsked(const po::variables_map& given) : language(report::language_from(given["lang"].as<std::string>())) {
  if (given.contains("report")) file = given["report"].as<std::string>();
}

void write_with_page(const ResultTexts& texts, const ReportAsked& asked, OutputFolder* folder) {
  const std::string page = report::report_page({texts.results,
                                                {"record.json", texts.record},
                                                {"budget_curves.json", texts.curves},
                                                {"validation.json", texts.validation},
                                                asked.language});
  if (folder != nullptr) {
    folder->write(texts.results.name, texts.results.text);
    folder->write("record.json", texts.record);
    folder->write("budget_curves.json", texts.curves);
    if (!texts.validation.empty()) folder->write("validation.json", texts.validation);
    folder->write("report.html", page);
  }
  if (asked.file) write_file(*asked.file, page);
}

}  // namespace labacces::tools
