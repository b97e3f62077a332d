// The one primitive of concurrency: chunks numbered 0..count-1 handed to threads.
#pragma once

#include <cstddef>
#include <functional>

namespace labacces {

/// Number of threads to use: `asked`, or all cores when 0; at least 1.
unsigned thread_count(unsigned asked);

/// Threads for something quick to do with so many rows: all cores, or 1 where a second is not worth its start.
unsigned threads_for(std::size_t rows);

/// Calls work(chunk, worker) once for each chunk, in no order, on `threads` threads (0 = all cores); worker < thread_count.
/// The first exception stops the others after their current chunk and is thrown to the caller.
void for_each_chunk(std::size_t count, unsigned threads, const std::function<void(std::size_t chunk, unsigned worker)>& work);

}  // namespace labacces
