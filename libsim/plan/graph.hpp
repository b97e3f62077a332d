// Graph: an arena of hash-consed nodes over rules, months and scenarios. An equal node is the same node.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "libsim/base/date.hpp"
#include "libsim/population/level.hpp"

namespace labacces::plan {

enum class NodeId : std::uint32_t {};
inline constexpr NodeId no_node{0xffffffffU};

/// Column operations. All registers hold doubles; yes/no is 0.0 / 1.0, enum codes and dates are whole doubles.
enum class NodeOp : std::uint8_t {
  constant,     // number
  input,        // payload: column of the population; number: 1 when it holds yes/no
  input_given,  // payload: column; 1 where the cell is given
  add,
  subtract,
  multiply,
  divide,
  negate,
  absolute,
  minimum,
  maximum,
  less,
  less_equal,
  equal,
  not_equal,  // greater is less with operands swapped
  logical_and,
  logical_or,
  logical_not,
  select,     // a != 0 ? b : c
  divide_or,  // b == 0 ? c : a / b
  round_half,
  round_up,
  round_down,   // a to the step in `number`
  floor_div,    // floor(a / number): years of months
  month_index,  // a = days since 1970 -> Month::index + (1 when not the first day of the month): age basis
  month_of,
  year_of,
  add_months,  // dates; add_months: b months
  table,       // payload: Tables; a, b keys; c otherwise (or no_node)
  scale,       // payload: Scales; a key
  member_sum,
  member_min,
  member_max,    // individu -> group `level`: a; min and max of an empty set never happen (condition folded
                 // into a with a neutral element)
  to_members,    // group -> individu
  of_principal,  // individu -> group
  role,          // payload: bits; individu is in those roles of group `from`
  rank,          // individu: rank in `from` by a where b (b may be no_node)
  decision,      // payload: decisions(); 1 where the unit claims. Taken outside of the plan, between its instructions
};

/// `level` is where the result lives (constants: individu, is_scalar).
struct Node {
  NodeOp op = NodeOp::constant;
  Level level = Level::individu;
  Level from = Level::individu;  ///< group of role, rank, to_members, of_principal, member_*
  bool is_scalar = false;
  std::uint32_t payload = 0;
  NodeId a = no_node, b = no_node, c = no_node;
  double number = 0.0;
  bool operator==(const Node&) const = default;
};

struct TableRowData {
  std::int32_t first1, last1, first2, last2;
  double value;
  bool operator==(const TableRowData&) const = default;
};
/// Keys are floored; the first row whose intervals hold both keys gives the value, else the node's c (0 when it has none).
struct TableData {
  std::vector<TableRowData> rows;
  bool operator==(const TableData&) const = default;
};
/// Thresholds rise. A key under the first threshold gives 0; else with i the last bracket whose threshold <= key:
/// marginal: sum of values[j] * (min(key, thresholds[j + 1]) - thresholds[j]) for j = 0 .. i, added in that order;
/// average: key * values[i]; brackets: values[i].
struct ScaleData {
  std::uint8_t kind = 0;  ///< 0 marginal, 1 average, 2 brackets
  std::vector<double> thresholds, values;
  bool operator==(const ScaleData&) const = default;
};

/// A decision of every unit of a level, taken by the caller out of outputs of the plan that stand before it.
struct DecisionData {
  std::uint32_t meaning = 0;  ///< decisions of one meaning that read the same nodes are the same
  std::uint32_t name = 0;     ///< by which the caller is asked
  std::vector<NodeId> reads;  ///< nodes of outputs
};

/// What a node is called: a rule of one scenario in one month or year. Several names may share a node.
struct NodeName {
  std::uint32_t scenario = 0;
  std::uint32_t variable = 0;  ///< index in that scenario's Law::variables()
  std::int32_t period = 0;     ///< Month::index, or the year of a yearly variable, 0 = eternal
  bool is_year = false;
  std::int32_t anchor = 0;  ///< Month::index from which the component was entered; = period outside components
  NodeId node = no_node;
  std::int32_t version = -1;  ///< index in Variable::versions of the version used; -1 = input, value given or `past` start
  std::int32_t let = -1;      ///< index in that version's RuleBody::lets; -1 = the variable itself
};

/// One thing asked: variable of scenario in a period.
struct Output {
  std::uint32_t scenario = 0;
  std::uint32_t variable = 0;
  std::int32_t period = 0;
  bool is_year = false;
  Level level = Level::individu;
  NodeId node = no_node;
};

/// Amounts of a benefit before the months in which it is decided, as the law reads them: at full take-up.
struct AmountAssumed {
  std::uint32_t scenario = 0;
  std::uint32_t variable = 0;
  Month month{};
  NodeId node = no_node;
  bool operator==(const AmountAssumed&) const = default;
};

/// A default used in place of missing data: for the run record.
struct DefaultUsed {
  std::string variable;
  double value = 0.0;
  std::string period;         ///< first period in which it was needed
  bool whole_column = false;  ///< no cell was given at all
};

/// Periods read for which nobody has a value while the data have others. For the run record.
struct Gap {
  std::string variable;
  std::string periods;    ///< "2025-03 to 2025-05, 2025-07"
  bool has_rule = false;  ///< the law's rule holds there, else its default
};

class Graph {
 public:
  /// The node equal to `node`, made when there is none; folds constants and neutral elements (never changing a rounding).
  /// Level and is_scalar of operations on one row follow from the operands; of the others `level` and `from` must be set.
  NodeId add(const Node& node);
  NodeId constant(double value);
  /// Index of the equal table or scale, added when there is none.
  std::uint32_t add_table(TableData data);
  std::uint32_t add_scale(ScaleData data);
  /// The node of a decision on `level`: the one of the same meaning that reads the same nodes, if there is one.
  NodeId add_decision(DecisionData data, Level level);

  const Node& node(NodeId id) const { return nodes_[static_cast<std::size_t>(id)]; }
  std::span<const Node> nodes() const { return nodes_; }
  const std::vector<TableData>& tables() const { return tables_; }
  const std::vector<ScaleData>& scales() const { return scales_; }
  const DecisionData& decision(const Node& node) const { return decisions_[node.payload]; }

  /// What is known of a node's values; hash depends on the node's meaning only, never on when it was made.
  struct Facts {
    std::uint64_t hash = 0;
    double lowest = 0.0, highest = 0.0;  ///< bounds of all its values
    bool is_truth = false;               ///< only 0.0 and 1.0
  };
  const Facts& facts(NodeId id) const { return facts_[static_cast<std::size_t>(id)]; }

  std::vector<NodeName> names;
  std::vector<Output> outputs;
  std::vector<DefaultUsed> defaults_used;
  std::vector<Gap> gaps;
  std::vector<AmountAssumed> assumed;

 private:
  NodeId intern(const Node& node);
  void grow_slots();
  Facts facts_of(const Node& node) const;

  std::vector<Node> nodes_;
  std::vector<Facts> facts_;
  std::vector<std::uint32_t> slots_;  // open addressing: node index + 1, 0 = free
  std::vector<TableData> tables_;
  std::vector<ScaleData> scales_;
  std::vector<DecisionData> decisions_;
  std::vector<std::uint64_t> table_hashes_, scale_hashes_;
};

}  // namespace labacces::plan
