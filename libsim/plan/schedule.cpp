// Graph -> Plan: what is needed, in an order that keeps few values alive, in as few registers as that order allows.
#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "libsim/plan/plan.hpp"

namespace labacces::plan {
namespace {

constexpr std::uint32_t never_used = 0xffffffffU;

std::size_t at(NodeId id) { return static_cast<std::size_t>(id); }

std::array<NodeId, 3> operands_of(const Node& node) { return {node.a, node.b, node.c}; }

/// Whether a node is computed by an instruction (constants and columns are read where they stand).
bool is_computed(const Node& node) { return node.op != NodeOp::constant && node.op != NodeOp::input; }

/// Nodes from which the work starts: outputs month by month, scenarios of one month side by side, so that what they share is
/// still at hand; then, for traces, everything that has a name.
std::vector<NodeId> roots_of(const Graph& graph, bool keep_all) {
  std::vector<std::size_t> order(graph.outputs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto last_month = [](const Output& output) { return output.is_year ? output.period * 12 + 11 : output.period; };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const Output &first = graph.outputs[a], &second = graph.outputs[b];
    if (last_month(first) != last_month(second)) return last_month(first) < last_month(second);
    return first.scenario < second.scenario;
  });
  std::vector<NodeId> roots;
  roots.reserve(order.size());
  for (const std::size_t i : order) roots.push_back(graph.outputs[i].node);
  if (keep_all) {
    for (const NodeName& name : graph.names) roots.push_back(name.node);
  }
  return roots;
}

/// Registers needed to compute a node if nothing were shared (Sethi and Ullman): the hungriest operand goes first.
/// Operands have smaller ids than the nodes that use them.
std::vector<std::uint16_t> hunger_of(const Graph& graph) {
  std::vector<std::uint16_t> hunger(graph.nodes().size(), 0);
  for (std::size_t i = 0; i < hunger.size(); ++i) {
    const Node& node = graph.nodes()[i];
    if (!is_computed(node)) continue;
    const auto need = [&](NodeId id) { return id == no_node ? 0 : static_cast<int>(hunger[at(id)]); };
    // In descending order the j-th operand is computed while j others are held.
    int first = need(node.a), second = need(node.b), third = need(node.c);
    if (first < second) std::swap(first, second);
    if (second < third) std::swap(second, third);
    if (first < second) std::swap(first, second);
    int most = std::max(first, 1);
    if (second > 0) most = std::max(most, second + 1);
    if (third > 0) most = std::max(most, third + 2);
    hunger[i] = static_cast<std::uint16_t>(std::min(most, 60000));
  }
  return hunger;
}

/// Needed nodes, each after its operands, depth first from the roots.
std::vector<NodeId> ordered_nodes(const Graph& graph, const std::vector<NodeId>& roots) {
  const std::vector<std::uint16_t> hunger = hunger_of(graph);
  enum : std::uint8_t { unseen, entered, done };
  std::vector<std::uint8_t> state(graph.nodes().size(), unseen);
  std::vector<NodeId> order, stack;
  for (const NodeId root : roots) {
    stack.push_back(root);
    while (!stack.empty()) {
      const NodeId id = stack.back();
      std::uint8_t& now = state[at(id)];
      if (now != unseen) {
        stack.pop_back();
        if (now == entered) {
          now = done;
          order.push_back(id);
        }
        continue;
      }
      now = entered;
      if (graph.node(id).op == NodeOp::decision) {
        for (const NodeId read : graph.decision(graph.node(id)).reads) {
          if (state[at(read)] == unseen) stack.push_back(read);
        }
        continue;
      }
      std::array<NodeId, 3> operands = operands_of(graph.node(id));
      // The last one pushed is done first: least hungry at the bottom; of equals, c before b before a at the bottom.
      std::reverse(operands.begin(), operands.end());
      std::stable_sort(operands.begin(), operands.end(), [&](NodeId x, NodeId y) {
        return (x == no_node ? 0 : hunger[at(x)]) < (y == no_node ? 0 : hunger[at(y)]);
      });
      for (const NodeId operand : operands) {
        if (operand != no_node && state[at(operand)] == unseen) stack.push_back(operand);
      }
    }
  }
  return order;
}

/// Gives out registers, the one most lately freed first: its lines are still in the cache.
class Registers {
 public:
  std::uint32_t take() {
    if (free_.empty()) return count_++;
    const std::uint32_t result = free_.back();
    free_.pop_back();
    return result;
  }
  void release(std::uint32_t index) { free_.push_back(index); }
  std::uint32_t count() const { return count_; }

 private:
  std::vector<std::uint32_t> free_;
  std::uint32_t count_ = 0;
};

class Scheduler {
 public:
  Scheduler(const Graph& graph, bool keep_all) : graph_(graph), keep_all_(keep_all), operands_(graph.nodes().size()) {}

  Plan make() {
    const std::vector<NodeId> order = ordered_nodes(graph_, roots_of(graph_, keep_all_));
    find_last_uses(order);
    for (std::size_t i = 0; i < order.size(); ++i) place(order[i], static_cast<std::uint32_t>(i));
    for (const Output& output : graph_.outputs) plan_.outputs.push_back({operands_[at(output.node)], output.level});
    plan_.tables = graph_.tables();
    plan_.scales = graph_.scales();
    plan_.register_count = registers_.count();
    if (keep_all_) plan_.node_operands = std::move(operands_);
    return std::move(plan_);
  }

 private:
  void find_last_uses(const std::vector<NodeId>& order) {
    last_use_.assign(graph_.nodes().size(), 0);
    for (std::size_t i = 0; i < order.size(); ++i) {
      for (const NodeId id : operands_of(graph_.node(order[i]))) {
        if (id != no_node) last_use_[at(id)] = static_cast<std::uint32_t>(i);
      }
    }
    for (const Output& output : graph_.outputs) last_use_[at(output.node)] = never_used;
  }

  void place(NodeId id, std::uint32_t position) {
    const Node& node = graph_.node(id);
    if (node.op == NodeOp::constant) {
      operands_[at(id)] = {Operand::Kind::constant, static_cast<std::uint32_t>(plan_.constants.size())};
      plan_.constants.push_back(node.number);
      return;
    }
    if (node.op == NodeOp::input) {
      operands_[at(id)] = {Operand::Kind::column, node.payload};
      return;
    }
    Instruction instruction{.op = node.op,
                            .level = node.level,
                            .from = node.from,
                            .payload = node.op == NodeOp::decision ? graph_.decision(node).name : node.payload,
                            .number = node.number,
                            .out = 0,
                            .a = operand(node.a),
                            .b = operand(node.b),
                            .c = operand(node.c)};
    const std::vector<std::uint32_t> dying = dying_registers(node, position);
    const bool in_place = !dying.empty() && may_work_in_place(node.op);
    instruction.out = in_place ? dying.front() : registers_.take();
    for (std::size_t i = in_place ? 1 : 0; i < dying.size(); ++i) registers_.release(dying[i]);
    operands_[at(id)] = {Operand::Kind::scratch, instruction.out};
    plan_.instructions.push_back(instruction);
    plan_.computed.push_back(id);
  }

  Operand operand(NodeId id) const { return id == no_node ? Operand{} : operands_[at(id)]; }

  /// Registers read by this node for the last time, each once.
  std::vector<std::uint32_t> dying_registers(const Node& node, std::uint32_t position) const {
    std::vector<std::uint32_t> dying;
    if (keep_all_) return dying;
    for (const NodeId id : operands_of(node)) {
      if (id == no_node || last_use_[at(id)] != position || operand(id).kind != Operand::Kind::scratch) continue;
      const std::uint32_t index = operand(id).index;
      if (std::find(dying.begin(), dying.end(), index) == dying.end()) dying.push_back(index);
    }
    return dying;
  }

  const Graph& graph_;
  bool keep_all_;
  Plan plan_;
  Registers registers_;
  std::vector<Operand> operands_;        // by node
  std::vector<std::uint32_t> last_use_;  // by node: position in the order
};

}  // namespace

Plan schedule(const Graph& graph, bool keep_all) { return Scheduler(graph, keep_all).make(); }

}  // namespace labacces::plan
