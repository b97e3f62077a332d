// The labacces program: picks the verb, prints errors once, turns them into exit codes.
#include <array>
#include <exception>
#include <iostream>
#include <new>
#include <string>
#include <vector>

#include "libsim/base/error.hpp"
#include "libsim/base/version.hpp"
#include "tools/command.hpp"

namespace labacces::tools {
namespace {

constexpr std::array all_commands{
    Command{"run", "one scenario: rights, take-up, unclaimed euros", run_command},
    Command{"compare", "several scenarios in one pass, with their differences", compare_command},
    Command{"sweep", "parameters of the law over a grid, in one pass", sweep_command},
    Command{"report", "results as one page to send on, with tables and plots", report_command},
    Command{"calculate", "one situation: every null computed and written back", calculate_command},
    Command{"explain", "how a figure of one household came about", explain_command},
    Command{"curve", "income and benefits of a household along one of its amounts", curve_command},
    Command{"test", "cases of the law in YAML", test_command},
    Command{"population", "populations: the columns that results need", population_command},
    Command{"takeup", "estimation of who claims from observed receipt", takeup_command},
    Command{"bench", "the speed of this machine on a standard run", bench_command},
    Command{"law", "the law: list, show, history, check, format, export", law_command},
};

void print_help() {
  std::cout << "labacces " << version() << ": social benefits, who has the right, who claims, what stays unclaimed\n\n"
            << "usage: labacces VERB [options]\n\n";
  for (const Command& command : commands()) {
    std::cout << "  " << command.name << std::string(12 - std::string(command.name).size(), ' ') << command.summary << "\n";
  }
  std::cout << "\n  labacces VERB --help   options and an example\n  labacces --version     the version\n\n"
            << "example:\n  labacces run --output out\n";
}

Exit dispatch(const Arguments& arguments) {
  if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "-h" || arguments[0] == "help") {
    print_help();
    return arguments.empty() ? Exit::wrong_input : Exit::done;
  }
  if (arguments[0] == "--version") {
    std::cout << "labacces " << version() << "\n";
    return Exit::done;
  }
  std::vector<std::string> names;
  for (const Command& command : commands()) {
    if (arguments[0] == command.name) return command.run({arguments.begin() + 1, arguments.end()});
    names.emplace_back(command.name);
  }
  const std::string hint = did_you_mean(arguments[0], names);
  throw Error("unknown verb '" + arguments[0] + "'; " + (hint.empty() ? "see: labacces --help" : hint));
}

}  // namespace

std::span<const Command> commands() { return all_commands; }

}  // namespace labacces::tools

int main(int argc, char** argv) {
  using labacces::tools::Exit;
  try {
    return static_cast<int>(labacces::tools::dispatch({argv + 1, argv + argc}));
  } catch (const labacces::Error& error) {
    std::cout.flush();
    std::cerr << error.what() << "\n";
    return static_cast<int>(Exit::wrong_input);
  } catch (const std::bad_alloc&) {
    std::cerr << "error: not enough memory\n";
    return static_cast<int>(Exit::wrong_input);
  } catch (const std::exception& defect) {
    std::cerr << "defect of the program, please report it: " << defect.what() << "\n";
    return static_cast<int>(Exit::defect);
  }
}
