#include "libsim/outcomes/non_take_up.hpp"

#include <algorithm>

namespace labacces::outcomes {
namespace {

constexpr std::size_t months_in_quarter = 3;

struct Quarter {
  bool eligible = false, receives = false;
  double mean = 0.0, unclaimed = 0.0;
};

double shortfall(double right, double paid) { return std::max(right - paid, 0.0); }

Quarter quarter_ending(std::span<const double> rights, std::span<const double> paid, std::size_t end) {
  Quarter quarter;
  for (std::size_t month = end - months_in_quarter; month < end; ++month) {
    if (!(rights[month] > 0.0)) continue;
    quarter.eligible = true;
    quarter.receives = quarter.receives || paid[month] > 0.0;
    quarter.mean += rights[month];
    quarter.unclaimed += shortfall(rights[month], paid[month]);
  }
  quarter.mean /= static_cast<double>(months_in_quarter);
  quarter.unclaimed /= static_cast<double>(months_in_quarter);
  return quarter;
}

UnitRecord record(double weight, double persons, bool eligible, bool out, double euros, double unclaimed) {
  if (!eligible) return {weight, persons, false, false, 0.0, 0.0};
  return {weight, persons, true, out, euros, unclaimed};
}

}  // namespace

void NonTakeUpSums::Cluster::add(const UnitRecord& unit) noexcept {
  if (!unit.eligible) return;
  const double out = unit.missing_out ? unit.weight : 0.0;
  const double paid = unit.weight - out;
  z[units] += unit.weight;
  z[units_out] += out;
  z[units_paid] += paid;
  z[persons] += unit.weight * unit.persons;
  z[persons_out] += out * unit.persons;
  z[persons_paid] += paid * unit.persons;
  z[euros] += unit.weight * unit.euros;
  z[euros_out] += unit.weight * unit.unclaimed;
  z[euros_paid] += unit.weight * (unit.euros - unit.unclaimed);
  ++sampled;
}

void NonTakeUpSums::add_cluster(const Cluster& cluster) noexcept {
  for (std::size_t i = 0; i < measure_count; ++i) totals_[i].add_cluster(cluster.z[i]);
  heads_product_.add(cluster.z[units_out] * cluster.z[units]);
  euros_product_.add(cluster.z[euros_out] * cluster.z[euros]);
  sampled_ += cluster.sampled;
}

void NonTakeUpSums::remove_cluster(const Cluster& cluster) noexcept {
  for (std::size_t i = 0; i < measure_count; ++i) totals_[i].remove_cluster(cluster.z[i]);
  heads_product_.add(-(cluster.z[units_out] * cluster.z[units]));
  euros_product_.add(-(cluster.z[euros_out] * cluster.z[euros]));
  sampled_ -= cluster.sampled;
}

void NonTakeUpSums::merge(const NonTakeUpSums& other) noexcept {
  for (std::size_t i = 0; i < measure_count; ++i) totals_[i].merge(other.totals_[i]);
  heads_product_.merge(other.heads_product_);
  euros_product_.merge(other.euros_product_);
  sampled_ += other.sampled_;
}

Estimate NonTakeUpSums::rate_in_heads(std::size_t clusters) const {
  return estimate_ratio(totals_[units_out], totals_[units], heads_product_.value(), clusters);
}

Estimate NonTakeUpSums::rate_in_euros(std::size_t clusters) const {
  return estimate_ratio(totals_[euros_out], totals_[euros], euros_product_.value(), clusters);
}

std::array<UnitRecord, window_count> unit_records(std::span<const double> rights, std::span<const double> paid, double weight,
                                                  double persons) {
  std::array<UnitRecord, window_count> records;
  const std::size_t months = rights.size();
  const double now = months > 0 ? rights[months - 1] : 0.0;
  const double received = months > 0 ? paid[months - 1] : 0.0;
  records[static_cast<std::size_t>(Window::month)] =
      record(weight, persons, now > 0.0, !(received > 0.0), now, shortfall(now, received));
  if (months < months_in_quarter) return records;
  const Quarter last = quarter_ending(rights, paid, months);
  records[static_cast<std::size_t>(Window::quarter)] =
      record(weight, persons, last.eligible, !last.receives, last.mean, last.unclaimed);
  if (months < months_for_windows) return records;
  bool lasting = last.eligible && !last.receives;
  for (const std::size_t end : {months - 3, months - 6}) {
    const Quarter before = quarter_ending(rights, paid, end);
    lasting = lasting && before.eligible && !before.receives;
  }
  records[static_cast<std::size_t>(Window::durable)] =
      record(weight, persons, last.eligible, lasting, last.mean, lasting ? last.unclaimed : 0.0);
  return records;
}

}  // namespace labacces::outcomes
