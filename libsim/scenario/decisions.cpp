#include "libsim/scenario/decisions.hpp"

namespace labacces::scenario {

using takeup::UnderReform;

Decisions::Decisions(std::vector<Claims> scenarios, std::vector<UnderReform> rules, std::size_t months)
    : scenarios_(std::move(scenarios)), rules_(std::move(rules)), months_(months), benefits_(scenarios_[0].benefits().size()) {
  for (std::size_t s = 0; s < scenarios_.size(); ++s) {
    for (std::size_t benefit = 0; benefit < benefits_; ++benefit) {
      std::size_t first = 0;
      while (first < s && (first_alike_[first * benefits_ + benefit] != first || !mean_the_same(first, s, benefit))) ++first;
      first_alike_.push_back(static_cast<std::uint32_t>(first));
    }
  }
}

bool Decisions::mean_the_same(std::size_t a, std::size_t b, std::size_t benefit) const {
  if (rules_[a] != rules_[b]) return false;
  switch (rules_[a]) {
    case UnderReform::automatic:
    case UnderReform::persist:
      return true;
    case UnderReform::redraw:
    case UnderReform::newly_eligible:
      return scenarios_[a].has_behaviour_of(scenarios_[b], benefit);
  }
  return false;
}

bool Decisions::claims(const engine::ChunkView& view, std::size_t scenario, std::size_t benefit, std::size_t row,
                       std::size_t month) const {
  const Claims& own = scenarios_[scenario];
  if (own.benefits()[benefit].first_claim) return own.claims(view, benefit, row, month);
  return decides(view, scenario, benefit, row, month);
}

bool Decisions::decides(const engine::ChunkView& view, std::size_t scenario, std::size_t benefit, std::size_t row,
                        std::size_t month) const {
  const Claims& base = scenarios_[0];
  const Claims& own = scenarios_[scenario];
  if (scenario == 0) return base.decides(view, benefit, row, month);
  const bool had_the_right = base.right(view, benefit, row, month) > 0.0;
  switch (rules_[scenario]) {
    case UnderReform::redraw:
      return own.decides(view, benefit, row, month);
    case UnderReform::automatic:
      return true;
    case UnderReform::persist:
      return had_the_right ? base.claims(view, benefit, row, month)
                           : base.decides_at(view, benefit, row, month, own.right(view, benefit, row, month));
    case UnderReform::newly_eligible:
      return had_the_right ? base.claims(view, benefit, row, month) : own.decides(view, benefit, row, month);
  }
  return false;
}

bool Decisions::are_alike(const engine::ChunkView& view, std::size_t scenario, std::size_t benefit) const {
  const bool in_plan = scenarios_[0].benefits()[benefit].first_claim || scenarios_[scenario].benefits()[benefit].first_claim;
  if (in_plan) return scenarios_[scenario].decide_alike(view, benefit, scenarios_[0]);
  switch (rules_[scenario]) {
    case UnderReform::redraw:
      return scenarios_[scenario].decide_alike(view, benefit, scenarios_[0]);
    case UnderReform::automatic:
      return false;
    case UnderReform::persist:
    case UnderReform::newly_eligible:
      return true;
  }
  return false;
}

std::vector<std::size_t> Decisions::reads(std::size_t scenario, std::size_t benefit, std::size_t month) const {
  std::vector<std::size_t> out{scenarios_[scenario].benefits()[benefit].first_output + month};
  const bool of_base = rules_[scenario] == UnderReform::persist || rules_[scenario] == UnderReform::newly_eligible;
  if (of_base) {
    const BenefitColumns& before = scenarios_[0].benefits()[benefit];
    if (before.first_claim) out.push_back(*before.first_claim + month);
    scenarios_[0].add_reads(benefit, month, out);
  }
  if (rules_[scenario] == UnderReform::redraw || rules_[scenario] == UnderReform::newly_eligible)
    scenarios_[scenario].add_reads(benefit, month, out);
  return out;
}

std::uint32_t Decisions::name(std::size_t scenario, std::size_t benefit, std::size_t month) const {
  return static_cast<std::uint32_t>((scenario * benefits_ + benefit) * months_ + month);
}

std::uint32_t Decisions::meaning(std::size_t scenario, std::size_t benefit, std::size_t month) const {
  return name(first_alike_[scenario * benefits_ + benefit], benefit, month);
}

void Decisions::decide(std::uint32_t name, const engine::ChunkView& view, std::span<double> out) const {
  const std::size_t month = name % months_;
  const std::size_t benefit = name / months_ % benefits_;
  const std::size_t scenario = name / months_ / benefits_;
  const Claims& own = scenarios_[scenario];
  const std::size_t first = view.first[index_of(own.benefits()[benefit].level)];
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool has_the_right = own.right(view, benefit, first + i, month) > 0.0;
    out[i] = has_the_right && decides(view, scenario, benefit, first + i, month) ? 1.0 : 0.0;
  }
}

}  // namespace labacces::scenario
