#include "libsim/engine/run.hpp"

#include <algorithm>
#include <atomic>
#include <memory>

#include "libsim/base/error.hpp"
#include "libsim/base/parallel.hpp"
#include "libsim/engine/chunks.hpp"
#include "libsim/engine/executor.hpp"

namespace labacces::engine {

bool run_chunks(const plan::Plan& plan, const Population& population, const RunOptions& options,
                const std::function<void(const ChunkView&)>& sink) {
  const std::vector<Chunk> chunks = cut_chunks(population, options.rows_per_chunk);
  const std::size_t capacity = largest_size(chunks);
  SIM_CHECK(options.decide || std::none_of(plan.instructions.begin(), plan.instructions.end(),
                                           [](const plan::Instruction& step) { return step.op == plan::NodeOp::decision; }),
            "the decisions of a plan are taken by its caller");
  // A thread makes its own executor, so that its scratch lies in memory near to it.
  std::vector<std::unique_ptr<Executor>> executors(thread_count(options.threads));
  std::atomic<std::size_t> done{0};
  for_each_chunk(chunks.size(), options.threads, [&](std::size_t index, unsigned worker) {
    if (options.stop.stop_requested()) return;
    if (!executors[worker]) executors[worker] = std::make_unique<Executor>(plan, population, capacity);
    const ChunkView view{.chunk = index,
                         .worker = worker,
                         .first = chunks[index].first,
                         .size = chunks[index].size,
                         .outputs = executors[worker]->outputs()};
    if (options.decide) {
      executors[worker]->run(chunks[index], [&](std::uint32_t name, std::span<double> out) { options.decide(name, view, out); });
    } else {
      executors[worker]->run(chunks[index]);
    }
    sink(view);
    const std::size_t now_done = done.fetch_add(1, std::memory_order_relaxed) + 1;
    if (worker == 0 && options.progress && now_done < chunks.size()) options.progress(now_done, chunks.size());
  });
  const bool complete = done.load() == chunks.size();
  if (complete && options.progress) options.progress(chunks.size(), chunks.size());
  return complete;
}

std::vector<std::vector<double>> run(const plan::Plan& plan, const Population& population, const RunOptions& options) {
  std::vector<std::vector<double>> columns;
  columns.reserve(plan.outputs.size());
  for (const plan::PlanOutput& output : plan.outputs) columns.emplace_back(population.count(output.level));
  const bool complete = run_chunks(plan, population, options, [&](const ChunkView& view) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::size_t first = view.first[index_of(plan.outputs[i].level)];
      std::copy(view.outputs[i].begin(), view.outputs[i].end(), columns[i].begin() + static_cast<std::ptrdiff_t>(first));
    }
  });
  if (!complete) throw Error("the run was stopped before its end");
  return columns;
}

}  // namespace labacces::engine
