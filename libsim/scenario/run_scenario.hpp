// Scenarios, from law and population to the non-take-up of each benefit: one, or several in one pass with their differences.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "libsim/base/exact_sum.hpp"
#include "libsim/law/law.hpp"
#include "libsim/outcomes/income.hpp"
#include "libsim/outcomes/non_take_up.hpp"
#include "libsim/plan/graph.hpp"
#include "libsim/population/population.hpp"
#include "libsim/scenario/scenario.hpp"

namespace labacces::scenario {

/// The sums of one benefit by the values of one group; the group "all" has the one cell "all".
struct GroupResult {
  std::string group, label;
  struct Cell {
    std::string name, label;
    outcomes::WindowSums sums;  ///< of rights given what others are paid
    std::optional<outcomes::WindowSums> at_full_take_up =
        {};  ///< of rights at full take-up, where the scenario declares an order
    const outcomes::WindowSums& full() const { return at_full_take_up ? *at_full_take_up : sums; }
    std::size_t code = 0;  ///< of the group's value; cells are in the order of codes
  };
  std::vector<Cell> cells;
};

struct BenefitResult {
  std::string benefit, label;
  Level level = Level::famille;
  bool in_kind = false;  ///< a yes/no rule: the right is counted as 1, and its sums of euros mean nothing
  takeup::Behaviour take_up;
  std::vector<GroupResult> groups;
};

/// Incomes of the year: as paid (what is not claimed in the month is missing twelve times), under full take-up, without the benefits asked.
enum class IncomeCase : std::uint8_t { paid, full_take_up, without_benefits };
inline constexpr std::array<const char*, 3> income_cases{"paid", "full_take_up", "without_benefits"};
using IncomeFigures = std::array<outcomes::Estimate, outcomes::income_measure_count>;

struct IncomeResult {
  std::array<IncomeFigures, 3> figures;          ///< by case, then measure
  std::array<outcomes::Estimate, 3> disposable;  ///< all disposable income, EUR a year
};

/// Against the first scenario.
struct IncomeDifference {
  std::array<IncomeFigures, 3> figures;
  outcomes::IncomeChange change;  ///< of incomes as paid
};

/// What a declared order takes as paid before the months computed: amounts of `benefit` that were due in first .. last, where the law reads them.
struct AssumedTakeUp {
  std::string benefit;
  Month first{}, last{};
  std::uint64_t unit_months = 0;  ///< of the sample, not weighted
};

struct RunResult {
  Scenario scenario;  ///< with its period filled in
  Month period{};
  std::size_t months = 0;    ///< computed, the last is the period
  std::size_t clusters = 0;  ///< linked blocks of dwellings
  std::array<std::size_t, level_count> counts{};
  ExactSum household_weights;  ///< of the dwellings' weights times 2^40: weights are added without rounding, whatever the parts
  double weighted_households() const { return household_weights.value() * 0x1.0p-40; }
  bool synthetic = false;
  bool no_suppression = false;  ///< asked for: small cells are shown (a synthetic population's always are)
  bool shows_all_cells() const { return synthetic || no_suppression; }
  std::string population_source;
  std::string weighting;  ///< how the weights were made, a sentence; "" = as given
  std::vector<BenefitResult> benefits;
  std::optional<IncomeResult> income;  ///< where the scenario asks for it; not of parts put together, as deciles do not add up
  std::vector<plan::DefaultUsed> defaults_used;
  std::vector<plan::Gap> gaps;         ///< of the data
  std::vector<AssumedTakeUp> assumed;  ///< of a scenario that declares an order
};

/// A scenario against the first of a comparison: [benefit][group][cell], in the order of the RunResult's (its cells, too).
struct ScenarioDifference {
  std::vector<std::vector<outcomes::CellDifferences>> benefits;
  std::vector<std::vector<outcomes::CellDifferences>> at_full_take_up;  ///< where one of the two declares an order
  std::optional<IncomeDifference> income;
};

/// Several scenarios on the same units. `runs` are what each gives alone, to the last bit.
struct Comparison {
  std::vector<RunResult> runs;                  ///< in the order given; the first is the base
  std::vector<ScenarioDifference> differences;  ///< of runs[i + 1] against runs[0]
};

struct RunScenarioOptions {
  unsigned threads = 0;
  std::size_t rows_per_chunk = 1024;
  std::function<void(std::size_t done, std::size_t total)> progress = {};
  std::stop_token stop{};
};

/// Where the scenario declares an order, the rights of the months computed are those given what the benefits before are paid.
/// Throws Error: an order that the law contradicts (with the path of rules); an unknown benefit or group (nearest name), a benefit that is neither an amount a month
/// nor a right in kind, a group that is not an
/// enumeration or yes/no, a period before the law begins, missing inputs, a run that was stopped.
RunResult run_scenario(const Scenario& scenario, const law::Law& law, const Population& population,
                       const RunScenarioOptions& options = {});

/// All scenarios in one pass over one graph. laws[i] is the law of scenarios[i]. They must ask the same: period, benefits, groups and
/// seed; an Error names what differs. Groups are those of the first scenario's law.
Comparison compare_scenarios(std::span<const Scenario> scenarios, std::span<const law::Law* const> laws,
                             const Population& population, const RunScenarioOptions& options = {});

/// The law of a scenario: its folder or the built-in one, with its reforms. `extra_files` are added (files of the user).
law::Law scenario_law(const Scenario& scenario, const std::vector<std::string>& extra_files = {});

}  // namespace labacces::scenario
