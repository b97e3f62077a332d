// Disclosure control of the cells of one group: small cells are hidden, and one more when a single one is.
#pragma once

#include <vector>

#include "libsim/scenario/run_scenario.hpp"

namespace labacces::report {

/// For each cell of the group, whether it is hidden in that window. Cells with 1 to 10 sampled units are hidden; when just one cell of a
/// group is, the next smallest is hidden too, so that it cannot be had by subtraction from the total.
std::vector<bool> hidden_cells(const scenario::GroupResult& group, outcomes::Window window, bool synthetic);

}  // namespace labacces::report
