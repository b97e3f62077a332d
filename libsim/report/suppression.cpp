#include "libsim/report/suppression.hpp"

#include <algorithm>
#include <numeric>

#include "libsim/report/results.hpp"

namespace labacces::report {
namespace {

constexpr double dominating_share = 0.85;

/// One cluster may make up most of the sum: z_max > s Σz implies Σz² > s² (Σz)².
bool may_be_dominated(const outcomes::NonTakeUpSums& sums) {
  for (const auto measure :
       {outcomes::NonTakeUpSums::euros, outcomes::NonTakeUpSums::euros_paid, outcomes::NonTakeUpSums::euros_out}) {
    const outcomes::TotalSums& total = sums.sums_of(measure);
    if (total.sum() > 0.0 && total.square() > dominating_share * dominating_share * total.sum() * total.sum()) return true;
  }
  return false;
}

}  // namespace

std::vector<bool> hidden_counts(const std::vector<std::size_t>& sampled, bool synthetic, const std::vector<bool>& more) {
  std::vector<bool> hidden(sampled.size(), false);
  if (synthetic) return hidden;
  std::size_t cells = 0, units = 0;
  const auto hide = [&](std::size_t i) {
    hidden[i] = true;
    ++cells;
    units += sampled[i];
  };
  for (std::size_t i = 0; i < sampled.size(); ++i) {
    const bool small = sampled[i] > 0 && sampled[i] < smallest_cell;
    if (small || (i < more.size() && more[i] && sampled[i] > 0)) hide(i);
  }
  if (cells == 0) return hidden;
  std::vector<std::size_t> rising(sampled.size());
  std::iota(rising.begin(), rising.end(), std::size_t{0});
  std::stable_sort(rising.begin(), rising.end(), [&](std::size_t a, std::size_t b) { return sampled[a] < sampled[b]; });
  for (const std::size_t i : rising) {
    if (cells >= 2 && units >= smallest_cell) break;
    if (!hidden[i] && sampled[i] > 0) hide(i);
  }
  return hidden;
}

namespace {

/// By the rights of one concept.
std::vector<bool> hidden_by(const scenario::GroupResult& group, outcomes::Window window, bool synthetic, bool at_full_take_up) {
  std::vector<std::size_t> sampled;
  std::vector<bool> dominated;
  for (const auto& cell : group.cells) {
    const outcomes::NonTakeUpSums& sums = (at_full_take_up ? cell.full() : cell.sums)[static_cast<std::size_t>(window)];
    sampled.push_back(static_cast<std::size_t>(sums.sampled_units()));
    dominated.push_back(may_be_dominated(sums));
  }
  return hidden_counts(sampled, synthetic, dominated);
}

}  // namespace

std::vector<bool> hidden_cells(const scenario::GroupResult& group, outcomes::Window window, bool synthetic) {
  std::vector<bool> hidden = hidden_by(group, window, synthetic, false);
  const bool with_order =
      std::any_of(group.cells.begin(), group.cells.end(), [](const auto& cell) { return cell.at_full_take_up.has_value(); });
  if (!with_order) return hidden;
  const std::vector<bool> full = hidden_by(group, window, synthetic, true);
  for (std::size_t i = 0; i < hidden.size(); ++i) hidden[i] = hidden[i] || full[i];
  return hidden;
}

}  // namespace labacces::report
