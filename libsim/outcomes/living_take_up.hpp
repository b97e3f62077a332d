// Poverty and inequality as benefits are paid, were all rights claimed, and without the benefits, each figure with the parts of its variance.
#pragma once

#include <vector>

#include "libsim/outcomes/take_up_data.hpp"

namespace labacces::outcomes {

/// Cells without_benefits, paid, full_take_up, and what full take-up would change (full_less_paid); none where standards of living are not known. The month
/// of the rights stands for the year: twelve times what is unclaimed is missing. Rights in kind have no euros.
std::vector<MeasuredCell> measure_living(const TakeUpData& data, unsigned threads = 0);

/// Names and units of the figures of its cells.
std::vector<FigureOf> living_figures();

}  // namespace labacces::outcomes
