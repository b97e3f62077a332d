// Which parameter each target of take-up sets.
#include <algorithm>

#include "libsim/base/error.hpp"
#include "libsim/scenario/calibration_units.hpp"

namespace labacces::scenario {
namespace {

using takeup::Behaviour;
using takeup::ParameterKind;
using takeup::ParameterToSet;

class Planner {
 public:
  Planner(const Scenario& scenario, const TakeUpTargets& targets, const law::Law& law) : targets_(targets), law_(law) {
    plan_.scenario = scenario;
  }

  CalibrationPlan plan() {
    for (std::size_t i = 0; i < targets_.targets.size(); ++i) plan_.parameters.push_back(parameter_of(targets_.targets[i], i));
    return std::move(plan_);
  }

 private:
  [[noreturn]] void fail(const std::string& path, const std::string& message, const std::string& hint = {}) const {
    throw Error(Location{targets_.file, 0, 0, path}, message, hint);
  }

  std::size_t benefit(const std::string& name, const std::string& path) const {
    const std::vector<std::string>& benefits = plan_.scenario.benefits;
    const auto found = std::find(benefits.begin(), benefits.end(), name);
    if (found == benefits.end())
      fail(path, "'" + name + "' is not among the benefits of the scenario", did_you_mean(name, benefits));
    return static_cast<std::size_t>(found - benefits.begin());
  }

  void check_condition(const TakeUpTarget& target, const CellCondition& condition, const std::string& path) {
    if (!condition.receives.empty()) {
      const std::size_t other = benefit(condition.receives, path + "/receives"),
                        own = benefit(target.benefit, target.path + "/benefit");
      if (other == own) fail(path + "/receives", "a cell of '" + target.benefit + "' cannot be whether it is received");
      if (other > own && !target.is_held_out()) {
        fail(path + "/receives", "'" + condition.receives + "' stands after '" + target.benefit +
                                     "' under benefits: hold the target out, or change their order");
      }
      return;
    }
    const auto found = law_.find_variable(condition.variable);
    std::vector<std::string> names;
    for (const law::Variable& one : law_.variables()) names.push_back(one.name);
    if (!found)
      fail(path + "/variable", "the law has no variable '" + condition.variable + "'", did_you_mean(condition.variable, names));
    const law::Variable& of_law = law_.variables()[*found];
    if (condition.items.empty()) {
      if (of_law.type.kind != ValueKind::number)
        fail(path + "/variable", "'" + of_law.name + "' is no number: an item of it was expected");
    } else if (of_law.type.kind == ValueKind::number || of_law.type.kind == ValueKind::date) {
      fail(path + "/variable", "'" + of_law.name + "' is a " +
                                   std::string(of_law.type.kind == ValueKind::date ? "date" : "number") + " and has no items");
    } else {
      const std::vector<std::string> items = of_law.type.kind == ValueKind::yes_no
                                                 ? std::vector<std::string>{"no", "yes"}
                                                 : law_.enums()[static_cast<std::size_t>(of_law.type.enumeration)].items;
      for (const std::string& item : condition.items) {
        if (std::find(items.begin(), items.end(), item) == items.end())
          fail(path, "'" + of_law.name + "' has no item '" + item + "'", did_you_mean(item, items));
      }
    }
    if (std::find(plan_.variables.begin(), plan_.variables.end(), of_law.name) == plan_.variables.end())
      plan_.variables.push_back(of_law.name);
  }

  /// Places of the traits or cells of a condition; those that are missing are added so that nothing changes.
  std::vector<std::size_t> places_of(Behaviour& behaviour, const CellCondition& condition) const {
    const bool rates = behaviour.model == takeup::Model::rate || behaviour.model == takeup::Model::observed;
    std::vector<std::size_t> places;
    for (const std::string& item : condition.items) {
      if (rates) {
        const auto same = [&](const takeup::CellRate& cell) { return cell.variable == condition.variable && cell.item == item; };
        const auto found = std::find_if(behaviour.cells.begin(), behaviour.cells.end(), same);
        places.push_back(static_cast<std::size_t>(found - behaviour.cells.begin()));
        if (found == behaviour.cells.end()) behaviour.cells.push_back({condition.variable, item, behaviour.rate});
      } else {
        const auto same = [&](const takeup::Trait& trait) {
          return trait.variable == condition.variable && (trait.item == item || (trait.item.empty() && item == "yes"));
        };
        const auto found = std::find_if(behaviour.traits.begin(), behaviour.traits.end(), same);
        places.push_back(static_cast<std::size_t>(found - behaviour.traits.begin()));
        if (found == behaviour.traits.end()) behaviour.traits.push_back({condition.variable, item, 0.0});
      }
    }
    return places;
  }

  ParameterToSet parameter_of(const TakeUpTarget& target, std::size_t index) {
    benefit(target.benefit, target.path + "/benefit");  // told when it is not there
    const auto of_law = law_.find_variable(target.benefit);
    const bool euros = target.measure != takeup::ClaimMeasure::out_share && target.measure != takeup::ClaimMeasure::takers;
    if (euros && of_law && law_.variables()[*of_law].type.kind == ValueKind::yes_no)
      fail(target.path, "'" + target.benefit + "' is a right in kind and has no euros");
    for (std::size_t i = 0; i < target.cell.size(); ++i)
      check_condition(target, target.cell[i], target.path + "/cell" + (target.cell.size() > 1 ? "/" + std::to_string(i) : ""));
    ParameterToSet out;
    out.target = index;
    auto& behaviours = plan_.scenario.take_up;
    Behaviour& behaviour =
        *std::find_if(behaviours.begin(), behaviours.end(), [&](const Behaviour& one) { return one.benefit == target.benefit; });
    switch (target.sets) {
      case TargetSets::none:
      case TargetSets::intercept:
        out.kind = ParameterKind::intercept;
        break;
      case TargetSets::cell:
        out.kind = ParameterKind::cells;
        out.places = places_of(behaviour, target.cell.back());
        break;
      case TargetSets::amount:
        out.kind = ParameterKind::amount;
        if ((behaviour.model == takeup::Model::logit || behaviour.model == takeup::Model::probit) &&
            behaviour.form == takeup::AmountForm::none)
          behaviour.form = takeup::AmountForm::log;
        break;
      case TargetSets::gateway: {
        out.kind = ParameterKind::gateway;
        const auto same = [&](const takeup::Gateway& gateway) { return gateway.benefit == target.gateway; };
        const auto found = std::find_if(behaviour.gateways.begin(), behaviour.gateways.end(), same);
        out.places = {static_cast<std::size_t>(found - behaviour.gateways.begin())};
        if (found == behaviour.gateways.end()) behaviour.gateways.push_back({target.gateway, 0.0});
        break;
      }
      case TargetSets::persistence:
        out.kind = ParameterKind::persistence;
        break;
    }
    return out;
  }

  const TakeUpTargets& targets_;
  const law::Law& law_;
  CalibrationPlan plan_;
};

}  // namespace

CalibrationPlan plan_calibration(const Scenario& scenario, const TakeUpTargets& targets, const law::Law& law) {
  return Planner(scenario, targets, law).plan();
}

}  // namespace labacces::scenario
