// Columns of the library as NumPy arrays without a copy.
#pragma once

#include <pybind11/numpy.h>

#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace labacces::python {

/// An array that owns the vector.
template <typename T>
pybind11::array_t<T> owned_array(std::vector<T>&& values) {
  auto held = std::make_unique<std::vector<T>>(std::move(values));
  const std::vector<T>& vector = *held;
  pybind11::capsule owner(held.release(), [](void* pointer) { delete static_cast<std::vector<T>*>(pointer); });
  return pybind11::array_t<T>(static_cast<pybind11::ssize_t>(vector.size()), vector.data(), owner);
}

/// A read-only array over memory that `keeper` holds.
template <typename T, typename Keeper>
pybind11::array_t<T> view_array(std::span<const T> values, const std::shared_ptr<Keeper>& keeper) {
  auto held = std::make_unique<std::shared_ptr<Keeper>>(keeper);
  pybind11::capsule owner(held.release(), [](void* pointer) { delete static_cast<std::shared_ptr<Keeper>*>(pointer); });
  pybind11::array_t<T> out(static_cast<pybind11::ssize_t>(values.size()), values.data(), owner);
  pybind11::detail::array_proxy(out.ptr())->flags &= ~pybind11::detail::npy_api::NPY_ARRAY_WRITEABLE_;
  return out;
}

}  // namespace labacces::python
