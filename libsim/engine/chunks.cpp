#include "libsim/engine/chunks.hpp"

#include <algorithm>

#include "libsim/base/error.hpp"

namespace labacces::engine {
namespace {

Chunk between(const BlockStart& begin, const BlockStart& end) {
  Chunk chunk;
  for (std::size_t level = 0; level < level_count; ++level) {
    SIM_CHECK(begin[level] <= end[level], "blocks are in row order");
    chunk.first[level] = static_cast<std::size_t>(begin[level]);
    chunk.size[level] = static_cast<std::size_t>(end[level] - begin[level]);
  }
  return chunk;
}

}  // namespace

std::vector<Chunk> cut_chunks(const Population& population, std::size_t rows_per_chunk) {
  constexpr std::size_t person = index_of(Level::individu);
  const std::vector<BlockStart>& blocks = population.blocks();
  std::vector<Chunk> chunks;
  if (blocks.size() < 2) return chunks;
  std::size_t begin = 0;
  for (std::size_t block = 1; block < blocks.size(); ++block) {
    const bool is_last = block + 1 == blocks.size();
    const auto with_next = is_last ? 0 : static_cast<std::size_t>(blocks[block + 1][person] - blocks[begin][person]);
    if (is_last || with_next > rows_per_chunk) {
      chunks.push_back(between(blocks[begin], blocks[block]));
      begin = block;
    }
  }
  return chunks;
}

std::size_t largest_size(const std::vector<Chunk>& chunks) {
  std::size_t largest = 0;
  for (const Chunk& chunk : chunks) largest = std::max(largest, *std::max_element(chunk.size.begin(), chunk.size.end()));
  return largest;
}

}  // namespace labacces::engine
