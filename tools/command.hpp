// A verb of the labacces program.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace labacces::tools {

/// Exit codes of the program.
enum class Exit : int { done = 0, fell_short = 1, wrong_input = 2, defect = 3 };

using Arguments = std::vector<std::string>;

/// `run` gets what stands after the verb; user errors are thrown as labacces::Error, main() prints them and exits with 2.
struct Command {
  const char* name;
  const char* summary;  ///< one line for `labacces --help`
  Exit (*run)(const Arguments& arguments);
};

std::span<const Command> commands();

Exit run_command(const Arguments& arguments);         // run
Exit compare_command(const Arguments& arguments);     // compare
Exit sweep_command(const Arguments& arguments);       // sweep
Exit calculate_command(const Arguments& arguments);   // calculate
Exit report_command(const Arguments& arguments);      // report
Exit explain_command(const Arguments& arguments);     // explain
Exit curve_command(const Arguments& arguments);       // curve
Exit test_command(const Arguments& arguments);        // test
Exit law_command(const Arguments& arguments);         // law list|show|history|check|format|export
Exit population_command(const Arguments& arguments);  // population template
Exit takeup_command(const Arguments& arguments);      // takeup fit
Exit bench_command(const Arguments& arguments);       // bench

}  // namespace labacces::tools
