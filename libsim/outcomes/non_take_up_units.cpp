#include "libsim/outcomes/non_take_up_units.hpp"

#include <algorithm>
#include <array>

#include "libsim/base/text.hpp"

namespace labacces::outcomes {
namespace {

constexpr std::size_t quarter = 3, three_quarters = 9;
constexpr double months_a_year = 12.0;

enum Quantity : std::size_t {
  eligible,
  persons,
  out,
  persons_out,
  partial,
  primary,
  secondary,
  right,
  unclaimed,
  unclaimed_out,
  eligible_quarter,
  out_quarter,
  partial_quarter,
  right_quarter,
  unclaimed_quarter,
  out_durable,
  out_frictional,
  unclaimed_durable,
  quantity_count
};

std::vector<FigureOf> figures_of(const BenefitUnits& units) {
  const bool euros = !units.in_kind;
  const bool has_quarter = units.months >= quarter, has_durable = units.months >= three_quarters;
  const std::string kind = "a right in kind has no euros", short_data = "the data hold too few months",
                    claims = "claims are not known apart from receipt";
  const auto why = [&](bool money, bool window) { return !window ? short_data : money && !euros ? kind : std::string{}; };
  std::vector<FigureOf> out_figures;
  const auto add = [&](const char* name, const char* unit, std::size_t numerator, std::size_t denominator, bool money,
                       bool window, double factor = 1.0) {
    const std::string reason = why(money, window);
    out_figures.push_back({name, unit, numerator, denominator, factor, reason.empty(), reason});
  };
  constexpr std::size_t none = FigureOf::none;
  add("eligible_units", "units", eligible, none, false, true);
  add("eligible_persons", "persons", persons, none, false, true);
  add("non_take_up_units", "units", out, none, false, true);
  add("non_take_up_persons", "persons", persons_out, none, false, true);
  add("rate_heads", "share", out, eligible, false, true);
  add("rate_partial", "share", partial, eligible, false, true);
  add("rate_primary", "share", primary, eligible, false, true);
  add("rate_secondary", "share", secondary, eligible, false, true);
  add("rate_euros", "share", unclaimed, right, true, true);
  add("rate_quarter", "share", out_quarter, eligible_quarter, false, has_quarter);
  add("rate_partial_quarter", "share", partial_quarter, eligible_quarter, false, has_quarter);
  add("rate_euros_quarter", "share", unclaimed_quarter, right_quarter, true, has_quarter);
  add("rate_durable", "share", out_durable, eligible_quarter, false, has_durable);
  add("rate_frictional", "share", out_frictional, eligible_quarter, false, has_durable);
  add("right_a_year", "EUR/year", right, none, true, true, months_a_year);
  add("unclaimed_a_year", "EUR/year", unclaimed, none, true, true, months_a_year);
  add("unclaimed_durable_a_year", "EUR/year", unclaimed_durable, none, true, has_durable, months_a_year);
  add("unclaimed_per_unit", "EUR/month", unclaimed_out, out, true, true);
  if (!units.claims_known) {
    for (FigureOf& figure : out_figures) {
      if (figure.numerator == primary || figure.numerator == secondary) figure.known = false, figure.why = claims;
    }
  }
  return out_figures;
}

/// Rights and receipt of one unit over its last months.
struct Spell {
  double right = 0.0, received = 0.0, unclaimed = 0.0;
  bool eligible = false, claimed = false;
};

class UnitView {
 public:
  UnitView(const BenefitUnits& units, const Receipt& receipt, std::size_t unit)
      : units_(units), receipt_(receipt), first_(unit * units.months) {}

  /// The `length` months before month `end` (counted from the first).
  Spell over(std::size_t end, std::size_t length) const {
    Spell out;
    for (std::size_t month = end - length; month < end; ++month) {
      const double of_right = units_.rights[first_ + month];
      if (!(of_right > 0.0)) continue;
      const double got = receipt_.received[first_ + month];
      out.eligible = true;
      out.right += of_right;
      out.received += got;
      out.unclaimed += std::max(0.0, of_right - got);
      out.claimed = out.claimed || (receipt_.claimed.empty() ? got > 0.0 : receipt_.claimed[first_ + month] != 0);
    }
    return out;
  }

 private:
  const BenefitUnits& units_;
  const Receipt& receipt_;
  std::size_t first_;
};

bool is_partial(const BenefitUnits& units, const Spell& spell, std::size_t months) {
  const double tolerance = units.in_kind ? 0.0 : partial_tolerance * static_cast<double>(months);
  return spell.received > 0.0 && spell.unclaimed > tolerance;
}

void fill_quarter(const BenefitUnits& units, const UnitView& view, std::span<double> values) {
  const Spell spell = view.over(units.months, quarter);
  if (!spell.eligible) return;
  const bool missing = !(spell.received > 0.0);
  values[eligible_quarter] = 1.0;
  values[out_quarter] = missing ? 1.0 : 0.0;
  values[partial_quarter] = is_partial(units, spell, quarter) ? 1.0 : 0.0;
  values[right_quarter] = spell.right / static_cast<double>(quarter);
  values[unclaimed_quarter] = spell.unclaimed / static_cast<double>(quarter);
  if (units.months < three_quarters || !missing) return;
  bool durable = true;
  for (std::size_t back = 1; back < three_quarters / quarter; ++back) {
    const Spell before = view.over(units.months - back * quarter, quarter);
    durable = durable && before.eligible && !(before.received > 0.0);
  }
  values[out_durable] = durable ? 1.0 : 0.0;
  values[out_frictional] = durable ? 0.0 : 1.0;
  values[unclaimed_durable] = durable ? values[unclaimed_quarter] : 0.0;
}

void fill_unit(const BenefitUnits& units, const Receipt& receipt, std::size_t unit, std::span<double> values) {
  const UnitView view(units, receipt, unit);
  const Spell month = view.over(units.months, 1);
  if (month.eligible) {
    const double missing = month.received > 0.0 ? 0.0 : 1.0;
    values[eligible] = 1.0;
    values[persons] = units.persons[unit];
    values[out] = missing;
    values[persons_out] = missing * units.persons[unit];
    values[partial] = is_partial(units, month, 1) ? 1.0 : 0.0;
    values[primary] = month.claimed ? 0.0 : missing;
    values[secondary] = month.claimed ? missing : 0.0;
    values[right] = month.right;
    values[unclaimed] = month.unclaimed;
    values[unclaimed_out] = missing * month.unclaimed;
  }
  if (units.months >= quarter) fill_quarter(units, view, values);
}

}  // namespace

QuantityTable non_take_up_table(const BenefitUnits& units, std::size_t benefit) {
  QuantityTable table;
  table.rows = units.rows;
  table.groups = units.groups;
  table.quantities = quantity_count;
  table.counted = units.months >= quarter ? std::size_t{eligible_quarter} : std::size_t{eligible};
  table.figures = figures_of(units);
  table.fill = [&units, benefit](const Receipts& receipts, std::span<double> values) {
    for (std::size_t unit = 0; unit < units.size(); ++unit)
      fill_unit(units, receipts[benefit], unit, values.subspan(unit * quantity_count, quantity_count));
  };
  return table;
}

std::vector<std::string> band_names(const std::vector<double>& cuts) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < cuts.size(); ++i)
    names.push_back(i == 0 ? "<" + shortest(cuts[0]) : shortest(cuts[i - 1]) + "-" + shortest(cuts[i]));
  names.push_back(cuts.empty() ? "all" : shortest(cuts.back()) + "+");
  return names;
}

std::uint16_t band_of(const std::vector<double>& cuts, double value) {
  return static_cast<std::uint16_t>(std::upper_bound(cuts.begin(), cuts.end(), value) - cuts.begin());
}

QuantityTable::Group amount_group(const BenefitUnits& units, const std::vector<double>& cuts) {
  QuantityTable::Group group{"amount", "amount of the right, EUR/month", band_names(cuts), {}};
  for (std::size_t unit = 0; unit < units.size(); ++unit) {
    double amount = 0.0;
    for (std::size_t month = 0; month < units.months; ++month) {
      const double of_month = units.rights[unit * units.months + month];
      if (of_month > 0.0) amount = of_month;
    }
    group.code.push_back(band_of(cuts, amount));
  }
  return group;
}

}  // namespace labacces::outcomes
