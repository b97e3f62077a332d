// labacces report: results that were written before, as a page.
#include <filesystem>
#include <iostream>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/report/page.hpp"
#include "tools/command.hpp"
#include "tools/options.hpp"

namespace labacces::tools {
namespace {

const Usage usage{
    "labacces report RESULTS.json [options]",
    "Writes the results of run or compare as one self-contained page, in French or English: tables, plots, method, run record.\n"
    "record.json and budget_curves.json are taken from the folder of the results.",
    "  labacces report out/results.json --output report.html --lang en"};

po::options_description options() {
  po::options_description out("options");
  out.add_options()("output", po::value<std::string>()->value_name("FILE"),
                    "where to write (default: report.html beside the results)")(
      "lang", po::value<std::string>()->default_value("fr")->value_name("L"), "language of the page: fr or en")(
      "record", po::value<std::string>()->value_name("FILE"),
      "the run record (default: record.json beside the results, when it is there)")(
      "curves", po::value<std::string>()->value_name("FILE"),
      "the budget curves (default: budget_curves.json beside the results, when it is there)")(
      "validation", po::value<std::string>()->value_name("FILE"),
      "the run against published totals (default: validation.json beside the results, when it is there)");
  return out;
}

/// The file that an option names, else the one of that name beside the results, else nothing.
report::PageText text_beside(const po::variables_map& given, const char* option, const std::filesystem::path& beside) {
  if (given.contains(option)) {
    const auto file = given[option].as<std::string>();
    return {file, read_file(file)};
  }
  std::error_code ignored;
  return std::filesystem::exists(beside, ignored) ? report::PageText{beside.string(), read_file(beside.string())}
                                                  : report::PageText{};
}

}  // namespace

Exit report_command(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options(), "results");
  if (!given) return Exit::done;
  const std::vector<std::string> files = values(*given, "results");
  if (files.size() != 1) throw Error(std::string("one results file was expected; usage: ") + usage.line);
  const std::filesystem::path folder = std::filesystem::path(files[0]).parent_path();
  const report::Language language = report::language_from((*given)["lang"].as<std::string>());
  const std::string page = report::report_page({{files[0], read_file(files[0])},
                                                text_beside(*given, "record", folder / "record.json"),
                                                text_beside(*given, "curves", folder / "budget_curves.json"),
                                                text_beside(*given, "validation", folder / "validation.json"),
                                                language});
  const std::string output = given->contains("output") ? (*given)["output"].as<std::string>() : (folder / "report.html").string();
  write_file(output, page);
  std::cout << "page in " << output << "\n";
  return Exit::done;
}

}  // namespace labacces::tools
