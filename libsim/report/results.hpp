// Results of a run as tables, results.json and record.json.
#pragma once

#include <string>
#include <vector>

#include "libsim/law/law.hpp"
#include "libsim/report/table.hpp"
#include "libsim/scenario/run_scenario.hpp"

namespace labacces::report {

/// Fewest sampled units with the right that a cell of a real population may show (results of synthetic ones are not suppressed).
inline constexpr std::uint64_t smallest_cell = 11;

/// For the terminal, at most 80 columns: one row a benefit, for the month asked.
Table non_take_up_summary(const scenario::RunResult& result);

/// Every figure: one row per benefit, group, cell, window and measure, with value, standard error and 95 % interval.
Table non_take_up_table(const scenario::RunResult& result);

/// The whole result as JSON (format "labacces-results/1"); the same bytes for the same inputs.
std::string results_json(const scenario::RunResult& result);

/// What one needs to repeat the run: versions, hashes, seed, defaults used, machine (format "labacces-record/1").
struct RecordInputs {
  std::vector<std::string> command;      ///< the arguments as given
  std::string scenario_text;             ///< as read
  std::vector<std::string> extra_files;  ///< law files added on the command line
  std::string population_hash;           ///< of the file's bytes, or "" for a built-in population
  unsigned threads = 1;
};
std::string record_json(const scenario::RunResult& result, const law::Law& law, const RecordInputs& inputs);

}  // namespace labacces::report
