#include "libsim/law/components.hpp"

#include <algorithm>

namespace labacces::law {

namespace {

constexpr std::uint32_t unseen = 0xffffffffU;

class Tarjan {
 public:
  Tarjan(std::uint32_t nodes, const std::vector<Arrow>& arrows)
      : first_(nodes + 1, 0),
        targets_(arrows.size()),
        order_(nodes, unseen),
        low_(nodes, 0),
        open_(nodes, 0),
        group_(nodes, unseen) {
    for (const Arrow& arrow : arrows) ++first_[arrow.from + 1];
    for (std::uint32_t i = 0; i < nodes; ++i) first_[i + 1] += first_[i];
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    for (const Arrow& arrow : arrows) targets_[next[arrow.from]++] = arrow.to;
    for (std::uint32_t i = 0; i < nodes; ++i) {
      if (order_[i] == unseen) visit(i);
    }
  }

  const std::vector<std::uint32_t>& groups() const { return group_; }

 private:
  struct Frame {
    std::uint32_t node;
    std::uint32_t next;
  };

  void enter(std::uint32_t node) {
    order_[node] = low_[node] = counter_++;
    open_[node] = 1;
    stack_.push_back(node);
    frames_.push_back(Frame{node, first_[node]});
  }

  void visit(std::uint32_t start) {
    enter(start);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const std::uint32_t node = frame.node;
      if (frame.next < first_[node + 1]) {
        const std::uint32_t target = targets_[frame.next++];
        if (order_[target] == unseen) {
          enter(target);
        } else if (open_[target] != 0) {
          low_[node] = std::min(low_[node], order_[target]);
        }
        continue;
      }
      frames_.pop_back();
      if (!frames_.empty()) low_[frames_.back().node] = std::min(low_[frames_.back().node], low_[node]);
      if (low_[node] == order_[node]) close(node);
    }
  }

  void close(std::uint32_t root) {
    std::uint32_t member = unseen;
    do {
      member = stack_.back();
      stack_.pop_back();
      open_[member] = 0;
      group_[member] = root;
    } while (member != root);
  }

  std::vector<std::uint32_t> first_, targets_, order_, low_;
  std::vector<char> open_;
  std::vector<std::uint32_t> group_, stack_;
  std::vector<Frame> frames_;
  std::uint32_t counter_ = 0;
};

}  // namespace

Components find_components(std::uint32_t nodes, const std::vector<Arrow>& arrows) {
  const Tarjan search(nodes, arrows);
  const std::vector<std::uint32_t>& groups = search.groups();
  std::vector<std::uint32_t> sizes(nodes, 0);
  for (const std::uint32_t group : groups) ++sizes[group];
  for (const Arrow& arrow : arrows) {
    if (arrow.from == arrow.to) sizes[groups[arrow.from]] = std::max(sizes[groups[arrow.from]], 2U);
  }
  Components components;
  std::vector<std::int32_t> numbers(nodes, -1);
  for (std::uint32_t i = 0; i < nodes; ++i) {
    const std::uint32_t group = groups[i];
    if (sizes[group] > 1 && numbers[group] < 0) numbers[group] = static_cast<std::int32_t>(components.count++);
    components.of_node.push_back(sizes[group] > 1 ? numbers[group] : -1);
  }
  return components;
}

}  // namespace labacces::law
