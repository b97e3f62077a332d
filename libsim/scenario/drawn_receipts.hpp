// Receipts of whole columns of units, drawn in blocks: what replications of a measured world run. Internal to this folder.
#pragma once

#include <cstdint>
#include <vector>

#include "libsim/outcomes/measured_figures.hpp"
#include "libsim/scenario/claims.hpp"

namespace labacces::scenario {

/// Probabilities of claiming before gateways: [benefit * months + month][row], 0 without a right. They do not depend on luck, so
/// replications share them.
using ChanceColumns = std::vector<std::vector<double>>;
ChanceColumns chances_alone(const Claims& claims, const engine::ChunkView& view);

/// What the units in `rows[benefit]` receive, month by month, by the luck of `claims`: the right where the unit decides to claim (as
/// Claims::decides, to the last bit), else 0. `view`: the whole population as one chunk.
outcomes::Receipts drawn_receipts(const Claims& claims, const engine::ChunkView& view, const ChanceColumns& chances,
                                  const std::vector<std::vector<std::uint32_t>>& rows);

}  // namespace labacces::scenario
