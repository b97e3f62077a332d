// What weights are calibrated to: named totals, and what each unit counts in each of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace labacces::calibration {

struct Margin {
  std::string name;
  double total = 0.0;
};

/// What a unit counts in a margin: 1 for a dwelling of a département, the number of its persons of an age, its income.
struct Cell {
  std::uint32_t margin = 0;
  double value = 0.0;
};

/// A sparse matrix, units x margins. A household's row holds its own cells, those of its persons added up, and those of its territory.
class Margins {
 public:
  /// Throws Error when there is no margin, two have one name, or a total is no finite number.
  explicit Margins(std::vector<Margin> margins);
  /// Adds the next unit; cells of one margin add up. Throws Error when a margin is out of range or a value is no finite number.
  void add_unit(std::span<const Cell> cells);

  std::size_t units() const { return starts_.size() - 1; }
  std::size_t count() const { return margins_.size(); }
  const std::vector<Margin>& margins() const { return margins_; }
  std::span<const Cell> unit(std::size_t row) const {
    return std::span(cells_).subspan(starts_[row], starts_[row + 1] - starts_[row]);
  }

 private:
  std::vector<Margin> margins_;
  std::vector<std::size_t> starts_{0};
  std::vector<Cell> cells_;
};

}  // namespace labacces::calibration
