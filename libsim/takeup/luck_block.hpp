// Luck of many units at once: the draws of LatentLuck, column by column.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "libsim/takeup/draw.hpp"

namespace labacces::takeup {

/// Probabilities of a column of units, made ready to be compared with many draws.
class Chances {
 public:
  /// Numbers under 0 never claim, those above 1 always do.
  explicit Chances(std::vector<double> probabilities);
  std::span<const double> probabilities() const { return probabilities_; }
  std::size_t size() const { return probabilities_.size(); }
  /// p 2^53 rounded up: a draw of 53 bits is below it exactly when the uniform is below p.
  std::span<const std::uint64_t> thresholds() const { return thresholds_; }
  /// Normal quantiles of the probabilities; made when first asked, so not for several threads.
  std::span<const double> scores();

 private:
  std::vector<double> probabilities_, scores_;
  std::vector<std::uint64_t> thresholds_;
};

/// Units of one level, over months that follow each other, in one replication. Normal scores are made once for each benefit and month and
/// kept, so that neither a window of 36 months nor a copula draws twice: about (months + 35) * benefits * units numbers where luck is dependent,
/// so take units by a few hundred. Not for several threads.
class LuckBlock {
 public:
  LuckBlock(const LatentLuck& luck, std::span<const std::uint64_t> keys, Month first, std::size_t months,
            std::uint64_t replication = 0);

  /// out[i] = luck.uniform(benefit, keys[i], first + month, replication), to the last bit.
  void uniforms(std::size_t benefit, std::size_t month, std::span<double> out);
  /// out[i] = 1 where that uniform is below the chance of unit i, else 0.
  void claims(std::size_t benefit, std::size_t month, Chances& chances, std::span<std::uint8_t> out);

 private:
  using Column = std::vector<double>;
  const Column& draw(std::size_t benefit, std::size_t place);
  const Column& own_score(std::size_t benefit, std::size_t month);
  const Column& score(std::size_t benefit, std::size_t month);
  bool is_independent(std::size_t benefit) const;

  const LatentLuck& luck_;
  std::span<const std::uint64_t> keys_;
  Month first_;
  std::size_t months_;
  std::uint64_t replication_;
  std::vector<std::vector<Column>>
      draws_;  // scores of each benefit: those of the months from 35 before the first on, where decisions are not for ever, and its one draw
  std::vector<std::vector<Column>> own_scores_;  // after persistence, by month
  Column mixed_;
  std::vector<std::uint8_t> doubtful_;
};

}  // namespace labacces::takeup
