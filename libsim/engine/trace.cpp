#include "libsim/engine/trace.hpp"

#include <algorithm>

#include "libsim/base/error.hpp"
#include "libsim/engine/executor.hpp"
#include "libsim/plan/plan.hpp"

namespace labacces::engine {
namespace {

Chunk block_of(const Population& population, std::size_t menage_row) {
  constexpr std::size_t dwelling = index_of(Level::menage);
  const std::vector<BlockStart>& blocks = population.blocks();
  const auto row = static_cast<std::int32_t>(menage_row);
  const auto next = std::upper_bound(blocks.begin(), blocks.end(), row,
                                     [](std::int32_t wanted, const BlockStart& start) { return wanted < start[dwelling]; });
  SIM_CHECK(next != blocks.begin() && next != blocks.end(), "every dwelling is in a block");
  Chunk chunk;
  for (std::size_t level = 0; level < level_count; ++level) {
    chunk.first[level] = static_cast<std::size_t>((*(next - 1))[level]);
    chunk.size[level] = static_cast<std::size_t>((*next)[level]) - chunk.first[level];
  }
  return chunk;
}

std::array<std::vector<std::size_t>, level_count> rows_of(const Population& population, std::size_t menage_row,
                                                          const Chunk& block) {
  std::array<std::vector<std::size_t>, level_count> rows;
  constexpr std::size_t person = index_of(Level::individu);
  const auto unit_of = [&](Level group, std::size_t row) {
    return static_cast<std::size_t>(population.membership(group).unit_of[row]);
  };
  for (std::size_t row = block.first[person]; row < block.first[person] + block.size[person]; ++row) {
    if (unit_of(Level::menage, row) != menage_row) continue;
    rows[person].push_back(row);
    for (const Level group : group_levels) rows[index_of(group)].push_back(unit_of(group, row));
  }
  for (const Level group : group_levels) {
    std::vector<std::size_t>& units = rows[index_of(group)];
    std::sort(units.begin(), units.end());
    units.erase(std::unique(units.begin(), units.end()), units.end());
  }
  return rows;
}

}  // namespace

Trace trace_household(const plan::Graph& graph, const Population& population, std::size_t menage_row) {
  const plan::Plan plan = plan::schedule(graph, true);
  const Chunk block = block_of(population, menage_row);
  Executor executor(plan, population, largest_size({block}));
  executor.run(block);
  Trace trace;
  trace.rows = rows_of(population, menage_row, block);
  for (const plan::NodeName& name : graph.names) {
    const Level level = graph.node(name.node).level;
    const std::span<const double> all = executor.values(plan.node_operands[static_cast<std::size_t>(name.node)], level);
    std::vector<double> kept;
    for (const std::size_t row : trace.rows[index_of(level)]) {
      if (!all.empty()) kept.push_back(all[row - block.first[index_of(level)]]);
    }
    trace.values.push_back(std::move(kept));
    trace.levels.push_back(level);
  }
  return trace;
}

}  // namespace labacces::engine
