// The Arrow C data and stream interfaces: the two structs that every Arrow tool shares, and what we read from and write to them.
// https://arrow.apache.org/docs/format/CDataInterface.html, CStreamInterface.html: the layout below is that of the specification.
#pragma once

#include <cstdint>
#include <string>

#include "libsim/population/frame.hpp"

extern "C" {

// NOLINTBEGIN(readability-identifier-naming): names of the specification
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  std::int64_t flags;
  std::int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  std::int64_t length;
  std::int64_t null_count;
  std::int64_t offset;
  std::int64_t n_buffers;
  std::int64_t n_children;
  const void** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};

struct ArrowArrayStream {
  int (*get_schema)(ArrowArrayStream*, ArrowSchema*);
  int (*get_next)(ArrowArrayStream*, ArrowArray*);
  const char* (*get_last_error)(ArrowArrayStream*);
  void (*release)(ArrowArrayStream*);
  void* private_data;
};
// NOLINTEND(readability-identifier-naming)
}

namespace labacces::python {

/// Takes all batches of a stream of tables and releases it. Columns of doubles in one batch without gaps are lent: the batch lives as
/// long as they do. Throws Error: a stream that fails, that is no table, or has a column of a type that no variable can have.
Frame read_arrow(ArrowArrayStream* stream, const std::string& name);

}  // namespace labacces::python
