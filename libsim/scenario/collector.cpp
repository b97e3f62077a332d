#include "libsim/scenario/collector.hpp"

#include <algorithm>

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
  worker.cells.resize(flat(shape_.decisions.size(), {}, 0));
  for (std::size_t i = 0; i < worker.cells.size(); ++i) {
    const std::size_t cells = group_cells_[i % group_cells_.size()];
    worker.cells[i].sums.resize(cells);
    if (i >= flat(1, {}, 0)) worker.cells[i].differences.resize(cells);
  }
  for (Scratch* scratch : {&worker.base, &worker.other}) {
    for (const std::size_t cells : group_cells_) scratch->cells.emplace_back(cells);
  }
}

std::size_t Collector::first_right(std::size_t scenario, Seen seen) const {
  const BenefitColumns& columns = shape_.decisions.of(scenario).benefits()[seen.benefit];
  return seen.by == Concept::as_paid ? columns.first_output : columns.first_full;
}

bool Collector::same_everywhere(const engine::ChunkView& view, std::size_t scenario, Seen seen) const {
  if (!shape_.decisions.are_alike(view, scenario, seen.benefit)) return false;
  for (const Concept by : concepts) {
    if (by == Concept::at_full_take_up && seen.by == Concept::as_paid) continue;
    const std::size_t before = first_right(0, {by, seen.benefit});
    const std::size_t after = first_right(scenario, {by, seen.benefit});
    for (std::size_t month = 0; month < shape_.months; ++month) {
      if (view.outputs[before + month].data() != view.outputs[after + month].data()) return false;
    }
  }
  return true;
}

void Collector::mark_rights(const engine::ChunkView& view, Seen seen, Worker& worker) const {
  worker.rows.assign(view.size[index_of(shape_.benefits[seen.benefit].level)], 0);
  for (std::size_t month = 0; month < shape_.months; ++month) {
    const std::span<const double> rights = view.outputs[first_right(0, seen) + month];
    for (std::size_t row = 0; row < rights.size(); ++row) worker.rows[row] |= static_cast<std::uint8_t>(rights[row] > 0.0);
  }
}

/// Marks rows in which columns of one month or another differ.
void Collector::mark_columns(const engine::ChunkView& view, std::size_t before, std::size_t after, Worker& worker) const {
  for (std::size_t month = 0; month < shape_.months; ++month) {
    const std::span<const double> a = view.outputs[before + month];
    const std::span<const double> b = view.outputs[after + month];
    if (a.data() == b.data()) continue;
    for (std::size_t row = 0; row < a.size(); ++row) worker.rows[row] |= static_cast<std::uint8_t>(a[row] != b[row]);
  }
}

void Collector::mark_differences(const engine::ChunkView& view, std::size_t scenario, Seen seen, Worker& worker) const {
  const Seen as_paid{Concept::as_paid, seen.benefit};
  const BenefitColumns& base = shape_.decisions.of(0).benefits()[seen.benefit];
  const BenefitColumns& own = shape_.decisions.of(scenario).benefits()[seen.benefit];
  const bool both_in_plan = base.first_claim && own.first_claim;
  const bool alike = both_in_plan || shape_.decisions.are_alike(view, scenario, seen.benefit);
  if (alike) {
    worker.rows.assign(view.size[index_of(shape_.benefits[seen.benefit].level)], 0);
  } else {
    mark_rights(view, as_paid, worker);
  }
  mark_columns(view, first_right(0, as_paid), first_right(scenario, as_paid), worker);
  if (seen.by == Concept::at_full_take_up) mark_columns(view, first_right(0, seen), first_right(scenario, seen), worker);
  if (both_in_plan) mark_columns(view, *base.first_claim, *own.first_claim, worker);
}

template <typename Work>
void Collector::for_each_marked_block(const engine::ChunkView& view, Level level, const Worker& worker, const Work& work) const {
  const auto& blocks = population_.blocks();
  const std::size_t at = index_of(level);
  const std::size_t first = view.first[at];
  const auto row_of = [&](const BlockStart& block) { return static_cast<std::size_t>(block[at]); };
  // Blocks of a chunk begin with the first person of the chunk.
  auto block = std::partition_point(blocks.begin(), blocks.end(),
                                    [&](const BlockStart& start) { return static_cast<std::size_t>(start[0]) < view.first[0]; });
  for (std::size_t row = 0; row < worker.rows.size(); ++row) {
    if (worker.rows[row] == 0) continue;
    while (row_of(*(block + 1)) <= first + row) ++block;
    work(row_of(*block), row_of(*(block + 1)));
    row = row_of(*(block + 1)) - first - 1;
  }
}

void Collector::gather(const engine::ChunkView& view, std::size_t scenario, Seen seen, std::size_t begin, std::size_t end,
                       Scratch& into) const {
  const BenefitUnits& units = shape_.benefits[seen.benefit];
  const Claims& own = shape_.decisions.of(scenario);
  std::array<double, outcomes::months_for_windows> rights{}, paid{};
  for (std::size_t row = begin; row < end; ++row) {
    bool any = false;
    for (std::size_t month = 0; month < shape_.months; ++month) {
      rights[month] = seen.by == Concept::as_paid ? own.right(view, seen.benefit, row, month)
                                                  : own.full_right(view, seen.benefit, row, month);
      any = any || rights[month] > 0.0;
    }
    if (!any) continue;
    for (std::size_t month = 0; month < shape_.months; ++month) {
      const double due = own.right(view, seen.benefit, row, month);
      paid[month] = due > 0.0 && shape_.decisions.claims(view, scenario, seen.benefit, row, month) ? due : 0.0;
    }
    const double weight = population_.weights()[seen_from(population_, units.level, row, Level::menage)];
    const auto records = outcomes::unit_records(std::span(rights).first(shape_.months), std::span(paid).first(shape_.months),
                                                weight, units.persons[row]);
    for (std::size_t group = 0; group < group_cells_.size(); ++group) {
      std::size_t cell = 0;
      if (group > 0) {
        const GroupColumn& column = shape_.groups[group - 1];
        const std::size_t of_group = seen_from(population_, units.level, row, column.level);
        cell = static_cast<std::size_t>(view.outputs[column.output][of_group - view.first[index_of(column.level)]]);
        SIM_CHECK(cell < column.cells, "codes of a group lie in its enumeration");
      }
      outcomes::WindowClusters& windows = into.cells[group][cell];
      const std::pair place(group, cell);
      if (std::find(into.touched.begin(), into.touched.end(), place) == into.touched.end()) into.touched.push_back(place);
      for (std::size_t window = 0; window < outcomes::window_count; ++window) windows[window].add(records[window]);
    }
  }
}

void Collector::add_base(const engine::ChunkView& view, Seen seen, Worker& worker) const {
  mark_rights(view, seen, worker);
  for_each_marked_block(view, shape_.benefits[seen.benefit].level, worker, [&](std::size_t begin, std::size_t end) {
    gather(view, 0, seen, begin, end, worker.base);
    for (const auto& [group, cell] : worker.base.touched) {
      for (std::size_t window = 0; window < outcomes::window_count; ++window) {
        worker.cells[flat(0, seen, group)].sums[cell][window].add_cluster(worker.base.cells[group][cell][window]);
      }
    }
    worker.base.clear();
  });
}

void Collector::add_differences(const engine::ChunkView& view, std::size_t scenario, Seen seen, Worker& worker) const {
  if (same_everywhere(view, scenario, seen)) return;
  mark_differences(view, scenario, seen, worker);
  for_each_marked_block(view, shape_.benefits[seen.benefit].level, worker, [&](std::size_t begin, std::size_t end) {
    gather(view, 0, seen, begin, end, worker.base);
    gather(view, scenario, seen, begin, end, worker.other);
    for (const auto& place : worker.other.touched) {
      if (std::find(worker.base.touched.begin(), worker.base.touched.end(), place) == worker.base.touched.end())
        worker.base.touched.push_back(place);
    }
    for (const auto& [group, cell] : worker.base.touched) {
      Cells& target = worker.cells[flat(scenario, seen, group)];
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

void Collector::operator()(const engine::ChunkView& view) {
  Worker& worker = workers_[view.worker];
  if (!worker.used) prepare(worker);
  for (std::size_t by = 0; by < concept_count(); ++by) {
    for (std::size_t benefit = 0; benefit < shape_.benefits.size(); ++benefit) {
      const Seen seen{concepts[by], benefit};
      add_base(view, seen, worker);
      for (std::size_t scenario = 1; scenario < shape_.decisions.size(); ++scenario)
        add_differences(view, scenario, seen, worker);
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
  const std::size_t one = flat(1, {}, 0);
  for (std::size_t i = one; i < total.size(); ++i) {
    for (std::size_t cell = 0; cell < total[i].sums.size(); ++cell) {
      for (std::size_t window = 0; window < outcomes::window_count; ++window)
        total[i].sums[cell][window].merge(total[i % one].sums[cell][window]);
    }
  }
}

const outcomes::CellSums& Collector::sums(Concept seen, std::size_t scenario, std::size_t benefit, std::size_t group) const {
  return workers_[0].cells[flat(scenario, {seen, benefit}, group)].sums;
}

const outcomes::CellDifferences& Collector::differences(Concept seen, std::size_t scenario, std::size_t benefit,
                                                        std::size_t group) const {
  return workers_[0].cells[flat(scenario, {seen, benefit}, group)].differences;
}

}  // namespace labacces::scenario
