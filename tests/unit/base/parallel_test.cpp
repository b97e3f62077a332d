#include "libsim/base/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace labacces {
namespace {

TEST(Parallel, each_chunk_is_worked_on_once) {
  for (const unsigned threads : {1U, 2U, 5U}) {
    std::vector<std::atomic<int>> seen(1000);
    for_each_chunk(seen.size(), threads, [&](std::size_t chunk, unsigned worker) {
      EXPECT_LT(worker, threads);
      ++seen[chunk];
    });
    for (const auto& count : seen) ASSERT_EQ(count.load(), 1);
  }
  for_each_chunk(0, 4, [](std::size_t, unsigned) { FAIL(); });
}

TEST(Parallel, an_exception_of_a_worker_reaches_the_caller) {
  EXPECT_THROW(for_each_chunk(100, 3,
                              [](std::size_t chunk, unsigned) {
                                if (chunk == 57) throw std::runtime_error("57");
                              }),
               std::runtime_error);
}

}  // namespace
}  // namespace labacces
