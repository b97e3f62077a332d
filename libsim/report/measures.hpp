// The measures of a cell, by name, as all outputs show them.
#pragma once

#include <array>
#include <string_view>

#include "libsim/outcomes/non_take_up.hpp"

namespace labacces::report {

struct MeasureName {
  std::string_view name, unit;
};

inline constexpr std::array<MeasureName, 11> measures{{
    {"eligible_units", "units"},
    {"taking_up_units", "units"},
    {"paid_units", "units"},
    {"not_taking_up_units", "units"},
    {"eligible_persons", "persons"},
    {"not_taking_up_persons", "persons"},
    {"euros_of_right", "EUR/month"},
    {"euros_paid", "EUR/month"},
    {"euros_unclaimed", "EUR/month"},
    {"non_take_up_rate_heads", "share"},
    {"non_take_up_rate_euros", "share"},
}};

using Figures = std::array<outcomes::Estimate, measures.size()>;

/// A right in kind has no euros: those figures are not known.
inline constexpr bool is_of_euros(std::size_t measure) { return measure == 6 || measure == 7 || measure == 8 || measure == 10; }
inline Figures without_euros(Figures figures, bool in_kind) {
  for (std::size_t m = 0; in_kind && m < figures.size(); ++m) {
    if (is_of_euros(m)) figures[m] = {};
  }
  return figures;
}

/// Estimates in the order of `measures`. In this version all who claim are paid: the path to the right has no other step.
inline Figures estimates(const outcomes::NonTakeUpSums& sums, std::size_t clusters, bool in_kind) {
  using S = outcomes::NonTakeUpSums;
  const auto total = [&](S::Measure measure) { return sums.total(measure, clusters); };
  return without_euros(
      {total(S::units), total(S::units_paid), total(S::units_paid), total(S::units_out), total(S::persons), total(S::persons_out),
       total(S::euros), total(S::euros_paid), total(S::euros_out), sums.rate_in_heads(clusters), sums.rate_in_euros(clusters)},
      in_kind);
}

/// The same of the differences between two scenarios.
inline Figures differences(const outcomes::NonTakeUpSums& base, const outcomes::NonTakeUpSums& other,
                           const outcomes::DifferenceSums& change, std::size_t clusters, bool in_kind) {
  using S = outcomes::NonTakeUpSums;
  const auto total = [&](S::Measure measure) { return change.total(measure, clusters); };
  return without_euros({total(S::units), total(S::units_paid), total(S::units_paid), total(S::units_out), total(S::persons),
                        total(S::persons_out), total(S::euros), total(S::euros_paid), total(S::euros_out),
                        change.rate_in_heads(base, other, clusters), change.rate_in_euros(base, other, clusters)},
                       in_kind);
}

inline constexpr std::array<std::string_view, outcomes::window_count> window_names{"month", "quarter", "durable"};

}  // namespace labacces::report
