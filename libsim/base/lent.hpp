// Values that somebody else keeps.
#pragma once

#include <memory>
#include <span>

namespace labacces {

/// Read in place: `keeper` holds them for as long as they are read.
template <typename T>
struct Lent {
  std::span<const T> values;
  std::shared_ptr<const void> keeper;
};

}  // namespace labacces
