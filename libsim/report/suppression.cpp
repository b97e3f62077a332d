#include "libsim/report/suppression.hpp"

#include <algorithm>

#include "libsim/report/results.hpp"

namespace labacces::report {

std::vector<bool> hidden_cells(const scenario::GroupResult& group, outcomes::Window window, bool synthetic) {
  std::vector<bool> hidden(group.cells.size(), false);
  if (synthetic) return hidden;
  const auto sampled = [&](std::size_t i) { return group.cells[i].sums[static_cast<std::size_t>(window)].sampled_units(); };
  std::size_t count = 0;
  for (std::size_t i = 0; i < hidden.size(); ++i) {
    hidden[i] = sampled(i) > 0 && sampled(i) < smallest_cell;
    count += hidden[i] ? 1 : 0;
  }
  if (count != 1) return hidden;
  std::size_t next = hidden.size();
  for (std::size_t i = 0; i < hidden.size(); ++i) {
    if (!hidden[i] && sampled(i) > 0 && (next == hidden.size() || sampled(i) < sampled(next))) next = i;
  }
  if (next < hidden.size()) hidden[next] = true;
  return hidden;
}

}  // namespace labacces::report
