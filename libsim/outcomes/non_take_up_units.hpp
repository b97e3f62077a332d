// Units with their rights of several months, set against what they receive: the quantities behind every figure of non-take-up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "libsim/outcomes/measured_figures.hpp"

namespace labacces::outcomes {

/// The units of one benefit. Where receipt is observed all units are there, else those with a right in one of the months.
struct BenefitUnits {
  std::string name, label;
  bool in_kind = false;  ///< the right is 1 or 0, and has no euros
  std::size_t months = 1;
  std::vector<std::uint32_t> rows;  ///< of the survey design
  std::vector<double> persons;
  std::vector<double> rights;  ///< EUR/month, [unit * months + month], oldest month first
  std::vector<QuantityTable::Group> groups;
  bool claims_known = false;  ///< claims are known apart from receipt: primary and secondary non-take-up can be told
  std::size_t size() const { return rows.size(); }
};

/// Receipt that falls short of the right by no more is taken as whole, EUR/month.
inline constexpr double partial_tolerance = 1.0;

/// Rates in heads and euros, month, quarter, durable and frictional; primary, secondary, full and partial; euros a year. `benefit` is
/// the place in the receipts. `units` must outlive the table.
QuantityTable non_take_up_table(const BenefitUnits& units, std::size_t benefit);

/// Right x receipt in the month: shares of all units, both error rates, and the rate when who receives without a simulated right counts as
/// eligible. Meant for observed receipt.
QuantityTable confusion_table(const BenefitUnits& units, std::size_t benefit);

/// Joint non-take-up of dwellings that have a right to one benefit at least in the month: number of rights unclaimed, and each pair of
/// benefits (what a dwelling with both rights claims). `benefits` must outlive the table.
QuantityTable joint_table(const std::vector<BenefitUnits>& benefits);

/// Takes the pairs out of what joint_table measured: one cell a pair of benefits that some dwelling has both rights to, with the figures of
/// pair_figures; `figures` and `all` keep those of all benefits.
std::vector<MeasuredCell> split_pairs(std::vector<FigureOf>& figures, MeasuredCell& all);
std::vector<FigureOf> pair_figures();

/// One of several benefits whose rights are measured with error; `observed`: receipt is.
struct ApparentBenefit {
  std::size_t benefit = 0, benefits = 1;
  bool in_kind = false, observed = false;
};

/// Non-take-up as it appears where rights are measured with error. Receipts hold, of all benefits one after the other, what is received, the rights
/// measured and the rights as they are, of the units in `rows` in one month: the apparent rate, the share of the eligible that the measure misses, the share
/// of the measured that are not eligible, who receives without a measured right. Of observed receipt also the low bound R(0) - (R(s) - R(0)) / (sqrt(2) - 1): the
/// rate carried on to no error, were the known rights themselves measured with that error (simulation-extrapolation, Cook and Stefanski 1994, here
/// linear in s, as is the share of units that an error carries over a threshold).
QuantityTable apparent_table(std::vector<std::uint32_t> rows, const ApparentBenefit& asked);

/// The group "amount": bands of the right of the last month with one.
QuantityTable::Group amount_group(const BenefitUnits& units, const std::vector<double>& cuts);

/// "<30", "30-50", "50+": names of the bands that cut points make, and the band of a value.
std::vector<std::string> band_names(const std::vector<double>& cuts);
std::uint16_t band_of(const std::vector<double>& cuts, double value);

}  // namespace labacces::outcomes
