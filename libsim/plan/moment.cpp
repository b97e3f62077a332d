#include "libsim/plan/moment.hpp"

namespace labacces::plan {

MonthRange resolve(const law::TimeRef& time, Month current) {
  switch (time.kind) {
    case law::TimeRef::Kind::months:
      return {current + time.first, current + time.last};
    case law::TimeRef::Kind::month_of_year: {
      const Month month = Month::of(current.year() + time.first, time.month);
      return {month, month};
    }
    case law::TimeRef::Kind::absolute_month:
      return {Month{time.first}, Month{time.first}};
    case law::TimeRef::Kind::year: {
      const int year = current.year() + time.first;
      return {Month::of(year, 1), Month::of(year, 12)};
    }
  }
  return {current, current};
}

std::size_t MomentMap::slot_of(const Key& key) const {
  std::uint64_t hash = (static_cast<std::uint64_t>(key.index) << 32U) ^ static_cast<std::uint32_t>(key.time);
  hash = (hash ^ (static_cast<std::uint64_t>(static_cast<std::uint32_t>(key.anchor)) << 17U)) * 0x9e3779b97f4a7c15ULL;
  hash ^= hash >> 29U;
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot].node != no_node && !(slots_[slot].key == key)) slot = (slot + 1) & mask;
  return slot;
}

NodeId MomentMap::find(const Key& key) const { return slots_.empty() ? no_node : slots_[slot_of(key)].node; }

void MomentMap::insert(const Key& key, NodeId node) {
  if (slots_.size() < 2 * (used_ + 1)) {
    std::vector<Slot> old(slots_.empty() ? 1024 : slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.node != no_node) slots_[slot_of(slot.key)] = slot;
    }
  }
  Slot& slot = slots_[slot_of(key)];
  if (slot.node == no_node) ++used_;
  slot = {key, node};
}

}  // namespace labacces::plan
