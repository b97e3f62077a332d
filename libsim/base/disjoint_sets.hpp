// Rows that belong together, put together pair by pair.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace labacces {

/// Rows 0 to count - 1, each a set of its own at first. The root of a set is its smallest row.
class DisjointSets {
 public:
  explicit DisjointSets(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), 0); }

  std::int32_t root(std::int32_t row) {
    while (parent(row) != row) {
      parent(row) = parent(parent(row));
      row = parent(row);
    }
    return row;
  }
  void join(std::int32_t a, std::int32_t b) {
    a = root(a);
    b = root(b);
    parent(std::max(a, b)) = std::min(a, b);
  }

 private:
  std::int32_t& parent(std::int32_t row) { return parent_[static_cast<std::size_t>(row)]; }
  std::vector<std::int32_t> parent_;
};

}  // namespace labacces
