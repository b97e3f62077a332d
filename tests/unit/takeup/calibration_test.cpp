#include "libsim/takeup/calibration.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "libsim/base/error.hpp"
#include "libsim/base/random.hpp"
#include "libsim/takeup/draw.hpp"

namespace labacces::takeup {
namespace {

constexpr std::size_t count = 1000;

/// Units with rights of 20 to 1,000 EUR, weights of 1 to 3, one to four persons; every third is an owner; one in five has no right before the last quarter.
CalibrationTask task_of(std::size_t months = 1) {
  CalibrationTask task;
  ClaimingUnits& units = task.units;
  units.months = months;
  const Stream stream(7, "units");
  for (std::size_t i = 0; i < count; ++i) {
    units.weights.push_back(1.0 + 2.0 * stream.uniform(i, 0));
    units.persons.push_back(1.0 + std::floor(4.0 * stream.uniform(i, 1)));
    const double right = 20.0 + 980.0 * stream.uniform(i, 2);
    for (std::size_t month = 0; month < months; ++month) units.rights.push_back(i % 5 == 0 && month + 3 < months ? 0.0 : right);
    units.months_with_right.push_back(static_cast<double>(months));
  }
  return task;
}

void add_trait(CalibrationTask& task) {
  for (std::size_t i = 0; i < count; ++i) task.units.traits.push_back(i % 3 == 0 ? 1.0 : 0.0);
}

std::vector<std::uint8_t> everyone() { return std::vector<std::uint8_t>(count, 1); }
std::vector<std::uint8_t> owners() {
  std::vector<std::uint8_t> in(count);
  for (std::size_t i = 0; i < count; ++i) in[i] = i % 3 == 0 ? 1 : 0;
  return in;
}

ClaimTarget target(ClaimMeasure measure, double value, std::vector<std::uint8_t> in = everyone(),
                   ClaimWindow window = ClaimWindow::month) {
  ClaimTarget out;
  out.name = "targets/" + std::to_string(static_cast<int>(measure));
  out.measure = measure;
  out.window = window;
  out.value = value;
  out.in = std::move(in);
  return out;
}

void ask(CalibrationTask& task, ParameterKind kind, ClaimTarget one, std::vector<std::size_t> places = {}) {
  task.parameters.push_back({kind, std::move(places), task.targets.size()});
  task.targets.push_back(std::move(one));
}

Behaviour choice(Model model = Model::logit) {
  Behaviour behaviour;
  behaviour.benefit = "b";
  behaviour.model = model;
  return behaviour;
}

/// Draws of the luck of claiming, by the keys that a run uses.
LuckAt luck_of(std::size_t months, std::size_t draws) {
  const auto known = std::make_shared<std::pair<double, std::shared_ptr<const std::vector<double>>>>(-1.0, nullptr);
  return [months, draws, known](double persistence) {
    if (known->second != nullptr && known->first == persistence) return known->second;
    const auto luck = std::make_shared<std::vector<double>>();
    const double of_benefit[] = {persistence};
    for (std::size_t draw = 0; draw < draws; ++draw) {
      const LatentLuck latent(draw + 1, {"b"}, {}, of_benefit);
      for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t month = 0; month < months; ++month)
          luck->push_back(latent.uniform(0, 1000 + i, Month::of(2025, 1) + static_cast<int>(month)));
      }
    }
    *known = {persistence, luck};
    return known->second;
  };
}

std::string message_of(const CalibrationTask& task, const Behaviour& behaviour) {
  try {
    calibrated(task, behaviour);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

void expect_met(const CalibrationTask& task, const Behaviour& behaviour, double tolerance = 2e-5) {
  for (const ClaimTarget& one : task.targets) {
    const double scale = one.measure == ClaimMeasure::out_share ? 1.0 : one.value;
    EXPECT_NEAR(value_of(task, behaviour, one) / scale, one.value / scale, tolerance) << one.name;
  }
}

// Figures of known parameters are given as targets: the parameters come back.
TEST(Calibration, known_intercept_trait_and_slope_come_back_from_the_figures_that_they_give) {
  for (const Model model : {Model::logit, Model::probit}) {
    for (const AmountForm form : {AmountForm::log, AmountForm::level}) {
      CalibrationTask task = task_of();
      add_trait(task);
      Behaviour known = choice(model);
      known.intercept = form == AmountForm::log ? -2.5 : -0.7;
      known.form = form;
      known.amount = form == AmountForm::log ? 0.6 : 0.3;
      known.traits = {{"owner", "", -0.9}};
      ask(task, ParameterKind::intercept, target(ClaimMeasure::takers, value_of(task, known, target(ClaimMeasure::takers, 0.0))));
      ask(task, ParameterKind::amount, target(ClaimMeasure::euros, value_of(task, known, target(ClaimMeasure::euros, 0.0))));
      ask(task, ParameterKind::cells,
          target(ClaimMeasure::out_share, value_of(task, known, target(ClaimMeasure::out_share, 0.0, owners())), owners()), {0});
      Behaviour start = known;
      start.intercept = 5.0;
      start.amount = -3.0;
      start.traits[0].coefficient = 7.0;
      const Behaviour found = calibrated(task, start);
      EXPECT_NEAR(found.intercept, known.intercept, 1e-3);
      EXPECT_NEAR(found.amount, known.amount, 2e-4);
      EXPECT_NEAR(found.traits[0].coefficient, known.traits[0].coefficient, 1e-4);
      expect_met(task, found);
      EXPECT_EQ(found, calibrated(task, known)) << "what the parameters were before does not matter";
    }
  }
}

TEST(Calibration, known_cost_and_spread_come_back) {
  CalibrationTask task = task_of();
  Behaviour known = choice(Model::threshold);
  known.cost = 900.0;
  known.spread = 1.4;
  ask(task, ParameterKind::intercept,
      target(ClaimMeasure::out_share, value_of(task, known, target(ClaimMeasure::out_share, 0.0))));
  ask(task, ParameterKind::amount,
      target(ClaimMeasure::mean_unclaimed, value_of(task, known, target(ClaimMeasure::mean_unclaimed, 0.0))));
  Behaviour start = known;
  start.cost = 1.0;
  start.spread = 0.1;
  const Behaviour found = calibrated(task, start);
  EXPECT_NEAR(found.cost, known.cost, 1.0);
  EXPECT_NEAR(found.spread, known.spread, 2e-3);
}

TEST(Calibration, rates_and_rates_of_cells_are_met) {
  CalibrationTask task = task_of();
  for (std::size_t i = 0; i < count; ++i) task.units.cells.push_back(i % 3 == 0 ? 1.0 : 0.0);
  Behaviour behaviour = choice(Model::rate);
  behaviour.cells = {{"owner", "yes", 0.1}};
  ask(task, ParameterKind::intercept, target(ClaimMeasure::out_share, 0.34));
  ask(task, ParameterKind::cells, target(ClaimMeasure::out_share, 0.61, owners()), {0});
  expect_met(task, calibrated(task, behaviour));
}

TEST(Calibration, who_is_seen_to_receive_counts_and_the_rest_is_drawn) {
  CalibrationTask task = task_of();
  for (std::size_t i = 0; i < count; ++i) task.units.received.push_back(i % 2 == 0 ? 1 : 0);
  Behaviour behaviour = choice(Model::observed);
  ask(task, ParameterKind::intercept, target(ClaimMeasure::out_share, 0.3));
  const Behaviour found = calibrated(task, behaviour);
  expect_met(task, found);
  EXPECT_NEAR(found.rate, 0.4, 0.03);
  task.targets[0].value = 0.7;
  EXPECT_NE(message_of(task, behaviour).find("no intercept reaches it: it goes from 0.00 % to 5"), std::string::npos)
      << message_of(task, behaviour);
}

TEST(Calibration, a_figure_moves_one_way_with_its_parameter) {
  CalibrationTask task = task_of();
  Behaviour behaviour = choice();
  behaviour.form = AmountForm::log;
  behaviour.amount = 0.5;
  double takers = -1.0, euros = -1.0;
  for (double intercept = -8.0; intercept <= 8.0; intercept += 0.5) {
    behaviour.intercept = intercept;
    const double now = value_of(task, behaviour, target(ClaimMeasure::takers, 0.0)),
                 paid = value_of(task, behaviour, target(ClaimMeasure::euros, 0.0));
    EXPECT_GT(now, takers);
    EXPECT_GT(paid, euros);
    takers = now, euros = paid;
  }
  // A steeper slope with the same number of takers pays more.
  task.parameters.clear();
  ask(task, ParameterKind::intercept, target(ClaimMeasure::out_share, 0.4));
  double before = 0.0;
  for (double slope = -2.0; slope <= 2.0; slope += 0.5) {
    behaviour.amount = slope;
    const double paid = value_of(task, calibrated(task, behaviour), target(ClaimMeasure::euros, 0.0));
    EXPECT_GT(paid, before);
    before = paid;
  }
}

TEST(Calibration, persons_are_counted_where_they_are_asked) {
  CalibrationTask task = task_of();
  for (std::size_t i = 0; i < count; ++i) task.units.traits.push_back(task.units.persons[i]);
  Behaviour behaviour = choice();
  behaviour.traits = {{"persons", "", 0.8}};
  ClaimTarget persons = target(ClaimMeasure::out_share, 0.25);
  persons.in_persons = true;
  ask(task, ParameterKind::intercept, persons);
  const Behaviour found = calibrated(task, behaviour);
  expect_met(task, found);
  EXPECT_GT(value_of(task, found, target(ClaimMeasure::out_share, 0.0)), 0.26);
}

TEST(Calibration, the_draw_itself_meets_the_target_where_that_is_asked) {
  CalibrationTask task = task_of();
  task.realised = true;
  task.units.draws = 1;
  task.luck = luck_of(1, 1);
  ask(task, ParameterKind::intercept, target(ClaimMeasure::out_share, 0.34));
  const Behaviour found = calibrated(task, choice());
  EXPECT_NEAR(value_of(task, found, task.targets[0]), 0.34, 3.0 / count);
}

TEST(Calibration, with_one_decision_for_ever_the_formula_is_the_mean_of_the_draws) {
  CalibrationTask task = task_of(9);
  task.units.draws = 200;
  task.luck = luck_of(9, 200);
  Behaviour behaviour = choice();
  behaviour.intercept = 0.4;
  for (const ClaimWindow window : {ClaimWindow::month, ClaimWindow::quarter, ClaimWindow::durable}) {
    ClaimTarget one = target(ClaimMeasure::out_share, 0.0, everyone(), window);
    const double expected = value_of(task, behaviour, one);
    task.realised = true;
    EXPECT_NEAR(value_of(task, behaviour, one), expected, 4.0 * 0.5 / std::sqrt(200.0 * count));
    task.realised = false;
  }
}

TEST(Calibration, persistence_is_found_from_lasting_non_take_up) {
  CalibrationTask task = task_of(9);
  task.units.draws = 4;
  task.luck = luck_of(9, 4);
  Behaviour known = choice();
  known.intercept = 0.2;
  known.persistence = 0.9;
  const ClaimTarget quarter = target(ClaimMeasure::out_share, 0.0, everyone(), ClaimWindow::quarter),
                    durable = target(ClaimMeasure::out_share, 0.0, everyone(), ClaimWindow::durable);
  ask(task, ParameterKind::intercept,
      target(ClaimMeasure::out_share, value_of(task, known, quarter), everyone(), ClaimWindow::quarter));
  ask(task, ParameterKind::persistence,
      target(ClaimMeasure::out_share, value_of(task, known, durable), everyone(), ClaimWindow::durable));
  const Behaviour found = calibrated(task, choice());
  EXPECT_NEAR(found.persistence, 0.9, 0.005);
  EXPECT_NEAR(found.intercept, 0.2, 0.02);
  task.targets[1].value = 0.6;
  EXPECT_NE(message_of(task, choice()).find("no persistence reaches it with the other targets met: it goes from"),
            std::string::npos)
      << message_of(task, choice());
}

TEST(Calibration, what_cannot_be_reached_is_refused_with_the_reach) {
  const auto refused = [](ParameterKind kind, const ClaimTarget& one, const Behaviour& behaviour, const std::string& words) {
    CalibrationTask task = task_of();
    ask(task, ParameterKind::intercept, target(ClaimMeasure::out_share, 0.5));
    if (kind == ParameterKind::intercept) task.parameters.clear(), task.targets.clear();
    ask(task, kind, one);
    const std::string message = message_of(task, behaviour);
    EXPECT_NE(message.find(words), std::string::npos) << message;
  };
  Behaviour slope = choice();
  slope.form = AmountForm::log;
  refused(ParameterKind::intercept, target(ClaimMeasure::takers, 1e6), choice(),
          "targets/1: takers: 1 000 000: more than have the right (");
  refused(ParameterKind::intercept, target(ClaimMeasure::out_share, 0.3, std::vector<std::uint8_t>(count, 0)), choice(),
          "nobody in the population has the right there");
  refused(ParameterKind::amount, target(ClaimMeasure::euros, 1e9), slope, "more than all rights together");
  refused(ParameterKind::amount, target(ClaimMeasure::euros, 1000.0), slope, "does not go with the");
  refused(ParameterKind::amount, target(ClaimMeasure::mean_paid, 990.0), slope,
          "no coefficient of the amount reaches it with the other targets met: it goes from");
  refused(ParameterKind::amount, target(ClaimMeasure::euros, 400000.0), choice(Model::rate),
          "give the benefit a logit, a probit or a threshold");
}

TEST(Calibration, targets_that_contradict_each_other_are_refused) {
  CalibrationTask task = task_of();
  add_trait(task);
  Behaviour behaviour = choice();
  behaviour.traits = {{"owner", "", 0.0}};
  ask(task, ParameterKind::intercept, target(ClaimMeasure::out_share, 0.9));
  ask(task, ParameterKind::cells, target(ClaimMeasure::takers, 1950.0, everyone()), {0});
  EXPECT_NE(message_of(task, behaviour).find("targets/"), std::string::npos);
}

}  // namespace
}  // namespace labacces::takeup
