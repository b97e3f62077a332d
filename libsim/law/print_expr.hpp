// Checked expressions and values as text, in the words of the language.
#pragma once

#include <string>

#include "libsim/law/law.hpp"

namespace labacces::law {

/// Source-like text of a checked expression of a rule of level `level`, with full names. Where `body` is given, its lets stand by their
/// names instead of their trees (the tree printed itself excepted). Very long texts are cut with "...".
std::string print_expr(const Law& law, ExprId id, Level level, const RuleBody* body = nullptr);

/// A value of a type: "12.5", "yes", "2024-04-01", an item of an enumeration. No unit.
std::string print_value(const Law& law, double value, const ValueType& type);

/// "EUR/month", "yes_no", "date", "enum zone_apl".
std::string print_type(const Law& law, const ValueType& type);

/// "at month -1", "at year -2", "at month 7 of year 0", "at 2013-04".
std::string print_shift(const TimeRef& time);
/// "months -3 .. -1", "year -2".
std::string print_window(const TimeRef& time);

}  // namespace labacces::law
