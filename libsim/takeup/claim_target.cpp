#include "libsim/takeup/claim_target.hpp"

#include <algorithm>

namespace labacces::takeup {
namespace {

struct Spell {
  bool eligible = false;
  double claims = 0.0;  ///< in one month at least
};

/// `length` months before month `end`.
Spell spell(std::span<const double> rights, std::span<const double> claims, std::size_t end, std::size_t length) {
  Spell out;
  for (std::size_t month = end - length; month < end; ++month) {
    if (!(rights[month] > 0.0)) continue;
    out.eligible = true;
    out.claims = std::max(out.claims, claims[month]);
  }
  return out;
}

UnitShare of_month(const ClaimTarget& target, double right, double claims, double heads) {
  if (!(right > 0.0)) return {};
  switch (target.measure) {
    case ClaimMeasure::out_share:
      return {(1.0 - claims) * heads, heads};
    case ClaimMeasure::takers:
      return {claims * heads, heads};
    case ClaimMeasure::euros:
      return {claims * right, right};
    case ClaimMeasure::mean_paid:
      return {claims * right, claims};
    case ClaimMeasure::mean_unclaimed:
      return {(1.0 - claims) * right, 1.0 - claims};
  }
  return {};
}

}  // namespace

UnitShare share_of_unit(const ClaimTarget& target, std::span<const double> rights, std::span<const double> claims,
                        double persons) {
  const double heads = target.in_persons ? persons : 1.0;
  const std::size_t months = rights.size();
  if (target.window == ClaimWindow::month) return of_month(target, rights[months - 1], claims[months - 1], heads);
  const Spell quarter = spell(rights, claims, months, months_of_quarter);
  if (!quarter.eligible) return {};
  if (target.window == ClaimWindow::quarter)
    return {(target.measure == ClaimMeasure::takers ? quarter.claims : 1.0 - quarter.claims) * heads, heads};
  double likeliest = quarter.claims;
  for (std::size_t end = months - months_of_quarter; end > months - months_of_durable; end -= months_of_quarter) {
    const Spell before = spell(rights, claims, end, months_of_quarter);
    if (!before.eligible) return {0.0, heads};
    likeliest = std::max(likeliest, before.claims);
  }
  return {(1.0 - likeliest) * heads, heads};
}

}  // namespace labacces::takeup
