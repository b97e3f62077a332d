// What the data say of a variable in a period: month over year over eternity, cell by cell.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "libsim/law/law.hpp"
#include "libsim/plan/graph.hpp"
#include "libsim/population/population.hpp"

namespace labacces::plan {

/// One column that gives values for a variable in a period.
struct Layer {
  std::uint32_t column = 0;
  bool yearly_flow = false;  ///< a year's amount of a monthly flow: divided by 12
};

/// Layers from the strongest down. `complete`: every unit has a value; then the last layer gives one to all whom the others leave out.
struct Layers {
  std::array<Layer, 3> items{};
  std::size_t count = 0;
  bool complete = false;
};

class InputBinder {
 public:
  explicit InputBinder(const Population& population);

  /// What is known of `variable` in `period` (Month::index, year, or anything for eternal variables).
  Layers layers(const law::Variable& variable, const VariableData* data, std::int32_t period);
  /// The node of those layers, over `rest` (ignored when they are complete).
  NodeId node(Graph& graph, const law::Variable& variable, const Layers& layers, NodeId rest) const;
  /// Row of the first unit without a value; layers must not be complete and the level not empty.
  std::size_t first_unit_without(Level level, const Layers& layers) const;
  const Population& population() const { return population_; }

 private:
  enum class Filling : std::uint8_t { unknown, none, some, all };
  Filling filling(std::uint32_t column);
  bool covers_all(Level level, const Layers& layers);

  const Population& population_;
  std::vector<Filling> fillings_;
};

}  // namespace labacces::plan
