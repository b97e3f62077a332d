// The values of cases of the law: numbers that may be written as sums, and what stands for yes and no.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "libsim/population/schema.hpp"

namespace labacces::tools {

/// The value of a number or of arithmetic over numbers: "1_200", "-(3 + 2) * 1e2 / 4", "2 ** 3". Nothing when the text is neither, or when
/// the result is not finite.
std::optional<double> arithmetic(std::string_view text);

/// "true", "True", "yes", "1" and their contraries; nothing for any other text.
std::optional<bool> yes_or_no(std::string_view text);

/// A value as a situation has it, by the kind of its variable; text that does not fit the kind stays text, and the situation refuses it.
nlohmann::ordered_json situation_value(const VariableInfo& info, const std::string& text);

/// Whether the text is what a variable has when nobody gives it: 0, no, or nothing.
bool says_nothing(std::string_view text);

/// The variable of that name; among OpenFisca-France's cases also that of the name in lower case (caseT, nbR), since names of the law have
/// no capitals. Null when the law has neither.
const VariableInfo* variable_named(const Schema& schema, const std::string& name, bool is_openfisca);

}  // namespace labacces::tools
