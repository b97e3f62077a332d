// labacces population: picks the word after the verb; each word is a file of its own.
#include "tools/population.hpp"

#include <array>
#include <iostream>
#include <string>
#include <vector>

#include "libsim/base/error.hpp"

namespace labacces::tools {
namespace {

// A word of the verb: a line here, a file tools/population_WORD.cpp, a section in docs/cli/population.md.
constexpr std::array words{
    Command{"calibrate", "weights moved so that margins are met", population_calibrate},
    Command{"check", "what a population says that cannot be, or hardly, counted with the first rows", population_check},
    Command{"generate", "a synthetic population written to files", population_generate},
    Command{"margins", "how far a population is from margins", population_margins},
    Command{"convert", "a population as a folder with one file an entity, units built", population_convert},
    Command{"template", "the columns that some results need, as an empty file to fill in", population_template},
    Command{"uprate", "a population carried to another year by published indices", population_uprate},
};

void print_help() {
  std::cout << "usage: labacces population WORD [options]\n\n";
  for (const Command& word : words) {
    std::cout << "  " << word.name << std::string(12 - std::string(word.name).size(), ' ') << word.summary << "\n";
  }
  std::cout << "\n  labacces population WORD --help   options and an example\n\n"
            << "example:\n  labacces population template --outputs rsa,ppa --output people.csv\n";
}

}  // namespace

Exit population_command(const Arguments& arguments) {
  if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "-h") {
    print_help();
    return arguments.empty() ? Exit::wrong_input : Exit::done;
  }
  std::vector<std::string> names;
  for (const Command& word : words) {
    if (arguments[0] == word.name) return word.run({arguments.begin() + 1, arguments.end()});
    names.emplace_back(word.name);
  }
  const std::string hint = did_you_mean(arguments[0], names);
  throw Error("population: unknown word '" + arguments[0] + "'; " + (hint.empty() ? "see: labacces population --help" : hint));
}

}  // namespace labacces::tools
