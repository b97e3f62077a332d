// Columns of Python as an Arrow stream, for `__arrow_c_stream__`.
#pragma once

#include <pybind11/pybind11.h>

namespace labacces::python {

/// A capsule "arrow_array_stream" with one batch. `columns` is a list of (name, kind, values): kind "float64" and "int64" (NumPy arrays,
/// read in place), "bool", "date32" (NumPy arrays of bool and int32), "utf8" (a list of str or None), "category" (an array of int32, -1 = missing, and a list
/// of str). NaN stays NaN.
pybind11::capsule write_arrow(const pybind11::list& columns);

}  // namespace labacces::python
