// labacces curve: what a household has along one of its amounts.
#include <iostream>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/situation.hpp"
#include "libsim/report/curve.hpp"
#include "libsim/scenario/curve.hpp"
#include "tools/command.hpp"
#include "tools/options.hpp"

namespace labacces::tools {
namespace {

const Usage usage{"labacces curve SITUATION.json --vary V --to N --period YYYY-MM [options]",
                  "Sets one amount of a household to each value of an axis and prints what it has then: disposable income, the "
                  "marginal effective tax rate,\n"
                  "each benefit. The nulls of the situation are ignored.",
                  "  labacces curve situation.json --vary salaire_net --from 0 --to 3000 --step 100 --period 2025-06"};

po::options_description options() {
  po::options_description out("options");
  out.add_options()("vary", po::value<std::string>()->value_name("V"), "the amount that varies, such as salaire_net")(
      "from", po::value<double>()->default_value(0.0, "0")->value_name("N"), "where the axis begins")(
      "to", po::value<double>()->value_name("N"), "where it ends")(
      "step", po::value<double>()->default_value(100.0, "100")->value_name("N"), "from one point to the next")(
      "period", po::value<std::string>()->value_name("YYYY-MM"), "the month (default: the latest that the law knows)")(
      "entity", po::value<std::string>()->default_value("")->value_name("ID"), "the unit that varies (default: the first)")(
      "also", po::value<std::vector<std::string>>()->composing()->value_name("V=R"),
      "another one of the same unit that moves with it, with its ratio; may be repeated")(
      "of", po::value<std::string>()->default_value("")->value_name("A,B,..."),
      "the amounts to show (default: the usual benefits)")(
      "format", po::value<std::string>()->default_value("text")->value_name("F"), "text, csv or json")(
      "output", po::value<std::string>()->value_name("FILE"), "where to write (default: standard output)");
  add_law_options(out);
  return out;
}

std::vector<std::pair<std::string, double>> also_from(const std::vector<std::string>& written) {
  std::vector<std::pair<std::string, double>> out;
  for (const std::string& one : written) {
    const std::size_t equals = one.find('=');
    const auto ratio = equals == std::string::npos ? std::nullopt : parse_number(one.substr(equals + 1));
    if (!ratio)
      throw Error("--also: a variable and its ratio were expected, such as salaire_imposable=1.04, found '" + one + "'");
    out.emplace_back(one.substr(0, equals), *ratio);
  }
  return out;
}

std::vector<std::string> names_from(const std::string& text) {
  std::vector<std::string> out;
  for (const std::string_view part : split(text, ',')) {
    if (!trim(part).empty()) out.emplace_back(trim(part));
  }
  return out;
}

}  // namespace

Exit curve_command(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options(), "situation");
  if (!given) return Exit::done;
  const std::vector<std::string> files = values(*given, "situation");
  if (files.size() != 1) throw Error(std::string("one situation file was expected; usage: ") + usage.line);
  for (const char* needed : {"vary", "to"}) {
    if (!given->contains(needed)) throw Error("--" + std::string(needed) + " is missing; usage: " + usage.line);
  }
  const std::string format = (*given)["format"].as<std::string>();
  if (format != "text" && format != "csv" && format != "json")
    throw Error("--format: text, csv or json was expected, found '" + format + "'");
  const law::Law law = law_from(*given);
  Situation situation = read_situation(files[0], read_file(files[0]), law.schema());
  const scenario::CurveAsked asked{(*given)["vary"].as<std::string>(),
                                   (*given)["entity"].as<std::string>(),
                                   (*given)["from"].as<double>(),
                                   (*given)["to"].as<double>(),
                                   (*given)["step"].as<double>(),
                                   also_from(values(*given, "also")),
                                   names_from((*given)["of"].as<std::string>()),
                                   given->contains("period") ? month_from(*given, "period") : law.latest_month()};
  const scenario::Curve curve = scenario::curve(law, std::move(situation.population), asked);
  const std::string text = format == "json"  ? report::to_json(curve)
                           : format == "csv" ? report::to_csv(report::curve_table(curve, false))
                                             : report::to_text(report::curve_table(curve, true));
  if (given->contains("output")) {
    write_file((*given)["output"].as<std::string>(), text);
  } else {
    std::cout << text;
  }
  return Exit::done;
}

}  // namespace labacces::tools
