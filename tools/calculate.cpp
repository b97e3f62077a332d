// labacces calculate: fills the nulls of a situation.
#include <iostream>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/scenario/calculate.hpp"
#include "tools/command.hpp"
#include "tools/options.hpp"

namespace labacces::tools {
namespace {

const Usage usage{"labacces calculate SITUATION.json [options]",
                  "Reads an OpenFisca situation, computes every null that the law covers and writes the situation back, all "
                  "other bytes as they\n"
                  "were. Variables that the law does not know keep their nulls and are named.",
                  "  labacces calculate situation.json --output filled.json"};

po::options_description options() {
  po::options_description out("options");
  out.add_options()("output", po::value<std::string>()->value_name("FILE"), "where to write (default: standard output)")(
      "strict", "exit 1 when a variable asked is not in the law");
  add_law_options(out);
  return out;
}

}  // namespace

Exit calculate_command(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options(), "situation");
  if (!given) return Exit::done;
  const std::vector<std::string> files = values(*given, "situation");
  if (files.size() != 1) throw Error(std::string("one situation file was expected; usage: ") + usage.line);
  const law::Law law = law_from(*given);
  const Situation situation = read_situation(files[0], read_file(files[0]), law.schema());
  const scenario::Calculated calculated = scenario::calculate(law, situation);
  if (given->contains("output")) {
    write_file((*given)["output"].as<std::string>(), calculated.text);
  } else {
    std::cout << calculated.text;
    if (!calculated.text.ends_with('\n')) std::cout << "\n";
  }
  if (calculated.not_covered.empty()) return Exit::done;
  std::cerr << "not in the law, left as null:\n";
  for (const UnknownRequest& request : calculated.not_covered) {
    std::cerr << "  " << request.variable << " of " << name_of(request.level) << ": asked " << request.count << " times"
              << (request.hint.empty() ? "" : "; " + request.hint) << "\n";
  }
  return given->contains("strict") ? Exit::fell_short : Exit::done;
}

}  // namespace labacces::tools
