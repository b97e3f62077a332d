// Disclosure control: small cells and cells that one household dominates are hidden, and others with them, so that none can be had by
// subtraction.
#pragma once

#include <cstddef>
#include <vector>

#include "libsim/scenario/run_scenario.hpp"

namespace labacces::report {

/// For each of the cells that add up to a total that is shown, whether it is hidden. Hidden are cells of 1 to 10 sampled units, those in `more`,
/// and then the next smallest, until two cells at least and 11 units at least are hidden together: the total less what is shown tells no
/// more than a cell that may be shown. Empty cells are never hidden.
std::vector<bool> hidden_counts(const std::vector<std::size_t>& sampled, bool synthetic, const std::vector<bool>& more = {});

/// The cells of one group in a window. Beside small ones, those whose euros one cluster may dominate (1, 85 %): where the sum of
/// their squares exceeds 0.85² of the square of their sum. That is so wherever one does, and in a few cells more. With an order, cells that
/// either concept of the right hides.
std::vector<bool> hidden_cells(const scenario::GroupResult& group, outcomes::Window window, bool synthetic);

}  // namespace labacces::report
