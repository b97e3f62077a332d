// Values as the files write them: codes and labels of enumerations, dates, and back to text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libsim/population/schema.hpp"

namespace labacces {

/// The code of an item by its name ("locataire_hlm") or its label.
std::optional<double> enum_code(const VariableInfo& variable, std::string_view text);
/// 1 or 0 of "1", "true", "yes", "oui" and "0", "false", "no", "non", in capitals too.
std::optional<double> yes_no_value(std::string_view text);
/// "2024-01-31" as days since 1970.
std::optional<double> date_value(std::string_view text);
/// "expected a number", "expected one of a, b, c" ...: what a value of the variable looks like.
std::string expected_value(const VariableInfo& variable);
/// The value as text: shortest number, "true"/"false", item name, ISO date. No quotes.
std::string value_text(const VariableInfo& variable, double value);

}  // namespace labacces
