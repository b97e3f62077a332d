#include "libsim/scenario/claims.hpp"

#include <algorithm>
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
    : population_(population),
      benefits_(std::move(benefits)),
      luck_(std::move(luck)),
      keys_(std::move(keys)),
      first_(first),
      months_(months) {
  for (const BenefitColumns& benefit : benefits_) {
    if (benefit.traits.size() > most_facts || benefit.cells.size() > most_facts) {
      throw Error("the take-up of '" + benefit.behaviour.benefit + "' looks at more than " + std::to_string(most_facts) +
                  " traits or cells");
    }
  }
}

double Claims::right(const engine::ChunkView& view, std::size_t benefit, std::size_t row, std::size_t month) const {
  const BenefitColumns& columns = benefits_[benefit];
  return view.outputs[columns.first_output + month][row - view.first[index_of(columns.level)]];
}

double Claims::full_right(const engine::ChunkView& view, std::size_t benefit, std::size_t row, std::size_t month) const {
  const BenefitColumns& columns = benefits_[benefit];
  return view.outputs[columns.first_full + month][row - view.first[index_of(columns.level)]];
}

bool Claims::claims(const engine::ChunkView& view, std::size_t benefit, std::size_t row, std::size_t month) const {
  const BenefitColumns& columns = benefits_[benefit];
  if (!columns.first_claim) return decides(view, benefit, row, month);
  return view.outputs[*columns.first_claim + month][row - view.first[index_of(columns.level)]] != 0.0;
}

double Claims::value_of(const engine::ChunkView& view, const FactColumn& fact, Level level, std::size_t row) const {
  const double value =
      view.outputs[fact.output][seen_from(population_, level, row, fact.level) - view.first[index_of(fact.level)]];
  return fact.item ? (value == *fact.item ? 1.0 : 0.0) : value;
}

bool Claims::decides_at(const engine::ChunkView& view, std::size_t benefit, std::size_t row, std::size_t month,
                        double right) const {
  const BenefitColumns& columns = benefits_[benefit];
  double gateway = 0.0;
  for (std::size_t i = 0; i < columns.gateways.size(); ++i) {
    if (claims(view, columns.gateways[i], row, month)) gateway += columns.behaviour.gateways[i].effect;
  }
  const double p = chance_at(view, benefit, row, right, gateway);
  return luck_.uniform(benefit, (*keys_[benefit])[row], first_ + static_cast<int>(month)) < p;
}

double Claims::chance_at(const engine::ChunkView& view, std::size_t benefit, std::size_t row, double right,
                         double gateway) const {
  const BenefitColumns& columns = benefits_[benefit];
  std::array<double, most_facts> traits, cells;
  takeup::UnitFacts facts;
  facts.right = right;
  facts.gateway = gateway;
  for (std::size_t i = 0; i < columns.traits.size(); ++i) traits[i] = value_of(view, columns.traits[i], columns.level, row);
  for (std::size_t i = 0; i < columns.cells.size(); ++i) cells[i] = value_of(view, columns.cells[i], columns.level, row);
  facts.traits = std::span(traits).first(columns.traits.size());
  facts.cells = std::span(cells).first(columns.cells.size());
  if (columns.income) facts.income = value_of(view, *columns.income, columns.level, row);
  if (columns.receipt) facts.received = value_of(view, *columns.receipt, columns.level, row) > 0.0;
  if (columns.behaviour.duration != 0.0) {
    for (std::size_t m = 0; m < months_; ++m) facts.months += full_right(view, benefit, row, m) > 0.0 ? 1.0 : 0.0;
  }
  return takeup::probability(columns.behaviour, facts);
}

/// Outputs of all months, from two places on, are the same columns.
bool Claims::same_columns(const engine::ChunkView& view, std::size_t own, std::size_t its) const {
  for (std::size_t month = 0; month < months_; ++month) {
    if (view.outputs[own + month].data() != view.outputs[its + month].data()) return false;
  }
  return true;
}

bool Claims::has_behaviour_of(const Claims& other, std::size_t benefit) const {
  const BenefitColumns& own = benefits_[benefit];
  const BenefitColumns& its = other.benefits_[benefit];
  const auto same_items = [](const std::vector<FactColumn>& a, const std::vector<FactColumn>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const FactColumn& x, const FactColumn& y) { return x.item == y.item; });
  };
  return own.behaviour == its.behaviour && luck_ == other.luck_ && same_items(own.traits, its.traits) &&
         same_items(own.cells, its.cells);
}

void Claims::add_reads(std::size_t benefit, std::size_t month, std::vector<std::size_t>& reads) const {
  const BenefitColumns& columns = benefits_[benefit];
  reads.push_back(columns.first_output + month);
  for (const FactColumn& trait : columns.traits) reads.push_back(trait.output);
  for (const FactColumn& cell : columns.cells) reads.push_back(cell.output);
  if (columns.income) reads.push_back(columns.income->output);
  if (columns.receipt) reads.push_back(columns.receipt->output);
  for (std::size_t m = 0; columns.behaviour.duration != 0.0 && m < months_; ++m) reads.push_back(columns.first_full + m);
  for (const std::size_t gateway : columns.gateways) {
    if (benefits_[gateway].first_claim) {
      reads.push_back(*benefits_[gateway].first_claim + month);
    } else {
      add_reads(gateway, month, reads);
    }
  }
}

bool Claims::decide_alike(const engine::ChunkView& view, std::size_t benefit, const Claims& other) const {
  const BenefitColumns& own = benefits_[benefit];
  const BenefitColumns& its = other.benefits_[benefit];
  if (own.first_claim || its.first_claim)
    return own.first_claim && its.first_claim && same_columns(view, *own.first_claim, *its.first_claim);
  if (!has_behaviour_of(other, benefit)) return false;
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
  if (own.behaviour.duration != 0.0 && !same_columns(view, own.first_full, its.first_full)) return false;
  for (const std::size_t gateway : own.gateways) {
    if (!same_columns(view, benefits_[gateway].first_output, other.benefits_[gateway].first_output)) return false;
    if (!decide_alike(view, gateway, other)) return false;
  }
  return same(own.income, its.income) && same(own.receipt, its.receipt);
}

}  // namespace labacces::scenario
