// Results of a run as tables, results.json and record.json.
#pragma once

#include <span>
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

/// For the terminal: what each other scenario changes in each benefit, for the month asked; benefits that do not change are left out.
Table comparison_summary(const scenario::Comparison& comparison);

/// Every difference: one row per scenario, benefit, group, cell, window and measure, as non_take_up_table.
Table differences_table(const scenario::Comparison& comparison);

/// Every figure: one row per scenario, benefit, group, cell, window and measure, with value, standard error and 95 % interval.
Table non_take_up_table(std::span<const scenario::RunResult> results);

/// The whole result as JSON (format "labacces-results/1"); the same bytes for the same inputs.
std::string results_json(const scenario::RunResult& result);

/// All runs of a comparison and their differences from the first (format "labacces-comparison/1").
std::string comparison_json(const scenario::Comparison& comparison);

/// What one needs to repeat the run: versions, hashes, seed, defaults used, machine (format "labacces-record/1").
struct RecordInputs {
  std::vector<std::string> command;      ///< the arguments as given
  std::string scenario_text;             ///< as read
  std::vector<std::string> extra_files;  ///< law files added on the command line
  std::string population_hash;           ///< of the file's bytes, or "" for a built-in population
  unsigned threads = 1;
  std::string population_record = {};  ///< JSON object: what the reading of the population has to say, or ""
};
std::string record_json(const scenario::RunResult& result, const law::Law& law, const RecordInputs& inputs);

/// The records of all scenarios of a comparison (format "labacces-comparison-record/1").
std::string comparison_record_json(const scenario::Comparison& comparison, std::span<const law::Law* const> laws,
                                   std::span<const RecordInputs> inputs);

}  // namespace labacces::report
