// Incomes of the dwellings out of the chunks of a run: as paid, under full take-up, and without the benefits asked. Internal to this folder.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "libsim/scenario/collector.hpp"
#include "libsim/scenario/run_scenario.hpp"

namespace labacces::scenario {

/// Where one scenario's incomes stand among the outputs.
struct IncomeColumns {
  std::size_t disposable = 0, units = 0;
};

/// Sink of engine::run_chunks beside the Collector, whose decisions it takes.
class IncomeCollector {
 public:
  IncomeCollector(const Population& population, const Collector& collector, std::vector<IncomeColumns> columns,
                  std::vector<bool> in_kind);
  void operator()(const engine::ChunkView& view);

  /// Figures of each run, and against the first one. Arrays of the households are let go.
  void fill(Comparison& comparison, unsigned threads);

 private:
  struct Households {
    std::vector<double> disposable, units;  // EUR a year at full take-up
    std::vector<double> rights, missing;    // EUR a month: at full take-up, and of that what is not paid
  };
  using Distributions = std::vector<std::shared_ptr<const outcomes::IncomeDistribution>>;
  outcomes::Estimate total(const Households& households, IncomeCase which, const outcomes::IncomeDesign& design) const;
  Distributions distributions(IncomeCase which, const outcomes::IncomeDesign& design, unsigned threads) const;
  std::vector<double> incomes(const Households& households, IncomeCase which, bool by_unit) const;

  const Population& population_;
  const Collector& collector_;
  std::vector<IncomeColumns> columns_;
  std::vector<bool> in_kind_;
  std::vector<Households> scenarios_;
};

}  // namespace labacces::scenario
