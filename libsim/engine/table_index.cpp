#include "libsim/engine/table_index.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace labacces::engine {
namespace {

constexpr std::size_t strip = 256;             // rows taken at a time: keys and cells stay in the first cache
constexpr std::int64_t largest_grid = 16'384;  // cells; a larger table is searched row by row
constexpr std::int32_t lowest = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t highest = std::numeric_limits<std::int32_t>::max();

/// The axis on which no interval begins or ends inside a cell; the first and the last cell are open.
std::pair<KeyAxis, std::int64_t> axis_of(const std::vector<std::pair<std::int32_t, std::int32_t>>& intervals) {
  std::int64_t first_change = std::numeric_limits<std::int64_t>::max();
  std::int64_t last_change = std::numeric_limits<std::int64_t>::min();
  const auto changes_at = [&](std::int64_t key) {
    first_change = std::min(first_change, key);
    last_change = std::max(last_change, key);
  };
  for (const auto& [first, last] : intervals) {
    if (first != lowest) changes_at(first);
    if (last != highest) changes_at(std::int64_t{last} + 1);
  }
  if (first_change > last_change) return {KeyAxis{}, 1};
  const std::int64_t cells = last_change - first_change + 2;
  KeyAxis axis{.low = static_cast<double>(first_change - 1)};
  axis.cells = cells <= largest_grid ? static_cast<std::int32_t>(cells) : 1;
  return {axis, cells};
}

/// A key that falls in a cell: the open first cell stands for all keys below.
bool cell_in(const KeyAxis& axis, std::int32_t cell, std::int32_t first, std::int32_t last) {
  const double key = axis.low + static_cast<double>(cell);
  const bool from_first = first == lowest || key >= static_cast<double>(first);
  const bool to_last = last == highest || key <= static_cast<double>(last);
  return from_first && to_last;
}

}  // namespace

TableIndex::TableIndex(const plan::TableData& data) : rows_(data.rows) {
  std::vector<std::pair<std::int32_t, std::int32_t>> first_keys, second_keys;
  for (const plan::TableRowData& row : rows_) {
    first_keys.emplace_back(row.first1, row.last1);
    second_keys.emplace_back(row.first2, row.last2);
  }
  const auto [axis1, cells1] = axis_of(first_keys);
  const auto [axis2, cells2] = axis_of(second_keys);
  if (cells1 > largest_grid || cells2 > largest_grid || cells1 * cells2 > largest_grid) return;
  axis1_ = axis1;
  axis2_ = axis2;
  axis1_.stride = axis2_.cells;
  fill_grid();
}

void TableIndex::fill_grid() {
  for (std::int32_t cell1 = 0; cell1 < axis1_.cells; ++cell1) {
    for (std::int32_t cell2 = 0; cell2 < axis2_.cells; ++cell2) {
      const auto row = std::find_if(rows_.begin(), rows_.end(), [&](const plan::TableRowData& r) {
        return cell_in(axis1_, cell1, r.first1, r.last1) && cell_in(axis2_, cell2, r.first2, r.last2);
      });
      values_.push_back(row == rows_.end() ? 0.0 : row->value);
      is_missing_.push_back(row == rows_.end() ? 1 : 0);
    }
  }
  if (std::find(is_missing_.begin(), is_missing_.end(), 1) == is_missing_.end()) is_missing_.clear();
}

void TableIndex::look_up(const LevelKernels& kernels, double* out, const double* key1, const double* key2,
                         const double* otherwise, std::size_t n) const noexcept {
  if (values_.empty()) return search_rows(out, key1, key2, otherwise, n);
  std::array<std::int32_t, strip> cells{};
  for (std::size_t begin = 0; begin < n; begin += strip) {
    const std::size_t count = std::min(strip, n - begin);
    kernels.cells(cells.data(), key1 + begin, axis1_, false, count);
    if (axis2_.cells > 1) kernels.cells(cells.data(), key2 + begin, axis2_, true, count);
    kernels.gather(out + begin, values_.data(), cells.data(), count);
    if (is_missing_.empty()) continue;
    for (std::size_t i = 0; i < count; ++i) {
      const auto cell = static_cast<std::size_t>(cells[i]);
      out[begin + i] = is_missing_[cell] != 0 ? otherwise[begin + i] : out[begin + i];
    }
  }
}

void TableIndex::search_rows(double* out, const double* key1, const double* key2, const double* otherwise,
                             std::size_t n) const noexcept {
  const auto holds = [](double key, std::int32_t first, std::int32_t last) {
    return (first == lowest || key >= static_cast<double>(first)) &&
           (last == highest || key < static_cast<double>(last) + 1.0);  // floor(key) <= last
  };
  for (std::size_t i = 0; i < n; ++i) {
    out[i] = otherwise[i];
    for (const plan::TableRowData& row : rows_) {
      if (holds(key1[i], row.first1, row.last1) && holds(key2[i], row.first2, row.last2)) {
        out[i] = row.value;
        break;
      }
    }
  }
}

void apply_scale(const LevelKernels& kernels, const plan::ScaleData& scale, double* out, const double* key,
                 std::size_t n) noexcept {
  const std::size_t brackets = scale.thresholds.size();
  for (std::size_t begin = 0; begin < n; begin += strip) {
    const std::size_t count = std::min(strip, n - begin);
    double* const part = out + begin;
    std::fill_n(part, count, 0.0);
    for (std::size_t j = 0; j < brackets; ++j) {
      const double top = j + 1 < brackets ? scale.thresholds[j + 1] : std::numeric_limits<double>::infinity();
      switch (scale.kind) {
        case 0:
          kernels.marginal(part, key + begin, scale.thresholds[j], top, scale.values[j], count);
          break;
        case 1:
          kernels.average(part, key + begin, scale.thresholds[j], scale.values[j], count);
          break;
        default:
          kernels.bracket(part, key + begin, scale.thresholds[j], scale.values[j], count);
          break;
      }
    }
  }
}

}  // namespace labacces::engine
