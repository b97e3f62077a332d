// Who claims, in one scenario: behaviours, luck, and what the behaviours look at, as columns of a chunk. Internal to this folder.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "libsim/engine/run.hpp"
#include "libsim/population/population.hpp"
#include "libsim/takeup/draw.hpp"

namespace labacces::scenario {

/// Row, at level `to`, that stands for unit `row` of level `from`: through the one person always there.
std::size_t seen_from(const Population& population, Level from, std::size_t row, Level to);

/// A variable that a behaviour looks at: an output, and the code of the item that is asked (none: the number itself).
struct FactColumn {
  std::size_t output = 0;
  Level level = Level::individu;
  std::optional<double> item;
  bool operator==(const FactColumn&) const = default;
};

/// A benefit in one scenario.
struct BenefitColumns {
  std::size_t first_output = 0;            ///< rights, given what others are paid; months stand one after the other
  std::size_t first_full = 0;              ///< rights at full take-up of the others; the same outputs where no order is declared
  std::optional<std::size_t> first_claim;  ///< 1 where the unit claims, of a benefit that is decided in the plan
  Level level = Level::famille;
  takeup::Behaviour behaviour;
  std::vector<FactColumn> traits, cells;
  std::optional<FactColumn> income, receipt;
  std::vector<std::size_t> gateways;  ///< benefits of the behaviour's gateways, earlier in the list
};

class Claims {
 public:
  /// keys[b]: of the units of benefit b. `first`: the first month computed.
  Claims(const Population& population, std::vector<BenefitColumns> benefits, takeup::LatentLuck luck,
         std::vector<const std::vector<std::uint64_t>*> keys, Month first, std::size_t months);

  const std::vector<BenefitColumns>& benefits() const { return benefits_; }
  double right(const engine::ChunkView& view, std::size_t benefit, std::size_t row, std::size_t month) const;
  /// At full take-up of the other benefits.
  double full_right(const engine::ChunkView& view, std::size_t benefit, std::size_t row, std::size_t month) const;

  /// Whether the unit claims: as it was decided in the plan, or decides at its own right.
  bool claims(const engine::ChunkView& view, std::size_t benefit, std::size_t row, std::size_t month) const;

  /// Whether the unit in `row` claims in `month` (counted from the first), at its own right or at another one.
  bool decides(const engine::ChunkView& view, std::size_t benefit, std::size_t row, std::size_t month) const {
    return decides_at(view, benefit, row, month, right(view, benefit, row, month));
  }
  bool decides_at(const engine::ChunkView& view, std::size_t benefit, std::size_t row, std::size_t month, double right) const;
  /// Probability of claiming at this right, with the effects of the gateways that it has passed added to its log odds.
  double chance_at(const engine::ChunkView& view, std::size_t benefit, std::size_t row, double right, double gateway) const;

  std::size_t months() const { return months_; }
  Month first() const { return first_; }
  const takeup::LatentLuck& luck() const { return luck_; }
  std::uint64_t key(std::size_t benefit, std::size_t row) const { return (*keys_[benefit])[row]; }

  /// All units decide in this chunk as they do in `other`, wherever their rights are the same.
  bool decide_alike(const engine::ChunkView& view, std::size_t benefit, const Claims& other) const;

  /// Decisions of both are one function of what they read.
  bool has_behaviour_of(const Claims& other, std::size_t benefit) const;
  /// Adds the outputs that a decision reads, in an order that behaviours alike share.
  void add_reads(std::size_t benefit, std::size_t month, std::vector<std::size_t>& reads) const;

 private:
  double value_of(const engine::ChunkView& view, const FactColumn& fact, Level level, std::size_t row) const;
  bool same_columns(const engine::ChunkView& view, std::size_t own, std::size_t its) const;

  const Population& population_;
  std::vector<BenefitColumns> benefits_;
  takeup::LatentLuck luck_;
  std::vector<const std::vector<std::uint64_t>*> keys_;
  Month first_{};
  std::size_t months_;
};

}  // namespace labacces::scenario
