// Command line options, read with Boost.Program_options and clear errors.
#pragma once

#include <boost/program_options.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "libsim/base/date.hpp"
#include "libsim/law/law.hpp"
#include "libsim/scenario/run_scenario.hpp"
#include "libsim/scenario/scenario.hpp"
#include "tools/command.hpp"

namespace labacces::tools {

namespace po = boost::program_options;

/// What `--help` of a verb shows around its options.
struct Usage {
  const char* line;     ///< "labacces run [SCENARIO.json] [options]"
  const char* about;    ///< a sentence or two
  const char* example;  ///< one or more whole commands
};

/// Reads options and positional arguments (`positional` names the option that collects them, "" = none allowed).
/// Nothing is returned when --help was asked and printed. Throws Error on an unknown option (nearest name), a missing or bad value.
std::optional<po::variables_map> read_options(const Arguments& arguments, const Usage& usage, po::options_description options,
                                              const char* positional = "");

/// --law DIR, --add-law FILE, --reform FILE: the options of every verb that needs a law.
void add_law_options(po::options_description& options);

/// The law that these options ask for: the built-in French law when there is no --law.
law::Law law_from(const po::variables_map& options);

/// --mapping M: of every verb that reads a population.
void add_mapping_option(po::options_description& options);

/// The mapping asked for; "" without one.
std::string mapping_from(const po::variables_map& options);

/// --population and --mapping in place of the scenario's; a population without a mapping has none. Error for a mapping alone.
void set_population(const po::variables_map& options, scenario::Scenario& scenario);

/// A line on stderr that grows on a terminal; empty elsewhere.
std::function<void(std::size_t done, std::size_t total)> progress_bar();

/// On stderr, which inputs the data lack in some of the periods read: a line for those that lack the same.
void warn_of_gaps(const scenario::RunResult& run);

/// The month that an option gives; an Error names the option.
Month month_from(const po::variables_map& options, const char* name);

/// Values of an option that may be repeated.
std::vector<std::string> values(const po::variables_map& options, const char* name);

/// What stands between the commas, without spaces around; empty parts are left out.
std::vector<std::string> list_of(const std::string& text);

}  // namespace labacces::tools
