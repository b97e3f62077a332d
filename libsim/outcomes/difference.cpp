// Differences between two scenarios over the same clusters.
#include <algorithm>

#include "libsim/outcomes/non_take_up.hpp"

namespace labacces::outcomes {

void DifferenceSums::Cross::add(double change_out, double change_all, double out, double all) noexcept {
  out_out.add(change_out * out);
  out_all.add(change_out * all);
  all_out.add(change_all * out);
  all_all.add(change_all * all);
}

void DifferenceSums::Cross::merge(const Cross& other) noexcept {
  out_out.merge(other.out_out);
  out_all.merge(other.out_all);
  all_out.merge(other.all_out);
  all_all.merge(other.all_all);
}

void DifferenceSums::add_cluster(const NonTakeUpSums::Cluster& base, const NonTakeUpSums::Cluster& other) noexcept {
  using S = NonTakeUpSums;
  for (std::size_t i = 0; i < S::measure_count; ++i) totals_[i].add_cluster(other.z[i] - base.z[i]);
  heads_.add(other.z[S::units_out] - base.z[S::units_out], other.z[S::units] - base.z[S::units], base.z[S::units_out],
             base.z[S::units]);
  euros_.add(other.z[S::euros_out] - base.z[S::euros_out], other.z[S::euros] - base.z[S::euros], base.z[S::euros_out],
             base.z[S::euros]);
}

void DifferenceSums::merge(const DifferenceSums& other) noexcept {
  for (std::size_t i = 0; i < totals_.size(); ++i) totals_[i].merge(other.totals_[i]);
  heads_.merge(other.heads_);
  euros_.merge(other.euros_);
}

Estimate DifferenceSums::rate(const TotalSums& out0, const TotalSums& all0, double product0, const TotalSums& out1,
                              const TotalSums& all1, double product1, const Cross& cross, std::size_t clusters) {
  const Estimate base = estimate_ratio(out0, all0, product0, clusters);
  const Estimate other = estimate_ratio(out1, all1, product1, clusters);
  if (!base.known || !other.known) return {};
  const double r0 = base.value;
  const double r1 = other.value;
  const double squares0 = out0.square() - 2.0 * r0 * product0 + r0 * r0 * all0.square();
  const double squares1 = out1.square() - 2.0 * r1 * product1 + r1 * r1 * all1.square();
  // sum of x1 * y0 = sum of x0 * y0 + sum of (x1 - x0) * y0, for x, y in out, all.
  const double out1_out0 = out0.square() + cross.out_out.value();
  const double out1_all0 = product0 + cross.out_all.value();
  const double all1_out0 = product0 + cross.all_out.value();
  const double all1_all0 = all0.square() + cross.all_all.value();
  const double product = out1_out0 - r0 * out1_all0 - r1 * all1_out0 + r0 * r1 * all1_all0;
  const double b0 = all0.sum();
  const double b1 = all1.sum();
  const double squares = squares1 / (b1 * b1) - 2.0 * product / (b1 * b0) + squares0 / (b0 * b0);
  if (clusters < 2) return {r1 - r0, std::nan(""), true};
  const auto n = static_cast<double>(clusters);
  return {r1 - r0, std::sqrt(n / (n - 1.0) * std::max(0.0, squares)), true};  // residuals sum to zero in each scenario
}

Estimate DifferenceSums::rate_in_heads(const NonTakeUpSums& base, const NonTakeUpSums& other, std::size_t clusters) const {
  using S = NonTakeUpSums;
  return rate(base.totals_[S::units_out], base.totals_[S::units], base.heads_product_.value(), other.totals_[S::units_out],
              other.totals_[S::units], other.heads_product_.value(), heads_, clusters);
}

Estimate DifferenceSums::rate_in_euros(const NonTakeUpSums& base, const NonTakeUpSums& other, std::size_t clusters) const {
  using S = NonTakeUpSums;
  return rate(base.totals_[S::euros_out], base.totals_[S::euros], base.euros_product_.value(), other.totals_[S::euros_out],
              other.totals_[S::euros], other.euros_product_.value(), euros_, clusters);
}

}  // namespace labacces::outcomes
