// labacces takeup: estimation of who claims.
#include <algorithm>
#include <iostream>
#include <optional>
#include <set>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/text.hpp"
#include "libsim/report/fit_tables.hpp"
#include "libsim/takeup/hazard.hpp"
#include "libsim/takeup/read_sample.hpp"
#include "tools/command.hpp"
#include "tools/options.hpp"
#include "tools/takeup_calibrate.hpp"
#include "tools/takeup_report.hpp"

namespace labacces::tools {
namespace {

const Usage usage{
    "labacces takeup fit DATA.csv --receipt COLUMN --covariates A,B,log(C) [options]",
    "Estimates who claims from units with observed receipt: logit, probit, receipt or rights seen with errors, two benefits at "
    "once, or the time\n"
    "from the opening of the right to the claim. Prints the table; with --output also writes it as text, CSV, LaTeX, HTML and "
    "JSON.",
    "  labacces takeup fit units.csv --receipt receives --covariates \"log(droit),age,tenure\" --weight wprm --cluster idmen"};

po::options_description options() {
  using Text = std::string;
  po::options_description out("options");
  out.add_options()("receipt", po::value<Text>()->value_name("COLUMN"), "1 where the unit receives, 0 where it does not")(
      "covariates", po::value<Text>()->value_name("A,B,..."), "columns; log(x) is a logarithm, texts become categories")(
      "model", po::value<Text>()->default_value("logit")->value_name("M"),
      "logit, probit, cloglog, misclassified (receipt seen with errors), eligibility (rights seen with errors), biprobit (two "
      "benefits), hazard")("receipt2", po::value<Text>()->default_value("")->value_name("COLUMN"),
                           "biprobit: receipt of the second benefit")(
      "covariates2", po::value<Text>()->default_value("")->value_name("A,B,..."),
      "biprobit: covariates of the second benefit (default: the same)")(
      "right2", po::value<Text>()->default_value("")->value_name("COLUMN"), "biprobit: keep only rows where it, too, is above 0")(
      "right", po::value<Text>()->default_value("")->value_name("COLUMN"),
      "keep only rows where it is above 0; eligibility: who seems to have the right")(
      "weight", po::value<Text>()->default_value("")->value_name("COLUMN"), "survey weights")(
      "cluster", po::value<Text>()->default_value("")->value_name("COLUMN"), "clusters of the errors")(
      "stratum", po::value<Text>()->default_value("")->value_name("COLUMN"),
      "strata of the errors, in which units or clusters were drawn")(
      "errors", po::value<Text>()->default_value("")->value_name("E"),
      "classical, robust, clustered (default: clustered with --cluster, else robust)")(
      "months", po::value<Text>()->default_value("")->value_name("COLUMN"),
      "hazard: months from the opening of the right until the claim, or until last seen")(
      "steps", po::value<Text>()->default_value("1,4,7,13")->value_name("A,B,..."),
      "hazard: first months of the steps of the baseline")("cells", po::value<Text>()->default_value("")->value_name("COLUMN"),
                                                           "a category: observed and fitted rates by its values")(
      "calibration", po::bool_switch(), "fitted and observed rates by tenths of the fitted probability")(
      "output", po::value<Text>()->value_name("DIR"), "folder for fit.json and the tables")(
      "threads", po::value<unsigned>()->default_value(0)->value_name("N"), "threads; 0 = all cores");
  return out;
}

std::string needed(const po::variables_map& given, const char* name) {
  if (!given.contains(name)) throw Error("--" + std::string(name) + " is missing; usage: " + usage.line);
  return given[name].as<std::string>();
}

template <typename Value>
Value one_of(const std::string& option, const std::string& written, std::initializer_list<std::pair<const char*, Value>> values) {
  std::vector<std::string> names;
  for (const auto& [name, value] : values) {
    if (written == name) return value;
    names.emplace_back(name);
  }
  const std::string hint = did_you_mean(written, names);
  throw Error("--" + option + ": '" + written + "' is none of " + join(names, ", ") + (hint.empty() ? "" : "; " + hint));
}

takeup::Errors errors_of(const po::variables_map& given, const takeup::SampleColumns& columns, bool by_spell) {
  const std::string written = given["errors"].as<std::string>();
  if (written.empty()) return columns.cluster.empty() && !by_spell ? takeup::Errors::robust : takeup::Errors::clustered;
  const auto errors = one_of<takeup::Errors>(
      "errors", written,
      {{"classical", takeup::Errors::classical}, {"robust", takeup::Errors::robust}, {"clustered", takeup::Errors::clustered}});
  if (errors == takeup::Errors::clustered && columns.cluster.empty() && !by_spell)
    throw Error("--errors clustered needs --cluster COLUMN");
  return errors;
}

takeup::BaselineSteps steps_of(const std::string& text) {
  takeup::BaselineSteps steps;
  for (const std::string& part : list_of(text)) {
    const auto month = parse_number(part);
    if (!month || *month != static_cast<int>(*month))
      throw Error("--steps: whole months were expected, such as 1,4,7,13, found '" + part + "'");
    steps.push_back(static_cast<int>(*month));
  }
  return steps;
}

std::vector<takeup::CellFit> cells_of(const takeup::ChoiceFit& fit, const takeup::ReadSample& read) {
  std::vector<takeup::CellFit> out;
  for (const std::string& cell : std::set<std::string>(read.cells.begin(), read.cells.end())) {
    std::vector<double> in;
    for (const std::string& of_unit : read.cells) in.push_back(of_unit == cell ? 1.0 : 0.0);
    out.push_back(fitted_cell(fit, read.sample, cell, in));
  }
  return out;
}

/// A table that goes beside the fit: the name of its file, and whether it is printed, too.
struct Beside {
  const char* file;
  report::Table table;
  bool is_printed;
};

void show(const po::variables_map& given, const report::Table& table, const std::string& json,
          const std::vector<Beside>& others = {}) {
  if (given.contains("output")) {
    OutputFolder folder(given["output"].as<std::string>());
    const auto write = [&](const std::string& name, const report::Table& one) {
      folder.write(name + ".txt", report::to_text(one));
      folder.write(name + ".csv", report::to_csv(one));
      folder.write(name + ".tex", report::to_latex(one));
      folder.write(name + ".html", report::to_html(one));
    };
    folder.write("fit.json", json);
    write("fit", table);
    for (const Beside& other : others) write(other.file, other.table);
    folder.commit();
  }
  std::cout << report::to_text(table);
  for (const Beside& other : others) {
    if (other.is_printed) std::cout << "\n" << report::to_text(other.table);
  }
  if (given.contains("output")) std::cout << "results in " << given["output"].as<std::string>() << "\n";
}

Exit fit_two(const po::variables_map& given, const std::string& file, takeup::SampleColumns columns, takeup::Errors errors) {
  const auto text = [&](const char* name) { return given[name].as<std::string>(); };
  const std::string content = read_file(file);
  const takeup::ReadSample first = takeup::read_sample(file, content, columns);
  const std::string first_receipt = std::exchange(columns.receipt, text("receipt2"));
  if (!text("covariates2").empty()) columns.covariates = list_of(text("covariates2"));
  const takeup::ReadSample second = takeup::read_sample(file, content, columns);
  std::vector<std::string> references = first.references;
  for (const std::string& reference : second.references) {
    if (std::find(references.begin(), references.end(), reference) == references.end()) references.push_back(reference);
  }
  const takeup::BiprobitFit found = takeup::fit_biprobit(first.sample, second.sample, errors);
  show(given, report::fit_table(found, first_receipt, columns.receipt, references),
       report::fit_json(found, first_receipt, columns.receipt, references));
  return Exit::done;
}

enum class Kind : unsigned char { logit, probit, cloglog, misclassified, eligibility, biprobit, hazard };

/// Options that belong to one kind of model, or that it needs.
void check_options(const po::variables_map& given, Kind kind, bool has_cells) {
  const auto has = [&](const char* name) { return !given[name].as<std::string>().empty(); };
  if (kind == Kind::hazard && !has("months")) throw Error("--model hazard needs --months COLUMN");
  if (kind != Kind::hazard && has("months")) throw Error("--months belongs to --model hazard");
  if (kind == Kind::biprobit && !has("receipt2")) throw Error("--model biprobit needs --receipt2 COLUMN");
  for (const char* name : {"receipt2", "covariates2", "right2"}) {
    if (kind != Kind::biprobit && has(name)) throw Error("--" + std::string(name) + " belongs to --model biprobit");
  }
  if (kind == Kind::biprobit && has("right2") && !has("right")) throw Error("--right2 needs --right COLUMN");
  if (kind == Kind::eligibility && !has("right")) throw Error("--model eligibility needs --right COLUMN");
  if (!has_cells && has("cells")) throw Error("--cells belongs to the models logit, probit and cloglog");
  if (!has_cells && given["calibration"].as<bool>()) throw Error("--calibration belongs to the models logit, probit and cloglog");
}

Exit fit(const po::variables_map& given, const std::string& file) {
  const Kind kind = one_of<Kind>("model", given["model"].as<std::string>(),
                                 {{"logit", Kind::logit},
                                  {"probit", Kind::probit},
                                  {"cloglog", Kind::cloglog},
                                  {"misclassified", Kind::misclassified},
                                  {"eligibility", Kind::eligibility},
                                  {"biprobit", Kind::biprobit},
                                  {"hazard", Kind::hazard}});
  const auto text = [&](const char* name) { return given[name].as<std::string>(); };
  takeup::SampleColumns columns{needed(given, "receipt"),
                                list_of(needed(given, "covariates")),
                                text("weight"),
                                text("cluster"),
                                text("right"),
                                text("months"),
                                text("cells")};
  columns.stratum = text("stratum");
  columns.second_right = text("right2");
  columns.keep_without_right = kind == Kind::eligibility;
  const bool hazard = kind == Kind::hazard;
  const bool has_cells = kind == Kind::logit || kind == Kind::probit || kind == Kind::cloglog;
  check_options(given, kind, has_cells);
  const takeup::Errors errors = errors_of(given, columns, hazard);
  if (kind == Kind::biprobit) return fit_two(given, file, columns, errors);
  const takeup::ReadSample read = takeup::read_sample(file, read_file(file), columns);
  if (kind == Kind::misclassified) {
    const takeup::MisclassifiedFit found = fit_misclassified(read.sample, takeup::Link::probit, errors);
    show(given, report::fit_table(found, read.references), report::fit_json(found, read.references));
    return Exit::done;
  }
  if (kind == Kind::eligibility) {
    const takeup::EligibilityFit found = fit_misclassified_eligibility(read.sample, read.eligible, takeup::Link::probit, errors);
    show(given, report::fit_table(found, read.references), report::fit_json(found, read.references));
    return Exit::done;
  }
  const takeup::Link link = kind == Kind::logit    ? takeup::Link::logit
                            : kind == Kind::probit ? takeup::Link::probit
                                                   : takeup::Link::cloglog;
  const takeup::ChoiceFit found = hazard ? fit_choice(months_at_risk(read.sample, read.months, steps_of(text("steps"))), link,
                                                      errors, given["threads"].as<unsigned>())
                                         : fit_choice(read.sample, link, errors, given["threads"].as<unsigned>());
  const std::vector<takeup::CellFit> cells = cells_of(found, read);
  std::vector<Beside> others;
  if (has_cells) others.push_back({"calibration", report::calibration_table(found.goodness), given["calibration"].as<bool>()});
  if (!cells.empty()) others.push_back({"cells", report::cells_table(cells), true});
  show(given, report::fit_table(found, read.references), report::fit_json(found, cells, read.references), others);
  return Exit::done;
}

}  // namespace

Exit takeup_command(const Arguments& arguments) {
  if (!arguments.empty() && arguments[0] == "report") return takeup_report({arguments.begin() + 1, arguments.end()});
  if (!arguments.empty() && arguments[0] == "calibrate") return takeup_calibrate({arguments.begin() + 1, arguments.end()});
  const auto given = read_options(arguments, usage, options(), "what");
  if (!given) return Exit::done;
  const std::vector<std::string> words = values(*given, "what");
  if (words.empty() || words[0] != "fit")
    throw Error((words.empty() ? std::string("one of the things to do was expected: fit, calibrate, report")
                               : "unknown: takeup " + words[0] + "; known: fit, calibrate, report") +
                "; usage: " + usage.line);
  if (words.size() != 2) throw Error(std::string("one file of units was expected; usage: ") + usage.line);
  return fit(*given, words[1]);
}

}  // namespace labacces::tools
