#include "libsim/scenario/run_scenario.hpp"

#include <algorithm>
#include <mutex>
#include <numeric>

#include "libsim/base/error.hpp"
#include "libsim/engine/run.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/takeup/draw.hpp"

namespace labacces::scenario {
namespace {

constexpr std::int64_t everyone = 0;

std::vector<std::string> names_of(const law::Law& law, bool groups) {
  std::vector<std::string> names;
  for (const law::Variable& variable : law.variables()) {
    const bool amount = variable.type.kind == ValueKind::number && variable.type.measure == law::eur_per_month;
    const bool group = variable.type.kind == ValueKind::enumeration || variable.type.kind == ValueKind::yes_no;
    if (groups ? group : amount && !variable.is_input) names.push_back(variable.name);
  }
  return names;
}

const law::Variable& variable_of(const law::Law& law, const Scenario& scenario, const std::string& name, bool group, std::size_t index) {
  const std::string path = std::string(group ? "groups/" : "benefits/") + std::to_string(index);
  const auto found = law.find_variable(name);
  if (!found) {
    throw Error(Location{scenario.file, 0, 0, path}, "the law has no variable '" + name + "'", did_you_mean(name, names_of(law, group)));
  }
  const law::Variable& variable = law.variables()[*found];
  if (!group && !(variable.type.kind == ValueKind::number && variable.type.measure == law::eur_per_month &&
                  variable.periodicity == Periodicity::monthly)) {
    throw Error(Location{scenario.file, 0, 0, path}, "'" + name + "' is not an amount a month (EUR/month) but " + variable.measure_text);
  }
  if (group && variable.type.kind != ValueKind::enumeration && variable.type.kind != ValueKind::yes_no) {
    throw Error(Location{scenario.file, 0, 0, path}, "'" + name + "' cannot split a table: an enumeration or yes_no was expected, it is " + variable.measure_text);
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

/// What the sink needs to know of a benefit.
struct BenefitColumns {
  Level level = Level::famille;
  std::size_t first_output = 0;  ///< its months stand one after the other
  takeup::LatentDraws draws;
  double rate = 1.0;
  std::vector<std::uint64_t> keys;
  std::vector<double> persons;  ///< per unit
};

struct GroupColumn {
  Level level = Level::menage;
  std::size_t output = 0;
};

std::vector<double> persons_of(const Population& population, Level level) {
  std::vector<double> persons(population.count(level), is_group(level) ? 0.0 : 1.0);
  if (is_group(level)) {
    for (const std::int32_t unit : population.membership(level).unit_of) persons[static_cast<std::size_t>(unit)] += 1.0;
  }
  return persons;
}

/// Row, at level `to`, that stands for unit `row` of level `from`: through the one person always there.
std::size_t seen_from(const Population& population, Level from, std::size_t row, Level to) {
  if (from == to) return row;
  const std::size_t person = is_group(from) ? static_cast<std::size_t>(population.membership(from).principal_of[row]) : row;
  return is_group(to) ? static_cast<std::size_t>(population.membership(to).unit_of[person]) : person;
}

using Tables = std::vector<std::vector<outcomes::CellSums>>;  // [benefit][group]

/// Turns chunks of rights into sums; each chunk is worked on alone and merged under a lock (sums do not depend on the order).
class Collector {
 public:
  Collector(const Population& population, std::vector<BenefitColumns> benefits, std::vector<GroupColumn> groups, std::size_t months)
      : population_(population), benefits_(std::move(benefits)), groups_(std::move(groups)), months_(months), tables_(empty()) {}

  void operator()(const engine::ChunkView& view) {
    Tables local = empty();
    const auto& blocks = population_.blocks();
    const auto block_at = [&](std::size_t first) {
      return static_cast<std::size_t>(std::partition_point(blocks.begin(), blocks.end(), [&](const BlockStart& block) {
               return static_cast<std::size_t>(block[0]) < first;
             }) - blocks.begin());
    };
    const std::size_t first = block_at(view.first[0]);
    const std::size_t last = block_at(view.first[0] + view.size[0]);
    for (std::size_t b = 0; b < benefits_.size(); ++b) {
      for (std::size_t block = first; block < last; ++block) add_block(view, b, block, local[b]);
    }
    const std::lock_guard<std::mutex> guard(lock_);
    for (std::size_t b = 0; b < benefits_.size(); ++b) {
      for (std::size_t g = 0; g < local[b].size(); ++g) outcomes::merge(tables_[b][g], local[b][g]);
    }
  }
  const Tables& tables() const { return tables_; }

 private:
  using ClusterWindows = std::array<outcomes::NonTakeUpSums::Cluster, outcomes::window_count>;

  Tables empty() const { return Tables(benefits_.size(), std::vector<outcomes::CellSums>(groups_.size() + 1)); }

  std::int64_t cell_of(const engine::ChunkView& view, const GroupColumn& group, Level level, std::size_t row) const {
    const std::size_t other = seen_from(population_, level, row, group.level);
    return static_cast<std::int64_t>(view.outputs[group.output][other - view.first[index_of(group.level)]]);
  }

  void add_block(const engine::ChunkView& view, std::size_t b, std::size_t block, std::vector<outcomes::CellSums>& cells) const {
    const BenefitColumns& benefit = benefits_[b];
    const std::size_t level = index_of(benefit.level);
    const auto begin = static_cast<std::size_t>(population_.blocks()[block][level]);
    const auto end = static_cast<std::size_t>(population_.blocks()[block + 1][level]);
    std::vector<std::map<std::int64_t, ClusterWindows>> clusters;
    std::array<double, outcomes::months_for_windows> rights{};
    for (std::size_t row = begin; row < end; ++row) {
      bool any = false;
      for (std::size_t month = 0; month < months_; ++month) {
        rights[month] = view.outputs[benefit.first_output + month][row - view.first[level]];
        any = any || rights[month] > 0.0;
      }
      if (!any) continue;
      if (clusters.empty()) clusters.resize(groups_.size() + 1);
      const double weight = population_.weights()[seen_from(population_, benefit.level, row, Level::menage)];
      const auto records = outcomes::unit_records(std::span(rights).first(months_), benefit.draws.claims(benefit.keys[row], benefit.rate),
                                                  weight, benefit.persons[row]);
      for (std::size_t g = 0; g <= groups_.size(); ++g) {
        ClusterWindows& windows = clusters[g][g == 0 ? everyone : cell_of(view, groups_[g - 1], benefit.level, row)];
        for (std::size_t window = 0; window < outcomes::window_count; ++window) windows[window].add(records[window]);
      }
    }
    for (std::size_t g = 0; g < clusters.size(); ++g) {
      for (const auto& [cell, windows] : clusters[g]) {
        outcomes::WindowSums& sums = cells[g][cell];
        for (std::size_t window = 0; window < outcomes::window_count; ++window) sums[window].add_cluster(windows[window]);
      }
    }
  }

  const Population& population_;
  std::vector<BenefitColumns> benefits_;
  std::vector<GroupColumn> groups_;
  std::size_t months_;
  std::mutex lock_;
  Tables tables_;
};

GroupResult group_result(const law::Law& law, const std::string& name, const outcomes::CellSums& sums) {
  if (name.empty()) {
    const auto found = sums.find(everyone);
    return {"all", "Ensemble", {{"all", "Ensemble", found == sums.end() ? outcomes::WindowSums{} : found->second}}};
  }
  const law::Variable& variable = law.variables()[*law.find_variable(name)];
  GroupResult result{name, variable.label, {}};
  for (const auto& [code, cell] : sums) {
    const auto index = static_cast<std::size_t>(code);
    if (variable.type.kind == ValueKind::yes_no) {
      result.cells.push_back({code != 0 ? "yes" : "no", code != 0 ? "oui" : "non", cell});
    } else {
      const law::Enumeration& items = law.enums()[static_cast<std::size_t>(variable.type.enumeration)];
      const std::string label = index < items.item_labels.size() && !items.item_labels[index].empty() ? items.item_labels[index] : items.items[index];
      result.cells.push_back({items.items[index], label, cell});
    }
  }
  return result;
}

}  // namespace

RunResult run_scenario(const Scenario& scenario, const law::Law& law, const Population& population, const RunScenarioOptions& options) {
  RunResult result;
  result.scenario = scenario;
  result.period = scenario.period.value_or(law.latest_month());
  result.scenario.period = result.period;
  for (std::size_t i = 0; i < scenario.benefits.size(); ++i) variable_of(law, scenario, scenario.benefits[i], false, i);
  result.months = months_to_compute(law, scenario, result.period);

  std::vector<plan::Request> requests;
  std::vector<BenefitColumns> benefits;
  for (std::size_t i = 0; i < scenario.benefits.size(); ++i) {
    const law::Variable& variable = variable_of(law, scenario, scenario.benefits[i], false, i);
    const takeup::FixedRate* rate = takeup::find_rate(scenario.take_up, variable.name);
    SIM_CHECK(rate != nullptr, "each benefit of a scenario has a rate");
    benefits.push_back({variable.level, requests.size(), takeup::LatentDraws(scenario.seed, variable.name), rate->rate,
                        takeup::unit_keys(population, variable.level), persons_of(population, variable.level)});
    for (std::size_t month = 0; month < result.months; ++month) {
      requests.push_back({variable.name, Period::month(result.period - static_cast<int>(result.months - 1 - month))});
    }
    result.benefits.push_back({variable.name, variable.label, variable.level, *rate, {}});
  }
  std::vector<GroupColumn> groups;
  for (std::size_t i = 0; i < scenario.groups.size(); ++i) {
    const law::Variable& variable = variable_of(law, scenario, scenario.groups[i], true, i);
    groups.push_back({variable.level, requests.size()});
    requests.push_back({variable.name, Period::month(result.period)});
  }

  const law::Law* laws[] = {&law};
  const plan::Graph graph = plan::build_graph(laws, requests, population);
  const plan::Plan program = plan::schedule(graph);
  Collector collector(population, std::move(benefits), std::move(groups), result.months);
  engine::run_chunks(program, population, {options.threads, options.rows_per_chunk, options.progress},
                     [&collector](const engine::ChunkView& view) { collector(view); });

  for (std::size_t b = 0; b < result.benefits.size(); ++b) {
    for (std::size_t g = 0; g <= scenario.groups.size(); ++g) {
      result.benefits[b].groups.push_back(group_result(law, g == 0 ? std::string{} : scenario.groups[g - 1], collector.tables()[b][g]));
    }
  }
  result.clusters = population.blocks().size() - 1;
  for (std::size_t level = 0; level < level_count; ++level) result.counts[level] = population.count(static_cast<Level>(level));
  result.weighted_households = std::accumulate(population.weights().begin(), population.weights().end(), 0.0);
  result.synthetic = population.is_synthetic();
  result.population_source = population.source();
  result.defaults_used = graph.defaults_used;
  return result;
}

}  // namespace labacces::scenario
