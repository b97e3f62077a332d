// Standards of living, poverty and inequality of a run, and what a comparison changes in them.
#pragma once

#include <nlohmann/json.hpp>
#include <span>

#include "libsim/report/table.hpp"
#include "libsim/scenario/run_scenario.hpp"

namespace labacces::report {

/// For the terminal: the main figures as paid, under full take-up, and without the benefits. No rows where the run has no incomes.
Table income_summary(const scenario::RunResult& result);
/// For the terminal: poverty and inequality, winners and losers, gains by decile, a line a scenario. No rows without incomes.
Table income_change_summary(const scenario::Comparison& comparison);

/// Every figure: scenario, case, measure, unit, value, se, ci95_low, ci95_high, status.
Table income_table(std::span<const scenario::RunResult> results);
/// Every difference against the first scenario, in the same columns.
Table income_differences_table(const scenario::Comparison& comparison);
/// Winners and losers and gains by decile: scenario, group, cell, measure, unit, value, se, ci95_low, ci95_high, sampled_households, status.
Table income_changes_table(const scenario::Comparison& comparison);

/// The same for results.json: {case: {measure: figure}}, and null where there are none.
nlohmann::ordered_json income_json(const scenario::RunResult& result);
nlohmann::ordered_json income_difference_json(const scenario::Comparison& comparison, std::size_t scenario);

}  // namespace labacces::report
