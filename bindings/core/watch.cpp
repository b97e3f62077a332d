// A long computation beside the thread that asked for it, which meanwhile listens for Ctrl-C and shows progress.
#include "bindings/core/watch.hpp"

#include <chrono>
#include <vector>

namespace labacces::python {
namespace {

constexpr std::chrono::milliseconds between_looks{20};

struct GivenUp {};

/// Computations nobody waits for, until they end.
struct Leftovers {
  std::mutex lock;
  std::vector<std::thread> threads;
};

Leftovers& leftovers() {
  static Leftovers* const all = new Leftovers;  // outlives the threads: never destroyed
  return *all;
}

}  // namespace

std::function<void(std::size_t, std::size_t)> Watch::function() {
  return [this](std::size_t done, std::size_t total) {
    const std::lock_guard<std::mutex> guard(lock_);
    if (given_up_) throw GivenUp{};
    chunks_done_ = done;
    chunks_ = total;
  };
}

void Waiter::wait() {
  while (true) {
    bool done = false;
    {
      const pybind11::gil_scoped_release unlocked;
      std::unique_lock<std::mutex> guard(watch_->lock_);
      done = watch_->ended_.wait_for(guard, between_looks, [this] { return watch_->done_; });
    }
    look();
    if (!done) continue;
    const pybind11::gil_scoped_release unlocked;
    thread_.join();
    return;
  }
}

void Waiter::look() {
  if (PyErr_CheckSignals() != 0) {
    pybind11::error_already_set raised;  // takes the exception before anything else runs
    give_up();
    throw raised;
  }
  std::size_t done = 0, total = 0;
  {
    const std::lock_guard<std::mutex> guard(watch_->lock_);
    done = watch_->chunks_done_;
    total = watch_->chunks_;
  }
  if (done == told_ || callback_.is_none()) return;
  told_ = done;
  try {
    callback_(done, total);
  } catch (...) {
    give_up();
    throw;
  }
}

void Waiter::give_up() {
  {
    const std::lock_guard<std::mutex> guard(watch_->lock_);
    watch_->given_up_ = true;
  }
  const std::lock_guard<std::mutex> guard(leftovers().lock);
  leftovers().threads.push_back(std::move(thread_));
}

void join_given_up() {
  std::vector<std::thread> threads;
  {
    const std::lock_guard<std::mutex> guard(leftovers().lock);
    threads.swap(leftovers().threads);
  }
  const pybind11::gil_scoped_release unlocked;
  for (std::thread& thread : threads) thread.join();
}

}  // namespace labacces::python
