#include "libsim/engine/chunks.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/unit/engine/random_world.hpp"

namespace labacces::engine {
namespace {

TEST(Chunks, cover_all_rows_in_order_and_end_on_block_borders) {
  const Population population = testing::random_population(500, 3);
  std::set<std::int32_t> borders;
  for (const BlockStart& start : population.blocks()) borders.insert(start[0]);
  for (const std::size_t rows : {0UL, 1UL, 7UL, 64UL, 1000UL, 1'000'000UL}) {
    std::array<std::size_t, level_count> next{};
    for (const Chunk& chunk : cut_chunks(population, rows)) {
      EXPECT_EQ(chunk.first, next);
      EXPECT_TRUE(borders.contains(static_cast<std::int32_t>(chunk.first[0])));
      for (std::size_t level = 0; level < level_count; ++level) next[level] = chunk.first[level] + chunk.size[level];
    }
    for (std::size_t level = 0; level < level_count; ++level) EXPECT_EQ(next[level], population.count(static_cast<Level>(level)));
  }
}

TEST(Chunks, hold_as_many_blocks_as_fit) {
  const Population population = testing::random_population(500, 4);
  const std::vector<Chunk> chunks = cut_chunks(population, 50);
  for (std::size_t i = 0; i + 1 < chunks.size(); ++i) {
    EXPECT_LE(chunks[i].size[0], 50U);
    EXPECT_GT(chunks[i].size[0], 10U);
  }
}

TEST(Chunks, a_block_larger_than_a_chunk_stands_alone) {
  const Population population = testing::random_population(100, 5);
  const std::vector<Chunk> chunks = cut_chunks(population, 1);
  EXPECT_EQ(chunks.size(), population.blocks().size() - 1);
}

TEST(Chunks, none_for_nobody) {
  EXPECT_TRUE(cut_chunks(Population{}, 2048).empty());
  EXPECT_EQ(largest_size({}), 0U);
}

}  // namespace
}  // namespace labacces::engine
