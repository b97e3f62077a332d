// The short texts of margins files: "departement = d22|d29", "age 20..59", "niveau_de_vie ..<15900".
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "libsim/population/calibration/margin_file.hpp"

namespace labacces::calibration {

/// An amount named in the file ("seuil_de_pauvrete"), or nothing.
using NamedAmount = std::function<std::optional<double>(std::string_view name)>;

/// "d22", "d22|d29", "20..59", "..<15900", "60..". Nothing and a reason when it is none of these.
std::optional<ValueClass> read_class(std::string_view text, const NamedAmount& named, std::string& reason);

/// "VARIABLE = class" or "VARIABLE range". Nothing and a reason when it is not.
std::optional<Condition> read_condition(std::string_view text, const NamedAmount& named, std::string& reason);

}  // namespace labacces::calibration
