#include "libsim/scenario/explain.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/engine/trace.hpp"
#include "libsim/plan/from_law.hpp"

namespace labacces::scenario {
namespace {

using plan::NodeId;
using plan::NodeName;

std::string value_text(const law::Law& law, const law::ValueType& type, double value) {
  switch (type.kind) {
    case ValueKind::yes_no:
      return value != 0.0 ? "yes" : "no";
    case ValueKind::date:
      return to_string(Day{static_cast<std::int32_t>(value)});
    case ValueKind::enumeration: {
      const auto& items = law.enums()[static_cast<std::size_t>(type.enumeration)].items;
      const auto code = static_cast<std::size_t>(value);
      return value >= 0.0 && code < items.size() ? items[code] : shortest(value);
    }
    case ValueKind::number:
      break;
  }
  return type.measure.exponents[0] != 0 ? fixed(value, 2) : shortest(value);
}

/// What one version's tree reads directly.
struct Reads {
  std::set<std::uint32_t> variables, params, tables, scales;
};

void collect(const law::Law& law, law::ExprId id, Reads& reads) {
  if (id == law::no_expr) return;
  const law::Expr& expr = law.expr(id);
  if (expr.kind == law::ExprKind::variable) reads.variables.insert(expr.index);
  if (expr.kind == law::ExprKind::param) reads.params.insert(expr.index);
  if (expr.kind == law::ExprKind::table) reads.tables.insert(expr.index);
  if (expr.kind == law::ExprKind::scale) reads.scales.insert(expr.index);
  for (const law::ExprId child : {expr.a, expr.b, expr.c}) collect(law, child, reads);
  for (const law::ExprId child : expr.args) collect(law, child, reads);
}

class Explainer {
 public:
  Explainer(const law::Law& law, const Population& population, const plan::Graph& graph, const engine::Trace& trace)
      : law_(law), population_(population), graph_(graph), trace_(trace) {
    for (std::size_t i = 0; i < graph.names.size(); ++i) {
      const NodeName& name = graph.names[i];
      if (name.let < 0) by_node_[name.node].push_back(i);
      if (name.let >= 0) lets_[key_of(name)].push_back(i);
    }
  }

  Explanation tell(std::size_t index) {
    const NodeName& name = graph_.names[index];
    const law::Variable& variable = law_.variables()[name.variable];
    Explanation out;
    out.variable = variable.name;
    out.label = variable.label;
    out.measure = variable.measure_text;
    out.level = name_of(variable.level);
    out.period = period_text(name);
    out.is_input = variable.is_input;
    out.values = values_of(index, variable.type);
    if (name.version < 0) {
      out.origin = origin_of(name, variable);
      return out;
    }
    const auto& version = variable.versions[static_cast<std::size_t>(name.version)];
    out.since = to_string(version.since);
    out.references = variable.references;
    out.references.insert(out.references.end(), version.references.begin(), version.references.end());
    Reads reads;
    collect(law_, version.value.expr, reads);
    add_parameters(reads, month_of(name), out);
    for (const std::size_t let : lets_[key_of(name)]) {
      const law::Let& declared = version.value.lets[static_cast<std::size_t>(graph_.names[let].let)];
      for (const ExplainedValue& value : values_of(let, law_.expr(declared.expr).type)) {
        out.parts.push_back({declared.name, value.value, value.number});
        break;
      }
    }
    if (!told_.insert(index).second) {
      out.shown_before = true;
      return out;
    }
    for (const std::size_t child : children_of(index, reads)) out.children.push_back(tell(child));
    return out;
  }

 private:
  using Key = std::array<std::int64_t, 3>;
  static Key key_of(const NodeName& name) { return {name.variable, name.period * 2 + (name.is_year ? 1 : 0), name.anchor}; }
  static Month month_of(const NodeName& name) { return name.is_year ? Month::of(name.period, 1) : Month{name.period}; }

  std::string period_text(const NodeName& name) const {
    if (law_.variables()[name.variable].periodicity == Periodicity::eternal) return "always";
    return name.is_year ? std::to_string(name.period) : to_string(Month{name.period});
  }

  std::vector<ExplainedValue> values_of(std::size_t index, const law::ValueType& type) const {
    const auto level = index_of(trace_.levels[index]);
    std::vector<ExplainedValue> out;
    for (std::size_t i = 0; i < trace_.values[index].size(); ++i) {
      const std::string& id = population_.ids(trace_.levels[index])[trace_.rows[level][i]];
      out.push_back({id, value_text(law_, type, trace_.values[index][i]), trace_.values[index][i]});
    }
    return out;
  }

  /// Where a value comes from that no version gives. A rule's value may be given in the data too.
  std::string origin_of(const NodeName& name, const law::Variable& variable) const {
    const std::string otherwise = variable.is_input ? "default" : "before the declared past";
    const VariableData* data = population_.find(variable.name);
    if (data == nullptr) return otherwise;
    const Month month = month_of(name);
    for (const PeriodColumn& column : data->periods) {
      if (column.period.kind == Period::Kind::eternity ||
          (column.period.kind == Period::Kind::month && column.period.value == month.index))
        return "given";
      if (column.period.kind == Period::Kind::year && column.period.value == month.year()) return "given for the year";
    }
    return otherwise;
  }

  void add_parameters(const Reads& reads, Month month, Explanation& out) const {
    for (const std::uint32_t index : reads.params) {
      const law::Param& param = law_.params()[index];
      const auto* version = law::Law::in_force(param.versions, month);
      if (version == nullptr) continue;
      out.parameters.push_back({param.name, param.label, value_text(law_, param.type, version->value), param.measure_text,
                                to_string(version->since), version->references.empty() ? param.references : version->references});
    }
    for (const std::uint32_t index : reads.tables) {
      const law::Table& table = law_.tables()[index];
      if (const auto* version = law::Law::in_force(table.versions, month)) {
        out.parameters.push_back(
            {table.name, table.label, "table", table.measure_text, to_string(version->since), version->references});
      }
    }
    for (const std::uint32_t index : reads.scales) {
      const law::Scale& scale = law_.scales()[index];
      if (const auto* version = law::Law::in_force(scale.versions, month)) {
        out.parameters.push_back(
            {scale.name, scale.label, "scale", scale.measure_text, to_string(version->since), version->references});
      }
    }
  }

  /// Names that this one reads directly: reached from its node without passing a node that stands for another name it reads.
  std::vector<std::size_t> children_of(std::size_t index, const Reads& reads) const {
    std::set<std::size_t> found;
    std::set<NodeId> seen;
    std::vector<NodeId> open{graph_.names[index].node};
    const NodeId own = graph_.names[index].node;
    while (!open.empty()) {
      const NodeId id = open.back();
      open.pop_back();
      if (id == plan::no_node || !seen.insert(id).second) continue;
      bool stop = false;
      if (const auto names = by_node_.find(id); names != by_node_.end()) {
        for (const std::size_t name : names->second) {
          if (name == index || !reads.variables.contains(graph_.names[name].variable)) continue;
          if (graph_.node(id).op == plan::NodeOp::constant) continue;  // a folded value may have many names
          found.insert(name);
          stop = true;
        }
      }
      if (stop && id != own) continue;
      const plan::Node& node = graph_.node(id);
      for (const NodeId operand : {node.a, node.b, node.c}) open.push_back(operand);
    }
    // In the order of the law, then of time; a name met at several anchors is told once.
    std::vector<std::size_t> out(found.begin(), found.end());
    std::sort(out.begin(), out.end(), [this](std::size_t a, std::size_t b) {
      const NodeName& x = graph_.names[a];
      const NodeName& y = graph_.names[b];
      return std::tie(x.variable, x.period, x.anchor) < std::tie(y.variable, y.period, y.anchor);
    });
    out.erase(std::unique(out.begin(), out.end(),
                          [this](std::size_t a, std::size_t b) {
                            return graph_.names[a].variable == graph_.names[b].variable &&
                                   graph_.names[a].period == graph_.names[b].period;
                          }),
              out.end());
    return out;
  }

  const law::Law& law_;
  const Population& population_;
  const plan::Graph& graph_;
  const engine::Trace& trace_;
  std::map<NodeId, std::vector<std::size_t>> by_node_;
  std::map<Key, std::vector<std::size_t>> lets_;
  std::set<std::size_t> told_;
};

std::size_t row_of(const Population& population, Level level, const std::string& id) {
  const auto& ids = population.ids(level);
  if (id.empty()) return 0;
  const auto found = std::find(ids.begin(), ids.end(), id);
  if (found == ids.end()) {
    const std::string hint = did_you_mean(id, ids);
    throw Error("there is no " + std::string(name_of(level)) + " '" + id + "'" + (hint.empty() ? "" : "; " + hint));
  }
  return static_cast<std::size_t>(found - ids.begin());
}

}  // namespace

Explanation explain(const law::Law& law, const Population& population, const std::string& variable, Period period,
                    const std::string& id) {
  const plan::Request requests[] = {{variable, period}};
  const law::Law* laws[] = {&law};
  const plan::Graph graph = plan::build_graph(laws, requests, population);
  const law::Variable& asked = law.variables()[*law.find_variable(variable)];
  const std::size_t row = row_of(population, asked.level, id);
  const std::size_t person =
      is_group(asked.level) ? static_cast<std::size_t>(population.membership(asked.level).principal_of[row]) : row;
  const auto dwelling = static_cast<std::size_t>(population.membership(Level::menage).unit_of[person]);
  const engine::Trace trace = engine::trace_household(graph, population, dwelling);
  std::size_t root = graph.names.size();
  for (std::size_t i = 0; i < graph.names.size(); ++i) {
    const NodeName& name = graph.names[i];
    const std::int32_t wanted = period.value;
    if (name.let < 0 && law.variables()[name.variable].name == variable && name.period == wanted && name.anchor == wanted)
      root = i;
    if (root == graph.names.size() && name.let < 0 && law.variables()[name.variable].name == variable &&
        name.node == graph.outputs[0].node)
      root = i;
  }
  if (root == graph.names.size()) throw Error("'" + variable + "' has no single value in that period: ask for one of its months");
  Explanation out = Explainer(law, population, graph, trace).tell(root);
  std::erase_if(out.values, [&](const ExplainedValue& value) { return value.unit != population.ids(asked.level)[row]; });
  return out;
}

}  // namespace labacces::scenario
