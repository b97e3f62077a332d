// The units of each benefit as a calibration of take-up looks at them: columns of the law, cells of targets, luck. Internal to this folder.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "libsim/scenario/measured_world.hpp"
#include "libsim/scenario/take_up_targets.hpp"
#include "libsim/takeup/calibration.hpp"

namespace labacces::scenario {

/// The scenario with a place for every parameter that is set (traits of coefficient 0, cells at the rate, gateways of effect 0: nobody decides otherwise), the
/// parameters of each target (persistence and others have no places), and the variables of the cells.
struct CalibrationPlan {
  Scenario scenario;
  std::vector<takeup::ParameterToSet> parameters;  ///< of each target; what is held out has an empty one
  std::vector<std::string> variables;              ///< of conditions, each once
};
/// Throws Error with the path in the targets file, as calibrate_take_up.
CalibrationPlan plan_calibration(const Scenario& scenario, const TakeUpTargets& targets, const law::Law& law);

class CalibrationUnits {
 public:
  CalibrationUnits(std::shared_ptr<const MeasuredWorld> world, const TakeUpTargets& targets, std::vector<std::string> variables);

  const MeasuredWorld& world() const { return *world_; }
  const std::vector<std::vector<std::uint32_t>>& rows() const { return rows_; }
  std::vector<std::uint32_t> dwellings(std::size_t benefit) const;

  /// Units with what the behaviours of `now` look at; and the targets with these numbers, all on draws of `now`. Throws Error as calibrate_take_up.
  takeup::CalibrationTask task(const Scenario& now, std::size_t benefit, const std::vector<std::size_t>& targets) const;

  /// What a target is measured by, of drawn receipts.
  bool is_in(std::size_t target, std::size_t benefit, std::size_t unit, const outcomes::Receipts& receipts) const;

 private:
  bool holds(const CellCondition& condition, Level level, std::size_t row) const;
  std::vector<std::uint8_t> units_in(const TakeUpTarget& target, std::size_t benefit, const std::vector<Claims>& draws) const;
  void add_facts_of(const Scenario& now, std::size_t benefit, takeup::ClaimingUnits& units) const;

  std::shared_ptr<const MeasuredWorld> world_;
  const TakeUpTargets& targets_;
  std::vector<std::string> variables_;
  std::vector<std::vector<std::uint32_t>> rows_;    // [benefit]
  std::vector<std::vector<std::int32_t>> unit_of_;  // [benefit][row]; -1 = no right in any month
  std::size_t draws_ = 1;
};

}  // namespace labacces::scenario
