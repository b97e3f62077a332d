// Where in time an expression is read, and a map keyed by it.
#pragma once

#include <cstdint>
#include <vector>

#include "libsim/base/date.hpp"
#include "libsim/law/expression.hpp"
#include "libsim/plan/graph.hpp"

namespace labacces::plan {

/// The current month of an expression; in a component through time also the month from which that component was entered.
struct Moment {
  Month month;
  std::int32_t component = -1;
  Month anchor{};
};

/// Months first .. last of a window, or of a shift (then first == last).
struct MonthRange {
  Month first, last;
};
MonthRange resolve(const law::TimeRef& time, Month current);

/// (what, when, anchor) -> node. Open addressing: look-ups are most of the cost of building a graph.
class MomentMap {
 public:
  struct Key {
    std::uint32_t index = 0;
    std::int32_t time = 0;
    std::int32_t anchor = 0;
    bool operator==(const Key&) const = default;
  };
  /// no_node when unknown.
  NodeId find(const Key& key) const;
  void insert(const Key& key, NodeId node);

 private:
  struct Slot {
    Key key;
    NodeId node = no_node;
  };
  std::size_t slot_of(const Key& key) const;
  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace labacces::plan
