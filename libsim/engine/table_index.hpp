// Tables made ready for columns: a grid of cells in place of rows to search.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "libsim/engine/kernels.hpp"
#include "libsim/plan/graph.hpp"

namespace labacces::engine {

/// Gives the same values as plan::look_up for each key.
class TableIndex {
 public:
  explicit TableIndex(const plan::TableData& data);

  /// out[i] = the value for (key1[i], key2[i]), or otherwise[i] where no row holds them. No overlap of out with the others.
  void look_up(const LevelKernels& kernels, double* out, const double* key1, const double* key2, const double* otherwise,
               std::size_t n) const noexcept;

 private:
  void fill_grid();
  void search_rows(double* out, const double* key1, const double* key2, const double* otherwise, std::size_t n) const noexcept;

  std::vector<plan::TableRowData> rows_;
  KeyAxis axis1_, axis2_;
  std::vector<double> values_;            // by cell; empty when the grid would be too large: then rows are searched
  std::vector<std::uint8_t> is_missing_;  // by cell; empty when every cell has a row
};

/// out[i] = plan::apply_scale(scale, key[i]). No overlap.
void apply_scale(const LevelKernels& kernels, const plan::ScaleData& scale, double* out, const double* key,
                 std::size_t n) noexcept;

}  // namespace labacces::engine
