#include "libsim/outcomes/income.hpp"

#include <algorithm>
#include <numeric>

namespace labacces::outcomes {
namespace {

constexpr double root_of_two_pi = 2.5066282746310002;
constexpr double kernel_reach = 5.0;  // bandwidths beyond which the kernel is nothing

/// Sum over each cluster of weight times value, then the variance of their total.
double standard_error(const std::vector<double>& weights, const std::vector<double>& values, const IncomeDesign& design) {
  if (design.clusters < 2) return std::nan("");
  double sum = 0.0, squares = 0.0, z = 0.0;
  for (std::size_t h = 0; h < values.size(); ++h) {
    z += weights[h] * values[h];
    if (h + 1 < values.size() && design.cluster[h + 1] == design.cluster[h]) continue;
    sum += z;
    squares += z * z;
    z = 0.0;
  }
  const auto n = static_cast<double>(design.clusters);
  return std::sqrt(n / (n - 1.0) * std::max(0.0, squares - sum * sum / n));
}

}  // namespace

IncomeDistribution::IncomeDistribution(std::vector<double> incomes, const IncomeDesign& design)
    : incomes_(std::move(incomes)), design_(design), order_(incomes_.size()), cumulated_(incomes_.size()) {
  std::iota(order_.begin(), order_.end(), 0U);
  std::sort(order_.begin(), order_.end(),
            [this](std::uint32_t a, std::uint32_t b) { return incomes_[a] != incomes_[b] ? incomes_[a] < incomes_[b] : a < b; });
  for (std::size_t i = 0; i < order_.size(); ++i) cumulated_[i] = total_ += design_.persons[order_[i]];
  if (total_ > 0.0) {
    const double spread = quantile(0.75) - quantile(0.25);
    bandwidth_ = 0.79 * spread * std::pow(static_cast<double>(incomes_.size()), -0.2);
  }
}

double IncomeDistribution::quantile(double share) const {
  if (order_.empty()) return std::nan("");
  const auto found = std::lower_bound(cumulated_.begin(), cumulated_.end(), share * total_);
  return incomes_[order_[std::min(static_cast<std::size_t>(found - cumulated_.begin()), order_.size() - 1)]];
}

double IncomeDistribution::density(double income) const {
  if (!(bandwidth_ > 0.0) || !(total_ > 0.0)) return 0.0;
  const std::scoped_lock lock(known_mutex_);
  const auto known = std::find_if(known_.begin(), known_.end(), [income](const auto& entry) { return entry.first == income; });
  if (known != known_.end()) return known->second;
  const auto below = [this](std::uint32_t h, double value) { return incomes_[h] < value; };
  const auto first = std::lower_bound(order_.begin(), order_.end(), income - kernel_reach * bandwidth_, below);
  const auto last = std::lower_bound(first, order_.end(), income + kernel_reach * bandwidth_, below);
  double sum = 0.0;
  for (auto it = first; it != last; ++it) {
    const double distance = (incomes_[*it] - income) / bandwidth_;
    sum += design_.persons[*it] * std::exp(-0.5 * distance * distance);
  }
  known_.emplace_back(income, sum / (total_ * bandwidth_ * root_of_two_pi));
  return known_.back().second;
}

double IncomeDistribution::share_at_or_below(double income) const {
  const auto above = std::upper_bound(order_.begin(), order_.end(), income,
                                      [this](double value, std::uint32_t h) { return value < incomes_[h]; });
  return above == order_.begin() ? 0.0 : cumulated_[static_cast<std::size_t>(above - order_.begin()) - 1] / total_;
}

Linearised IncomeDistribution::of_mean() const {
  Linearised out{0.0, true, std::vector<double>(incomes_.size())};
  for (std::size_t h = 0; h < incomes_.size(); ++h) out.value += design_.persons[h] * incomes_[h];
  out.value /= total_;
  for (std::size_t h = 0; h < incomes_.size(); ++h) out.influence[h] = (incomes_[h] - out.value) / total_;
  return out;
}

Linearised IncomeDistribution::of_quantile(double share) const {
  const double value = quantile(share);
  const double dense = density(value);
  Linearised out{value, dense > 0.0, std::vector<double>(incomes_.size())};
  if (!out.known) return out;
  for (std::size_t h = 0; h < incomes_.size(); ++h)
    out.influence[h] = -((incomes_[h] <= value ? 1.0 : 0.0) - share) / (dense * total_);
  return out;
}

Linearised IncomeDistribution::of_ratio(const Linearised& a, const Linearised& b) const {
  Linearised out{a.value / b.value, a.known && b.known && b.value > 0.0, a.influence};
  for (std::size_t h = 0; h < out.influence.size(); ++h)
    out.influence[h] = (a.influence[h] - out.value * b.influence[h]) / b.value;
  return out;
}

// Kovačević and Binder 1997: 2 / μ (A(y) y + B(y) - μ (G + 1) / 2), A(y) = F(y) - (G + 1) / 2, B(y) = mean of the incomes from y on. F counts
// half of those who have the same income, so that who has it first does not matter.
Linearised IncomeDistribution::of_gini() const {
  const double mean = of_mean().value;
  Linearised out{0.0, mean > 0.0, std::vector<double>(incomes_.size())};
  if (!out.known) return out;
  std::vector<double> rank(incomes_.size()), from(incomes_.size());
  double above = mean;  // what incomes not below y are on the mean of all
  for (std::size_t i = 0; i < order_.size();) {
    std::size_t end = i;
    double persons = 0.0;
    while (end < order_.size() && incomes_[order_[end]] == incomes_[order_[i]]) persons += design_.persons[order_[end++]];
    const double below = i == 0 ? 0.0 : cumulated_[i - 1];
    const double own = persons * incomes_[order_[i]] / total_;
    for (std::size_t k = i; k < end; ++k) {
      rank[order_[k]] = (below + 0.5 * persons) / total_;
      from[order_[k]] = above - 0.5 * own;
    }
    above -= own;
    i = end;
  }
  double covered = 0.0;
  for (std::size_t h = 0; h < incomes_.size(); ++h) covered += design_.persons[h] * rank[h] * incomes_[h];
  out.value = 2.0 * covered / (total_ * mean) - 1.0;
  for (std::size_t h = 0; h < incomes_.size(); ++h) {
    const double a = rank[h] - 0.5 * (out.value + 1.0);
    out.influence[h] = 2.0 / mean * (a * incomes_[h] + from[h] - 0.5 * mean * (out.value + 1.0)) / total_;
  }
  return out;
}

Linearised IncomeDistribution::line_of(double share_of_median) const {
  Linearised line = of_quantile(0.5);
  line.known = line.known && line.value > 0.0;
  line.value *= share_of_median;
  for (double& part : line.influence) part *= share_of_median;
  return line;
}

Linearised IncomeDistribution::of_poverty(const Linearised& line) const {
  Linearised out{0.0, line.known, std::vector<double>(incomes_.size())};
  if (!out.known) return out;
  double poor = 0.0;
  for (std::size_t h = 0; h < incomes_.size(); ++h) poor += incomes_[h] < line.value ? design_.persons[h] : 0.0;
  out.value = poor / total_;
  const double dense = density(line.value);
  for (std::size_t h = 0; h < incomes_.size(); ++h) {
    out.influence[h] = ((incomes_[h] < line.value ? 1.0 : 0.0) - out.value) / total_ + dense * line.influence[h];
  }
  return out;
}

// The median of the poor is the quantile at half the rate: its influence follows from those of the rate and of the line.
Linearised IncomeDistribution::of_gap(const Linearised& line) const {
  const Linearised rate = of_poverty(line);
  Linearised out{0.0, rate.known && rate.value > 0.0, std::vector<double>(incomes_.size())};
  if (!out.known) return out;
  const double median_of_poor = quantile(0.5 * rate.value);
  const double dense = density(median_of_poor);
  out.known = dense > 0.0;
  if (!out.known) return out;
  out.value = 1.0 - median_of_poor / line.value;
  const double share = share_at_or_below(median_of_poor);
  for (std::size_t h = 0; h < incomes_.size(); ++h) {
    const double at_median = (0.5 * rate.influence[h] - ((incomes_[h] <= median_of_poor ? 1.0 : 0.0) - share) / total_) / dense;
    out.influence[h] = -at_median / line.value + median_of_poor * line.influence[h] / (line.value * line.value);
  }
  return out;
}

Linearised IncomeDistribution::linearised(IncomeMeasure measure, const IncomeDistribution& anchor) const {
  if (!(total_ > 0.0)) return {0.0, false, std::vector<double>(incomes_.size())};
  constexpr double poor = 0.6, very_poor = 0.5;
  switch (measure) {
    case IncomeMeasure::mean:
      return of_mean();
    case IncomeMeasure::interdecile_ratio:
      return of_ratio(of_quantile(0.9), of_quantile(0.1));
    case IncomeMeasure::gini:
      return of_gini();
    case IncomeMeasure::poverty_rate_60:
      return of_poverty(line_of(poor));
    case IncomeMeasure::poverty_rate_50:
      return of_poverty(line_of(very_poor));
    case IncomeMeasure::poverty_gap_60:
      return of_gap(line_of(poor));
    case IncomeMeasure::poverty_gap_50:
      return of_gap(line_of(very_poor));
    case IncomeMeasure::poverty_rate_anchored:
      return of_poverty(anchor.line_of(poor));
    default:
      return of_quantile(0.1 * static_cast<double>(static_cast<int>(measure)));
  }
}

Estimate estimate_of(const Linearised& figure, const IncomeDesign& design) {
  if (!figure.known) return {};
  return {figure.value, standard_error(design.persons, figure.influence, design), true};
}

Estimate difference_of(const Linearised& a, const Linearised& b, const IncomeDesign& design) {
  if (!a.known || !b.known) return {};
  std::vector<double> influence = b.influence;
  for (std::size_t h = 0; h < influence.size(); ++h) influence[h] -= a.influence[h];
  return {b.value - a.value, standard_error(design.persons, influence, design), true};
}

}  // namespace labacces::outcomes
