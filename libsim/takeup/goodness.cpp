#include "libsim/takeup/goodness.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "libsim/base/error.hpp"
#include "libsim/takeup/normal.hpp"

namespace labacces::takeup {
namespace {

constexpr std::size_t most_bands = 10;

struct Unit {
  double probability = 0.0, weight = 0.0, claims = 0.0;
  /// All that counts of a unit, so that sums do not depend on the order of the sample.
  auto operator<=>(const Unit&) const = default;
};

std::vector<Unit> by_probability(const Sample& sample, std::span<const double> probabilities) {
  std::vector<Unit> units;
  units.reserve(sample.size());
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (sample.weight(i) > 0.0) units.push_back({probabilities[i], sample.weight(i), sample.claims[i]});
  }
  std::sort(units.begin(), units.end(), [](const Unit& a, const Unit& b) { return a < b; });
  return units;
}

double area_under_curve(const std::vector<Unit>& units) {
  double below = 0.0, area = 0.0, takers = 0.0, others = 0.0;
  for (std::size_t i = 0; i < units.size();) {
    double tied_takers = 0.0, tied_others = 0.0;
    const double value = units[i].probability;
    for (; i < units.size() && units[i].probability == value; ++i)
      (units[i].claims == 1.0 ? tied_takers : tied_others) += units[i].weight;
    area += tied_takers * (below + 0.5 * tied_others);
    below += tied_others;
    takers += tied_takers;
    others += tied_others;
  }
  return area / (takers * others);
}

/// Bands of equal weight; units with the same probability stay together.
std::vector<CalibrationBand> bands_of(const std::vector<Unit>& units, double sum_of_weights) {
  std::vector<CalibrationBand> bands;
  double reached = 0.0, squares = 0.0;
  CalibrationBand band;
  const auto close = [&] {
    band.predicted /= band.weight;
    band.observed /= band.weight;
    band.observed_error = std::sqrt(band.observed * (1.0 - band.observed) * squares) / band.weight;
    bands.push_back(band);
    band = {};
    squares = 0.0;
  };
  for (std::size_t i = 0; i < units.size();) {
    const double value = units[i].probability;
    if (band.units == 0) band.lowest = value;
    for (; i < units.size() && units[i].probability == value; ++i) {
      ++band.units;
      band.weight += units[i].weight;
      band.predicted += units[i].weight * value;
      band.observed += units[i].weight * units[i].claims;
      squares += units[i].weight * units[i].weight;
      reached += units[i].weight;
    }
    band.highest = value;
    const double next_end = sum_of_weights * static_cast<double>(bands.size() + 1) / static_cast<double>(most_bands);
    if (reached >= next_end * (1.0 - 1e-12) && bands.size() + 1 < most_bands && i < units.size()) close();
  }
  close();
  return bands;
}

}  // namespace

double chi_square_above(double x, int degrees_of_freedom) noexcept {
  if (!(x > 0.0) || degrees_of_freedom < 1) return 1.0;
  // Closed forms for even and odd numbers: a Poisson tail, or the normal tail and terms of half-integer gamma functions.
  const bool odd = degrees_of_freedom % 2 == 1;
  double sum = odd ? 2.0 * normal_cdf(-std::sqrt(x)) : std::exp(-0.5 * x);
  double term = odd ? std::sqrt(2.0 * x / std::numbers::pi) * std::exp(-0.5 * x) : std::exp(-0.5 * x) * 0.5 * x;
  for (int k = odd ? 3 : 4; k <= degrees_of_freedom; k += 2) {
    sum += term;
    term *= x / static_cast<double>(k);
  }
  return sum;
}

GoodnessOfFit goodness_of_fit(const Sample& sample, std::span<const double> probabilities, double log_likelihood,
                              double null_log_likelihood) {
  SIM_CHECK(probabilities.size() == sample.size(), "a probability for each unit");
  const std::vector<Unit> units = by_probability(sample, probabilities);
  double weights = 0.0, takers = 0.0, of_takers = 0.0, of_others = 0.0;
  GoodnessOfFit fit;
  for (const Unit& unit : units) {
    weights += unit.weight;
    takers += unit.weight * unit.claims;
    (unit.claims == 1.0 ? of_takers : of_others) += unit.weight * unit.probability;
    fit.brier += unit.weight * (unit.claims - unit.probability) * (unit.claims - unit.probability);
  }
  fit.brier /= weights;
  fit.tjur = of_takers / takers - of_others / (weights - takers);
  fit.mcfadden = 1.0 - log_likelihood / null_log_likelihood;
  const auto n = static_cast<double>(units.size());
  const double scale = n / weights;  // weights of mean 1: a likelihood of n units
  fit.cox_snell = -std::expm1(2.0 / n * scale * (null_log_likelihood - log_likelihood));
  fit.nagelkerke = fit.cox_snell / -std::expm1(2.0 / n * scale * null_log_likelihood);
  fit.area_under_curve = area_under_curve(units);
  fit.bands = bands_of(units, weights);
  for (const CalibrationBand& band : fit.bands) {
    const double difference = band.observed - band.predicted;
    fit.hosmer_lemeshow += scale * band.weight * difference * difference / (band.predicted * (1.0 - band.predicted));
  }
  fit.degrees_of_freedom = static_cast<int>(fit.bands.size()) - 2;
  fit.hosmer_lemeshow_p_value = fit.degrees_of_freedom > 0 ? chi_square_above(fit.hosmer_lemeshow, fit.degrees_of_freedom) : 1.0;
  return fit;
}

}  // namespace labacces::takeup
