// The covariates of a sample as blocks of rows, and sums over blocks on all cores, added in the order of blocks. Internal to this folder.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "libsim/base/parallel.hpp"
#include "libsim/takeup/sample.hpp"

namespace labacces::takeup {

inline constexpr std::size_t rows_per_block = 1024;  // of 20 covariates: 170 KB, which stays in the second cache; see bench_fit

/// Blocks that parts of a sum are kept for, so that millions of units do not keep thousands of parts: each adds up its blocks in their order.
inline constexpr std::size_t blocks_per_part = 16;

class Design {
 public:
  explicit Design(const Sample& sample) : sample_(sample) {}
  Eigen::Index columns() const { return static_cast<Eigen::Index>(sample_.columns.size()) + 1; }
  std::size_t blocks() const { return (sample_.size() + rows_per_block - 1) / rows_per_block; }
  std::size_t first(std::size_t block) const { return block * rows_per_block; }
  std::size_t count(std::size_t block) const { return std::min(rows_per_block, sample_.size() - first(block)); }

  /// Rows of a block, the constant first.
  void read(std::size_t block, Eigen::MatrixXd& rows) const {
    const auto n = static_cast<Eigen::Index>(count(block));
    rows.resize(n, columns());
    rows.col(0).setOnes();
    for (std::size_t j = 0; j < sample_.columns.size(); ++j) {
      rows.col(static_cast<Eigen::Index>(j) + 1) = Eigen::Map<const Eigen::VectorXd>(sample_.columns[j].data() + first(block), n);
    }
  }

  /// work(block, rows, part) for each block; the parts, which begin as `zero`, are added by +=. The same bytes for any number of threads.
  template <typename Part, typename Work>
  Part sum(const Part& zero, unsigned threads, const Work& work) const {
    std::vector<Part> parts((blocks() + blocks_per_part - 1) / blocks_per_part, zero);
    for_each_chunk(parts.size(), threads, [&](std::size_t at, unsigned) {
      Eigen::MatrixXd rows;
      for (std::size_t block = at * blocks_per_part; block < std::min((at + 1) * blocks_per_part, blocks()); ++block) {
        read(block, rows);
        work(block, rows, parts[at]);
      }
    });
    Part total = zero;
    for (const Part& part : parts) total += part;
    return total;
  }

 private:
  const Sample& sample_;
};

}  // namespace labacces::takeup
