#include "libsim/plan/graph.hpp"

#include <bit>
#include <limits>

#include "libsim/plan/simplify.hpp"

namespace labacces::plan {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

constexpr std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  hash ^= value + 0x9e3779b97f4a7c15ULL + (hash << 6U) + (hash >> 2U);
  hash *= 0xff51afd7ed558ccdULL;
  return hash ^ (hash >> 32U);
}
std::uint64_t mix(std::uint64_t hash, double value) { return mix(hash, std::bit_cast<std::uint64_t>(value)); }

std::uint64_t hash_of(const TableData& table) {
  std::uint64_t hash = 1;
  for (const TableRowData& row : table.rows) {
    for (const std::int32_t key : {row.first1, row.last1, row.first2, row.last2})
      hash = mix(hash, static_cast<std::uint64_t>(key));
    hash = mix(hash, row.value);
  }
  return hash;
}

std::uint64_t hash_of(const ScaleData& scale) {
  std::uint64_t hash = mix(2, static_cast<std::uint64_t>(scale.kind));
  for (const double threshold : scale.thresholds) hash = mix(hash, threshold);
  for (const double value : scale.values) hash = mix(hash, value);
  return hash;
}

struct Bounds {
  double lowest = -infinity, highest = infinity;
};

/// Bounds of an operation of one row, from those of its operands. Rounding is monotone, so bounds of sums are exact.
Bounds bounds_of(const Node& node, const Bounds& a, const Bounds& b, const Bounds& c) {
  switch (node.op) {
    case NodeOp::add:
      return {a.lowest + b.lowest, a.highest + b.highest};
    case NodeOp::subtract:
      return {a.lowest - b.highest, a.highest - b.lowest};
    case NodeOp::multiply:
      if (a.lowest >= 0.0 && b.lowest >= 0.0) return {0.0, infinity};
      return {};
    case NodeOp::divide:
      if (a.lowest >= 0.0 && b.lowest >= 0.0) return {0.0, infinity};
      return {};
    case NodeOp::negate:
      return {-a.highest, -a.lowest};
    case NodeOp::absolute:
      return {0.0, infinity};
    case NodeOp::minimum:
      return {a.lowest < b.lowest ? a.lowest : b.lowest, a.highest < b.highest ? a.highest : b.highest};
    case NodeOp::maximum:
      return {a.lowest > b.lowest ? a.lowest : b.lowest, a.highest > b.highest ? a.highest : b.highest};
    case NodeOp::select:
      return {b.lowest < c.lowest ? b.lowest : c.lowest, b.highest > c.highest ? b.highest : c.highest};
    case NodeOp::divide_or:
      if (a.lowest >= 0.0 && b.lowest >= 0.0 && c.lowest >= 0.0) return {0.0, infinity};
      return {};
    case NodeOp::round_half:
    case NodeOp::round_up:
    case NodeOp::round_down:
      if (a.lowest >= 0.0 && node.number > 0.0) return {0.0, infinity};
      return {};
    case NodeOp::member_sum:
      if (a.lowest >= 0.0) return {0.0, infinity};
      return {};
    case NodeOp::member_min:
    case NodeOp::member_max:
    case NodeOp::to_members:
    case NodeOp::of_principal:
      return a;
    case NodeOp::month_of:
      return {1.0, 12.0};
    case NodeOp::rank:
      return {0.0, infinity};
    default:
      return {};
  }
}

}  // namespace

Graph::Facts Graph::facts_of(const Node& node) const {
  const auto operand = [this](NodeId id) { return id == no_node ? Facts{} : facts(id); };
  const Facts a = operand(node.a), b = operand(node.b), c = operand(node.c);
  Facts result;
  result.hash = mix(static_cast<std::uint64_t>(node.op) + 0x5bd1e995ULL,
                    (static_cast<std::uint64_t>(node.level) << 8U) | static_cast<std::uint64_t>(node.from));
  const bool is_table = node.op == NodeOp::table, is_scale = node.op == NodeOp::scale;
  result.hash = mix(result.hash, is_table ? table_hashes_[node.payload] : is_scale ? scale_hashes_[node.payload] : node.payload);
  result.hash = mix(result.hash, node.number);
  for (const std::uint64_t hash : {a.hash, b.hash, c.hash}) result.hash = mix(result.hash, hash);

  switch (node.op) {
    case NodeOp::constant:
      result.is_truth = node.number == 0.0 || node.number == 1.0;
      break;
    case NodeOp::less:
    case NodeOp::less_equal:
    case NodeOp::equal:
    case NodeOp::not_equal:
    case NodeOp::logical_and:
    case NodeOp::logical_or:
    case NodeOp::logical_not:
    case NodeOp::role:
    case NodeOp::input_given:
    case NodeOp::decision:
      result.is_truth = true;
      break;
    case NodeOp::input:
      result.is_truth = node.number == 1.0;
      break;
    case NodeOp::member_max:
    case NodeOp::member_min:
    case NodeOp::to_members:
    case NodeOp::of_principal:
      result.is_truth = a.is_truth;
      break;
    case NodeOp::select:
      result.is_truth = b.is_truth && c.is_truth;
      break;
    case NodeOp::minimum:
    case NodeOp::maximum:
    case NodeOp::multiply:
      result.is_truth = a.is_truth && b.is_truth;
      break;
    default:
      break;
  }
  Bounds bounds{0.0, 1.0};
  if (node.op == NodeOp::constant) {
    bounds = {node.number, node.number};
  } else if (!result.is_truth) {
    bounds = bounds_of(node, {a.lowest, a.highest}, {b.lowest, b.highest}, {c.lowest, c.highest});
    // inf - inf: nothing is known.
    if (!(bounds.lowest <= infinity)) bounds.lowest = -infinity;
    if (!(bounds.highest >= -infinity)) bounds.highest = infinity;
  }
  result.lowest = bounds.lowest;
  result.highest = bounds.highest;
  return result;
}

void Graph::grow_slots() {
  const std::size_t size = slots_.empty() ? 1024 : slots_.size() * 2;
  slots_.assign(size, 0);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    std::size_t slot = facts_[i].hash & (size - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (size - 1);
    slots_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

NodeId Graph::intern(const Node& node) {
  if (slots_.size() < 2 * (nodes_.size() + 1)) grow_slots();
  const Facts known = facts_of(node);
  std::size_t slot = known.hash & (slots_.size() - 1);
  while (slots_[slot] != 0) {
    const std::size_t index = slots_[slot] - 1;
    if (facts_[index].hash == known.hash && nodes_[index] == node) return static_cast<NodeId>(index);
    slot = (slot + 1) & (slots_.size() - 1);
  }
  nodes_.push_back(node);
  facts_.push_back(known);
  slots_[slot] = static_cast<std::uint32_t>(nodes_.size());
  return static_cast<NodeId>(nodes_.size() - 1);
}

NodeId Graph::add(const Node& node) {
  const Simplified simplified = simplify(*this, node);
  return simplified.same == no_node ? intern(simplified.node) : simplified.same;
}

NodeId Graph::constant(double value) {
  // One zero: minus zero and zero are the same constant.
  return intern({.is_scalar = true, .number = value == 0.0 ? 0.0 : value});
}

std::uint32_t Graph::add_table(TableData data) {
  const std::uint64_t hash = hash_of(data);
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    if (table_hashes_[i] == hash && tables_[i] == data) return static_cast<std::uint32_t>(i);
  }
  tables_.push_back(std::move(data));
  table_hashes_.push_back(hash);
  return static_cast<std::uint32_t>(tables_.size() - 1);
}

std::uint32_t Graph::add_scale(ScaleData data) {
  const std::uint64_t hash = hash_of(data);
  for (std::size_t i = 0; i < scales_.size(); ++i) {
    if (scale_hashes_[i] == hash && scales_[i] == data) return static_cast<std::uint32_t>(i);
  }
  scales_.push_back(std::move(data));
  scale_hashes_.push_back(hash);
  return static_cast<std::uint32_t>(scales_.size() - 1);
}

NodeId Graph::add_decision(DecisionData data, Level level) {
  const auto node_of = [&](std::size_t i) {
    return Node{.op = NodeOp::decision, .level = level, .payload = static_cast<std::uint32_t>(i)};
  };
  for (std::size_t i = 0; i < decisions_.size(); ++i) {
    if (decisions_[i].meaning == data.meaning && decisions_[i].reads == data.reads) return intern(node_of(i));
  }
  decisions_.push_back(std::move(data));
  return intern(node_of(decisions_.size() - 1));
}

}  // namespace labacces::plan
