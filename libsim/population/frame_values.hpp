// Cells of a frame as values of a variable.
#pragma once

#include <string>

#include "libsim/base/diagnostics.hpp"
#include "libsim/population/csv_header.hpp"
#include "libsim/population/frame.hpp"
#include "libsim/population/schema.hpp"

namespace labacces {

/// "individus[12]": a row of a frame (rows count from 0), as messages place it.
Location frame_row(const Frame& frame, std::size_t row);

/// The column as numbers of the variable, by row of the frame: amounts, 0 and 1, codes, days. What is lent stays lent. A cell that is no
/// value of the variable is a finding with its row; a column of the wrong type is one finding. NaN is a missing cell.
Column frame_values(const Frame& frame, FrameColumn&& column, const VariableInfo& variable, CsvFindings& findings);

/// Weights: numbers of 0 or more.
Column frame_weights(const Frame& frame, FrameColumn&& column, CsvFindings& findings);

/// Values of persons as values of their unit: members who give one must agree.
Column values_of_units(const Frame& frame, const std::string& name, const Column& of_persons,
                       const std::vector<std::int32_t>& unit_of, const IdList& ids, Level level, CsvFindings& findings);

}  // namespace labacces
