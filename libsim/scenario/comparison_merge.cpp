// Results of parts of a population as those of the whole.
#include <algorithm>
#include <map>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/scenario/comparison_state.hpp"

namespace labacces::scenario {
namespace {

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
        const auto added = cells.insert(cells.begin() + place, GroupResult::Cell{cell.name, cell.label, {}, {}, cell.code});
        if (!run.scenario.order.empty()) added->at_full_take_up.emplace();
      }
      for (ScenarioDifference& difference : into.differences) {
        for (std::vector<std::vector<outcomes::CellDifferences>>* differences :
             {&difference.benefits, &difference.at_full_take_up}) {
          if (differences->empty()) continue;
          auto& cells = (*differences)[benefit][group];
          cells.insert(cells.begin() + place, outcomes::WindowDifferences{});
        }
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
        GroupResult::Cell& target = into.runs[s].benefits[benefit].groups[group].cells[places[cell]];
        const GroupResult::Cell& share = other.runs[s].benefits[benefit].groups[group].cells[cell];
        target.sums[window].merge(share.sums[window]);
        if (target.at_full_take_up) (*target.at_full_take_up)[window].merge(share.full()[window]);
      }
      for (std::size_t s = 0; s < into.differences.size(); ++s) {
        ScenarioDifference& target = into.differences[s];
        const ScenarioDifference& share = other.differences[s];
        target.benefits[benefit][group][places[cell]][window].merge(share.benefits[benefit][group][cell][window]);
        if (target.at_full_take_up.empty()) continue;
        target.at_full_take_up[benefit][group][places[cell]][window].merge(share.at_full_take_up[benefit][group][cell][window]);
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

/// Of parts that lack a variable in different periods the first says it.
void merge_gaps(std::vector<plan::Gap>& into, const std::vector<plan::Gap>& other) {
  for (const plan::Gap& gap : other) {
    if (std::ranges::none_of(into, [&](const plan::Gap& known) { return known.variable == gap.variable; })) into.push_back(gap);
  }
  std::ranges::sort(into, {}, &plan::Gap::variable);
}

void merge_assumed(std::vector<AssumedTakeUp>& into, const std::vector<AssumedTakeUp>& other) {
  for (const AssumedTakeUp& one : other) {
    const auto known =
        std::find_if(into.begin(), into.end(), [&](const AssumedTakeUp& mine) { return mine.benefit == one.benefit; });
    if (known == into.end()) {
      into.push_back(one);
      continue;
    }
    known->first = std::min(known->first, one.first);
    known->last = std::max(known->last, one.last);
    known->unit_months += one.unit_months;
  }
}

}  // namespace

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
    if (run.weighting != other.runs[s].weighting) run.weighting.clear();
    merge_defaults(run.defaults_used, other.runs[s].defaults_used);
    merge_gaps(run.gaps, other.runs[s].gaps);
    merge_assumed(run.assumed, other.runs[s].assumed);
  }
}

}  // namespace labacces::scenario
