// Variables: memory, data over rules, versions, components through time.
#include "libsim/plan/expansion.hpp"

#include <algorithm>

#include "libsim/base/error.hpp"

namespace labacces::plan {
namespace {

Month month_of_period(Periodicity periodicity, std::int32_t period, Month reader) {
  switch (periodicity) {
    case Periodicity::monthly:
      return Month{period};
    case Periodicity::yearly:
      return Month::of(period, 1);
    case Periodicity::eternal:
      break;
  }
  return reader;
}

std::int32_t period_at(Periodicity periodicity, Month month) {
  switch (periodicity) {
    case Periodicity::monthly:
      return month.index;
    case Periodicity::yearly:
      return month.year();
    case Periodicity::eternal:
      break;
  }
  return 0;
}

/// Expressions worth remembering: those with several parents (lets), and those read from several months.
std::vector<std::uint8_t> expressions_to_keep(const law::Law& law) {
  std::vector<std::uint8_t> parents(law.expr_count(), 0);
  const auto reach = [&parents](law::ExprId id, int times) {
    if (id == law::no_expr) return;
    std::uint8_t& count = parents[static_cast<std::size_t>(id)];
    count = static_cast<std::uint8_t>(std::min(2, count + times));
  };
  for (std::size_t i = 0; i < law.expr_count(); ++i) {
    const law::Expr& e = law.expr(static_cast<law::ExprId>(i));
    const int times = e.kind == law::ExprKind::shift || e.kind == law::ExprKind::window ? 2 : 1;
    reach(e.a, times);
    reach(e.b, times);
    reach(e.c, times);
    for (const law::ExprId arg : e.args) reach(arg, times);
  }
  for (const law::Variable& variable : law.variables()) {
    for (const auto& version : variable.versions) {
      for (const law::Let& let : version.value.lets) reach(let.expr, 2);
    }
  }
  for (std::uint8_t& count : parents) count = count >= 2 ? 1 : 0;
  return parents;
}

}  // namespace

bool Expansion::Task::operator==(const Task& other) const {
  return is_expression == other.is_expression && index == other.index && moment.month == other.moment.month &&
         moment.component == other.moment.component && moment.anchor == other.moment.anchor;
}

Expansion::Expansion(Graph& graph, const law::Law& law, std::uint32_t scenario, InputBinder& binder, Findings& findings)
    : graph_(graph),
      law_(law),
      scenario_(scenario),
      binder_(binder),
      findings_(findings),
      data_(law.variables().size()),
      table_payloads_(law.tables().size()),
      scale_payloads_(law.scales().size()),
      is_kept_(expressions_to_keep(law)) {}

void Expansion::decide(const std::vector<std::uint32_t>& benefits, Month first, Month last) {
  decided_.assign(law_.variables().size(), 0);
  paid_.resize(law_.variables().size());
  first_decided_ = first;
  last_decided_ = last;
  for (const std::uint32_t benefit : benefits) {
    decided_[benefit] = 1;
    paid_[benefit].assign(static_cast<std::size_t>(last - first + 1), no_node);
  }
}

void Expansion::pay(std::uint32_t benefit, Month month, NodeId paid) {
  paid_[benefit][static_cast<std::size_t>(month - first_decided_)] = paid;
}

NodeId Expansion::paid(std::uint32_t index, Month month) const {
  const NodeId node = paid_[index][static_cast<std::size_t>(month - first_decided_)];
  SIM_CHECK(node != no_node, "what is paid of a benefit is decided before it is read");
  return node;
}

NodeId Expansion::ask(std::uint32_t variable_index, Month month) {
  asked_ = variable_index;
  asked_month_ = month;
  std::vector<Task> tasks{{false, variable_index, Moment{month, -1, month}}};
  NodeId result = no_node;
  while (!tasks.empty()) {
    depth_ = 0;
    reader_ = -1;
    try {
      result = perform(tasks.back());
      tasks.pop_back();
    } catch (const TooDeep& deep) {
      SIM_CHECK(std::find(tasks.begin(), tasks.end(), deep.task) == tasks.end(), "a rule depends on itself within one month");
      tasks.push_back(deep.task);
    }
  }
  return result;
}

NodeId Expansion::perform(const Task& task) {
  if (!task.is_expression) return variable(task.index, task.moment);
  is_kept_[task.index] = 1;
  return expr(static_cast<law::ExprId>(task.index), task.moment);
}

MomentMap::Key Expansion::key_of(std::uint32_t index, std::int32_t time, const Moment& moment) const {
  return {index, time, moment.component < 0 ? 0 : moment.anchor.index};
}

NodeId Expansion::variable(std::uint32_t index, const Moment& reader) {
  const law::Variable& v = law_.variables()[index];
  const std::int32_t period = period_at(v.periodicity, reader.month);
  const bool decided = is_decided(index) && !(index == asked_ && reader.month == asked_month_);
  if (decided && first_decided_ <= reader.month && reader.month <= last_decided_) return paid(index, reader.month);
  Moment moment{month_of_period(v.periodicity, period, reader.month), v.component, {}};
  moment.anchor = v.component >= 0 && v.component == reader.component ? reader.anchor : moment.month;
  const MomentMap::Key key = key_of(index, period, moment);
  if (const NodeId known = variables_.find(key); known != no_node) return known;

  const Descent descent(depth_, {false, index, reader});
  const std::int32_t outer = reader_;
  const NodeId node = bound(index, period, moment);
  reader_ = outer;
  variables_.insert(key, node);
  if (decided && reader.month < first_decided_ && graph_.node(node).op != NodeOp::constant)
    graph_.assumed.push_back({scenario_, index, reader.month, node});
  return node;
}

NodeId Expansion::bound(std::uint32_t index, std::int32_t period, const Moment& moment) {
  const law::Variable& v = law_.variables()[index];
  if (!data_[index]) data_[index] = binder_.population().find(v.name);
  const Layers layers = binder_.layers(v, *data_[index], period);
  const bool falls_back = !layers.complete;
  if (layers.count == 0 && *data_[index] != nullptr) findings_.gap(v, period);
  const NodeId rest = falls_back ? fallback(index, period, moment, layers) : no_node;
  const NodeId node = binder_.node(graph_, v, layers, rest);
  if (v.is_input || layers.count > 0) {
    graph_.names.push_back({.scenario = scenario_,
                            .variable = index,
                            .period = period,
                            .is_year = v.periodicity == Periodicity::yearly,
                            .anchor = v.component >= 0 ? moment.anchor.index : period,
                            .node = node});
  }
  return node;
}

NodeId Expansion::fallback(std::uint32_t index, std::int32_t period, const Moment& moment, const Layers& layers) {
  const law::Variable& v = law_.variables()[index];
  if (!v.is_input) return rule(index, period, moment);
  if (v.default_value) {
    findings_.default_used(v.name, *v.default_value, v.periodicity, period, layers.count == 0);
    return graph_.constant(*v.default_value);
  }
  MissingInput missing{.periodicity = v.periodicity,
                       .first = period,
                       .last = period,
                       .unit = {},
                       .needed_by = reader_name(),
                       .measure = v.measure_text,
                       .level = v.level,
                       .has_data = layers.count > 0};
  const auto& ids = binder_.population().ids(v.level);
  if (!ids.empty()) missing.unit = ids[binder_.first_unit_without(v.level, layers)];
  findings_.missing(v.name, missing);
  return graph_.constant(0.0);
}

std::string Expansion::reader_name() const {
  return reader_ < 0 ? std::string() : law_.variables()[static_cast<std::size_t>(reader_)].name;
}

NodeId Expansion::rule(std::uint32_t index, std::int32_t period, const Moment& moment) {
  const law::Variable& v = law_.variables()[index];
  NodeName name{.scenario = scenario_,
                .variable = index,
                .period = period,
                .is_year = v.periodicity == Periodicity::yearly,
                .anchor = v.component >= 0 ? moment.anchor.index : period};
  const auto* version = law::Law::in_force(v.versions, moment.month);
  if (v.past && moment.month < moment.anchor) {
    const bool too_early = moment.month < moment.anchor - v.past->months;
    const bool before_first = !v.versions.empty() && moment.month < v.versions.front().in_force.begin;
    if (too_early || before_first) {
      name.node = graph_.constant(v.past->start);
      graph_.names.push_back(name);
      return name.node;
    }
  }
  if (version == nullptr) return variable_out_of_force(v, moment.month);
  reader_ = static_cast<std::int32_t>(index);
  name.node = expr(version->value.expr, moment);
  name.version = static_cast<std::int32_t>(version - v.versions.data());
  graph_.names.push_back(name);
  name_lets(version->value, name, moment);
  return name.node;
}

void Expansion::name_lets(const law::RuleBody& body, const NodeName& rule_name, const Moment& moment) {
  for (std::size_t i = 0; i < body.lets.size(); ++i) {
    const auto id = static_cast<std::uint32_t>(body.lets[i].expr);
    const NodeId node = expressions_.find(key_of(id, moment.month.index, moment));
    if (node == no_node) continue;  // a leaf, or not needed in this month
    NodeName name = rule_name;
    name.let = static_cast<std::int32_t>(i);
    name.node = node;
    graph_.names.push_back(name);
  }
}

NodeId Expansion::variable_out_of_force(const law::Variable& v, Month month) {
  std::vector<std::pair<Day, Span>> since;
  since.reserve(v.versions.size());
  for (const auto& version : v.versions) since.emplace_back(version.since, version.span);
  const MonthInterval last = v.versions.empty() ? MonthInterval{} : v.versions.back().in_force;
  findings_.not_in_force(law_, "rule", v.name, since, last, month, reader_name());
  return graph_.constant(0.0);
}

}  // namespace labacces::plan
