#include "tools/options.hpp"

#include <unistd.h>

#include <iostream>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/plan/inputs_read.hpp"
#include "libsim/scenario/run_scenario.hpp"

namespace labacces::tools {
namespace {

std::vector<std::string> long_names(const po::options_description& options) {
  std::vector<std::string> names;
  for (const auto& option : options.options()) names.push_back("--" + option->long_name());
  return names;
}

}  // namespace

std::optional<po::variables_map> read_options(const Arguments& arguments, const Usage& usage, po::options_description options,
                                              const char* positional) {
  options.add_options()("help,h", "this text");
  po::options_description all;
  all.add(options);
  po::positional_options_description positions;
  if (*positional != '\0') {
    all.add_options()(positional, po::value<std::vector<std::string>>());
    positions.add(positional, -1);
  }
  po::variables_map map;
  try {
    using Style = po::command_line_style::style_t;
    const int style = Style::unix_style & ~Style::allow_guessing;
    po::store(po::command_line_parser(arguments).options(all).positional(positions).style(style).run(), map);
    if (map.contains("help")) {
      std::cout << "usage: " << usage.line << "\n\n"
                << usage.about << "\n\n"
                << options << "\nexample:\n"
                << usage.example << "\n";
      return std::nullopt;
    }
    po::notify(map);
  } catch (const po::unknown_option& error) {
    throw Error("unknown option '" + error.get_option_name() + "'; " +
                did_you_mean(error.get_option_name(), long_names(options)) + " see: labacces --help");
  } catch (const po::too_many_positional_options_error&) {
    throw Error(std::string("too many arguments; usage: ") + usage.line);
  } catch (const po::error& error) {
    throw Error(std::string(error.what()) + "; usage: " + usage.line);
  }
  return map;
}

void add_law_options(po::options_description& options) {
  options.add_options()("law", po::value<std::string>()->value_name("DIR"),
                        "folder of .law files in place of the built-in French law")(
      "add-law", po::value<std::vector<std::string>>()->composing()->value_name("FILE"),
      "a .law file beside the law; may be repeated")("reform",
                                                     po::value<std::vector<std::string>>()->composing()->value_name("FILE"),
                                                     "a .law file with reforms to apply; may be repeated");
}

std::vector<std::string> values(const po::variables_map& options, const char* name) {
  return options.contains(name) ? options[name].as<std::vector<std::string>>() : std::vector<std::string>{};
}

law::Law law_from(const po::variables_map& options) {
  scenario::Scenario scenario;
  if (options.contains("law")) scenario.law = options["law"].as<std::string>();
  for (const std::string& path : values(options, "reform")) scenario.reforms.push_back({path, {}});
  return scenario::scenario_law(scenario, values(options, "add-law"));
}

void add_mapping_option(po::options_description& options) {
  options.add_options()("mapping", po::value<std::string>()->value_name("M"),
                        "how foreign tables become a population: mapping:euromod, mapping:eusilc-udb, ..., or a mapping file");
}

std::string mapping_from(const po::variables_map& options) {
  return options.contains("mapping") ? options["mapping"].as<std::string>() : std::string();
}

void set_population(const po::variables_map& options, scenario::Scenario& scenario) {
  if (options.contains("mapping") && !options.contains("population"))
    throw Error("--mapping goes with --population: the file or folder that it reads");
  if (!options.contains("population")) return;
  scenario.population = options["population"].as<std::string>();
  scenario.mapping = mapping_from(options);
}

void warn_of_gaps(const scenario::RunResult& run) {
  for (const std::string& line : plan::gaps_told(run.gaps)) std::cerr << "warning: " << line << "\n";
}

Month month_from(const po::variables_map& options, const char* name) {
  const std::string text = options[name].as<std::string>();
  const auto month = parse_month(text);
  if (!month) throw Error("--" + std::string(name) + ": a month was expected, such as 2025-06, found '" + text + "'");
  return *month;
}

std::function<void(std::size_t, std::size_t)> progress_bar() {
  if (::isatty(STDERR_FILENO) == 0) return {};
  return [last = std::size_t{101}](std::size_t done, std::size_t total) mutable {
    const std::size_t share = total == 0 ? 100 : 100 * done / total;
    if (share == last) return;
    last = share;
    std::cerr << "\rcomputing " << std::string(share / 5, '#') << std::string(20 - share / 5, '.') << " " << share << " %"
              << (done == total ? "\r\033[K" : "") << std::flush;
  };
}

std::vector<std::string> list_of(const std::string& text) {
  std::vector<std::string> out;
  for (const std::string_view part : split(text, ',')) {
    if (!trim(part).empty()) out.emplace_back(trim(part));
  }
  return out;
}

}  // namespace labacces::tools
