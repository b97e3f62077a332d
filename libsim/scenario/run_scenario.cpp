#include "libsim/scenario/run_scenario.hpp"

#include <algorithm>

#include "libsim/base/error.hpp"
#include "libsim/base/parallel.hpp"
#include "libsim/engine/run.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/scenario/collector.hpp"
#include "libsim/scenario/income_collector.hpp"
#include "libsim/scenario/take_up_columns.hpp"
#include "libsim/scenario/take_up_order.hpp"
#include "libsim/takeup/draw.hpp"

namespace labacces::scenario {
namespace {

/// A right without an amount: yes where it is open.
bool is_in_kind(const law::Variable& variable) { return variable.type.kind == ValueKind::yes_no; }

std::vector<std::string> names_of(const law::Law& law, bool groups) {
  std::vector<std::string> names;
  for (const law::Variable& variable : law.variables()) {
    const bool amount = variable.type.kind == ValueKind::number && variable.type.measure == law::eur_per_month;
    const bool group = variable.type.kind == ValueKind::enumeration || variable.type.kind == ValueKind::yes_no;
    if (groups ? group : (amount || is_in_kind(variable)) && !variable.is_input) names.push_back(variable.name);
  }
  return names;
}

const law::Variable& variable_of(const law::Law& law, const Scenario& scenario, const std::string& name, bool group,
                                 std::size_t index) {
  const std::string path = std::string(group ? "groups/" : "benefits/") + std::to_string(index);
  const auto found = law.find_variable(name);
  if (!found) {
    throw Error(Location{scenario.file, 0, 0, path}, "the law has no variable '" + name + "'",
                did_you_mean(name, names_of(law, group)));
  }
  const law::Variable& variable = law.variables()[*found];
  const bool amount = variable.type.kind == ValueKind::number && variable.type.measure == law::eur_per_month;
  if (!group && !((amount || is_in_kind(variable)) && variable.periodicity == Periodicity::monthly)) {
    throw Error(Location{scenario.file, 0, 0, path},
                "'" + name + "' is not an amount a month (EUR/month) nor a monthly right in kind (yes_no) but " +
                    (variable.periodicity == Periodicity::monthly ? "" : "yearly, ") + variable.measure_text);
  }
  if (group && variable.type.kind != ValueKind::enumeration && variable.type.kind != ValueKind::yes_no) {
    throw Error(Location{scenario.file, 0, 0, path},
                "'" + name + "' cannot split a table: an enumeration or yes_no was expected, it is " + variable.measure_text);
  }
  if (group && variable.periodicity == Periodicity::yearly) {
    throw Error(Location{scenario.file, 0, 0, path}, "'" + name + "' is yearly: a monthly variable was expected");
  }
  return variable;
}

/// Months to compute: nine, or fewer when the law begins later.
std::size_t months_to_compute(const law::Law& law, const Scenario& scenario, Month period) {
  Month begin{0};
  for (const std::string& name : scenario.benefits) {
    const law::Variable& variable = law.variables()[*law.find_variable(name)];
    if (!variable.versions.empty()) begin = std::max(begin, variable.versions.front().in_force.begin);
  }
  const int known = period - begin + 1;
  return static_cast<std::size_t>(std::clamp(known, 1, static_cast<int>(outcomes::months_for_windows)));
}

/// Codes that a group's values may have.
std::size_t cells_of(const law::Law& law, const law::Variable& variable) {
  return variable.type.kind == ValueKind::yes_no ? 2
                                                 : law.enums()[static_cast<std::size_t>(variable.type.enumeration)].items.size();
}

/// Somebody was eligible in one of the windows.
bool is_shown(const outcomes::WindowSums& windows) {
  return std::any_of(windows.begin(), windows.end(),
                     [](const outcomes::NonTakeUpSums& sums) { return sums.sampled_units() > 0; });
}

std::pair<std::string, std::string> name_and_label(const law::Law& law, const law::Variable& variable, std::size_t code) {
  if (variable.type.kind == ValueKind::yes_no)
    return {std::string(code != 0 ? "yes" : "no"), std::string(code != 0 ? "oui" : "non")};
  const law::Enumeration& items = law.enums()[static_cast<std::size_t>(variable.type.enumeration)];
  const bool labelled = code < items.item_labels.size() && !items.item_labels[code].empty();
  return {items.items[code], labelled ? items.item_labels[code] : items.items[code]};
}

/// What all scenarios of a pass ask, and where it stands in the outputs of one of them.
struct Asked {
  Month period{};
  std::size_t months = 0;
  std::vector<plan::Request> requests;  // of one scenario: benefits by month, then groups, then what behaviours look at
  std::size_t first_group = 0, first_fact = 0;
  std::vector<std::string> facts;  // of all scenarios
};

Asked asked_of(const Scenario& scenario, const law::Law& law) {
  Asked asked;
  asked.period = scenario.period.value_or(law.latest_month());
  for (std::size_t i = 0; i < scenario.benefits.size(); ++i) variable_of(law, scenario, scenario.benefits[i], false, i);
  asked.months = months_to_compute(law, scenario, asked.period);
  for (const std::string& benefit : scenario.benefits) {
    for (std::size_t month = 0; month < asked.months; ++month) {
      asked.requests.push_back({benefit, Period::month(asked.period - static_cast<int>(asked.months - 1 - month))});
    }
  }
  asked.first_group = asked.requests.size();
  for (std::size_t i = 0; i < scenario.groups.size(); ++i) {
    asked.requests.push_back({variable_of(law, scenario, scenario.groups[i], true, i).name, Period::month(asked.period)});
  }
  asked.first_fact = asked.requests.size();
  return asked;
}

constexpr std::array<const char*, 2> income_rules{"revenu_disponible", "unites_consommation"};

void check_income(const Scenario& scenario, const law::Law& law) {
  for (const char* rule : income_rules) {
    const auto found = law.find_variable(rule);
    const bool fits =
        found && law.variables()[*found].level == Level::menage && law.variables()[*found].periodicity == Periodicity::yearly;
    if (!fits)
      throw Error(Location{scenario.file, 0, 0, "income"},
                  "the law has no yearly rule '" + std::string(rule) + "' of menage: incomes cannot be worked out");
  }
}

std::vector<IncomeColumns> income_columns(std::size_t scenarios, std::size_t outputs, std::size_t first) {
  std::vector<IncomeColumns> columns;
  for (std::size_t s = 0; s < scenarios; ++s) columns.push_back({s * outputs + first, s * outputs + first + 1});
  return columns;
}

std::vector<bool> in_kind_of(const Scenario& scenario, const law::Law& law) {
  std::vector<bool> out;
  for (const std::string& benefit : scenario.benefits) out.push_back(is_in_kind(law.variables()[*law.find_variable(benefit)]));
  return out;
}

/// Scenarios of one pass look at the same units in the same months.
void check_alike(std::span<const Scenario> scenarios, std::span<const Asked> asked) {
  const auto differs = [&](std::size_t i, const std::string& what, const std::string& path) {
    throw Error(Location{scenarios[i].file, 0, 0, path}, "scenarios of one comparison must have the same " + what +
                                                             ": that of '" + scenarios[i].name + "' is not that of '" +
                                                             scenarios[0].name + "'");
  };
  for (std::size_t i = 1; i < scenarios.size(); ++i) {
    if (asked[i].period != asked[0].period) differs(i, "period", "period");
    if (scenarios[i].benefits != scenarios[0].benefits) differs(i, "benefits", "benefits");
    if (scenarios[i].groups != scenarios[0].groups) differs(i, "groups", "groups");
    if (scenarios[i].income != scenarios[0].income) differs(i, "income", "income");
    if (scenarios[i].seed != scenarios[0].seed) differs(i, "seed", "seed");
    if (asked[i].months != asked[0].months) differs(i, "first month of the law", "law");
  }
}

Collector::Shape shape_of(std::span<const Scenario> scenarios, std::span<const law::Law* const> laws, const Asked& asked,
                          const Population& population, const std::vector<std::vector<std::uint64_t>>& keys,
                          const OrderedWorlds& orders) {
  std::vector<BenefitUnits> benefits;
  std::vector<const std::vector<std::uint64_t>*> keys_by_benefit;
  for (const std::string& benefit : scenarios[0].benefits) {
    const Level level = laws[0]->variables()[*laws[0]->find_variable(benefit)].level;
    benefits.push_back({level, persons_of(population, level)});
    keys_by_benefit.push_back(&keys[index_of(level)]);
  }
  const Month first = asked.period - static_cast<int>(asked.months - 1);
  std::vector<Claims> claims;
  std::vector<takeup::UnderReform> rules;
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    const OutputsOfScenario outputs{s * asked.requests.size(), asked.first_fact, asked.months, asked.facts,
                                    orders.first_output(s)};
    claims.emplace_back(population, benefit_columns(scenarios[s], *laws[s], outputs), luck_of(scenarios[s]), keys_by_benefit,
                        first, asked.months);
    rules.push_back(s == 0 ? takeup::UnderReform::redraw : scenarios[s].under_reform);
  }
  Collector::Shape shape{
      std::move(benefits), Decisions(std::move(claims), std::move(rules), asked.months), {}, asked.months, orders.any()};
  for (std::size_t g = 0; g < scenarios[0].groups.size(); ++g) {
    const law::Variable& variable = laws[0]->variables()[*laws[0]->find_variable(scenarios[0].groups[g])];
    shape.groups.push_back({variable.level, asked.first_group + g, cells_of(*laws[0], variable)});
  }
  return shape;
}

RunResult result_of(const Scenario& scenario, const Asked& asked, const Population& population) {
  RunResult result;
  result.scenario = scenario;
  result.period = result.scenario.period.emplace(asked.period);
  result.months = asked.months;
  result.clusters = population.blocks().size() - 1;
  for (std::size_t level = 0; level < level_count; ++level) result.counts[level] = population.count(static_cast<Level>(level));
  for (const double weight : population.weights()) result.household_weights.add(weight * 0x1.0p40);
  result.synthetic = population.is_synthetic();
  result.population_source = population.source();
  result.weighting = population.weighting();
  return result;
}

/// The named cells of a group; a code without anybody eligible in any of the scenarios is left out of all.
struct NamedGroup {
  std::string group, label;
  std::vector<std::size_t> codes;
  std::vector<std::pair<std::string, std::string>> names;
};

NamedGroup named_group(const law::Law& law, const std::string& name, const Collector& collector, std::size_t scenarios,
                       std::size_t benefit, std::size_t group) {
  NamedGroup named;
  if (group == 0) {
    named.group = "all";
    named.label = "Ensemble";
    named.codes.push_back(0);
    named.names.emplace_back(named.group, named.label);
    return named;
  }
  const law::Variable& variable = law.variables()[*law.find_variable(name)];
  named.group = name;
  named.label = variable.label;
  for (std::size_t code = 0; code < cells_of(law, variable); ++code) {
    bool shown = false;
    for (std::size_t s = 0; s < scenarios; ++s) {
      for (const Concept seen : concepts) shown = shown || is_shown(collector.sums(seen, s, benefit, group)[code]);
    }
    if (!shown) continue;
    named.codes.push_back(code);
    named.names.push_back(name_and_label(law, variable, code));
  }
  return named;
}

/// Scenario s or the first one does.
bool declares_order(const Comparison& comparison, std::size_t s) {
  return !comparison.runs[0].scenario.order.empty() || !comparison.runs[s].scenario.order.empty();
}

void fill(Comparison& comparison, std::span<const law::Law* const> laws, const Collector& collector) {
  const std::vector<std::string> groups = comparison.runs[0].scenario.groups;
  for (std::size_t b = 0; b < comparison.runs[0].scenario.benefits.size(); ++b) {
    for (std::size_t s = 0; s < comparison.runs.size(); ++s) {
      const Scenario& scenario = comparison.runs[s].scenario;
      const law::Variable& variable = laws[s]->variables()[*laws[s]->find_variable(scenario.benefits[b])];
      comparison.runs[s].benefits.push_back({variable.name,
                                             variable.label,
                                             variable.level,
                                             is_in_kind(variable),
                                             *takeup::find_behaviour(scenario.take_up, variable.name),
                                             {}});
      if (s > 0) comparison.differences[s - 1].benefits.emplace_back();
      if (s > 0 && declares_order(comparison, s)) comparison.differences[s - 1].at_full_take_up.emplace_back();
    }
    for (std::size_t g = 0; g <= groups.size(); ++g) {
      const NamedGroup named =
          named_group(*laws[0], g == 0 ? std::string{} : groups[g - 1], collector, comparison.runs.size(), b, g);
      for (std::size_t s = 0; s < comparison.runs.size(); ++s) {
        GroupResult& into = comparison.runs[s].benefits[b].groups.emplace_back(GroupResult{named.group, named.label, {}});
        outcomes::CellDifferences differences, at_full_take_up;
        for (std::size_t i = 0; i < named.codes.size(); ++i) {
          const std::size_t code = named.codes[i];
          GroupResult::Cell& cell = into.cells.emplace_back(GroupResult::Cell{
              named.names[i].first, named.names[i].second, collector.sums(Concept::as_paid, s, b, g)[code], {}, code});
          if (!comparison.runs[s].scenario.order.empty())
            cell.at_full_take_up = collector.sums(Concept::at_full_take_up, s, b, g)[code];
          if (s == 0) continue;
          differences.push_back(collector.differences(Concept::as_paid, s, b, g)[code]);
          at_full_take_up.push_back(collector.differences(Concept::at_full_take_up, s, b, g)[code]);
        }
        if (s == 0) continue;
        comparison.differences[s - 1].benefits[b].push_back(std::move(differences));
        if (declares_order(comparison, s)) comparison.differences[s - 1].at_full_take_up[b].push_back(std::move(at_full_take_up));
      }
    }
  }
}

}  // namespace

Comparison compare_scenarios(std::span<const Scenario> scenarios, std::span<const law::Law* const> laws,
                             const Population& population, const RunScenarioOptions& options) {
  SIM_CHECK(!scenarios.empty() && scenarios.size() == laws.size(), "one law a scenario");
  std::vector<Asked> asked;
  for (std::size_t i = 0; i < scenarios.size(); ++i) asked.push_back(asked_of(scenarios[i], *laws[i]));
  check_alike(scenarios, asked);
  for (std::size_t i = 0; i < scenarios.size(); ++i) add_facts(scenarios[i], *laws[i], asked[0].facts);
  for (const std::string& fact : asked[0].facts)
    asked[0].requests.push_back({fact, period_of_fact(*laws[0], fact, asked[0].period)});

  const bool with_income = scenarios[0].income;
  const std::size_t first_income = asked[0].requests.size();
  if (with_income) {
    for (std::size_t i = 0; i < scenarios.size(); ++i) check_income(scenarios[i], *laws[i]);
    for (const char* rule : income_rules) asked[0].requests.push_back({rule, Period::year(asked[0].period.year())});
  }

  const Month first = asked[0].period - static_cast<int>(asked[0].months - 1);
  for (std::size_t i = 0; i < scenarios.size(); ++i) check_order(scenarios[i], *laws[i], first, asked[0].period);
  OrderedWorlds orders(scenarios, first, asked[0].months, scenarios.size() * asked[0].requests.size());
  std::vector<std::vector<std::uint64_t>> keys(level_count);
  for (const std::string& benefit : scenarios[0].benefits) {
    const Level level = laws[0]->variables()[*laws[0]->find_variable(benefit)].level;
    if (keys[index_of(level)].empty()) keys[index_of(level)] = takeup::unit_keys(population, level);
  }
  const unsigned workers = thread_count(options.threads);
  Collector collector(population, shape_of(scenarios, laws, asked[0], population, keys, orders), workers);
  const Decisions& decisions = collector.shape().decisions;
  const plan::Graph graph = plan::build_graph(laws, asked[0].requests, population, orders.resolutions(decisions));
  const plan::Plan program = plan::schedule(graph);
  AssumedAmounts assumed(graph, orders.first_assumed(), workers);
  std::optional<IncomeCollector> incomes;
  if (with_income)
    incomes.emplace(population, collector, income_columns(scenarios.size(), asked[0].requests.size(), first_income),
                    in_kind_of(scenarios[0], *laws[0]));
  engine::RunOptions run{options.threads, options.rows_per_chunk, options.progress, options.stop};
  if (orders.any()) {
    run.decide = [&](std::uint32_t name, const engine::ChunkView& view, std::span<double> out) {
      decisions.decide(name, view, out);
    };
  }
  const bool complete = engine::run_chunks(program, population, run, [&](const engine::ChunkView& view) {
    collector(view);
    assumed(view);
    if (incomes) (*incomes)(view);
  });
  if (!complete) throw Error("the run was stopped before its end");
  collector.finish();

  Comparison comparison;
  comparison.differences.resize(scenarios.size() - 1);
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    comparison.runs.push_back(result_of(scenarios[i], asked[i], population));
    comparison.runs.back().defaults_used = graph.defaults_used;
    comparison.runs.back().gaps = graph.gaps;
    comparison.runs.back().assumed = assumed.of(i, *laws[i]);
  }
  fill(comparison, laws, collector);
  if (incomes) incomes->fill(comparison, options.threads);
  return comparison;
}

RunResult run_scenario(const Scenario& scenario, const law::Law& law, const Population& population,
                       const RunScenarioOptions& options) {
  const law::Law* laws[] = {&law};
  return std::move(compare_scenarios(std::span(&scenario, 1), laws, population, options).runs[0]);
}

}  // namespace labacces::scenario
