#include "libsim/population/calibration/margins.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "libsim/base/error.hpp"

namespace labacces::calibration {

Margins::Margins(std::vector<Margin> margins) : margins_(std::move(margins)) {
  if (margins_.empty()) throw Error("calibration: at least one margin was expected");
  std::set<std::string> names;
  for (const Margin& margin : margins_) {
    if (!names.insert(margin.name).second) throw Error("calibration: margin '" + margin.name + "' is given twice");
    if (!std::isfinite(margin.total)) throw Error("calibration: margin '" + margin.name + "': a finite total was expected");
  }
}

void Margins::add_unit(std::span<const Cell> cells) {
  const auto first = static_cast<std::ptrdiff_t>(cells_.size());
  for (const Cell& cell : cells) {
    if (cell.margin >= margins_.size())
      throw Error("calibration: unit " + std::to_string(units() + 1) + " names margin number " + std::to_string(cell.margin) +
                  " of " + std::to_string(margins_.size()));
    if (!std::isfinite(cell.value))
      throw Error("calibration: unit " + std::to_string(units() + 1) + ": its value in margin '" + margins_[cell.margin].name +
                  "' is no finite number");
    const auto same =
        std::find_if(cells_.begin() + first, cells_.end(), [&](const Cell& other) { return other.margin == cell.margin; });
    if (same != cells_.end()) {
      same->value += cell.value;
    } else {
      cells_.push_back(cell);
    }
  }
  starts_.push_back(cells_.size());
}

}  // namespace labacces::calibration
