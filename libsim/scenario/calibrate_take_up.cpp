#include "libsim/scenario/calibrate_take_up.hpp"

#include <algorithm>
#include <cmath>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/scenario/calibration_units.hpp"

namespace labacces::scenario {
namespace {

using outcomes::QuantityTable;
using takeup::Behaviour;
using takeup::ClaimMeasure;
using takeup::ParameterKind;

/// Take-up of the month, all units.
takeup::ClaimTarget whole_rate(std::size_t units) {
  takeup::ClaimTarget target;
  target.in.assign(units, 1);
  return target;
}

std::string figure_text(const TakeUpTarget& target) {
  const double value = target.as_take_up ? 1.0 - target.value : target.value;
  const std::string window = target.window == takeup::ClaimWindow::month     ? ""
                             : target.window == takeup::ClaimWindow::quarter ? ", quarter"
                                                                             : ", durable";
  return target.measure_text() + " " + shortest(std::nearbyint(value * 1e9) / 1e9) + " (" + target.cell_text() + window +
         (target.in_persons ? ", persons" : "") + ")";
}

std::string name_of(const Behaviour& behaviour, const takeup::ParameterToSet& parameter) {
  const bool rates = behaviour.model == takeup::Model::rate || behaviour.model == takeup::Model::observed;
  const bool threshold = behaviour.model == takeup::Model::threshold;
  switch (parameter.kind) {
    case ParameterKind::intercept:
      return rates ? "rate" : threshold ? "cost" : "intercept";
    case ParameterKind::cells: {
      std::vector<std::string> items;
      std::string variable;
      for (const std::size_t place : parameter.places) {
        variable = rates ? behaviour.cells[place].variable : behaviour.traits[place].variable;
        items.push_back(rates ? behaviour.cells[place].item : behaviour.traits[place].item);
      }
      return (rates ? "rate, " : "trait ") + variable + "=" + join(items, "|");
    }
    case ParameterKind::amount:
      return threshold ? "spread" : "amount";
    case ParameterKind::gateway:
      return "gateway " + behaviour.gateways[parameter.places.front()].benefit;
    case ParameterKind::persistence:
      return "persistence";
  }
  return "";
}

class Calibration {
 public:
  Calibration(const Scenario& scenario, const TakeUpTargets& targets, const std::shared_ptr<const law::Law>& law,
              const std::shared_ptr<const Population>& population, const CalibrateOptions& options)
      : targets_(targets),
        options_(options),
        plan_(plan_calibration(scenario, targets, *law)),
        world_(world_of(law, population)),
        units_(world_, targets, plan_.variables) {}

  TakeUpCalibration run() {
    const Scenario& given = world_->scenario();
    Scenario now = given;
    const auto before = measured(given);
    out_.targets_file = targets_.file;
    out_.targets_name = targets_.name;
    out_.realised = targets_.realised;
    out_.draws = draws();
    out_.synthetic = world_->population().is_synthetic();
    out_.population_source = world_->population().source();
    out_.other_weights = options_.other_weights.size();
    for (std::size_t b = 0; b < given.benefits.size(); ++b) calibrate(b, now);
    const auto after = measured(now);
    for (std::size_t i = 0; i < targets_.targets.size(); ++i) {
      const std::size_t b = benefit_of(targets_.targets[i]);
      const std::vector<std::size_t> of_benefit = targets_of(b, true);
      const auto place = static_cast<std::size_t>(std::find(of_benefit.begin(), of_benefit.end(), i) - of_benefit.begin());
      out_.targets.push_back({targets_.targets[i], before[b][place + 1], after[b][place + 1], sampled_[i]});
    }
    for (std::size_t b = 0; b < given.benefits.size(); ++b) out_.effective.push_back(effective(now, b, after[b][0]));
    out_.scenario = std::move(now);
    return std::move(out_);
  }

 private:
  std::size_t draws() const { return targets_.realised ? 1 : targets_.draws; }
  std::size_t benefit_of(const TakeUpTarget& target) const {
    const std::vector<std::string>& benefits = world_->scenario().benefits;
    return static_cast<std::size_t>(std::find(benefits.begin(), benefits.end(), target.benefit) - benefits.begin());
  }
  std::vector<std::size_t> targets_of(std::size_t benefit, bool held_out_too) const {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < targets_.targets.size(); ++i) {
      if (benefit_of(targets_.targets[i]) == benefit && (held_out_too || !targets_.targets[i].is_held_out())) out.push_back(i);
    }
    return out;
  }

  std::shared_ptr<const MeasuredWorld> world_of(const std::shared_ptr<const law::Law>& law,
                                                const std::shared_ptr<const Population>& population) const {
    if (!plan_.scenario.order.empty())
      throw Error(Location{plan_.scenario.file, 0, 0, "order"},
                  "behaviours are calibrated to rights at full take-up: take 'order' out, and put it back into the scenario that "
                  "is calibrated");
    MeasureOptions options;
    options.living = "";
    options.more_variables = plan_.variables;
    options.threads = options_.threads;
    return std::make_shared<const MeasuredWorld>(plan_.scenario, law, population, options);
  }

  void calibrate(std::size_t benefit, Scenario& now);
  std::vector<std::vector<outcomes::MeasuredFigure>> measured(const Scenario& now);
  QuantityTable table_of(std::size_t benefit, const takeup::CalibrationTask& task, const std::vector<std::size_t>& targets) const;
  EffectiveRate effective(const Scenario& now, std::size_t benefit, const outcomes::MeasuredFigure& out_share) const;

  const TakeUpTargets& targets_;
  const CalibrateOptions& options_;
  CalibrationPlan plan_;
  std::shared_ptr<const MeasuredWorld> world_;
  CalibrationUnits units_;
  std::vector<std::uint64_t> sampled_ = std::vector<std::uint64_t>(targets_.targets.size(), 0);
  TakeUpCalibration out_;
};

void Calibration::calibrate(std::size_t benefit, Scenario& now) {
  const std::vector<std::size_t> set = targets_of(benefit, false);
  if (set.empty()) return;
  takeup::CalibrationTask task = units_.task(now, benefit, set);
  for (std::size_t i = 0; i < set.size(); ++i) {
    task.parameters.push_back(plan_.parameters[set[i]]);
    task.parameters.back().target = i;
  }
  const auto place = std::find_if(now.take_up.begin(), now.take_up.end(),
                                  [&](const Behaviour& one) { return one.benefit == now.benefits[benefit]; });
  const Behaviour before = *place;
  *place = takeup::calibrated(task, before);
  std::vector<std::string> texts;
  for (const std::size_t index : set) {
    const takeup::ParameterToSet& parameter = plan_.parameters[index];
    out_.parameters.push_back({before.benefit, name_of(before, parameter), parameter_value(before, parameter),
                               parameter_value(*place, parameter), index});
    texts.push_back(figure_text(targets_.targets[index]));
  }
  place->calibrated_to = (targets_.name.empty() ? "" : targets_.name + ": ") + join(texts, "; ");
}

/// Quantities 0 and 1 are those of the take-up of all, then two a target.
QuantityTable Calibration::table_of(std::size_t benefit, const takeup::CalibrationTask& task,
                                    const std::vector<std::size_t>& targets) const {
  QuantityTable table;
  table.rows = units_.dwellings(benefit);
  table.quantities = 2 * (targets.size() + 1);
  table.counted = 1;
  for (std::size_t i = 0; i <= targets.size(); ++i) {
    const bool total = i > 0 && is_total(task.targets[i - 1].measure);
    table.figures.push_back({std::to_string(i), "", 2 * i, total ? outcomes::FigureOf::none : 2 * i + 1});
  }
  table.fill = [this, benefit, &task, targets, all = whole_rate(task.units.size()), quantities = table.quantities](
                   const outcomes::Receipts& receipts, std::span<double> values) {
    const std::size_t months = task.units.months;
    std::vector<double> claims(months);
    for (std::size_t unit = 0; unit < task.units.size(); ++unit) {
      for (std::size_t month = 0; month < months; ++month)
        claims[month] = receipts[benefit].received[unit * months + month] > 0.0 ? 1.0 : 0.0;
      const auto rights = std::span(task.units.rights).subspan(unit * months, months);
      const auto put = [&](std::size_t place, const takeup::ClaimTarget& target) {
        const takeup::UnitShare share = share_of_unit(target, rights, claims, task.units.persons[unit]);
        values[unit * quantities + 2 * place] = share.numerator;
        values[unit * quantities + 2 * place + 1] = share.denominator;
      };
      put(0, all);
      for (std::size_t i = 0; i < targets.size(); ++i) {
        if (units_.is_in(targets[i], benefit, unit, receipts)) put(i + 1, task.targets[i]);
      }
    }
  };
  return table;
}

std::vector<std::vector<outcomes::MeasuredFigure>> Calibration::measured(const Scenario& now) {
  const std::size_t benefits = now.benefits.size();
  std::vector<takeup::CalibrationTask> tasks;
  std::vector<QuantityTable> tables;
  tasks.reserve(benefits);
  for (std::size_t b = 0; b < benefits; ++b) {
    const std::vector<std::size_t> targets = targets_of(b, true);
    tasks.push_back(units_.task(now, b, targets));
    tables.push_back(table_of(b, tasks.back(), targets));
    for (std::size_t i = 0; i < targets.size(); ++i) {
      sampled_[targets[i]] = 0;
      for (std::size_t unit = 0; unit < tasks[b].units.size(); ++unit) {
        const auto rights = std::span(tasks[b].units.rights).subspan(unit * tasks[b].units.months, tasks[b].units.months);
        const std::vector<double> half(tasks[b].units.months, 0.5);
        if (tasks[b].targets[i].in[unit] != 0 && share_of_unit(tasks[b].targets[i], rights, half, 1.0).denominator > 0.0)
          ++sampled_[targets[i]];
      }
    }
  }
  const outcomes::SurveyDesign design = design_of(world_->population(), options_.design);
  out_.design = design.description();
  const auto found = measure_tables(
      design, tables, {draws(), 0, true},
      [&](std::size_t, std::size_t replication) { return world_->receipts_of(replicated(now, replication), units_.rows()); },
      options_.threads);
  std::vector<std::vector<outcomes::MeasuredFigure>> out;
  for (const auto& groups : found) out.push_back(groups[0].cells[0].figures);
  return out;
}

EffectiveRate Calibration::effective(const Scenario& now, std::size_t benefit, const outcomes::MeasuredFigure& out_share) const {
  const Behaviour& behaviour = *takeup::find_behaviour(now.take_up, now.benefits[benefit]);
  takeup::CalibrationTask task = units_.task(now, benefit, {});
  const takeup::ClaimTarget target = whole_rate(task.units.size());
  EffectiveRate out;
  out.benefit = behaviour.benefit;
  out.label = world_->variable(behaviour.benefit).label;
  const auto taken = [&] { return 1.0 - value_of(task, behaviour, target); };
  out.expected = taken();
  for (std::size_t unit = 0; unit < task.units.size(); ++unit)
    out.sampled += task.units.rights[(unit + 1) * task.units.months - 1] > 0.0 ? 1U : 0U;
  const std::vector<double> weights = task.units.weights;
  task.units.weights.assign(weights.size(), 1.0);
  out.given =
      behaviour.model == takeup::Model::rate && behaviour.cells.empty() && behaviour.gateways.empty() ? behaviour.rate : taken();
  task.realised = true;
  task.units.draws = 1;
  task.units.weights = weights;
  out.realised = taken();
  out.drawn = out_share.estimate;
  out.drawn.value = 1.0 - out.drawn.value;
  const std::vector<std::uint32_t> dwellings = units_.dwellings(benefit);
  for (std::size_t set = 0; set < options_.other_weights.size(); ++set) {
    for (std::size_t unit = 0; unit < dwellings.size(); ++unit)
      task.units.weights[unit] = options_.other_weights[set][dwellings[unit]];
    const double rate = taken();
    if (std::isnan(rate)) continue;
    out.other_low = set == 0 ? rate : std::min(out.other_low, rate);
    out.other_high = set == 0 ? rate : std::max(out.other_high, rate);
  }
  return out;
}

}  // namespace

TakeUpCalibration calibrate_take_up(const Scenario& scenario, const TakeUpTargets& targets,
                                    const std::shared_ptr<const law::Law>& law,
                                    const std::shared_ptr<const Population>& population, const CalibrateOptions& options) {
  return Calibration(scenario, targets, law, population, options).run();
}

}  // namespace labacces::scenario
