// Units of measure and the type of an expression.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libsim/population/schema.hpp"

namespace labacces::law {

/// Exponents of EUR, hour, day, month, year. All zero: dimensionless (share, count).
struct Measure {
  std::array<std::int8_t, 5> exponents{};
  constexpr bool operator==(const Measure&) const = default;
  constexpr bool dimensionless() const { return *this == Measure{}; }
  Measure operator*(const Measure& other) const;
  Measure operator/(const Measure& other) const;
};
inline constexpr Measure dimensionless{};
inline constexpr Measure eur{{1, 0, 0, 0, 0}};
inline constexpr Measure eur_per_month{{1, 0, 0, -1, 0}};
inline constexpr Measure eur_per_year{{1, 0, 0, 0, -1}};
inline constexpr Measure in_years{{0, 0, 0, 0, 1}};
inline constexpr Measure in_months{{0, 0, 0, 1, 0}};

std::string to_string(const Measure& measure);  // "EUR/month", "years", "share"

/// Reads products and quotients of EUR, hour(s), day(s), month(s), year(s), share, count ("EUR/month", "years", "EUR/hour"); nothing
/// when a word is not a unit.
std::optional<Measure> parse_measure(std::string_view text);

/// Type of a value: number with its measure, yes/no, an enumeration, a date.
struct ValueType {
  ValueKind kind = ValueKind::number;
  Measure measure{};
  std::int32_t enumeration = -1;  ///< index in Law::enums() when kind is enumeration
  constexpr bool operator==(const ValueType&) const = default;
};

}  // namespace labacces::law
