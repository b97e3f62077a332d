#include "tools/takeup_report.hpp"

#include <algorithm>
#include <iostream>
#include <optional>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/text.hpp"
#include "libsim/outcomes/read_take_up_units.hpp"
#include "libsim/report/take_up_report.hpp"
#include "tools/options.hpp"

namespace labacces::tools {
namespace {

const Usage usage{"labacces takeup report UNITS.csv --benefits A,B [options]",
                  "Measures non-take-up of units with observed receipt, from a CSV with the columns A_right and A_receipt of "
                  "each benefit A: rates in heads and\n"
                  "euros, by month, quarter, durable and frictional; right by receipt with both error rates; joint non-take-up; "
                  "every figure with its error.",
                  "  labacces takeup report units.csv --benefits rsa,ppa --weight wprm --stratum region --cluster idmen --groups "
                  "tenure,age:30/50 --output out"};

po::options_description options() {
  using Text = std::string;
  po::options_description out("options");
  out.add_options()("benefits", po::value<Text>()->value_name("A,B,..."),
                    "columns A_right and A_receipt, and A_claimed where it is there; with @2024-01 for months")(
      "weight", po::value<Text>()->default_value("")->value_name("COLUMN"), "survey weights")(
      "stratum", po::value<Text>()->default_value("")->value_name("COLUMN"), "strata of the sample")(
      "cluster", po::value<Text>()->default_value("")->value_name("COLUMN"), "clusters of the sample")(
      "replicates", po::value<Text>()->default_value("")->value_name("PREFIX"),
      "columns of replicate weights, by how their names begin")(
      "replicate-method", po::value<Text>()->default_value("bootstrap")->value_name("M"), "brr, fay:K, jk1, jk2, bootstrap")(
      "groups", po::value<Text>()->default_value("")->value_name("A,B:30/50"),
      "columns that split the tables; numbers in bands with cut points")(
      "amounts", po::value<Text>()->default_value("50,100,200,400")->value_name("A,B,..."),
      "cut points of the bands of the right, EUR a month")("persons", po::value<Text>()->default_value("")->value_name("COLUMN"),
                                                           "persons in each unit")(
      "living", po::value<Text>()->default_value("")->value_name("COLUMN"),
      "standard of living with what is received, EUR a year")(
      "consumption-units", po::value<Text>()->default_value("")->value_name("COLUMN"), "of each unit")(
      "output", po::value<Text>()->value_name("DIR"), "folder for report.json and the tables")(
      "threads", po::value<unsigned>()->default_value(0)->value_name("N"), "threads; 0 = all cores");
  return out;
}

std::vector<std::string> list_of(const std::string& text) {
  std::vector<std::string> out;
  for (const std::string_view part : split(text, ',')) {
    if (!trim(part).empty()) out.emplace_back(trim(part));
  }
  return out;
}

std::vector<double> cuts_of(const std::string& text) {
  std::vector<double> cuts;
  for (const std::string& part : list_of(text)) {
    const auto cut = parse_number(part);
    if (!cut || (!cuts.empty() && !(*cut > cuts.back())))
      throw Error("--amounts: numbers that rise were expected, such as 50,100,200, found '" + part + "'");
    cuts.push_back(*cut);
  }
  return cuts;
}

outcomes::TakeUpData data_of_file(const po::variables_map& given, const std::string& file) {
  const auto text = [&](const char* name) { return given[name].as<std::string>(); };
  if (!given.contains("benefits"))
    throw Error(std::string("--benefits is missing: A stands for the columns A_right and A_receipt; usage: ") + usage.line);
  return outcomes::read_take_up_units(
      file, read_file(file),
      {list_of(text("benefits")), text("weight"), text("stratum"), text("cluster"), text("replicates"), text("replicate-method"),
       list_of(text("groups")), cuts_of(text("amounts")), text("persons"), text("living"), text("consumption-units")});
}

void write(OutputFolder& folder, const std::string& name, const report::Table& table) {
  folder.write("tables/" + name + ".txt", report::to_text(table));
  folder.write("tables/" + name + ".csv", report::to_csv(table));
  folder.write("tables/" + name + ".tex", report::to_latex(table));
  folder.write("tables/" + name + ".html", report::to_html(table));
}

void show(const po::variables_map& given, const report::TakeUpReport& measured) {
  std::optional<OutputFolder> folder;
  if (given.contains("output")) folder.emplace(given["output"].as<std::string>());
  bool first = true;
  for (const report::TakeUpTable& table : measured.tables) {
    const std::string name = table.name + (table.benefit.empty() ? "" : "_" + table.benefit);
    report::Table figures = take_up_figures(measured, table);
    if (folder) write(*folder, name, figures);
    if (&table != &measured.tables.back()) figures.notes.clear();  // said once, at the end
    std::cout << (first ? "" : "\n") << report::to_text(figures);
    first = false;
    if (table.groups.size() < 2) continue;
    const report::Table groups = take_up_groups(measured, table);
    std::cout << "\n" << report::to_text(groups);
    if (folder) write(*folder, name + "_groups", groups);
  }
  if (!folder) return;
  folder->write("report.json", take_up_json(measured));
  folder->write("figures.csv", report::to_csv(take_up_table(measured)));
  folder->commit();
  std::cout << "results in " << given["output"].as<std::string>() << "\n";
}

}  // namespace

Exit takeup_report(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options(), "file");
  if (!given) return Exit::done;
  const std::vector<std::string> files = values(*given, "file");
  if (files.size() != 1) throw Error(std::string("one file of units was expected; usage: ") + usage.line);
  show(*given, report::measured_take_up(data_of_file(*given, files[0]), (*given)["threads"].as<unsigned>()));
  return Exit::done;
}

}  // namespace labacces::tools
