#include "libsim/scenario/comparison_state.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "libsim/base/error.hpp"

namespace labacces::scenario {
namespace {

using Json = nlohmann::json;

constexpr const char* format = "labacces-comparison-state/3";

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

Json windows_json(const outcomes::WindowSums& windows) {
  Json words = Json::array();
  Json sampled = Json::array();
  for (const outcomes::NonTakeUpSums& sums : windows) {
    write_sums(sums, words);
    sampled.push_back(sums.sampled_units());
  }
  return {{"words", std::move(words)}, {"sampled", std::move(sampled)}};
}

outcomes::WindowSums windows_of(const Json& json) {
  outcomes::WindowSums windows;
  std::size_t next = 0;
  for (std::size_t window = 0; window < outcomes::window_count; ++window) {
    read_sums(json.at("words"), next, windows[window]);
    windows[window].set_sampled_units(json.at("sampled").at(window));
  }
  return windows;
}

Json cell_json(const GroupResult::Cell& cell) {
  Json out = windows_json(cell.sums);
  out["name"] = cell.name;
  out["label"] = cell.label;
  out["code"] = cell.code;
  if (cell.at_full_take_up) out["at_full_take_up"] = windows_json(*cell.at_full_take_up);
  return out;
}

GroupResult::Cell cell_of(const Json& json) {
  GroupResult::Cell cell{json.at("name"), json.at("label"), windows_of(json), {}, json.at("code")};
  if (json.contains("at_full_take_up")) cell.at_full_take_up = windows_of(json["at_full_take_up"]);
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
  Json gaps = Json::array();
  for (const plan::Gap& gap : run.gaps) gaps.push_back({gap.variable, gap.periods, gap.has_rule});
  Json assumed = Json::array();
  for (const AssumedTakeUp& one : run.assumed) assumed.push_back({one.benefit, one.first.index, one.last.index, one.unit_months});
  return {{"period", run.period.index},
          {"months", run.months},
          {"clusters", run.clusters},
          {"counts", run.counts},
          {"households", run.household_weights.words()},
          {"synthetic", run.synthetic},
          {"source", run.population_source},
          {"weighting", run.weighting},
          {"benefits", std::move(benefits)},
          {"income", income_state(run.income)},
          {"defaults", std::move(defaults)},
          {"gaps", std::move(gaps)},
          {"assumed", std::move(assumed)}};
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
  run.weighting = json.at("weighting");
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
  for (const Json& gap : json.at("gaps")) run.gaps.push_back({gap.at(0), gap.at(1), gap.at(2)});
  for (const Json& one : json.at("assumed"))
    run.assumed.push_back({one.at(0), Month{one.at(1).get<std::int32_t>()}, Month{one.at(2).get<std::int32_t>()}, one.at(3)});
  return run;
}

using BenefitDifferences = std::vector<std::vector<outcomes::CellDifferences>>;

Json benefits_json(const BenefitDifferences& benefits) {
  Json out = Json::array();
  for (const auto& groups : benefits) {
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
  return out;
}

Json difference_json(const ScenarioDifference& difference) {
  return {{"benefits", benefits_json(difference.benefits)},
          {"at_full_take_up", benefits_json(difference.at_full_take_up)},
          {"income", change_state(difference.income)}};
}

BenefitDifferences benefits_of(const Json& json) {
  BenefitDifferences out;
  for (const Json& benefit : json) {
    auto& groups = out.emplace_back();
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

ScenarioDifference difference_of(const Json& json) {
  return {benefits_of(json.at("benefits")), benefits_of(json.at("at_full_take_up")), change_of(json.at("income"))};
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
        for (const GroupResult::Cell& cell : run.benefits[b].groups[g].cells) {
          if (cell.at_full_take_up.has_value() == run.scenario.order.empty()) damaged();
        }
      }
    }
  }
  const auto check = [&](const BenefitDifferences& differences) {
    if (differences.size() != base.benefits.size()) damaged();
    for (std::size_t b = 0; b < base.benefits.size(); ++b) {
      if (differences[b].size() != base.benefits[b].groups.size()) damaged();
      for (std::size_t g = 0; g < differences[b].size(); ++g) {
        if (differences[b][g].size() != base.benefits[b].groups[g].cells.size()) damaged();
      }
    }
  };
  for (std::size_t s = 1; s < comparison.runs.size(); ++s) {
    check(comparison.differences[s - 1].benefits);
    const bool ordered = !base.scenario.order.empty() || !comparison.runs[s].scenario.order.empty();
    if (ordered) check(comparison.differences[s - 1].at_full_take_up);
  }
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

}  // namespace labacces::scenario
