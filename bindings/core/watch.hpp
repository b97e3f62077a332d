// What a long computation does now and then on the thread of the caller: shows progress, and listens for Ctrl-C.
#pragma once

#include <pybind11/pybind11.h>

#include <chrono>
#include <cstddef>
#include <functional>

namespace labacces::python {

/// A progress function for the library, called without the interpreter's lock. At most every 20 ms it takes the lock, lets Python handle
/// its signals (Ctrl-C becomes KeyboardInterrupt, which ends the computation) and calls `callback(done, total)` unless it is None.
class Watch {
 public:
  explicit Watch(pybind11::object callback) : callback_(std::move(callback)) {}
  std::function<void(std::size_t, std::size_t)> function() {
    return [this](std::size_t done, std::size_t total) { look(done, total); };
  }

 private:
  void look(std::size_t done, std::size_t total) {
    const auto now = std::chrono::steady_clock::now();
    if (done < total && now - last_ < std::chrono::milliseconds(20)) return;
    last_ = now;
    const pybind11::gil_scoped_acquire locked;
    if (PyErr_CheckSignals() != 0) throw pybind11::error_already_set();
    if (!callback_.is_none()) callback_(done, total);
  }

  pybind11::object callback_;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace labacces::python
