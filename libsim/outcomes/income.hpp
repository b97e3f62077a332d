// The distribution of standards of living over persons: deciles, poverty, inequality, with linearised standard errors.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "libsim/outcomes/estimate.hpp"

namespace labacces::outcomes {

/// Figures of one distribution. Poverty lines are shares of its own median, but for the last one.
enum class IncomeMeasure : std::uint8_t {
  mean,
  decile_1,
  decile_2,
  decile_3,
  decile_4,
  median,
  decile_6,
  decile_7,
  decile_8,
  decile_9,
  interdecile_ratio,  // decile 9 / decile 1
  gini,
  poverty_rate_60,
  poverty_rate_50,
  poverty_gap_60,
  poverty_gap_50,         // 1 - median standard of living of the poor / line (INSEE, intensité de la pauvreté)
  poverty_rate_anchored,  // below the line of 60 % of another distribution, the anchor
};
inline constexpr std::size_t income_measure_count = 17;

struct IncomeMeasureName {
  std::string_view name, unit;
};
inline constexpr std::array<IncomeMeasureName, income_measure_count> income_measures{{
    {"mean_standard_of_living", "EUR/year"},
    {"decile_1", "EUR/year"},
    {"decile_2", "EUR/year"},
    {"decile_3", "EUR/year"},
    {"decile_4", "EUR/year"},
    {"median_standard_of_living", "EUR/year"},
    {"decile_6", "EUR/year"},
    {"decile_7", "EUR/year"},
    {"decile_8", "EUR/year"},
    {"decile_9", "EUR/year"},
    {"interdecile_ratio", "ratio"},
    {"gini", "share"},
    {"poverty_rate_60", "share"},
    {"poverty_rate_50", "share"},
    {"poverty_gap_60", "share"},
    {"poverty_gap_50", "share"},
    {"poverty_rate_60_anchored", "share"},
}};

/// Who is looked at: household by household. All distributions of a run have the same.
struct IncomeDesign {
  std::vector<double> persons;         ///< weight of the household times its persons
  std::vector<double> households;      ///< weight of the household
  std::vector<std::uint32_t> cluster;  ///< of each household, rising
  std::size_t clusters = 0;
};

/// Each household's part in a figure: the figure moves by `influence[h]` when household h has one person more (Deville 1999).
struct Linearised {
  double value = 0.0;
  bool known = false;
  std::vector<double> influence;
};

class IncomeDistribution {
 public:
  /// `incomes`: the standard of living of each household, any number. The design must outlive this.
  IncomeDistribution(std::vector<double> incomes, const IncomeDesign& design);

  /// Share `share` of the persons lie at or below it: the smallest income with at least that share.
  double quantile(double share) const;
  /// Density of persons at an income: a Gaussian kernel, bandwidth 0.79 × interquartile range × n^(-1/5), n households (Osier 2009).
  double density(double income) const;
  double share_at_or_below(double income) const;
  const std::vector<double>& incomes() const { return incomes_; }
  const IncomeDesign& design() const { return design_; }

  /// `anchor`: the distribution whose line poverty_rate_anchored takes. Not known when there is nobody, or the median is not above 0.
  Linearised linearised(IncomeMeasure measure, const IncomeDistribution& anchor) const;

 private:
  Linearised of_mean() const;
  Linearised of_quantile(double share) const;
  Linearised of_ratio(const Linearised& a, const Linearised& b) const;
  Linearised of_gini() const;
  Linearised of_poverty(const Linearised& line) const;
  Linearised of_gap(const Linearised& line) const;
  Linearised line_of(double share_of_median) const;

  std::vector<double> incomes_;
  const IncomeDesign& design_;
  std::vector<std::uint32_t> order_;  // households by rising income
  std::vector<double> cumulated_;     // persons up to each place of the order
  double total_ = 0.0, bandwidth_ = 0.0;
  mutable std::mutex known_mutex_;
  mutable std::vector<std::pair<double, double>> known_;  // densities worked out: the median's is asked by many figures
};

/// The figure with its standard error: z of a cluster is the sum of persons times influence, n / (n - 1) × (Σ z² - (Σ z)² / n).
Estimate estimate_of(const Linearised& figure, const IncomeDesign& design);
/// The difference b - a of two figures of the same households.
Estimate difference_of(const Linearised& a, const Linearised& b, const IncomeDesign& design);

/// Who wins and who loses: shares of persons by the change of their household's disposable income.
inline constexpr std::array<std::string_view, 5> change_bands{"loses_more_than_5_percent", "loses_up_to_5_percent", "unchanged",
                                                              "gains_up_to_5_percent", "gains_more_than_5_percent"};

struct IncomeChange {
  struct Cell {
    Estimate share;              ///< of all persons
    std::size_t households = 0;  ///< in the sample
  };
  std::array<Cell, 5> bands;
  struct Decile {
    Estimate gain;  ///< mean change of a household of that decile, EUR a month
    std::size_t households = 0;
  };
  std::array<Decile, 10> deciles;  ///< of the standard of living before; their borders are taken as given
  Estimate total;                  ///< change of all disposable income, EUR a year
};

/// `before`, `after`: disposable incomes of the households, EUR a year; a change under 12 euros a year is none. `levels`: standards of living
/// before.
IncomeChange income_change(std::span<const double> before, std::span<const double> after, const IncomeDistribution& levels);

}  // namespace labacces::outcomes
