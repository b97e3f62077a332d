// Winners and losers, and what each decile gains.
#include <algorithm>

#include "libsim/outcomes/income.hpp"

namespace labacces::outcomes {
namespace {

constexpr double no_change = 12.0;  // EUR a year
constexpr double much = 0.05;       // of the income before
constexpr double months_of_year = 12.0;

std::size_t band_of(double before, double after) {
  const double change = after - before;
  if (std::fabs(change) < no_change) return 2;
  const double border = much * std::fabs(before);
  if (change < 0.0) return change < -border ? 0 : 1;
  return change > border ? 4 : 3;
}

/// Ratio of two totals over all households, linearised.
Estimate ratio(const std::vector<double>& weights, const std::vector<double>& above, const std::vector<double>& below,
               const IncomeDesign& design) {
  double a = 0.0, b = 0.0;
  for (std::size_t h = 0; h < weights.size(); ++h) {
    a += weights[h] * above[h];
    b += weights[h] * below[h];
  }
  if (!(b > 0.0)) return {};
  TotalSums sums;
  double z = 0.0;
  for (std::size_t h = 0; h < weights.size(); ++h) {
    z += weights[h] * (above[h] - a / b * below[h]);
    if (h + 1 < weights.size() && design.cluster[h + 1] == design.cluster[h]) continue;
    sums.add_cluster(z);
    z = 0.0;
  }
  return {a / b, estimate_total(sums, design.clusters).standard_error / b, true};
}

}  // namespace

IncomeChange income_change(std::span<const double> before, std::span<const double> after, const IncomeDistribution& levels) {
  const IncomeDesign& design = levels.design();
  const std::size_t n = before.size();
  IncomeChange out;
  std::vector<std::size_t> band(n), decile(n);
  std::array<double, 9> borders{};
  for (std::size_t i = 0; i < borders.size(); ++i) borders[i] = levels.quantile(0.1 * static_cast<double>(i + 1));
  std::vector<double> change(n);
  TotalSums total;
  double z = 0.0;
  for (std::size_t h = 0; h < n; ++h) {
    change[h] = after[h] - before[h];
    band[h] = band_of(before[h], after[h]);
    decile[h] = static_cast<std::size_t>(std::lower_bound(borders.begin(), borders.end(), levels.incomes()[h]) - borders.begin());
    ++out.bands[band[h]].households;
    ++out.deciles[decile[h]].households;
    z += design.households[h] * change[h];
    if (h + 1 < n && design.cluster[h + 1] == design.cluster[h]) continue;
    total.add_cluster(z);
    z = 0.0;
  }
  out.total = estimate_total(total, design.clusters);
  const std::vector<double> everybody(n, 1.0);
  std::vector<double> in(n), gained(n);
  for (std::size_t b = 0; b < out.bands.size(); ++b) {
    for (std::size_t h = 0; h < n; ++h) in[h] = band[h] == b ? 1.0 : 0.0;
    out.bands[b].share = ratio(design.persons, in, everybody, design);
  }
  for (std::size_t d = 0; d < out.deciles.size(); ++d) {
    for (std::size_t h = 0; h < n; ++h) {
      in[h] = decile[h] == d ? 1.0 : 0.0;
      gained[h] = in[h] * change[h] / months_of_year;
    }
    out.deciles[d].gain = ratio(design.households, gained, in, design);
  }
  return out;
}

}  // namespace labacces::outcomes
