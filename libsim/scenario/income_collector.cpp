#include "libsim/scenario/income_collector.hpp"

#include <algorithm>
#include <cmath>

#include "libsim/base/parallel.hpp"

namespace labacces::scenario {
namespace {

constexpr double months_of_year = 12.0;

outcomes::IncomeDesign design_of(const Population& population) {
  outcomes::IncomeDesign design;
  const std::size_t count = population.count(Level::menage);
  const std::vector<double> persons = persons_of(population, Level::menage);
  design.households.assign(population.weights().begin(), population.weights().end());
  for (std::size_t h = 0; h < count; ++h) design.persons.push_back(design.households[h] * persons[h]);
  const auto& blocks = population.blocks();
  design.clusters = blocks.size() - 1;
  for (std::size_t block = 0; block < design.clusters; ++block) {
    const auto end = static_cast<std::size_t>(blocks[block + 1][index_of(Level::menage)]);
    design.cluster.resize(end, static_cast<std::uint32_t>(block));
  }
  return design;
}

}  // namespace

IncomeCollector::IncomeCollector(const Population& population, const Collector& collector, std::vector<IncomeColumns> columns,
                                 std::vector<bool> in_kind)
    : population_(population),
      collector_(collector),
      columns_(std::move(columns)),
      in_kind_(std::move(in_kind)),
      scenarios_(columns_.size()) {
  const std::vector<double> none(population.count(Level::menage), 0.0);
  for (Households& one : scenarios_) one = {none, none, none, none};
}

void IncomeCollector::operator()(const engine::ChunkView& view) {
  const std::size_t at = index_of(Level::menage);
  const Collector::Shape& shape = collector_.shape();
  const std::size_t last = shape.months - 1;
  for (std::size_t s = 0; s < scenarios_.size(); ++s) {
    Households& into = scenarios_[s];
    const Claims& claims = shape.decisions.of(s);
    const std::span<const double> disposable = view.outputs[columns_[s].disposable];
    const std::span<const double> units = view.outputs[columns_[s].units];
    std::copy_n(disposable.begin(), view.size[at], into.disposable.begin() + static_cast<std::ptrdiff_t>(view.first[at]));
    std::copy_n(units.begin(), view.size[at], into.units.begin() + static_cast<std::ptrdiff_t>(view.first[at]));
    for (std::size_t benefit = 0; benefit < shape.benefits.size(); ++benefit) {
      if (in_kind_[benefit]) continue;
      const Level level = shape.benefits[benefit].level;
      const std::size_t first = view.first[index_of(level)];
      for (std::size_t row = first; row < first + view.size[index_of(level)]; ++row) {
        const double full = claims.full_right(view, benefit, row, last);
        const double right = claims.right(view, benefit, row, last);
        if (!(full > 0.0) && !(right > 0.0)) continue;
        const std::size_t dwelling = seen_from(population_, level, row, Level::menage);
        const double paid = right > 0.0 && shape.decisions.claims(view, s, benefit, row, last) ? right : 0.0;
        into.rights[dwelling] += full;
        if (paid != full) into.missing[dwelling] += full - paid;
      }
    }
  }
}

std::vector<double> IncomeCollector::incomes(const Households& households, IncomeCase which, bool by_unit) const {
  std::vector<double> out(households.disposable);
  for (std::size_t h = 0; h < out.size(); ++h) {
    if (which == IncomeCase::paid) out[h] -= months_of_year * households.missing[h];
    if (which == IncomeCase::without_benefits) out[h] -= months_of_year * households.rights[h];
    if (by_unit) out[h] /= std::max(households.units[h], 1.0);
  }
  return out;
}

outcomes::Estimate IncomeCollector::total(const Households& households, IncomeCase which,
                                          const outcomes::IncomeDesign& design) const {
  outcomes::TotalSums sums;
  const std::vector<double> euros = incomes(households, which, false);
  double z = 0.0;
  for (std::size_t h = 0; h < euros.size(); ++h) {
    z += design.households[h] * euros[h];
    if (h + 1 < euros.size() && design.cluster[h + 1] == design.cluster[h]) continue;
    sums.add_cluster(z);
    z = 0.0;
  }
  return outcomes::estimate_total(sums, design.clusters);
}

/// Of all scenarios; one with the incomes of the first shares its distribution.
IncomeCollector::Distributions IncomeCollector::distributions(IncomeCase which, const outcomes::IncomeDesign& design,
                                                              unsigned threads) const {
  Distributions out(scenarios_.size());
  const auto make = [&](std::size_t s) {
    std::vector<double> own = incomes(scenarios_[s], which, true);
    if (s > 0 && own == out[0]->incomes()) {
      out[s] = out[0];
    } else {
      out[s] = std::make_shared<const outcomes::IncomeDistribution>(std::move(own), design);
    }
  };
  make(0);
  for_each_chunk(out.size() - 1, threads, [&](std::size_t i, unsigned) { make(i + 1); });
  return out;
}

void IncomeCollector::fill(Comparison& comparison, unsigned threads) {
  const outcomes::IncomeDesign design = design_of(population_);
  const Distributions paid = distributions(IncomeCase::paid, design, threads);
  for (std::size_t s = 0; s < scenarios_.size(); ++s) {
    comparison.runs[s].income.emplace();
    if (s > 0) comparison.differences[s - 1].income.emplace();
  }
  for (std::size_t which = 0; which < income_cases.size(); ++which) {
    const auto kind = static_cast<IncomeCase>(which);
    const Distributions own = kind == IncomeCase::paid ? paid : distributions(kind, design, threads);
    for (std::size_t m = 0; m < outcomes::income_measure_count; ++m) {
      const auto measure = static_cast<outcomes::IncomeMeasure>(m);
      const bool anchored = measure == outcomes::IncomeMeasure::poverty_rate_anchored;
      const outcomes::Linearised base = own[0]->linearised(measure, *paid[0]);
      const outcomes::Estimate estimate = estimate_of(base, design);
      comparison.runs[0].income->figures[which][m] = estimate;
      for_each_chunk(scenarios_.size() - 1, threads, [&](std::size_t i, unsigned) {
        const std::size_t s = i + 1;
        outcomes::Estimate& figure = comparison.runs[s].income->figures[which][m];
        outcomes::Estimate& difference = comparison.differences[i].income->figures[which][m];
        if (own[s] == own[0] && (!anchored || paid[s] == paid[0])) {
          figure = estimate;
          difference = estimate.known
                           ? outcomes::Estimate{0.0, std::isnan(estimate.standard_error) ? estimate.standard_error : 0.0, true}
                           : outcomes::Estimate{};
          return;
        }
        const outcomes::Linearised changed = own[s]->linearised(measure, *paid[s]);
        figure = estimate_of(changed, design);
        difference = difference_of(base, anchored ? own[s]->linearised(measure, *paid[0]) : changed, design);
      });
    }
    for (std::size_t s = 0; s < scenarios_.size(); ++s)
      comparison.runs[s].income->disposable[which] = total(scenarios_[s], kind, design);
  }
  const std::vector<double> before = incomes(scenarios_[0], IncomeCase::paid, false);
  for_each_chunk(scenarios_.size() - 1, threads, [&](std::size_t i, unsigned) {
    comparison.differences[i].income->change =
        outcomes::income_change(before, incomes(scenarios_[i + 1], IncomeCase::paid, false), *paid[0]);
  });
  scenarios_.clear();
}

}  // namespace labacces::scenario
