// What a rule version reads, and in which months: the basis of completeness, cycles and totality.
#pragma once

#include <cstdint>
#include <vector>

#include "libsim/law/law.hpp"

namespace labacces::law {

/// Months of an interval: all of them, or only the same month of each year.
struct MonthSet {
  MonthInterval months;
  std::int32_t only = 0;  ///< 1..12: that month of each year; 0: every month
  bool operator==(const MonthSet&) const = default;
  /// The first month of the set at or after `from`, or never.
  Month next(Month from) const;
};

/// Months from the month of the rule to the month read.
struct Offsets {
  std::int32_t least = 0;
  std::int32_t most = 0;
  bool operator==(const Offsets&) const = default;
};

/// One reading.
struct Reference {
  enum class Kind : std::uint8_t { param, table, scale, variable, divisor } kind = Kind::param;
  std::uint32_t index = 0;  ///< of the param, table, scale or variable
  ExprId node = no_expr;    ///< the node; of a divisor: its tree
  MonthSet months;          ///< when it is read, over all months of the version
  Offsets offsets;
};

struct VersionReferences {
  std::uint32_t variable = 0;
  std::size_t version = 0;
  MonthSet months;  ///< when the version is computed
  std::vector<Reference> references;
};

/// Readings of all versions of all rules, in order.
std::vector<VersionReferences> collect_references(const Law& law);

}  // namespace labacces::law
