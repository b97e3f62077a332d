// Runs a Plan over a Population, chunk by chunk, on all cores.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "libsim/plan/plan.hpp"
#include "libsim/population/population.hpp"

namespace labacces::engine {

struct ChunkView;
/// Takes a decision of a plan, by its name, for every unit of the chunk: writes 1 where the unit claims, else 0. The view has the outputs that the
/// decision reads; others may not be there yet. Called from worker threads; must not throw.
using Decide = std::function<void(std::uint32_t name, const ChunkView& view, std::span<double> out)>;

struct RunOptions {
  unsigned threads = 0;                                                    ///< 0 = all cores
  std::size_t rows_per_chunk = 1024;                                       ///< persons; chunks end on block borders
  std::function<void(std::size_t done, std::size_t total)> progress = {};  ///< called from one thread at a time; may be empty
  std::stop_token stop{};  ///< when a stop is requested, chunks under way end and no other begins
  Decide decide = {};      ///< needed by plans with decisions
};

/// Results of one chunk: for output i, values of rows [first, first + size) of its level.
struct ChunkView {
  std::size_t chunk = 0;
  unsigned worker = 0;  ///< the thread that calls: one sink of sums a worker needs no lock
  std::array<std::size_t, level_count> first{};
  std::array<std::size_t, level_count> size{};
  std::span<const std::span<const double>> outputs;
};

/// Calls `sink` once a chunk, from worker threads, in no order; each view is valid during the call only. Values of a row depend on its
/// block only: not on threads, chunk size or what else the plan computes. False when stopped before the last chunk.
bool run_chunks(const plan::Plan& plan, const Population& population, const RunOptions& options,
                const std::function<void(const ChunkView&)>& sink);

/// Whole columns: result[i] has one value per row (canonical order) of the level of output i. An Error when stopped.
std::vector<std::vector<double>> run(const plan::Plan& plan, const Population& population, const RunOptions& options = {});

}  // namespace labacces::engine
