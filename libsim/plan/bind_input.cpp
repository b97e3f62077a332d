#include "libsim/plan/bind_input.hpp"

#include <algorithm>

namespace labacces::plan {
namespace {

bool is_flow(const law::Variable& variable) {
  return variable.periodicity == Periodicity::monthly && variable.type.kind == ValueKind::number &&
         variable.type.measure == law::eur_per_month;
}

std::optional<std::uint32_t> column_of(const VariableData& data, const Period& period) {
  const auto it = std::lower_bound(data.periods.begin(), data.periods.end(), period,
                                   [](const PeriodColumn& column, const Period& wanted) { return column.period < wanted; });
  if (it == data.periods.end() || !(it->period == period)) return std::nullopt;
  return it->column;
}

}  // namespace

InputBinder::InputBinder(const Population& population)
    : population_(population), fillings_(population.columns().size(), Filling::unknown) {}

InputBinder::Filling InputBinder::filling(std::uint32_t column) {
  Filling& known = fillings_[column];
  if (known != Filling::unknown) return known;
  const Column& data = population_.columns()[column];
  if (data.complete()) return known = Filling::all;
  const auto given =
      static_cast<std::size_t>(std::count_if(data.given.begin(), data.given.end(), [](std::uint8_t g) { return g != 0; }));
  known = given == data.given.size() ? Filling::all : given == 0 ? Filling::none : Filling::some;
  return known;
}

bool InputBinder::covers_all(Level level, const Layers& layers) {
  if (layers.count < 2) return false;
  const std::size_t rows = population_.count(level);
  for (std::size_t row = 0; row < rows; ++row) {
    bool given = false;
    for (std::size_t i = 0; i < layers.count; ++i) given = given || population_.columns()[layers.items[i].column].given[row] != 0;
    if (!given) return false;
  }
  return true;
}

Layers InputBinder::layers(const law::Variable& variable, const VariableData* data, std::int32_t period) {
  Layers result;
  if (data == nullptr) return result;
  const auto put = [&](const Period& wanted, bool yearly_flow) {
    if (result.complete) return;
    const std::optional<std::uint32_t> column = column_of(*data, wanted);
    if (!column || filling(*column) == Filling::none) return;
    result.items[result.count++] = {*column, yearly_flow};
    result.complete = filling(*column) == Filling::all;
  };
  if (variable.periodicity == Periodicity::monthly) {
    put(Period::month(Month{period}), false);
    put(Period::year(Month{period}.year()), is_flow(variable));
  } else if (variable.periodicity == Periodicity::yearly) {
    put(Period::year(period), false);
  }
  put(Period::eternity(), false);
  if (!result.complete) result.complete = covers_all(variable.level, result);
  return result;
}

NodeId InputBinder::node(Graph& graph, const law::Variable& variable, const Layers& layers, NodeId rest) const {
  NodeId result = rest;
  for (std::size_t i = layers.count; i-- > 0;) {
    const Layer& layer = layers.items[i];
    NodeId value = graph.add({.op = NodeOp::input,
                              .level = variable.level,
                              .payload = layer.column,
                              .number = variable.type.kind == ValueKind::yes_no ? 1.0 : 0.0});
    if (layer.yearly_flow) value = graph.add({.op = NodeOp::divide, .a = value, .b = graph.constant(12.0)});
    const bool lowest_of_all = layers.complete && i + 1 == layers.count;
    const Node& below = graph.node(lowest_of_all ? value : result);
    // A cell without a value holds 0 already.
    if (lowest_of_all || (below.op == NodeOp::constant && below.number == 0.0)) {
      result = value;
      continue;
    }
    const NodeId given = graph.add({.op = NodeOp::input_given, .level = variable.level, .payload = layer.column});
    result = graph.add({.op = NodeOp::select, .a = given, .b = value, .c = result});
  }
  return result;
}

std::size_t InputBinder::first_unit_without(Level level, const Layers& layers) const {
  const std::size_t rows = population_.count(level);
  for (std::size_t row = 0; row < rows; ++row) {
    bool given = false;
    for (std::size_t i = 0; i < layers.count; ++i) given = given || population_.columns()[layers.items[i].column].given[row] != 0;
    if (!given) return row;
  }
  return 0;
}

}  // namespace labacces::plan
