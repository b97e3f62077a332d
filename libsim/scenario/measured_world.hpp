// Whole columns of rights and of what behaviours look at, for receipts drawn many times. Internal to this folder.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libsim/engine/run.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/scenario/decisions.hpp"
#include "libsim/scenario/drawn_receipts.hpp"
#include "libsim/scenario/measure_take_up.hpp"

namespace labacces::scenario {

/// The scenario with the luck of replication `replication` (0: its own).
Scenario replicated(const Scenario& scenario, std::size_t replication);

/// What was asked of the law, computed for all units.
class MeasuredWorld {
 public:
  MeasuredWorld(const Scenario& scenario, std::shared_ptr<const law::Law> law, std::shared_ptr<const Population> population,
                const MeasureOptions& options);

  const Scenario& scenario() const { return scenario_; }
  const law::Law& law() const { return *law_; }
  const Population& population() const { return *population_; }
  const std::shared_ptr<const Population>& shared_population() const { return population_; }
  std::size_t months() const { return months_; }
  bool observed() const { return !options_.receipts.empty(); }
  const law::Variable& variable(const std::string& name) const { return law_->variables()[*law_->find_variable(name)]; }
  double right(std::size_t benefit, std::size_t row, std::size_t month) const { return outputs_[benefit * months_ + month][row]; }
  std::span<const double> group(std::size_t group) const { return outputs_[first_group_ + group]; }
  const std::vector<std::string>& groups() const { return groups_; }
  std::span<const double> living() const { return outputs_[first_living_]; }
  std::span<const double> consumption_units() const { return outputs_[first_living_ + 1]; }
  bool has_living() const { return first_living_ < outputs_.size(); }

  /// Of MeasureOptions::more_variables.
  std::span<const double> more(std::size_t variable) const { return outputs_[first_more_ + variable]; }
  /// Where the behaviours of a scenario with these benefits and facts find what they look at; as one chunk of the whole population.
  std::vector<BenefitColumns> columns_of(const Scenario& now) const;
  engine::ChunkView whole() const;
  Claims claims_of(const Scenario& now) const;
  const std::vector<std::uint64_t>& keys(std::size_t benefit) const {
    return keys_[index_of(variable(scenario_.benefits[benefit]).level)];
  }

  /// Receipts of the units in `rows` (of each benefit's level, rising). Where the scenario declares an order each call is a run of the law.
  outcomes::Receipts receipts(const std::vector<std::vector<std::uint32_t>>& rows, std::size_t parameter_draw,
                              std::size_t replication) const;
  /// Under other behaviours or another seed, with rights as if everything were claimed.
  outcomes::Receipts receipts_of(const Scenario& now, const std::vector<std::vector<std::uint32_t>>& rows) const;

 private:
  void ask(std::vector<plan::Request>& requests);
  Month first_month() const { return period_ - static_cast<int>(months_ - 1); }
  /// Throws where the order cannot be followed.
  void refuse_order() const;
  void prepare_order(const std::vector<plan::Request>& requests);
  Decisions decisions(const Scenario& now) const;
  outcomes::Receipts ordered_receipts(const Decisions& decisions, const std::vector<std::vector<std::uint32_t>>& rows,
                                      unsigned threads) const;
  Scenario drawn(std::size_t parameter_draw, std::size_t replication) const;
  outcomes::Receipt observed_receipt(std::size_t benefit, const std::vector<std::uint32_t>& rows) const;

  Scenario scenario_;
  std::shared_ptr<const law::Law> law_;
  std::shared_ptr<const Population> population_;
  MeasureOptions options_;
  Month period_{};
  std::size_t months_ = 0, first_receipt_ = 0, first_group_ = 0, first_fact_ = 0, first_more_ = 0, first_living_ = 0;
  std::vector<std::string> groups_, facts_;
  std::vector<std::vector<double>> outputs_;
  std::vector<std::span<const double>> spans_;
  std::vector<std::vector<std::uint64_t>> keys_;  // by level
  std::optional<plan::Plan> ordered_;             // where the scenario declares an order: rights by what is paid
  std::size_t first_resolved_ = 0;
  ChanceColumns chances_;  // with the parameters as they are given
};

}  // namespace labacces::scenario
