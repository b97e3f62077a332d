// Rights, chunk by chunk, into sums of non-take-up: of one scenario, and of others as changes to it. Internal to this folder.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "libsim/engine/run.hpp"
#include "libsim/outcomes/non_take_up.hpp"
#include "libsim/population/population.hpp"
#include "libsim/scenario/decisions.hpp"

namespace labacces::scenario {

/// A benefit as all scenarios see it.
struct BenefitUnits {
  Level level = Level::famille;
  std::vector<double> persons;  ///< in each unit
};

/// A group that splits the tables; its values are those of the first scenario.
struct GroupColumn {
  Level level = Level::menage;
  std::size_t output = 0;
  std::size_t cells = 0;  ///< codes are 0 .. cells - 1
};

/// The right that take-up is measured against: given what others are paid, or at full take-up of the other benefits. They differ where a scenario
/// declares an order.
enum class Concept : std::uint8_t { as_paid, at_full_take_up };
inline constexpr std::array<Concept, 2> concepts{Concept::as_paid, Concept::at_full_take_up};

/// Persons in each unit of a level.
std::vector<double> persons_of(const Population& population, Level level);

/// Sink of engine::run_chunks. Clusters are the linked blocks of dwellings. The first scenario is added up whole; of each other one only the
/// clusters in which it differs are looked at, and its sums are the bytes that it would have alone (sums are exact).
class Collector {
 public:
  struct Shape {
    std::vector<BenefitUnits> benefits;
    Decisions decisions;
    std::vector<GroupColumn> groups;
    std::size_t months = 1;
    bool with_order = false;  ///< one of the scenarios declares one: both concepts are added up
  };
  /// `workers`: threads that call it, each with its own number.
  Collector(const Population& population, Shape shape, unsigned workers);
  void operator()(const engine::ChunkView& view);

  /// Adds up the workers' shares; afterwards the sums may be read. Group 0 is everyone, group g + 1 is groups[g].
  void finish();
  /// Without an order both concepts are one.
  const outcomes::CellSums& sums(Concept seen, std::size_t scenario, std::size_t benefit, std::size_t group) const;
  /// Of scenarios from 1 on, against scenario 0.
  const outcomes::CellDifferences& differences(Concept seen, std::size_t scenario, std::size_t benefit, std::size_t group) const;
  const Shape& shape() const { return shape_; }

 private:
  struct Cells {
    outcomes::CellSums sums;
    outcomes::CellDifferences differences;  // none in scenario 0
  };
  /// One cluster's windows by group and cell; only what was touched is cleared.
  struct Scratch {
    std::vector<std::vector<outcomes::WindowClusters>> cells;  // [group][cell]
    std::vector<std::pair<std::size_t, std::size_t>> touched;
    void clear();
  };
  struct Worker {
    std::vector<Cells> cells;  // [scenario][concept][benefit][group], flat
    Scratch base, other;
    std::vector<std::uint8_t> rows;  // of a chunk: 1 where there is something to look at
    bool used = false;
  };

  /// A benefit seen by one concept.
  struct Seen {
    Concept by = Concept::as_paid;
    std::size_t benefit = 0;
  };
  std::size_t concept_count() const { return shape_.with_order ? 2 : 1; }
  std::size_t flat(std::size_t scenario, Seen seen, std::size_t group) const {
    const std::size_t by = shape_.with_order ? static_cast<std::size_t>(seen.by) : 0;
    return ((scenario * concept_count() + by) * shape_.benefits.size() + seen.benefit) * group_cells_.size() + group;
  }
  void prepare(Worker& worker) const;
  std::size_t first_right(std::size_t scenario, Seen seen) const;
  bool same_everywhere(const engine::ChunkView& view, std::size_t scenario, Seen seen) const;
  void mark_rights(const engine::ChunkView& view, Seen seen, Worker& worker) const;
  void mark_columns(const engine::ChunkView& view, std::size_t before, std::size_t after, Worker& worker) const;
  void mark_differences(const engine::ChunkView& view, std::size_t scenario, Seen seen, Worker& worker) const;
  void add_base(const engine::ChunkView& view, Seen seen, Worker& worker) const;
  void add_differences(const engine::ChunkView& view, std::size_t scenario, Seen seen, Worker& worker) const;
  template <typename Work>
  void for_each_marked_block(const engine::ChunkView& view, Level level, const Worker& worker, const Work& work) const;
  void gather(const engine::ChunkView& view, std::size_t scenario, Seen seen, std::size_t begin, std::size_t end,
              Scratch& into) const;

  const Population& population_;
  Shape shape_;
  std::vector<std::size_t> group_cells_;  // of each group, everyone first
  std::vector<Worker> workers_;
};

}  // namespace labacces::scenario
