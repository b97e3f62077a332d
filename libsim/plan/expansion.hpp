// Expands variables of one law, month by month, into nodes of the shared graph. Internal to this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libsim/law/law.hpp"
#include "libsim/plan/bind_input.hpp"
#include "libsim/plan/findings.hpp"
#include "libsim/plan/graph.hpp"
#include "libsim/plan/moment.hpp"

namespace labacces::plan {

class Expansion {
 public:
  Expansion(Graph& graph, const law::Law& law, std::uint32_t scenario, InputBinder& binder, Findings& findings);

  /// From here on `benefits` are read as they are paid in the months first .. last, once `pay` has said what that is. In months before, the
  /// rule itself is read, and noted in Graph::assumed.
  void decide(const std::vector<std::uint32_t>& benefits, Month first, Month last);
  /// What is paid of a benefit in a month. It must be known before anything reads it: in the order of the decisions, month by month.
  void pay(std::uint32_t benefit, Month month, NodeId paid);

  /// Node of a variable asked from outside in `month` (January of the year when it is yearly). Of a benefit that is decided: the right by its
  /// rule, whatever is paid of it.
  NodeId ask(std::uint32_t variable, Month month);

 private:
  /// A value to work out: of a variable, or of one expression of a rule.
  struct Task {
    bool is_expression = false;
    std::uint32_t index = 0;
    Moment moment;
    bool operator==(const Task& other) const;
  };
  /// Thrown when recursion gets deep: the task is done first, on a fresh stack, then the one that needed it again.
  struct TooDeep {
    Task task;
  };
  /// Frames of expressions and variables on the stack at once; a frame takes a few hundred bytes, more under sanitizers.
  static constexpr int deepest = 1000;
  /// Counts one frame while it lives.
  class Descent {
   public:
    Descent(int& depth, const Task& task) : depth_(depth) {
      if (depth >= deepest) throw TooDeep{task};
      ++depth;
    }
    ~Descent() { --depth_; }
    Descent(const Descent&) = delete;
    Descent& operator=(const Descent&) = delete;

   private:
    int& depth_;
  };

  NodeId perform(const Task& task);
  NodeId variable(std::uint32_t index, const Moment& reader);
  bool is_decided(std::uint32_t index) const { return !decided_.empty() && decided_[index] != 0; }
  NodeId paid(std::uint32_t index, Month month) const;
  NodeId bound(std::uint32_t index, std::int32_t period, const Moment& moment);
  NodeId fallback(std::uint32_t index, std::int32_t period, const Moment& moment, const Layers& layers);
  NodeId rule(std::uint32_t index, std::int32_t period, const Moment& moment);
  void name_lets(const law::RuleBody& body, const NodeName& rule, const Moment& moment);
  NodeId variable_out_of_force(const law::Variable& variable, Month month);
  std::string reader_name() const;

  NodeId expr(law::ExprId id, const Moment& moment);
  NodeId expand(law::ExprId id, const Moment& moment);
  NodeId binary(const law::Expr& e, const Moment& moment);
  NodeId choose(const law::Expr& e, const Moment& moment);
  NodeId call(const law::Expr& e, const Moment& moment);
  NodeId parameter(std::uint32_t index, Month month);
  NodeId table(const law::Expr& e, const Moment& moment);
  NodeId scale(const law::Expr& e, const Moment& moment);
  NodeId project(const law::Expr& e, const Moment& moment);
  NodeId aggregate(const law::Expr& e, const Moment& moment);
  NodeId extremum_of_members(const law::Expr& e, NodeId body, NodeId condition, const Moment& moment);
  NodeId rank(const law::Expr& e, const Moment& moment);
  NodeId window(const law::Expr& e, const Moment& moment);

  NodeId row(NodeOp op, NodeId a, NodeId b = no_node, NodeId c = no_node) {
    return graph_.add({.op = op, .a = a, .b = b, .c = c});
  }
  MomentMap::Key key_of(std::uint32_t index, std::int32_t time, const Moment& moment) const;

  Graph& graph_;
  const law::Law& law_;
  std::uint32_t scenario_;
  InputBinder& binder_;
  Findings& findings_;

  std::vector<std::optional<const VariableData*>> data_;                     // by variable, looked up once
  std::vector<std::vector<std::uint32_t>> table_payloads_, scale_payloads_;  // by table and version, + 1; 0 = not made
  std::vector<std::uint8_t> is_kept_;                                        // by expression: its nodes are remembered by month
  MomentMap variables_, expressions_;
  std::int32_t reader_ = -1;  // variable whose expression is being expanded

  std::vector<std::uint8_t> decided_;  // by variable; empty = none is
  Month first_decided_{}, last_decided_{};
  std::vector<std::vector<NodeId>> paid_;  // by variable that is decided, then month from the first
  std::uint32_t asked_ = 0;                // whose right is being worked out, and when
  Month asked_month_{};
  int depth_ = 0;
};

/// Sum of nodes in their order; equal neighbours are one node times their number.
NodeId sum_in_order(Graph& graph, const std::vector<NodeId>& terms);

/// Sum of the values of consecutive months. Windows of more than three months are cut at civil years, each part added from its
/// year's border on, so that windows that slide share their parts: three additions each, whatever their length. The order of
/// additions is a matter of the months alone, never of what else is asked.
NodeId sum_of_months(Graph& graph, const std::vector<NodeId>& terms, Month first);

}  // namespace labacces::plan
