#include "libsim/scenario/calibration_units.hpp"

#include <algorithm>

#include "libsim/base/error.hpp"
#include "libsim/scenario/collector.hpp"
#include "libsim/scenario/take_up_columns.hpp"

namespace labacces::scenario {
namespace {

using takeup::ClaimWindow;

/// Months of a window that end with the month asked; receipt in one of them counts.
std::size_t months_of(ClaimWindow window) { return window == ClaimWindow::month ? 1 : takeup::months_of_quarter; }
std::size_t months_needed(ClaimWindow window) {
  return window == ClaimWindow::month     ? 1
         : window == ClaimWindow::quarter ? takeup::months_of_quarter
                                          : takeup::months_of_durable;
}

bool is_one_decision(const Scenario& scenario, std::size_t benefit) {
  for (std::size_t b = 0; b < scenario.benefits.size(); ++b) {
    const bool matters = b == benefit ? false : !scenario.correlations.empty();
    if (matters && takeup::find_behaviour(scenario.take_up, scenario.benefits[b])->persistence < 1.0) return false;
  }
  return true;
}

}  // namespace

CalibrationUnits::CalibrationUnits(std::shared_ptr<const MeasuredWorld> world, const TakeUpTargets& targets,
                                   std::vector<std::string> variables)
    : world_(std::move(world)),
      targets_(targets),
      variables_(std::move(variables)),
      draws_(targets.realised ? 1 : targets.draws) {
  for (std::size_t b = 0; b < world_->scenario().benefits.size(); ++b) {
    std::vector<std::uint32_t>& rows = rows_.emplace_back();
    const std::size_t count = world_->population().count(world_->variable(world_->scenario().benefits[b]).level);
    std::vector<std::int32_t>& units = unit_of_.emplace_back(count, -1);
    for (std::size_t row = 0; row < count; ++row) {
      bool any = false;
      for (std::size_t month = 0; month < world_->months() && !any; ++month) any = world_->right(b, row, month) > 0.0;
      if (!any) continue;
      units[row] = static_cast<std::int32_t>(rows.size());
      rows.push_back(static_cast<std::uint32_t>(row));
    }
  }
}

std::vector<std::uint32_t> CalibrationUnits::dwellings(std::size_t benefit) const {
  const Level level = world_->variable(world_->scenario().benefits[benefit]).level;
  std::vector<std::uint32_t> out;
  for (const std::uint32_t row : rows_[benefit])
    out.push_back(static_cast<std::uint32_t>(seen_from(world_->population(), level, row, Level::menage)));
  return out;
}

bool CalibrationUnits::holds(const CellCondition& condition, Level level, std::size_t row) const {
  const law::Variable& variable = world_->variable(condition.variable);
  const auto place =
      static_cast<std::size_t>(std::find(variables_.begin(), variables_.end(), condition.variable) - variables_.begin());
  const double value = world_->more(place)[seen_from(world_->population(), level, row, variable.level)];
  if (condition.items.empty()) return value >= condition.from && value < condition.to;
  const auto is = [&](const std::string& item) {
    if (variable.type.kind == ValueKind::yes_no) return (value != 0.0) == (item == "yes");
    const std::vector<std::string>& items = world_->law().enums()[static_cast<std::size_t>(variable.type.enumeration)].items;
    return static_cast<double>(std::find(items.begin(), items.end(), item) - items.begin()) == value;
  };
  return std::any_of(condition.items.begin(), condition.items.end(), is);
}

std::vector<std::uint8_t> CalibrationUnits::units_in(const TakeUpTarget& target, std::size_t benefit,
                                                     const std::vector<Claims>& draws) const {
  const Population& population = world_->population();
  const std::vector<std::string>& benefits = world_->scenario().benefits;
  const Level level = world_->variable(benefits[benefit]).level;
  const bool by_draw =
      std::any_of(target.cell.begin(), target.cell.end(), [](const CellCondition& one) { return !one.receives.empty(); });
  const std::vector<std::uint32_t>& rows = rows_[benefit];
  std::vector<std::uint8_t> out((by_draw ? draws.size() : 1) * rows.size(), 1);
  const engine::ChunkView view = world_->whole();
  for (const CellCondition& condition : target.cell) {
    const auto other =
        static_cast<std::size_t>(std::find(benefits.begin(), benefits.end(), condition.receives) - benefits.begin());
    for (std::size_t i = 0; i < out.size(); ++i) {
      const std::size_t row = rows[i % rows.size()];
      bool is = false;
      if (condition.receives.empty()) {
        is = holds(condition, level, row);
      } else {
        const Claims& claims = draws[i / rows.size()];
        const std::size_t its = seen_from(population, level, row, world_->variable(condition.receives).level);
        for (std::size_t back = 0; back < months_of(target.window) && !is; ++back) {
          const std::size_t month = world_->months() - 1 - back;
          is = claims.right(view, other, its, month) > 0.0 && claims.decides(view, other, its, month);
        }
        is = is == condition.is_received;
      }
      out[i] = static_cast<std::uint8_t>(out[i] != 0 && is);
    }
  }
  return out;
}

bool CalibrationUnits::is_in(std::size_t target, std::size_t benefit, std::size_t unit,
                             const outcomes::Receipts& receipts) const {
  const TakeUpTarget& asked = targets_.targets[target];
  const std::vector<std::string>& benefits = world_->scenario().benefits;
  const Level level = world_->variable(benefits[benefit]).level;
  const std::size_t row = rows_[benefit][unit];
  return std::all_of(asked.cell.begin(), asked.cell.end(), [&](const CellCondition& condition) {
    if (condition.receives.empty()) return holds(condition, level, row);
    const auto other =
        static_cast<std::size_t>(std::find(benefits.begin(), benefits.end(), condition.receives) - benefits.begin());
    const std::int32_t its =
        unit_of_[other][seen_from(world_->population(), level, row, world_->variable(condition.receives).level)];
    bool received = false;
    for (std::size_t back = 0; its >= 0 && back < months_of(asked.window) && !received; ++back) {
      received = receipts[other].received[static_cast<std::size_t>(its) * world_->months() + world_->months() - 1 - back] > 0.0;
    }
    return received == condition.is_received;
  });
}

void CalibrationUnits::add_facts_of(const Scenario& now, std::size_t benefit, takeup::ClaimingUnits& units) const {
  const Population& population = world_->population();
  const BenefitColumns columns = world_->columns_of(now)[benefit];
  const engine::ChunkView view = world_->whole();
  const auto value = [&](const FactColumn& fact, std::size_t row) {
    const double found = view.outputs[fact.output][seen_from(population, columns.level, row, fact.level)];
    return fact.item ? (found == *fact.item ? 1.0 : 0.0) : found;
  };
  const std::vector<double> persons = persons_of(population, columns.level);
  for (const std::uint32_t row : rows_[benefit]) {
    units.weights.push_back(population.weights()[seen_from(population, columns.level, row, Level::menage)]);
    units.persons.push_back(persons[row]);
    double months = 0.0;
    for (std::size_t month = 0; month < units.months; ++month) {
      units.rights.push_back(world_->right(benefit, row, month));
      months += units.rights.back() > 0.0 ? 1.0 : 0.0;
    }
    units.months_with_right.push_back(months);
    if (columns.income) units.incomes.push_back(value(*columns.income, row));
    if (columns.receipt) units.received.push_back(static_cast<std::uint8_t>(value(*columns.receipt, row) > 0.0));
    for (const FactColumn& trait : columns.traits) units.traits.push_back(value(trait, row));
    for (const FactColumn& cell : columns.cells) units.cells.push_back(value(cell, row));
  }
}

takeup::CalibrationTask CalibrationUnits::task(const Scenario& now, std::size_t benefit,
                                               const std::vector<std::size_t>& targets) const {
  takeup::CalibrationTask task;
  task.realised = targets_.realised;
  task.units.months = world_->months();
  task.units.draws = draws_;
  add_facts_of(now, benefit, task.units);
  std::vector<Scenario> scenarios;
  std::vector<Claims> draws;
  for (std::size_t draw = 0; draw < draws_; ++draw) {
    scenarios.push_back(replicated(now, draw));
    draws.push_back(world_->claims_of(scenarios.back()));
  }
  bool by_draw = false;
  for (const std::size_t index : targets) {
    const TakeUpTarget& target = targets_.targets[index];
    if (months_needed(target.window) > world_->months()) {
      throw Error(Location{targets_.file, 0, 0, target.path + "/window"},
                  "the law is known for " + std::to_string(world_->months()) + " months up to the period; " +
                      std::to_string(months_needed(target.window)) + " are needed");
    }
    const std::string window = target.window == ClaimWindow::month     ? ""
                               : target.window == ClaimWindow::quarter ? ", quarter"
                                                                       : ", durable";
    task.targets.push_back({targets_.file + ": " + target.path + " (" + target.benefit + ", " + target.cell_text() + window + ")",
                            target.measure, target.window, target.in_persons, target.value, units_in(target, benefit, draws)});
    by_draw = by_draw || task.targets.back().in.size() > task.units.size();
  }
  const BenefitColumns& columns = draws[0].benefits()[benefit];
  const engine::ChunkView view = world_->whole();
  if (!columns.gateways.empty()) {
    by_draw = true;
    for (const Claims& claims : draws) {
      for (const std::uint32_t row : rows_[benefit]) {
        for (std::size_t month = 0; month < task.units.months; ++month) {
          for (const std::size_t gateway : columns.gateways)
            task.units.gateways.push_back(static_cast<std::uint8_t>(claims.right(view, gateway, row, month) > 0.0 &&
                                                                    claims.decides(view, gateway, row, month)));
        }
      }
    }
  }
  task.one_decision = is_one_decision(now, benefit);
  task.luck_is_independent = !by_draw || now.correlations.empty();
  const std::size_t months = task.units.months;
  const Month first = *world_->scenario().period - static_cast<int>(months - 1);
  auto known = std::make_shared<std::pair<double, std::shared_ptr<const std::vector<double>>>>(-1.0, nullptr);
  task.luck = [this, scenarios, benefit, months, first, known](double persistence) {
    if (known->second != nullptr && known->first == persistence) return known->second;
    auto luck = std::make_shared<std::vector<double>>();
    luck->reserve(scenarios.size() * rows_[benefit].size() * months);
    for (Scenario scenario : scenarios) {
      for (takeup::Behaviour& behaviour : scenario.take_up) {
        if (behaviour.benefit == scenario.benefits[benefit]) behaviour.persistence = persistence;
      }
      const takeup::LatentLuck latent = luck_of(scenario);
      for (const std::uint32_t row : rows_[benefit]) {
        for (std::size_t month = 0; month < months; ++month) {
          const bool has_right = world_->right(benefit, row, month) > 0.0;
          luck->push_back(has_right ? latent.uniform(benefit, world_->keys(benefit)[row], first + static_cast<int>(month)) : 1.0);
        }
      }
    }
    *known = {persistence, luck};
    return known->second;
  };
  return task;
}

}  // namespace labacces::scenario
