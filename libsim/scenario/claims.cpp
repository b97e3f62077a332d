#include "libsim/scenario/claims.hpp"

#include <array>

#include "libsim/base/error.hpp"

namespace labacces::scenario {
namespace {

constexpr std::size_t most_facts = 64;

}  // namespace

std::size_t seen_from(const Population& population, Level from, std::size_t row, Level to) {
  if (from == to) return row;
  const std::size_t person = is_group(from) ? static_cast<std::size_t>(population.membership(from).principal_of[row]) : row;
  return is_group(to) ? static_cast<std::size_t>(population.membership(to).unit_of[person]) : person;
}

Claims::Claims(const Population& population, std::vector<BenefitColumns> benefits, takeup::LatentLuck luck,
               std::vector<const std::vector<std::uint64_t>*> keys, Month first, std::size_t months)
    : population_(population), benefits_(std::move(benefits)), luck_(std::move(luck)), keys_(std::move(keys)), first_(first), months_(months) {
  for (const BenefitColumns& benefit : benefits_) {
    if (benefit.traits.size() > most_facts || benefit.cells.size() > most_facts) {
      throw Error("the take-up of '" + benefit.behaviour.benefit + "' looks at more than " + std::to_string(most_facts) + " traits or cells");
    }
  }
}

double Claims::right(const engine::ChunkView& view, std::size_t benefit, std::size_t row, std::size_t month) const {
  const BenefitColumns& columns = benefits_[benefit];
  return view.outputs[columns.first_output + month][row - view.first[index_of(columns.level)]];
}

double Claims::value_of(const engine::ChunkView& view, const FactColumn& fact, Level level, std::size_t row) const {
  const double value = view.outputs[fact.output][seen_from(population_, level, row, fact.level) - view.first[index_of(fact.level)]];
  return fact.item ? (value == *fact.item ? 1.0 : 0.0) : value;
}

bool Claims::decides_at(const engine::ChunkView& view, std::size_t benefit, std::size_t row, std::size_t month, double right) const {
  const BenefitColumns& columns = benefits_[benefit];
  std::array<double, most_facts> traits{}, cells{};
  takeup::UnitFacts facts;
  facts.right = right;
  for (std::size_t i = 0; i < columns.traits.size(); ++i) traits[i] = value_of(view, columns.traits[i], columns.level, row);
  for (std::size_t i = 0; i < columns.cells.size(); ++i) cells[i] = value_of(view, columns.cells[i], columns.level, row);
  facts.traits = std::span(traits).first(columns.traits.size());
  facts.cells = std::span(cells).first(columns.cells.size());
  if (columns.income) facts.income = value_of(view, *columns.income, columns.level, row);
  if (columns.receipt) facts.received = value_of(view, *columns.receipt, columns.level, row) > 0.0;
  if (columns.behaviour.duration != 0.0) {
    for (std::size_t m = 0; m < months_; ++m) facts.months += this->right(view, benefit, row, m) > 0.0 ? 1.0 : 0.0;
  }
  for (std::size_t i = 0; i < columns.gateways.size(); ++i) {
    if (decides(view, columns.gateways[i], row, month)) facts.gateway += columns.behaviour.gateways[i].effect;
  }
  const double p = takeup::probability(columns.behaviour, facts);
  return luck_.uniform(benefit, (*keys_[benefit])[row], first_ + static_cast<int>(month)) < p;
}

bool Claims::rights_are_alike(const engine::ChunkView& view, std::size_t benefit, const Claims& other) const {
  for (std::size_t month = 0; month < months_; ++month) {
    const std::size_t own = benefits_[benefit].first_output + month;
    const std::size_t its = other.benefits_[benefit].first_output + month;
    if (view.outputs[own].data() != view.outputs[its].data()) return false;
  }
  return true;
}

bool Claims::decide_alike(const engine::ChunkView& view, std::size_t benefit, const Claims& other) const {
  const BenefitColumns& own = benefits_[benefit];
  const BenefitColumns& its = other.benefits_[benefit];
  if (!(own.behaviour == its.behaviour) || !(luck_ == other.luck_)) return false;
  const auto same = [&](const std::optional<FactColumn>& a, const std::optional<FactColumn>& b) {
    return !a || view.outputs[a->output].data() == view.outputs[b->output].data();
  };
  for (std::size_t i = 0; i < own.traits.size(); ++i) {
    if (!same(own.traits[i], its.traits[i])) return false;
  }
  for (std::size_t i = 0; i < own.cells.size(); ++i) {
    if (!same(own.cells[i], its.cells[i])) return false;
  }
  // The number of months with the right is of one unit, but of all its months.
  if (own.behaviour.duration != 0.0 && !rights_are_alike(view, benefit, other)) return false;
  for (const std::size_t gateway : own.gateways) {
    if (!rights_are_alike(view, gateway, other) || !decide_alike(view, gateway, other)) return false;
  }
  return same(own.income, its.income) && same(own.receipt, its.receipt);
}

}  // namespace labacces::scenario
