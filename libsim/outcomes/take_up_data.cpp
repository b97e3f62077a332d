#include "libsim/outcomes/take_up_data.hpp"

#include <algorithm>
#include <numeric>

namespace labacces::outcomes {

std::vector<std::uint16_t> tenths(const std::vector<double>& living, const std::vector<double>& weights,
                                  const std::vector<double>& persons) {
  std::vector<std::size_t> order(living.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return living[a] < living[b]; });
  double total = 0.0;
  for (const std::size_t row : order) total += weights[row] * persons[row];
  std::vector<std::uint16_t> codes(living.size(), 0);
  double below = 0.0;
  std::uint16_t code = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::size_t row = order[i];
    if (i == 0 || living[row] != living[order[i - 1]]) {
      code = static_cast<std::uint16_t>(total > 0.0 ? std::min(9.0, 10.0 * below / total) : 0.0);
    }
    codes[row] = code;
    below += weights[row] * persons[row];
  }
  return codes;
}

QuantityTable::Group decile_group(const BenefitUnits& units, const std::vector<std::uint16_t>& tenth_of_row) {
  QuantityTable::Group group{"decile", "tenth of the standard of living", {}, {}};
  for (int tenth = 1; tenth <= 10; ++tenth) group.cells.push_back("d" + std::to_string(tenth));
  for (const std::uint32_t row : units.rows) group.code.push_back(tenth_of_row[row]);
  return group;
}

}  // namespace labacces::outcomes
