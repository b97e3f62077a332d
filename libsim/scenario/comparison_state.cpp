#include "libsim/scenario/comparison_state.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "libsim/base/error.hpp"

namespace labacces::scenario {
namespace {

using Json = nlohmann::json;

constexpr const char* format = "labacces-comparison-state/1";

/// The exact sums of anything with each_sum, as a flat list of words.
template <typename Sums>
void write_sums(const Sums& sums, Json& out) {
  Sums copy = sums;
  copy.each_sum([&out](const ExactSum& sum) {
    for (const std::uint64_t word : sum.words()) out.push_back(word);
  });
}

template <typename Sums>
void read_sums(const Json& words, std::size_t& next, Sums& sums) {
  sums.each_sum([&](ExactSum& sum) {
    std::array<std::uint64_t, 3> state{};
    for (std::uint64_t& word : state) word = words.at(next++).template get<std::uint64_t>();
    sum = ExactSum::of_words(state);
  });
}

Json cell_json(const GroupResult::Cell& cell) {
  Json words = Json::array();
  Json sampled = Json::array();
  for (const outcomes::NonTakeUpSums& sums : cell.sums) {
    write_sums(sums, words);
    sampled.push_back(sums.sampled_units());
  }
  return {{"name", cell.name},
          {"label", cell.label},
          {"code", cell.code},
          {"words", std::move(words)},
          {"sampled", std::move(sampled)}};
}

GroupResult::Cell cell_of(const Json& json) {
  GroupResult::Cell cell{json.at("name"), json.at("label"), {}, json.at("code")};
  std::size_t next = 0;
  for (std::size_t window = 0; window < outcomes::window_count; ++window) {
    read_sums(json.at("words"), next, cell.sums[window]);
    cell.sums[window].set_sampled_units(json.at("sampled").at(window));
  }
  return cell;
}

/// value and standard error of each; known ones only have numbers.
Json estimates_json(std::span<const outcomes::Estimate> estimates) {
  Json out = Json::array();
  for (const outcomes::Estimate& one : estimates) {
    if (one.known) {
      out.push_back({one.value, one.standard_error});
    } else {
      out.push_back(nullptr);
    }
  }
  return out;
}

void read_estimates(const Json& json, std::span<outcomes::Estimate> into) {
  if (json.size() != into.size()) throw Error("the state is damaged: figures of incomes are missing");
  for (std::size_t i = 0; i < into.size(); ++i) {
    into[i] = json[i].is_null() ? outcomes::Estimate{} : outcomes::Estimate{json[i].at(0), json[i].at(1), true};
  }
}

Json figures_json(const std::array<IncomeFigures, 3>& figures) {
  Json out = Json::array();
  for (const IncomeFigures& one : figures) out.push_back(estimates_json(one));
  return out;
}

void read_figures(const Json& json, std::array<IncomeFigures, 3>& into) {
  for (std::size_t i = 0; i < into.size(); ++i) read_estimates(json.at(i), into[i]);
}

Json income_state(const std::optional<IncomeResult>& income) {
  if (!income) return nullptr;
  return {{"figures", figures_json(income->figures)}, {"disposable", estimates_json(income->disposable)}};
}

std::optional<IncomeResult> income_of(const Json& json) {
  if (json.is_null()) return {};
  IncomeResult income;
  read_figures(json.at("figures"), income.figures);
  read_estimates(json.at("disposable"), income.disposable);
  return income;
}

Json change_state(const std::optional<IncomeDifference>& income) {
  if (!income) return nullptr;
  Json cells = Json::array();
  for (const auto& band : income->change.bands) cells.push_back({estimates_json({&band.share, 1}), band.households});
  for (const auto& decile : income->change.deciles) cells.push_back({estimates_json({&decile.gain, 1}), decile.households});
  return {{"figures", figures_json(income->figures)},
          {"cells", std::move(cells)},
          {"total", estimates_json({&income->change.total, 1})}};
}

std::optional<IncomeDifference> change_of(const Json& json) {
  if (json.is_null()) return {};
  IncomeDifference income;
  read_figures(json.at("figures"), income.figures);
  read_estimates(json.at("total"), {&income.change.total, 1});
  std::size_t next = 0;
  const auto read = [&](outcomes::Estimate& estimate, std::size_t& households) {
    const Json& cell = json.at("cells").at(next++);
    read_estimates(cell.at(0), {&estimate, 1});
    households = cell.at(1);
  };
  for (auto& band : income.change.bands) read(band.share, band.households);
  for (auto& decile : income.change.deciles) read(decile.gain, decile.households);
  return income;
}

Json run_json(const RunResult& run) {
  Json benefits = Json::array();
  for (const BenefitResult& benefit : run.benefits) {
    Json groups = Json::array();
    for (const GroupResult& group : benefit.groups) {
      Json cells = Json::array();
      for (const GroupResult::Cell& cell : group.cells) cells.push_back(cell_json(cell));
      groups.push_back({{"group", group.group}, {"label", group.label}, {"cells", std::move(cells)}});
    }
    benefits.push_back({{"benefit", benefit.benefit},
                        {"label", benefit.label},
                        {"level", index_of(benefit.level)},
                        {"in_kind", benefit.in_kind},
                        {"groups", std::move(groups)}});
  }
  Json defaults = Json::array();
  for (const plan::DefaultUsed& used : run.defaults_used)
    defaults.push_back({used.variable, used.value, used.period, used.whole_column});
  return {{"period", run.period.index},
          {"months", run.months},
          {"clusters", run.clusters},
          {"counts", run.counts},
          {"households", run.household_weights.words()},
          {"synthetic", run.synthetic},
          {"source", run.population_source},
          {"benefits", std::move(benefits)},
          {"income", income_state(run.income)},
          {"defaults", std::move(defaults)}};
}

RunResult run_of(const Json& json, const Scenario& scenario) {
  RunResult run;
  run.scenario = scenario;
  run.period = run.scenario.period.emplace(Month{json.at("period").get<std::int32_t>()});
  run.months = json.at("months");
  run.clusters = json.at("clusters");
  run.counts = json.at("counts");
  run.household_weights = ExactSum::of_words(json.at("households"));
  run.synthetic = json.at("synthetic");
  run.population_source = json.at("source");
  for (const Json& benefit : json.at("benefits")) {
    const std::string name = benefit.at("benefit");
    const takeup::Behaviour* behaviour = takeup::find_behaviour(scenario.take_up, name);
    if (behaviour == nullptr)
      throw Error("the state is of another scenario: '" + name + "' is not among the benefits of '" + scenario.name + "'");
    const auto level = benefit.at("level").get<std::size_t>();
    if (level >= level_count) throw Error("the state is damaged: there is no level " + std::to_string(level));
    BenefitResult& into = run.benefits.emplace_back(
        BenefitResult{name, benefit.at("label"), static_cast<Level>(level), benefit.at("in_kind"), *behaviour, {}});
    for (const Json& group : benefit.at("groups")) {
      GroupResult& cells = into.groups.emplace_back(GroupResult{group.at("group"), group.at("label"), {}});
      for (const Json& cell : group.at("cells")) cells.cells.push_back(cell_of(cell));
    }
  }
  run.income = income_of(json.at("income"));
  for (const Json& used : json.at("defaults")) run.defaults_used.push_back({used.at(0), used.at(1), used.at(2), used.at(3)});
  return run;
}

Json difference_json(const ScenarioDifference& difference) {
  Json out = Json::array();
  for (const auto& groups : difference.benefits) {
    Json benefit = Json::array();
    for (const outcomes::CellDifferences& cells : groups) {
      Json group = Json::array();
      for (const outcomes::WindowDifferences& windows : cells) {
        Json words = Json::array();
        for (const outcomes::DifferenceSums& sums : windows) write_sums(sums, words);
        group.push_back(std::move(words));
      }
      benefit.push_back(std::move(group));
    }
    out.push_back(std::move(benefit));
  }
  return {{"benefits", std::move(out)}, {"income", change_state(difference.income)}};
}

ScenarioDifference difference_of(const Json& json) {
  ScenarioDifference out;
  out.income = change_of(json.at("income"));
  for (const Json& benefit : json.at("benefits")) {
    auto& groups = out.benefits.emplace_back();
    for (const Json& group : benefit) {
      outcomes::CellDifferences& cells = groups.emplace_back();
      for (const Json& words : group) {
        outcomes::WindowDifferences& windows = cells.emplace_back();
        std::size_t next = 0;
        for (outcomes::DifferenceSums& sums : windows) read_sums(words, next, sums);
      }
    }
  }
  return out;
}

/// A comparison's shape must be one that can be shown and merged: differences in the order of the runs' cells.
void check_shape(const Comparison& comparison) {
  const auto damaged = [] { throw Error("the state is damaged: its parts do not fit each other"); };
  if (comparison.differences.size() + 1 != comparison.runs.size()) damaged();
  const RunResult& base = comparison.runs[0];
  for (const RunResult& run : comparison.runs) {
    if (run.benefits.size() != base.benefits.size()) damaged();
    for (std::size_t b = 0; b < base.benefits.size(); ++b) {
      const auto& groups = base.benefits[b].groups;
      if (run.benefits[b].groups.size() != groups.size() || groups.empty() || groups[0].cells.size() != 1) damaged();
      for (std::size_t g = 0; g < groups.size(); ++g) {
        if (run.benefits[b].groups[g].cells.size() != groups[g].cells.size()) damaged();
      }
    }
  }
  for (const ScenarioDifference& difference : comparison.differences) {
    if (difference.benefits.size() != base.benefits.size()) damaged();
    for (std::size_t b = 0; b < base.benefits.size(); ++b) {
      if (difference.benefits[b].size() != base.benefits[b].groups.size()) damaged();
      for (std::size_t g = 0; g < difference.benefits[b].size(); ++g) {
        if (difference.benefits[b][g].size() != base.benefits[b].groups[g].cells.size()) damaged();
      }
    }
  }
}

/// Makes room in `into` for the cells that only `other` has, so that the codes of both are the union; returns where other's cells stand.
std::vector<std::size_t> place_cells(Comparison& into, const Comparison& other, std::size_t benefit, std::size_t group) {
  std::vector<std::size_t> places;
  for (const GroupResult::Cell& cell : other.runs[0].benefits[benefit].groups[group].cells) {
    const auto& known = into.runs[0].benefits[benefit].groups[group].cells;
    const auto found = std::lower_bound(known.begin(), known.end(), cell.code,
                                        [](const GroupResult::Cell& a, std::size_t code) { return a.code < code; });
    const auto place = found - known.begin();
    if (found == known.end() || found->code != cell.code) {
      for (RunResult& run : into.runs) {
        auto& cells = run.benefits[benefit].groups[group].cells;
        cells.insert(cells.begin() + place, GroupResult::Cell{cell.name, cell.label, {}, cell.code});
      }
      for (ScenarioDifference& difference : into.differences) {
        auto& cells = difference.benefits[benefit][group];
        cells.insert(cells.begin() + place, outcomes::WindowDifferences{});
      }
    }
    places.push_back(static_cast<std::size_t>(place));
  }
  return places;
}

void merge_group(Comparison& into, const Comparison& other, std::size_t benefit, std::size_t group) {
  const std::vector<std::size_t> places = place_cells(into, other, benefit, group);
  for (std::size_t cell = 0; cell < places.size(); ++cell) {
    for (std::size_t window = 0; window < outcomes::window_count; ++window) {
      for (std::size_t s = 0; s < into.runs.size(); ++s) {
        into.runs[s].benefits[benefit].groups[group].cells[places[cell]].sums[window].merge(
            other.runs[s].benefits[benefit].groups[group].cells[cell].sums[window]);
      }
      for (std::size_t s = 0; s < into.differences.size(); ++s) {
        into.differences[s].benefits[benefit][group][places[cell]][window].merge(
            other.differences[s].benefits[benefit][group][cell][window]);
      }
    }
  }
}

void merge_defaults(std::vector<plan::DefaultUsed>& into, const std::vector<plan::DefaultUsed>& other) {
  std::map<std::pair<std::string, double>, plan::DefaultUsed> all;
  for (const auto* list : {&std::as_const(into), &other}) {
    for (const plan::DefaultUsed& used : *list) {
      const auto [entry, is_new] = all.emplace(std::pair{used.variable, used.value}, used);
      if (is_new) continue;
      entry->second.period = std::min(entry->second.period, used.period);
      entry->second.whole_column = entry->second.whole_column && used.whole_column;
    }
  }
  into.clear();
  for (auto& [key, used] : all) into.push_back(std::move(used));
}

}  // namespace

std::string comparison_state(const Comparison& comparison) {
  Json out{{"format", format}, {"runs", Json::array()}, {"differences", Json::array()}};
  for (const RunResult& run : comparison.runs) out["runs"].push_back(run_json(run));
  for (const ScenarioDifference& difference : comparison.differences) out["differences"].push_back(difference_json(difference));
  std::string bytes;
  Json::to_cbor(out, nlohmann::detail::output_adapter<char>(bytes));
  return bytes;
}

Comparison comparison_of_state(std::string_view bytes, const std::vector<Scenario>& scenarios) {
  try {
    const Json json = Json::from_cbor(bytes.begin(), bytes.end());
    if (json.at("format") != format)
      throw Error("the state has the format '" + json.at("format").get<std::string>() + "', '" + format + "' was expected");
    if (json.at("runs").size() != scenarios.size() || scenarios.empty())
      throw Error("the state is of another number of scenarios");
    Comparison comparison;
    for (std::size_t i = 0; i < scenarios.size(); ++i) comparison.runs.push_back(run_of(json.at("runs").at(i), scenarios[i]));
    for (const Json& difference : json.at("differences")) comparison.differences.push_back(difference_of(difference));
    check_shape(comparison);
    return comparison;
  } catch (const Json::exception& wrong) {
    throw Error(std::string("the state is damaged: ") + wrong.what());
  }
}

void merge(Comparison& into, const Comparison& other) {
  const RunResult& base = into.runs[0];
  const RunResult& part = other.runs[0];
  bool same = into.runs.size() == other.runs.size() && base.benefits.size() == part.benefits.size() &&
              base.period == part.period && base.months == part.months;
  for (std::size_t b = 0; same && b < base.benefits.size(); ++b) {
    same =
        base.benefits[b].benefit == part.benefits[b].benefit && base.benefits[b].groups.size() == part.benefits[b].groups.size();
    for (std::size_t g = 0; same && g < base.benefits[b].groups.size(); ++g)
      same = base.benefits[b].groups[g].group == part.benefits[b].groups[g].group;
  }
  if (!same) throw Error("parts of one whole have the same scenarios, period, benefits and groups");
  for (std::size_t b = 0; b < base.benefits.size(); ++b) {
    for (std::size_t g = 0; g < base.benefits[b].groups.size(); ++g) merge_group(into, other, b, g);
  }
  for (ScenarioDifference& difference : into.differences) difference.income.reset();
  for (std::size_t s = 0; s < into.runs.size(); ++s) {
    RunResult& run = into.runs[s];
    run.income.reset();
    run.clusters += other.runs[s].clusters;
    for (std::size_t level = 0; level < level_count; ++level) run.counts[level] += other.runs[s].counts[level];
    run.household_weights.merge(other.runs[s].household_weights);
    run.synthetic = run.synthetic && other.runs[s].synthetic;
    merge_defaults(run.defaults_used, other.runs[s].defaults_used);
  }
}

}  // namespace labacces::scenario
