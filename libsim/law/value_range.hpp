// The values that a checked expression can take, as far as its form tells.
#pragma once

#include <limits>
#include <unordered_map>

#include "libsim/law/law.hpp"

namespace labacces::law {

struct ValueRange {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
};

/// Bounds of expressions of one law, remembered by node.
class RangeFinder {
 public:
  explicit RangeFinder(const Law& law) : law_(law) {}
  ValueRange of(ExprId id);

 private:
  ValueRange find(const Expr& node);
  ValueRange of_call(const Expr& node);
  ValueRange of_binary(const Expr& node);
  ValueRange of_aggregate(const Expr& node);

  const Law& law_;
  std::unordered_map<std::uint32_t, ValueRange> known_;
};

}  // namespace labacces::law
