// A long computation beside the thread that asked for it, which meanwhile listens for Ctrl-C and shows progress.
#pragma once

#include <pybind11/pybind11.h>

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>

namespace labacces::python {

/// What the two threads share.
class Watch {
 public:
  /// For the library: notes how far it is, and throws when nobody waits for the result any more. Needs no lock of Python.
  std::function<void(std::size_t, std::size_t)> function();

 private:
  template <typename Work>
  friend std::invoke_result_t<Work&, Watch&> watched(const pybind11::object&, Work);
  friend class Waiter;

  std::mutex lock_;
  std::condition_variable ended_;
  bool done_ = false, given_up_ = false;
  std::size_t chunks_done_ = 0, chunks_ = 0;
};

/// The waiting side, on the thread of the caller, which holds the interpreter's lock now and then.
class Waiter {
 public:
  Waiter(const pybind11::object& callback, std::shared_ptr<Watch> watch, std::thread thread)
      : callback_(callback), watch_(std::move(watch)), thread_(std::move(thread)) {}
  /// Returns when the computation has ended. Throws what Ctrl-C or the callback raises within some 20 ms, and leaves the computation to
  /// end by itself: at its next chunk where it tells its progress, else when it is through.
  void wait();

 private:
  void look();
  void give_up();

  const pybind11::object& callback_;
  std::shared_ptr<Watch> watch_;
  std::thread thread_;
  std::size_t told_ = 0;
};

/// Waits for computations that were given up; Python calls it at its end.
void join_given_up();

/// work(watch) without the interpreter's lock, on a thread of its own: it must own all that it reads. callback(done, total) is called
/// meanwhile unless it is None.
template <typename Work>
std::invoke_result_t<Work&, Watch&> watched(const pybind11::object& callback, Work work) {
  using Result = std::invoke_result_t<Work&, Watch&>;
  struct State : Watch {
    std::optional<Result> result;
    std::exception_ptr failure;
  };
  auto state = std::make_shared<State>();
  std::thread thread([state, work = std::move(work)]() mutable {
    try {
      state->result.emplace(work(*state));
    } catch (...) {
      state->failure = std::current_exception();
    }
    {
      const Work ended = std::move(work);  // lets go of what it owns before the caller goes on
    }
    const std::lock_guard<std::mutex> guard(state->lock_);
    state->done_ = true;
    state->ended_.notify_one();
  });
  Waiter(callback, state, std::move(thread)).wait();
  if (state->failure) std::rethrow_exception(state->failure);
  return std::move(*state->result);
}

}  // namespace labacces::python
