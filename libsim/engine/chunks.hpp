// Chunks: runs of whole linked blocks, near a number of persons, that the executor takes one at a time.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "libsim/population/population.hpp"

namespace labacces::engine {

/// Rows [first, first + size) of each level.
struct Chunk {
  std::array<std::size_t, level_count> first{};
  std::array<std::size_t, level_count> size{};
};

/// Cuts a population on block borders into chunks of at most `rows_per_chunk` persons, but for blocks that are larger alone.
/// 0 counts as 1. Chunks cover all rows, in order.
std::vector<Chunk> cut_chunks(const Population& population, std::size_t rows_per_chunk);

/// Most rows of any level in any chunk.
std::size_t largest_size(const std::vector<Chunk>& chunks);

}  // namespace labacces::engine
