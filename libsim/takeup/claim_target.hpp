// A figure of take-up that a calibration aims at, and what one unit adds to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace labacces::takeup {

/// Over what time claims are looked at, as in outcomes/non_take_up.hpp: the month, the quarter that ends with it, three quarters running.
enum class ClaimWindow : unsigned char { month, quarter, durable };
inline constexpr std::size_t months_of_quarter = 3, months_of_durable = 9;

enum class ClaimMeasure : unsigned char {
  out_share,       ///< of the eligible, who receives nothing
  takers,          ///< who receives (month, quarter)
  euros,           ///< paid in the month
  mean_paid,       ///< euros of the month by unit that receives
  mean_unclaimed,  ///< euros of the month by eligible unit that receives nothing
};

struct ClaimTarget {
  std::string name;  ///< as messages show it: "targets.json: targets/0 (rsa, quarter)"
  ClaimMeasure measure = ClaimMeasure::out_share;
  ClaimWindow window = ClaimWindow::month;
  bool in_persons = false;  ///< heads are persons, not units
  double value = 0.0;
  std::vector<std::uint8_t> in;  ///< whether a unit counts: [unit], or [draw * units + unit] where that is a matter of luck
};

/// Whether the measure is a sum over units; others are numerator / denominator.
constexpr bool is_total(ClaimMeasure measure) { return measure == ClaimMeasure::takers || measure == ClaimMeasure::euros; }

struct UnitShare {
  double numerator = 0.0, denominator = 0.0;
};

/// What a unit of weight 1 adds. `claims`, by month as `rights`: 1 or 0, or probabilities where the luck of all months is one: a unit receives something in a
/// window when it claims in one of its months with the right, the likeliest then decides.
UnitShare share_of_unit(const ClaimTarget& target, std::span<const double> rights, std::span<const double> claims,
                        double persons);

}  // namespace labacces::takeup
