#include "libsim/scenario/collector.hpp"

#include <algorithm>
#include <array>

#include "libsim/base/error.hpp"

namespace labacces::scenario {

std::vector<double> persons_of(const Population& population, Level level) {
  std::vector<double> persons(population.count(level), is_group(level) ? 0.0 : 1.0);
  if (is_group(level)) {
    for (const std::int32_t unit : population.membership(level).unit_of) persons[static_cast<std::size_t>(unit)] += 1.0;
  }
  return persons;
}

void Collector::Scratch::clear() {
  for (const auto& [group, cell] : touched) cells[group][cell] = {};
  touched.clear();
}

Collector::Collector(const Population& population, Shape shape, unsigned workers)
    : population_(population), shape_(std::move(shape)), group_cells_{1}, workers_(workers) {
  for (const GroupColumn& group : shape_.groups) group_cells_.push_back(group.cells);
  prepare(workers_[0]);
}

void Collector::prepare(Worker& worker) const {
  worker.used = true;
  worker.cells.resize(shape_.scenarios.size() * shape_.benefits.size() * group_cells_.size());
  for (std::size_t i = 0; i < worker.cells.size(); ++i) {
    const std::size_t cells = group_cells_[i % group_cells_.size()];
    worker.cells[i].sums.resize(cells);
    if (i >= flat(1, 0, 0)) worker.cells[i].differences.resize(cells);
  }
  for (Scratch* scratch : {&worker.base, &worker.other}) {
    for (const std::size_t cells : group_cells_) scratch->cells.emplace_back(cells);
  }
}

bool Collector::claims(const engine::ChunkView& view, std::size_t scenario, std::size_t benefit, std::size_t row, std::size_t month) const {
  const Claims& base = shape_.scenarios[0];
  const Claims& own = shape_.scenarios[scenario];
  if (scenario == 0) return base.decides(view, benefit, row, month);
  const bool had_the_right = base.right(view, benefit, row, month) > 0.0;
  switch (shape_.rules[scenario]) {
    case takeup::UnderReform::redraw:
      return own.decides(view, benefit, row, month);
    case takeup::UnderReform::automatic:
      return true;
    case takeup::UnderReform::persist:
      return had_the_right ? base.decides(view, benefit, row, month) : base.decides_at(view, benefit, row, month, own.right(view, benefit, row, month));
    case takeup::UnderReform::newly_eligible:
      return had_the_right ? base.decides(view, benefit, row, month) : own.decides(view, benefit, row, month);
  }
  return false;
}

bool Collector::claims_alike(const engine::ChunkView& view, std::size_t scenario, std::size_t benefit) const {
  switch (shape_.rules[scenario]) {
    case takeup::UnderReform::redraw:
      return shape_.scenarios[scenario].decide_alike(view, benefit, shape_.scenarios[0]);
    case takeup::UnderReform::automatic:
      return false;
    case takeup::UnderReform::persist:
    case takeup::UnderReform::newly_eligible:
      return true;
  }
  return false;
}

bool Collector::same_everywhere(const engine::ChunkView& view, std::size_t scenario, std::size_t benefit) const {
  if (!claims_alike(view, scenario, benefit)) return false;
  for (std::size_t month = 0; month < shape_.months; ++month) {
    const std::size_t before = shape_.scenarios[0].benefits()[benefit].first_output + month;
    const std::size_t after = shape_.scenarios[scenario].benefits()[benefit].first_output + month;
    if (view.outputs[before].data() != view.outputs[after].data()) return false;
  }
  return true;
}

void Collector::mark_rights(const engine::ChunkView& view, std::size_t benefit, Worker& worker) const {
  worker.rows.assign(view.size[index_of(shape_.benefits[benefit].level)], 0);
  for (std::size_t month = 0; month < shape_.months; ++month) {
    const std::span<const double> rights = view.outputs[shape_.scenarios[0].benefits()[benefit].first_output + month];
    for (std::size_t row = 0; row < rights.size(); ++row) worker.rows[row] |= static_cast<std::uint8_t>(rights[row] > 0.0);
  }
}

void Collector::mark_differences(const engine::ChunkView& view, std::size_t scenario, std::size_t benefit, Worker& worker) const {
  worker.rows.assign(view.size[index_of(shape_.benefits[benefit].level)], 0);
  const bool alike = claims_alike(view, scenario, benefit);
  for (std::size_t month = 0; month < shape_.months; ++month) {
    const std::span<const double> before = view.outputs[shape_.scenarios[0].benefits()[benefit].first_output + month];
    const std::span<const double> after = view.outputs[shape_.scenarios[scenario].benefits()[benefit].first_output + month];
    if (before.data() == after.data() && alike) continue;
    for (std::size_t row = 0; row < before.size(); ++row) {
      worker.rows[row] |= static_cast<std::uint8_t>(before[row] != after[row] || (!alike && before[row] > 0.0));
    }
  }
}

template <typename Work>
void Collector::for_each_marked_block(const engine::ChunkView& view, Level level, const Worker& worker, const Work& work) const {
  const auto& blocks = population_.blocks();
  const std::size_t at = index_of(level);
  const std::size_t first = view.first[at];
  const auto row_of = [&](const BlockStart& block) { return static_cast<std::size_t>(block[at]); };
  // Blocks of a chunk begin with the first person of the chunk.
  auto block = std::partition_point(blocks.begin(), blocks.end(), [&](const BlockStart& start) {
    return static_cast<std::size_t>(start[0]) < view.first[0];
  });
  for (std::size_t row = 0; row < worker.rows.size(); ++row) {
    if (worker.rows[row] == 0) continue;
    while (row_of(*(block + 1)) <= first + row) ++block;
    work(row_of(*block), row_of(*(block + 1)));
    row = row_of(*(block + 1)) - first - 1;
  }
}

void Collector::gather(const engine::ChunkView& view, std::size_t scenario, std::size_t benefit, std::size_t begin, std::size_t end,
                       Scratch& into) const {
  const BenefitUnits& units = shape_.benefits[benefit];
  std::array<double, outcomes::months_for_windows> rights{};
  std::array<bool, outcomes::months_for_windows> claimed{};
  for (std::size_t row = begin; row < end; ++row) {
    bool any = false;
    for (std::size_t month = 0; month < shape_.months; ++month) {
      rights[month] = shape_.scenarios[scenario].right(view, benefit, row, month);
      any = any || rights[month] > 0.0;
    }
    if (!any) continue;
    for (std::size_t month = 0; month < shape_.months; ++month) {
      claimed[month] = rights[month] > 0.0 && claims(view, scenario, benefit, row, month);
    }
    const double weight = population_.weights()[seen_from(population_, units.level, row, Level::menage)];
    const auto records = outcomes::unit_records(std::span(rights).first(shape_.months), std::span(claimed).first(shape_.months), weight, units.persons[row]);
    for (std::size_t group = 0; group < group_cells_.size(); ++group) {
      std::size_t cell = 0;
      if (group > 0) {
        const GroupColumn& column = shape_.groups[group - 1];
        const std::size_t seen = seen_from(population_, units.level, row, column.level);
        cell = static_cast<std::size_t>(view.outputs[column.output][seen - view.first[index_of(column.level)]]);
        SIM_CHECK(cell < column.cells, "codes of a group lie in its enumeration");
      }
      outcomes::WindowClusters& windows = into.cells[group][cell];
      const std::pair place(group, cell);
      if (std::find(into.touched.begin(), into.touched.end(), place) == into.touched.end()) into.touched.push_back(place);
      for (std::size_t window = 0; window < outcomes::window_count; ++window) windows[window].add(records[window]);
    }
  }
}

void Collector::operator()(const engine::ChunkView& view) {
  Worker& worker = workers_[view.worker];
  if (!worker.used) prepare(worker);
  for (std::size_t benefit = 0; benefit < shape_.benefits.size(); ++benefit) {
    const Level level = shape_.benefits[benefit].level;
    mark_rights(view, benefit, worker);
    for_each_marked_block(view, level, worker, [&](std::size_t begin, std::size_t end) {
      gather(view, 0, benefit, begin, end, worker.base);
      for (const auto& [group, cell] : worker.base.touched) {
        for (std::size_t window = 0; window < outcomes::window_count; ++window) {
          worker.cells[flat(0, benefit, group)].sums[cell][window].add_cluster(worker.base.cells[group][cell][window]);
        }
      }
      worker.base.clear();
    });
    for (std::size_t scenario = 1; scenario < shape_.scenarios.size(); ++scenario) {
      if (same_everywhere(view, scenario, benefit)) continue;
      mark_differences(view, scenario, benefit, worker);
      for_each_marked_block(view, level, worker, [&](std::size_t begin, std::size_t end) {
        gather(view, 0, benefit, begin, end, worker.base);
        gather(view, scenario, benefit, begin, end, worker.other);
        for (const auto& place : worker.other.touched) {
          if (std::find(worker.base.touched.begin(), worker.base.touched.end(), place) == worker.base.touched.end()) worker.base.touched.push_back(place);
        }
        for (const auto& [group, cell] : worker.base.touched) {
          Cells& target = worker.cells[flat(scenario, benefit, group)];
          for (std::size_t window = 0; window < outcomes::window_count; ++window) {
            const auto& before = worker.base.cells[group][cell][window];
            const auto& after = worker.other.cells[group][cell][window];
            target.sums[cell][window].remove_cluster(before);
            target.sums[cell][window].add_cluster(after);
            target.differences[cell][window].add_cluster(before, after);
          }
        }
        worker.base.clear();
        worker.other.clear();
      });
    }
  }
}

void Collector::finish() {
  std::vector<Cells>& total = workers_[0].cells;
  for (std::size_t w = 1; w < workers_.size(); ++w) {
    if (!workers_[w].used) continue;
    for (std::size_t i = 0; i < total.size(); ++i) {
      const Cells& share = workers_[w].cells[i];
      for (std::size_t cell = 0; cell < share.sums.size(); ++cell) {
        for (std::size_t window = 0; window < outcomes::window_count; ++window) {
          total[i].sums[cell][window].merge(share.sums[cell][window]);
          if (!share.differences.empty()) total[i].differences[cell][window].merge(share.differences[cell][window]);
        }
      }
    }
  }
  // Sums of the other scenarios were kept as changes to those of the first.
  const std::size_t one = flat(1, 0, 0);
  for (std::size_t i = one; i < total.size(); ++i) {
    for (std::size_t cell = 0; cell < total[i].sums.size(); ++cell) {
      for (std::size_t window = 0; window < outcomes::window_count; ++window) total[i].sums[cell][window].merge(total[i % one].sums[cell][window]);
    }
  }
}

const outcomes::CellSums& Collector::sums(std::size_t scenario, std::size_t benefit, std::size_t group) const {
  return workers_[0].cells[flat(scenario, benefit, group)].sums;
}

const outcomes::CellDifferences& Collector::differences(std::size_t scenario, std::size_t benefit, std::size_t group) const {
  return workers_[0].cells[flat(scenario, benefit, group)].differences;
}

}  // namespace labacces::scenario
