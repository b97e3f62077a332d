// Right x receipt, and several benefits at once.
#include <algorithm>
#include <array>
#include <cmath>

#include "libsim/outcomes/non_take_up_units.hpp"

namespace labacces::outcomes {
namespace {

enum Crossing : std::size_t {
  all_units,
  right_receipt,
  right_only,
  receipt_only,
  neither,
  any_right,
  any_receipt,
  no_right,
  right_or_receipt,
  crossing_count
};

/// An error of size s on top of one of size s makes sqrt(2) s; what it adds is carried on by this to no error.
const double carried_on = 1.0 / (std::sqrt(2.0) - 1.0);

/// Rights, claimed or not, of one dwelling in the month.
struct Dwelling {
  std::uint32_t row = 0;
  std::vector<std::pair<std::uint16_t, std::uint32_t>> units;  // benefit, unit: with a right in the month
};

std::vector<Dwelling> dwellings_of(const std::vector<BenefitUnits>& benefits) {
  std::vector<std::pair<std::uint32_t, std::pair<std::uint16_t, std::uint32_t>>> all;
  for (std::size_t b = 0; b < benefits.size(); ++b) {
    for (std::size_t unit = 0; unit < benefits[b].size(); ++unit) {
      if (!(benefits[b].rights[(unit + 1) * benefits[b].months - 1] > 0.0)) continue;
      all.push_back({benefits[b].rows[unit], {static_cast<std::uint16_t>(b), static_cast<std::uint32_t>(unit)}});
    }
  }
  std::sort(all.begin(), all.end());
  std::vector<Dwelling> out;
  for (const auto& [row, unit] : all) {
    if (out.empty() || out.back().row != row) out.push_back({row, {}});
    out.back().units.push_back(unit);
  }
  return out;
}

/// Quantities of joint_table: any right, rights, unclaimed rights, 0, 1, 2, 3 and more unclaimed, two rights and more, all of them unclaimed, euros;
/// then five a pair.
enum Joint : std::size_t {
  any,
  rights,
  unclaimed_rights,
  none_out,
  one_out,
  two_out,
  three_out,
  several,
  several_all_out,
  euros_right,
  euros_out,
  joint_count
};
enum Pair : std::size_t { both_rights, both_out, first_out, second_out, both_paid, pair_count };

std::size_t pair_at(std::size_t benefits, std::size_t first, std::size_t second) {
  std::size_t pair = 0;
  for (std::size_t i = 0; i < first; ++i) pair += benefits - 1 - i;
  return joint_count + (pair + second - first - 1) * pair_count;
}

std::vector<FigureOf> joint_figures(const std::vector<BenefitUnits>& benefits) {
  std::vector<FigureOf> out{{"with_a_right", "dwellings", any},
                            {"rights_per_dwelling", "rights", rights, any},
                            {"unclaimed_per_dwelling", "rights", unclaimed_rights, any},
                            {"none_unclaimed", "share", none_out, any},
                            {"one_unclaimed", "share", one_out, any},
                            {"two_unclaimed", "share", two_out, any},
                            {"three_or_more_unclaimed", "share", three_out, any},
                            {"with_several_rights", "dwellings", several},
                            {"all_of_several_unclaimed", "share", several_all_out, several},
                            {"euros_unclaimed", "share", euros_out, euros_right}};
  if (benefits.size() < 3) std::erase_if(out, [](const FigureOf& figure) { return figure.numerator == three_out; });
  for (FigureOf& figure : out) figure.block = figure.numerator == any ? "" : "unclaimed";
  for (std::size_t i = 0; i < benefits.size(); ++i) {
    for (std::size_t j = i + 1; j < benefits.size(); ++j) {
      const std::size_t at = pair_at(benefits.size(), i, j);
      const std::string names = benefits[i].name + "+" + benefits[j].name;
      const auto share = [&](const char* name, const char* title, std::size_t quantity) {
        out.push_back({name, "share", at + quantity, at + both_rights, 1.0, true, {}, title, names});
      };
      out.push_back({"both_rights", "dwellings", at + both_rights, FigureOf::none, 1.0, true, {}, "both k", names});
      share("neither_received", "neither", both_out);
      share("only_first_received", "only 1st", second_out);
      share("only_second_received", "only 2nd", first_out);
      share("both_received", "both %", both_paid);
    }
  }
  return out;
}

void fill_dwelling(const std::vector<BenefitUnits>& benefits, const Receipts& receipts, const Dwelling& dwelling,
                   std::span<double> values) {
  // A dwelling misses a benefit when one of its units does.
  std::vector<std::uint8_t> has(benefits.size(), 0), misses(benefits.size(), 0);
  for (const auto& [b, unit] : dwelling.units) {
    const std::size_t at = (unit + 1) * benefits[b].months - 1;
    const double right = benefits[b].rights[at];
    const double received = receipts[b].received[at];
    has[b] = 1;
    if (!(received > 0.0)) misses[b] = 1;
    if (benefits[b].in_kind) continue;
    values[euros_right] += right;
    values[euros_out] += std::max(0.0, right - received);
  }
  const auto count = static_cast<std::size_t>(std::count(has.begin(), has.end(), 1));
  const auto missed = static_cast<std::size_t>(std::count(misses.begin(), misses.end(), 1));
  values[any] = 1.0;
  values[rights] = static_cast<double>(count);
  values[unclaimed_rights] = static_cast<double>(missed);
  values[none_out + std::min<std::size_t>(missed, 3)] = 1.0;
  values[several] = count > 1 ? 1.0 : 0.0;
  values[several_all_out] = count > 1 && missed == count ? 1.0 : 0.0;
  for (std::size_t i = 0; i < benefits.size(); ++i) {
    for (std::size_t j = i + 1; j < benefits.size(); ++j) {
      if (has[i] == 0 || has[j] == 0) continue;
      double* pair = values.data() + pair_at(benefits.size(), i, j);
      pair[both_rights] = 1.0;
      pair[misses[i] != 0 ? (misses[j] != 0 ? both_out : first_out) : (misses[j] != 0 ? second_out : both_paid)] = 1.0;
    }
  }
}

}  // namespace

QuantityTable confusion_table(const BenefitUnits& units, std::size_t benefit) {
  QuantityTable table;
  table.rows = units.rows;
  table.quantities = crossing_count;
  table.counted = all_units;
  table.figures = {{"units", "units", all_units},
                   {"right_and_receipt", "share", right_receipt, all_units},
                   {"right_without_receipt", "share", right_only, all_units},
                   {"receipt_without_right", "share", receipt_only, all_units},
                   {"neither", "share", neither, all_units},
                   {"non_take_up", "share", right_only, any_right},
                   {"beta_error", "share", receipt_only, any_receipt},
                   {"leakage", "share", receipt_only, no_right},
                   {"non_take_up_low", "share", right_only, right_or_receipt}};
  for (std::size_t i = 1; i < table.figures.size(); ++i) table.figures[i].block = "crossing";
  table.fill = [&units, benefit](const Receipts& receipts, std::span<double> values) {
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
      const std::size_t at = (unit + 1) * units.months - 1;
      const bool right = units.rights[at] > 0.0;
      const bool receives = receipts[benefit].received[at] > 0.0;
      double* into = values.data() + unit * crossing_count;
      into[all_units] = 1.0;
      into[right ? (receives ? right_receipt : right_only) : (receives ? receipt_only : neither)] = 1.0;
      into[any_right] = right ? 1.0 : 0.0;
      into[no_right] = right ? 0.0 : 1.0;
      into[any_receipt] = receives ? 1.0 : 0.0;
      into[right_or_receipt] = right || receives ? 1.0 : 0.0;
    }
  };
  return table;
}

std::vector<MeasuredCell> split_pairs(std::vector<FigureOf>& figures, MeasuredCell& all) {
  std::vector<MeasuredCell> pairs;
  const auto first =
      std::find_if(figures.begin(), figures.end(), [](const FigureOf& figure) { return figure.numerator >= joint_count; });
  const auto own = static_cast<std::size_t>(first - figures.begin());
  for (std::size_t at = own; at < figures.size(); at += pair_count) {
    const auto begin = all.figures.begin() + static_cast<std::ptrdiff_t>(at);
    pairs.push_back({figures[at].block, begin->sampled, {begin, begin + pair_count}});
  }
  std::erase_if(pairs, [](const MeasuredCell& pair) { return pair.sampled == 0; });
  all.figures.resize(own);
  figures.resize(own);
  return pairs;
}

std::vector<FigureOf> pair_figures() {
  std::vector<FigureOf> figures = joint_figures(std::vector<BenefitUnits>(2));
  figures.erase(figures.begin(), figures.end() - pair_count);
  for (FigureOf& figure : figures) figure.block = "pair";
  return figures;
}

QuantityTable apparent_table(std::vector<std::uint32_t> rows, const ApparentBenefit& asked) {
  const bool in_kind = asked.in_kind, observed = asked.observed;
  enum : std::size_t { measured, out, right, unclaimed, truly, lost, gained, paid, paid_without, out_known, count };
  QuantityTable table;
  table.rows = std::move(rows);
  table.quantities = count;
  table.counted = measured;
  const std::string why = in_kind ? "a right in kind has no euros" : "";
  table.figures = {{"measured_eligible", "units", measured, FigureOf::none, 1.0, true, {}, "units k", {}},
                   {"rate_heads", "share", out, measured, 1.0, true, {}, "NTU %", {}},
                   {"rate_euros", "share", unclaimed, right, 1.0, !in_kind, why, "NTU € %", {}},
                   {"right_missed", "share", lost, truly, 1.0, true, {}, "missed %", {}},
                   {"right_wrongly_found", "share", gained, measured, 1.0, true, {}, "wrong %", {}},
                   {"beta_error", "share", paid_without, paid, 1.0, true, {}, observed ? "" : "beta %", {}}};
  const FigureOf low{"rate_extrapolated", "share", out_known, truly, 1.0 + carried_on, true, {}, "low %", {}, out, measured,
                     carried_on};
  if (observed) table.figures.push_back(low);
  table.fill = [benefit = asked.benefit, benefits = asked.benefits](const Receipts& receipts, std::span<double> values) {
    const std::vector<double>& received = receipts[benefit].received;
    const std::vector<double>& seen = receipts[benefits + benefit].received;
    const std::vector<double>& known = receipts[2 * benefits + benefit].received;
    for (std::size_t unit = 0; unit < received.size(); ++unit) {
      double* into = values.data() + unit * count;
      const bool has = seen[unit] > 0.0, had = known[unit] > 0.0, gets = received[unit] > 0.0;
      into[measured] = has ? 1.0 : 0.0;
      into[out] = has && !gets ? 1.0 : 0.0;
      into[right] = seen[unit];
      into[unclaimed] = std::max(0.0, seen[unit] - received[unit]);
      into[truly] = had ? 1.0 : 0.0;
      into[lost] = had && !has ? 1.0 : 0.0;
      into[gained] = has && !had ? 1.0 : 0.0;
      into[paid] = gets ? 1.0 : 0.0;
      into[paid_without] = gets && !has ? 1.0 : 0.0;
      into[out_known] = had && !gets ? 1.0 : 0.0;
    }
  };
  return table;
}

QuantityTable joint_table(const std::vector<BenefitUnits>& benefits) {
  QuantityTable table;
  const std::vector<Dwelling> dwellings = dwellings_of(benefits);
  for (const Dwelling& dwelling : dwellings) table.rows.push_back(dwelling.row);
  table.quantities = joint_count + benefits.size() * (benefits.size() - 1) / 2 * pair_count;
  table.counted = any;
  table.figures = joint_figures(benefits);
  table.fill = [&benefits, dwellings, quantities = table.quantities](const Receipts& receipts, std::span<double> values) {
    for (std::size_t i = 0; i < dwellings.size(); ++i)
      fill_dwelling(benefits, receipts, dwellings[i], values.subspan(i * quantities, quantities));
  };
  return table;
}

}  // namespace labacces::outcomes
