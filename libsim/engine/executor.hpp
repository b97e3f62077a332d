// Executor: one Plan on one chunk after the other, over a scratch block that is allocated once. One executor a worker.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "libsim/engine/chunks.hpp"
#include "libsim/engine/group_links.hpp"
#include "libsim/engine/kernels.hpp"
#include "libsim/engine/table_index.hpp"
#include "libsim/plan/plan.hpp"
#include "libsim/population/population.hpp"

namespace labacces::engine {

class Executor {
 public:
  /// Makes a plan ready for chunks of up to `capacity` rows. Plan and population must outlive the executor.
  Executor(const plan::Plan& plan, const Population& population, std::size_t capacity, const KernelTable& table = kernels());
  ~Executor();
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  /// Takes a decision of the plan, by its name: one value a row. outputs() has what stands before it.
  using Decide = std::function<void(std::uint32_t name, std::span<double> out)>;

  /// Computes the chunk; allocates nothing. `decide` is needed where the plan has decisions.
  void run(const Chunk& chunk, const Decide& decide = {}) noexcept;

  /// Output i of the plan for the chunk run last, one value a row of its level. Valid until the next run.
  std::span<const std::span<const double>> outputs() const { return output_views_; }

  /// Values of any operand of the plan on `level` for the chunk run last: for plans that keep all.
  std::span<const double> values(const plan::Operand& operand, Level level) const;

 private:
  /// An operand as an address: `base` plus the chunk's first row of the level `slot`; registers and constants do not move.
  struct Source {
    const double* base = nullptr;
    std::uint8_t slot = fixed;
  };
  static constexpr std::uint8_t fixed = level_count;

  /// An instruction with its addresses: one cache line.
  struct Step {
    RowKernel kernel = nullptr;  ///< null: see run_between_levels
    double* out = nullptr;
    const double* a = nullptr;
    const double* b = nullptr;
    const double* c = nullptr;
    double number = 0.0;
    std::uint32_t payload = 0;
    plan::NodeOp op = plan::NodeOp::constant;
    std::uint8_t level = 0, from = 0, slot_a = fixed, slot_b = fixed, slot_c = fixed;
  };

  void check_plan() const;
  double* register_at(std::uint32_t index) const;
  Source source(const plan::Operand& operand, Level level, bool as_column) const;
  const double* filled(double value) const;
  Level level_read(const plan::Instruction& instruction) const;
  void prepare_links();
  Step step_of(const plan::Instruction& instruction) const;
  void run_between_levels(const Step& step, const double* a, const double* b, const double* c, const Decide& decide) noexcept;

  const plan::Plan& plan_;
  const Population& population_;
  const KernelTable& table_;
  std::size_t capacity_;
  std::size_t stride_;  // doubles from one register to the next
  struct CacheLine;
  std::unique_ptr<CacheLine[]> scratch_;
  mutable std::vector<std::pair<double, std::unique_ptr<double[]>>> filled_;  // columns of one constant
  std::array<std::unique_ptr<GroupLinks>, level_count> links_;                // of the groups that the plan moves between
  std::vector<TableIndex> tables_;
  std::vector<Step> steps_;
  std::array<std::size_t, level_count> size_{};
  std::array<std::size_t, level_count + 1> first_{};  // the last stays 0: `fixed`
  std::vector<Source> output_sources_;
  std::vector<std::span<const double>> output_views_;
};

}  // namespace labacces::engine
