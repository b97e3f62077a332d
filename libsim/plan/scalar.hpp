// The exact meaning of each operation on one row: what constants fold to, and what the kernels must agree with.
#pragma once

#include "libsim/plan/graph.hpp"

namespace labacces::plan {

/// Value of an operation of one row on the same row (not tables, scales, inputs, nor operations between levels).
double evaluate(NodeOp op, double number, double a, double b, double c);

/// Value of a table for one or two keys (the second is ignored by rows that leave it open), else `otherwise`.
double look_up(const TableData& table, double key1, double key2, double otherwise);

/// Value of a scale for a key.
double apply_scale(const ScaleData& scale, double key);

}  // namespace labacces::plan
