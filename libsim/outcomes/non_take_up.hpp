// Non-take-up of one benefit: who has the right, who claims it, what stays unclaimed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "libsim/outcomes/estimate.hpp"

namespace labacces::outcomes {

/// Over what time a figure is taken. month: the month asked. quarter: the three months that end with it; a unit is eligible when it
/// has the right in one of them at least, euros are the mean of the three months. durable: of the units eligible in that quarter,
/// those eligible in each of three quarters running that received nothing in any of them; euros are those of the last quarter. Who
/// claims in one month of a quarter at least is no non-taker of it (partial non-take-up shows in the euros).
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
  enum Measure : std::size_t {
    units,
    units_out,
    persons,
    persons_out,
    euros,
    euros_out,
    units_paid,
    persons_paid,
    euros_paid,
    measure_count
  };
  struct Cluster {
    std::array<double, measure_count> z{};
    std::uint64_t sampled = 0;  ///< units with the right, unweighted
    void add(const UnitRecord& unit) noexcept;
  };
  void add_cluster(const Cluster& cluster) noexcept;
  /// Takes back a cluster that was added: what stays is the same bytes as if it never had been.
  void remove_cluster(const Cluster& cluster) noexcept;
  void merge(const NonTakeUpSums& other) noexcept;

  /// Shows each exact sum to `visit`, always in one order: to write the state and to read it back.
  template <typename Visitor>
  void each_sum(const Visitor& visit) {
    for (TotalSums& total : totals_) total.each_sum(visit);
    visit(heads_product_);
    visit(euros_product_);
  }
  void set_sampled_units(std::uint64_t sampled) { sampled_ = sampled; }
  std::uint64_t sampled_units() const { return sampled_; }
  Estimate total(Measure measure, std::size_t clusters) const { return estimate_total(totals_[measure], clusters); }
  /// The moments of a total over clusters, for disclosure control.
  const TotalSums& sums_of(Measure measure) const { return totals_[measure]; }
  Estimate rate_in_heads(std::size_t clusters) const;
  Estimate rate_in_euros(std::size_t clusters) const;

 private:
  friend class DifferenceSums;
  std::array<TotalSums, measure_count> totals_;
  ExactSum heads_product_, euros_product_;
  std::uint64_t sampled_ = 0;
};

/// What one benefit's rights are in each of the last months (oldest first, the last one is the month asked) for one unit, and what it is paid
/// in each, turned into its records of the windows. What is paid beyond the right is not unclaimed less. With fewer than 3 (9) months the quarter
/// (durable) record stays without right.
std::array<UnitRecord, window_count> unit_records(std::span<const double> rights, std::span<const double> paid, double weight,
                                                  double persons);

using WindowClusters = std::array<NonTakeUpSums::Cluster, window_count>;
using WindowSums = std::array<NonTakeUpSums, window_count>;

/// What another scenario changes in the clusters of one cell. Clusters that are alike in both add nothing, so only those that differ
/// need be shown to it.
class DifferenceSums {
 public:
  void add_cluster(const NonTakeUpSums::Cluster& base, const NonTakeUpSums::Cluster& other) noexcept;
  void merge(const DifferenceSums& other) noexcept;
  /// As NonTakeUpSums::each_sum.
  template <typename Visitor>
  void each_sum(const Visitor& visit) {
    for (TotalSums& total : totals_) total.each_sum(visit);
    for (Cross* cross : {&heads_, &euros_}) {
      for (ExactSum* sum : {&cross->out_out, &cross->out_all, &cross->all_out, &cross->all_all}) visit(*sum);
    }
  }

  /// other - base, with the standard error of the difference: clusters are the same in both, and so is who claims by luck.
  Estimate total(NonTakeUpSums::Measure measure, std::size_t clusters) const {
    return estimate_total(totals_[measure], clusters);
  }
  /// Difference of the rates. `base` and `other` are the sums of the two scenarios. Unknown when either rate is.
  Estimate rate_in_heads(const NonTakeUpSums& base, const NonTakeUpSums& other, std::size_t clusters) const;
  Estimate rate_in_euros(const NonTakeUpSums& base, const NonTakeUpSums& other, std::size_t clusters) const;

 private:
  /// Sums over clusters of (change of out or of all) x (out or all of the base): what the cross products need.
  struct Cross {
    ExactSum out_out, out_all, all_out, all_all;
    void add(double change_out, double change_all, double out, double all) noexcept;
    void merge(const Cross& other) noexcept;
  };
  static Estimate rate(const TotalSums& out0, const TotalSums& all0, double product0, const TotalSums& out1,
                       const TotalSums& all1, double product1, const Cross& cross, std::size_t clusters);

  std::array<TotalSums, NonTakeUpSums::measure_count> totals_;
  Cross heads_, euros_;
};
using WindowDifferences = std::array<DifferenceSums, window_count>;

/// Cells of one benefit, by the code of the group's value.
using CellSums = std::vector<WindowSums>;
using CellDifferences = std::vector<WindowDifferences>;

}  // namespace labacces::outcomes
