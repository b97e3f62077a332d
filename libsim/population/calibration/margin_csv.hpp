// Margins as a CSV file: one margin a row.
#pragma once

#include <string>
#include <string_view>

#include "libsim/population/calibration/margin_file.hpp"

namespace labacces::calibration {

/// Columns `margin`, `total` and `source`, and where wanted `level`, `where` (conditions joined by " & "), `sum`, `date`, `held_out`, `tuned_on` (yes, no).
/// Throws Error with file, line and column, all findings at once.
MarginFile parse_margins_csv(const std::string& file, std::string_view text);

}  // namespace labacces::calibration
