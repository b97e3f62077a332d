// A declared order of claiming: its check against the law, the second world of rights in the plan, and what it assumes. Internal to this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "libsim/engine/run.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/scenario/decisions.hpp"
#include "libsim/scenario/run_scenario.hpp"

namespace labacces::scenario {

/// Throws Error, with the path of rules, where a benefit of the order needs a later one in the same month, in one of first .. last.
void check_order(const Scenario& scenario, const law::Law& law, Month first, Month last);

/// The resolutions of the scenarios that declare an order. `outputs` is the number of outputs before theirs.
class OrderedWorlds {
 public:
  OrderedWorlds(std::span<const Scenario> scenarios, Month first, std::size_t months, std::size_t outputs);

  bool any() const { return !resolutions_.empty(); }
  /// Where the outputs of a scenario's resolution begin; 0 without an order.
  std::size_t first_output(std::size_t scenario) const { return first_outputs_[scenario]; }
  /// For plan::build_graph; `decisions` must outlive it.
  std::span<const plan::Resolution> resolutions(const Decisions& decisions);
  /// The first output of Graph::assumed.
  std::size_t first_assumed() const { return end_; }

 private:
  std::vector<plan::Resolution> resolutions_;
  std::vector<std::vector<std::size_t>> benefits_;  // of each resolution: places of its order among the benefits
  std::vector<std::size_t> first_outputs_;
  std::size_t end_ = 0;
};

/// Sink of engine::run_chunks: counts the amounts before the months computed that the law takes as paid (Graph::assumed).
class AssumedAmounts {
 public:
  AssumedAmounts(const plan::Graph& graph, std::size_t first_output, unsigned workers);
  void operator()(const engine::ChunkView& view);
  /// One entry a benefit of the scenario's order that is read, in the order of the law's variables.
  std::vector<AssumedTakeUp> of(std::size_t scenario, const law::Law& law) const;

 private:
  struct Amount {
    std::uint32_t scenario = 0, variable = 0;
    Month month{};
    std::vector<std::size_t> outputs;  // as it is seen from one month or another
  };
  std::vector<Amount> amounts_;
  std::vector<std::vector<std::uint64_t>> counts_;  // [worker][amount]
};

}  // namespace labacces::scenario
