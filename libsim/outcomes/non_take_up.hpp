// Non-take-up of one benefit: who has the right, who claims it, what stays unclaimed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>

#include "libsim/outcomes/estimate.hpp"

namespace labacces::outcomes {

/// Over what time a figure is taken. month: the month asked. quarter: the three months that end with it; a unit is eligible when it
/// has the right in one of them at least, euros are the mean of the three months. durable: of the units eligible in that quarter,
/// those eligible in each of three quarters running that received nothing in any of them; euros are those of the last quarter.
enum class Window : std::uint8_t { month, quarter, durable };
inline constexpr std::size_t window_count = 3;
inline constexpr std::size_t months_for_windows = 9;

/// One unit (family, person ...) in one window.
struct UnitRecord {
  double weight = 0.0;
  double persons = 0.0;
  bool eligible = false;
  bool missing_out = false;  ///< eligible and receives nothing
  double euros = 0.0;        ///< right, EUR/month
  double unclaimed = 0.0;    ///< of which not paid
};

/// Sums of one cell (benefit, group, window). Clusters are the linked blocks of dwellings.
class NonTakeUpSums {
 public:
  /// Weighted sums over the units of one cluster, in the order of Measure.
  enum Measure : std::size_t { units, units_out, persons, persons_out, euros, euros_out, units_paid, persons_paid, euros_paid, measure_count };
  struct Cluster {
    std::array<double, measure_count> z{};
    std::uint64_t sampled = 0;  ///< units with the right, unweighted
    void add(const UnitRecord& unit) noexcept;
  };
  void add_cluster(const Cluster& cluster) noexcept;
  void merge(const NonTakeUpSums& other) noexcept;

  std::uint64_t sampled_units() const { return sampled_; }
  Estimate total(Measure measure, std::size_t clusters) const { return estimate_total(totals_[measure], clusters); }
  Estimate rate_in_heads(std::size_t clusters) const;
  Estimate rate_in_euros(std::size_t clusters) const;

 private:
  std::array<TotalSums, measure_count> totals_;
  ExactSum heads_product_, euros_product_;
  std::uint64_t sampled_ = 0;
};

/// What one benefit's rights are in each of the last months (oldest first, the last one is the month asked) for one unit, turned
/// into its records of the windows. With fewer than 3 (9) months the quarter (durable) record stays without right.
std::array<UnitRecord, window_count> unit_records(std::span<const double> rights, bool claims, double weight, double persons);

/// Cells of one benefit: group value (code) -> sums of each window.
using WindowSums = std::array<NonTakeUpSums, window_count>;
using CellSums = std::map<std::int64_t, WindowSums>;
void merge(CellSums& into, const CellSums& from);

}  // namespace labacces::outcomes
