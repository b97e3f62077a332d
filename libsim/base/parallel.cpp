#include "libsim/base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace labacces {

unsigned thread_count(unsigned asked) { return asked > 0 ? asked : std::max(1U, std::thread::hardware_concurrency()); }

unsigned threads_for(std::size_t rows) {
  constexpr std::size_t many = 20'000;
  return rows < many ? 1 : thread_count(0);
}

void for_each_chunk(std::size_t count, unsigned threads, const std::function<void(std::size_t, unsigned)>& work) {
  const auto workers = static_cast<unsigned>(std::min<std::size_t>(thread_count(threads), count));
  if (workers <= 1) {
    for (std::size_t chunk = 0; chunk < count; ++chunk) work(chunk, 0);
    return;
  }
  std::atomic<std::size_t> next{0};
  std::atomic<bool> stop{false};
  std::exception_ptr failure;
  std::mutex failure_lock;
  const auto loop = [&](unsigned worker) noexcept {
    while (!stop.load(std::memory_order_relaxed)) {
      const std::size_t chunk = next.fetch_add(1, std::memory_order_relaxed);
      if (chunk >= count) return;
      try {
        work(chunk, worker);
      } catch (...) {
        const std::lock_guard<std::mutex> guard(failure_lock);
        if (!failure) failure = std::current_exception();
        stop.store(true, std::memory_order_relaxed);
      }
    }
  };
  {
    std::vector<std::jthread> others;
    others.reserve(workers - 1);
    for (unsigned worker = 1; worker < workers; ++worker) others.emplace_back(loop, worker);
    loop(0);
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace labacces
