// Loops of one row on the same row: nanoseconds a row by operation and instruction set, 2,048 rows that stay in the second cache.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "libsim/engine/kernels.hpp"

namespace labacces::bench {
namespace {

using engine::KernelTable;
using plan::NodeOp;

constexpr std::size_t rows = 2048;
constexpr std::size_t registers = 24;  // 384 KiB: more than the first cache, less than the second

/// The operation over registers that change from call to call, as in a plan.
void row_kernel(benchmark::State& state, const KernelTable* table, NodeOp op, std::size_t shape, double number) {
  std::vector<double> scratch(registers * rows);
  for (std::size_t i = 0; i < scratch.size(); ++i) scratch[i] = static_cast<double>((i * 7919) % 20011) / 7.0;
  const engine::RowKernel kernel = table->kernel(op, shape);
  std::size_t next = 0;
  const auto take = [&] { return scratch.data() + rows * (next = (next + 1) % registers); };
  for (auto _ : state) {
    const double* const a = take();
    const double* const b = take();
    const double* const c = take();
    kernel(take(), a, b, c, number, rows);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(rows));
}

struct Case {
  const char* name;
  NodeOp op;
  std::size_t shape;
  double number;
};

constexpr Case cases[] = {
    {"add", NodeOp::add, 4, 0},
    {"add constant", NodeOp::add, 6, 0},
    {"multiply constant", NodeOp::multiply, 6, 0},
    {"divide", NodeOp::divide, 4, 0},
    {"maximum constant", NodeOp::maximum, 6, 0},
    {"less", NodeOp::less, 4, 0},
    {"and", NodeOp::logical_and, 4, 0},
    {"select", NodeOp::select, 0, 0},
    {"select constant", NodeOp::select, 4, 0},
    {"divide_or", NodeOp::divide_or, 4, 0},
    {"round_half", NodeOp::round_half, 6, 0.01},
    {"floor_div", NodeOp::floor_div, 6, 12.0},
    {"month_index", NodeOp::month_index, 6, 0},
    {"add_months", NodeOp::add_months, 6, 0},
};

const int registered = [] {
  for (const KernelTable* table : engine::kernel_tables()) {
    for (const Case& one : cases) {
      const std::string name = "row/" + std::string(one.name) + "/" + std::string(table->name);
      benchmark::RegisterBenchmark(name.c_str(), row_kernel, table, one.op, one.shape, one.number);
    }
  }
  return 0;
}();

}  // namespace
}  // namespace labacces::bench

BENCHMARK_MAIN();
