// Who claims in each scenario of a pass: by its own behaviours, and as decisions of the first scenario meet it. Internal to this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "libsim/scenario/claims.hpp"

namespace labacces::scenario {

class Decisions {
 public:
  /// rules[s]: how decisions of scenario 0 meet scenario s.
  Decisions(std::vector<Claims> scenarios, std::vector<takeup::UnderReform> rules, std::size_t months);

  std::size_t size() const { return scenarios_.size(); }
  const Claims& of(std::size_t scenario) const { return scenarios_[scenario]; }

  /// Whether the unit in `row`, which has the right, claims under the scenario's rule.
  bool claims(const engine::ChunkView& view, std::size_t scenario, std::size_t benefit, std::size_t row, std::size_t month) const;
  /// In this chunk all units decide as in scenario 0, wherever their rights are the same.
  bool are_alike(const engine::ChunkView& view, std::size_t scenario, std::size_t benefit) const;

  /// Of a decision that is taken in the plan (plan::Decision): what it reads, what it means, and by which name it is asked.
  std::vector<std::size_t> reads(std::size_t scenario, std::size_t benefit, std::size_t month) const;
  std::uint32_t meaning(std::size_t scenario, std::size_t benefit, std::size_t month) const;
  std::uint32_t name(std::size_t scenario, std::size_t benefit, std::size_t month) const;
  /// engine::Decide.
  void decide(std::uint32_t name, const engine::ChunkView& view, std::span<double> out) const;

 private:
  bool decides(const engine::ChunkView& view, std::size_t scenario, std::size_t benefit, std::size_t row,
               std::size_t month) const;
  bool mean_the_same(std::size_t a, std::size_t b, std::size_t benefit) const;

  std::vector<Claims> scenarios_;
  std::vector<takeup::UnderReform> rules_;
  std::size_t months_, benefits_;
  std::vector<std::uint32_t> first_alike_;  // [scenario][benefit]: the first scenario that decides by the same function
};

}  // namespace labacces::scenario
