#include "libsim/takeup/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/takeup/calibration_parameter.hpp"

namespace labacces::takeup {
namespace {

constexpr double nearly = 1e-7;       // of a share, or of the target where it is a total or a mean
constexpr double good_enough = 2e-5;  // what rounded parameters may leave
constexpr int most_rounds = 400, most_steps = 80, most_rounds_without_gain = 10;
constexpr double widest_step = 4.0;        // of a coefficient in one round, where a target is out of reach as yet
constexpr double smallest_decimal = 1e-6;  // of a parameter as written
constexpr double finest = 1e-8, finest_persistence = 5e-5, near_enough = 1e-4;  // steps of a parameter that matter

std::string shown(const ClaimTarget& target, double value) {
  if (std::isnan(value)) return "nothing";
  if (target.measure == ClaimMeasure::out_share) return fixed(100.0 * value, 2) + " %";
  return grouped(value, std::abs(value) < 1000.0 ? 2 : 0) + (target.measure == ClaimMeasure::takers ? "" : " EUR");
}

const char* what(const ClaimTarget& target) {
  switch (target.measure) {
    case ClaimMeasure::out_share:
      return "a rate of non-take-up of ";
    case ClaimMeasure::takers:
      return "takers: ";
    case ClaimMeasure::euros:
      return "paid a month: ";
    case ClaimMeasure::mean_paid:
      return "a mean amount paid of ";
    case ClaimMeasure::mean_unclaimed:
      return "a mean amount unclaimed of ";
  }
  return "";
}

const char* name_of(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::intercept:
      return "no intercept";
    case ParameterKind::cells:
      return "no value of its cell";
    case ParameterKind::amount:
      return "no coefficient of the amount";
    case ParameterKind::gateway:
      return "no effect of the gateway";
    case ParameterKind::persistence:
      return "no persistence";
  }
  return "";
}

/// The share of the target's cell by which a value misses it.
double miss(const ClaimTarget& target, double value) {
  const double scale = target.measure == ClaimMeasure::out_share ? 1.0 : std::max(std::abs(target.value), 1.0);
  return (value - target.value) / scale;
}

/// What one unit weighs where targets are met by draws: they cannot be met more finely.
double grain(const CalibrationTask& task, const ClaimTarget& target) {
  const double all = target.measure == ClaimMeasure::out_share ? [&] {
    double sum = 0.0;
    for (std::size_t i = 0; i < task.units.size(); ++i) sum += target.in[i] != 0 ? task.units.weights[i] : 0.0;
    return sum;
  }() : std::max(target.value, 1.0);
  double largest = 0.0;
  for (std::size_t i = 0; i < task.units.size(); ++i) {
    if (target.in[i] == 0) continue;
    const bool heads = target.measure == ClaimMeasure::out_share || target.measure == ClaimMeasure::takers;
    const double size =
        heads ? (target.in_persons ? task.units.persons[i] : 1.0) : task.units.rights[(i + 1) * task.units.months - 1];
    largest = std::max(largest, task.units.weights[i] * size);
  }
  return all > 0.0 ? largest / all : 0.0;
}

/// One parameter moved until `value` of its target is the one wanted; a value that falls or rises with it, in steps or not.
struct Root {
  double at = 0.0;
  bool found = false;
  double low_value = 0.0, high_value = 0.0;  ///< at the ends that were tried
};

template <typename Value>
Root find_root(const Value& miss_at, double start, SearchRange range, double first_step, double close,
               double smallest_step = finest) {
  Root out{start, true, 0.0, 0.0};
  const double at_start = miss_at(start);
  if (std::abs(at_start) <= close) return out;
  double low = start, high = start, f_low = at_start, f_high = at_start;
  const auto opposite = [](double a, double b) { return (a <= 0.0 && b >= 0.0) || (a >= 0.0 && b <= 0.0); };
  double step = first_step;
  // NaN: nobody to divide by there; the bracket does not grow over it.
  while (!opposite(f_low, f_high) && (low > range.low || high < range.high)) {
    const double next_low = std::max(range.low, low - step), next_high = std::min(range.high, high + step);
    const double up = next_high > high ? miss_at(next_high) : f_high;
    if (opposite(f_high, up)) {
      low = high, f_low = f_high, high = next_high, f_high = up;
      break;
    }
    const double down = next_low < low ? miss_at(next_low) : f_low;
    if (opposite(down, f_low)) {
      high = low, f_high = f_low, low = next_low, f_low = down;
      break;
    }
    low = next_low, high = next_high;
    if (!std::isnan(down)) f_low = down;
    if (!std::isnan(up)) f_high = up;
    step *= 2.0;
  }
  if (!opposite(f_low, f_high)) return {std::abs(f_low) < std::abs(f_high) ? low : high, false, f_low, f_high};
  for (int i = 0; i < most_steps && f_low != 0.0 && f_high != 0.0 && high - low > smallest_step * std::max(1.0, std::abs(low));
       ++i) {
    double at = low - f_low * (high - low) / (f_high - f_low);
    const double edge = 0.02 * (high - low);
    if (i % 3 == 2 || !(at > low + edge && at < high - edge)) {
      at = std::clamp(at, low + edge, high - edge);
      if (i % 3 == 2 || std::isnan(at)) at = low + 0.5 * (high - low);
    }
    const double f = miss_at(at);
    if (std::abs(f) <= close) return {at, true, f_low, f_high};
    (opposite(f_low, f) ? high : low) = at;
    (at == high ? f_high : f_low) = f;
  }
  out.at = std::abs(f_low) <= std::abs(f_high) ? low : high;
  return out;
}

class Solver {
 public:
  Solver(const CalibrationTask& task, Behaviour behaviour) : task_(task), behaviour_(std::move(behaviour)) {
    SIM_CHECK(task.targets.size() == task.parameters.size(), "each target sets a parameter");
    for (const ClaimTarget& target : task.targets) grains_.push_back(grain(task, target));
    for (const ParameterToSet& parameter : task.parameters) {
      if (parameter.kind == ParameterKind::persistence) persistence_ = &parameter;
      if (parameter.kind == ParameterKind::amount) amount_ = &parameter;
    }
  }

  Behaviour solve() {
    for (const ParameterToSet& parameter : task_.parameters) check(parameter);
    for (const ParameterToSet& parameter : task_.parameters)
      set_parameter(behaviour_, parameter, search_start(behaviour_.model, parameter.kind));
    if (persistence_ != nullptr) {
      solve_persistence();
    } else {
      solve_amount();
    }
    for (const ParameterToSet& parameter : task_.parameters) verify(parameter);
    return behaviour_;
  }

 private:
  const ClaimTarget& target_of(const ParameterToSet& parameter) const { return task_.targets[parameter.target]; }
  double miss_of(const ParameterToSet& parameter) const {
    const ClaimTarget& target = target_of(parameter);
    return miss(target, value_of(task_, behaviour_, target));
  }
  [[noreturn]] void refuse(const ParameterToSet& parameter, const std::string& why) const {
    const ClaimTarget& target = target_of(parameter);
    throw Error(target.name + ": " + what(target) + shown(target, target.value) + ": " + why);
  }

  /// Whether it is met by draws, in steps of one unit.
  bool is_drawn(const ClaimTarget& target) const {
    const bool by_window = target.window != ClaimWindow::month && !(task_.one_decision && behaviour_.persistence >= 1.0);
    return task_.realised || !task_.luck_is_independent || by_window;
  }
  /// As near to its target as the turns bring a parameter.
  double close_to(const ParameterToSet& parameter) const {
    const ClaimTarget& target = target_of(parameter);
    return is_drawn(target) ? grains_[parameter.target] / static_cast<double>(task_.units.draws) : nearly;
  }
  void check(const ParameterToSet& parameter) const;
  void check_euros(const ParameterToSet& parameter, double paid) const;
  void verify(const ParameterToSet& parameter) const;
  Root move(const ParameterToSet& parameter, double start, double step);
  void round(const ParameterToSet& parameter);
  void solve_inner();
  void solve_amount();
  void solve_persistence();

  const CalibrationTask& task_;
  Behaviour behaviour_;
  std::vector<double> grains_;  // of each target
  const ParameterToSet *persistence_ = nullptr, *amount_ = nullptr;
};

/// Of all units in the target's cell: heads and euros, were everything claimed.
UnitShare at_full_take_up(const CalibrationTask& task, const ClaimTarget& target, ClaimMeasure measure) {
  ClaimTarget whole = target;
  whole.measure = measure;
  const std::vector<double> claims(task.units.months, 1.0);
  UnitShare sum;
  const std::size_t draws = target.in.size() / std::max<std::size_t>(task.units.size(), 1);
  for (std::size_t i = 0; i < target.in.size(); ++i) {
    if (target.in[i] == 0) continue;
    const std::size_t unit = i % task.units.size();
    const UnitShare one = share_of_unit(whole, std::span(task.units.rights).subspan(unit * task.units.months, task.units.months),
                                        claims, task.units.persons[unit]);
    sum.numerator += task.units.weights[unit] * one.numerator / static_cast<double>(draws);
    sum.denominator += task.units.weights[unit] * one.denominator / static_cast<double>(draws);
  }
  return sum;
}

/// What is out of reach whatever the parameter.
void Solver::check(const ParameterToSet& parameter) const {
  const ClaimTarget& target = target_of(parameter);
  if (!search_range(behaviour_.model, parameter.kind)) {
    refuse(
        parameter,
        "a rate that does not depend on the amount has no coefficient to set; give the benefit a logit, a probit or a threshold");
  }
  const bool month = target.window == ClaimWindow::month;
  const double heads = at_full_take_up(task_, target, month ? ClaimMeasure::takers : ClaimMeasure::out_share).denominator;
  if (!(heads > 0.0)) refuse(parameter, "nobody in the population has the right there");
  if (target.measure == ClaimMeasure::takers && target.value > heads)
    refuse(parameter, "more than have the right (" + grouped(heads, 0) + ")");
  if (target.measure == ClaimMeasure::euros) {
    const double euros = at_full_take_up(task_, target, ClaimMeasure::euros).numerator;
    if (target.value > euros) refuse(parameter, "more than all rights together (" + grouped(euros, 0) + " EUR)");
    check_euros(parameter, target.value);
  }
}

/// Takers whose number is set cannot be paid less than the smallest rights of so many, nor more than the largest.
void Solver::check_euros(const ParameterToSet& parameter, double paid) const {
  const ClaimTarget& target = target_of(parameter);
  for (const ClaimTarget& heads : task_.targets) {
    const bool same = heads.in == target.in && heads.window == ClaimWindow::month && !heads.in_persons &&
                      target.in.size() == task_.units.size();
    if (!same || (heads.measure != ClaimMeasure::takers && heads.measure != ClaimMeasure::out_share)) continue;
    std::vector<std::pair<double, double>> rights;  // right, weight
    double eligible = 0.0, all = 0.0;
    for (std::size_t unit = 0; unit < task_.units.size(); ++unit) {
      const double right = task_.units.rights[(unit + 1) * task_.units.months - 1];
      if (target.in[unit] == 0 || !(right > 0.0)) continue;
      rights.emplace_back(right, task_.units.weights[unit]);
      eligible += task_.units.weights[unit];
      all += right * task_.units.weights[unit];
    }
    std::sort(rights.begin(), rights.end());
    const auto smallest = [&](double count) {
      double sum = 0.0;
      for (const auto& [right, weight] : rights) {
        const double taken = std::min(weight, count);
        sum += taken * right;
        count -= taken;
      }
      return sum;
    };
    const double takers = heads.measure == ClaimMeasure::takers ? heads.value : (1.0 - heads.value) * eligible;
    const double low = smallest(takers), high = all - smallest(eligible - takers);
    if (paid < low || paid > high) {
      refuse(parameter, "does not go with the " + grouped(takers, 0) + " takers of " + heads.name + ", who can be paid from " +
                            grouped(low, 0) + " to " + grouped(high, 0) + " EUR");
    }
  }
}

Root Solver::move(const ParameterToSet& parameter, double start, double step) {
  const SearchRange range = *search_range(behaviour_.model, parameter.kind);
  const Root root = find_root(
      [&](double at) {
        set_parameter(behaviour_, parameter, at);
        return miss_of(parameter);
      },
      start, range, step, 0.1 * close_to(parameter));
  set_parameter(behaviour_, parameter, root.found ? root.at : std::clamp(root.at, start - widest_step, start + widest_step));
  return root;
}

/// Intercepts, cells and gateways in turns: as raking, each round brings all nearer.
void Solver::solve_inner() {
  std::vector<const ParameterToSet*> inner;
  for (const ParameterToSet& parameter : task_.parameters) {
    if (&parameter != persistence_ && &parameter != amount_) inner.push_back(&parameter);
  }
  const auto scale = [&](const ParameterToSet& parameter) {
    const double value = parameter_value(behaviour_, parameter);
    return behaviour_.model == Model::threshold && parameter.kind == ParameterKind::intercept ? -std::log(value) : value;
  };
  const bool any_drawn =
      std::any_of(inner.begin(), inner.end(), [&](const auto* parameter) { return is_drawn(target_of(*parameter)); });
  double best = std::numeric_limits<double>::infinity();
  int stuck = 0;
  for (int round = 0; round < most_rounds; ++round) {
    double moved = 0.0;
    for (const ParameterToSet* parameter : inner) {
      const double before = scale(*parameter);
      move(*parameter, before, round == 0 ? 1.0 : 0.05);
      moved = std::max(moved, std::abs(scale(*parameter) - before));
    }
    if (inner.size() < 2 || moved < finest) return;
    double worst = 0.0;
    for (const ParameterToSet* parameter : inner) worst = std::max(worst, std::abs(miss_of(*parameter)) / close_to(*parameter));
    if (worst < 1.0) return;
    // Steps of one unit may turn in a circle.
    stuck = worst < best || !any_drawn ? 0 : stuck + 1;
    best = std::min(best, worst);
    if (stuck == most_rounds_without_gain) return;
  }
}

void Solver::solve_amount() {
  if (amount_ == nullptr) {
    solve_inner();
  } else {
    const auto value_at = [&](double at) {
      set_parameter(behaviour_, *amount_, at);
      solve_inner();
      return miss_of(*amount_);
    };
    const Root root = find_root(value_at, 0.0, *search_range(behaviour_.model, ParameterKind::amount), 0.5, close_to(*amount_));
    if (!root.found) {
      const ClaimTarget& target = target_of(*amount_);
      const auto value = [&](double missed) {
        return missed * (target.measure == ClaimMeasure::out_share ? 1.0 : std::max(std::abs(target.value), 1.0)) + target.value;
      };
      refuse(*amount_, std::string(name_of(ParameterKind::amount)) + " reaches it with the other targets met: it goes from " +
                           shown(target, value(root.low_value)) + " to " + shown(target, value(root.high_value)));
    }
    set_parameter(behaviour_, *amount_, root.at);
    round_parameter(behaviour_, *amount_);
    solve_inner();
  }
  for (const ParameterToSet& parameter : task_.parameters) round(parameter);
}

/// Rounded; where draws meet the target a root lies at the step of a unit, so to the side that keeps it nearest.
void Solver::round(const ParameterToSet& parameter) {
  const Behaviour exact = behaviour_;
  round_parameter(behaviour_, parameter);
  if (!is_drawn(target_of(parameter)) || behaviour_.model == Model::threshold) return;
  Behaviour best = behaviour_;
  double least = std::abs(miss_of(parameter));
  for (const double aside : {-smallest_decimal, smallest_decimal}) {
    behaviour_ = exact;
    set_parameter(behaviour_, parameter, parameter_value(exact, parameter) + aside);
    round_parameter(behaviour_, parameter);
    const double now = std::abs(miss_of(parameter));
    if (now < least) {
      least = now;
      best = behaviour_;
    }
  }
  behaviour_ = best;
}

void Solver::solve_persistence() {
  const auto miss_at = [&](double at) {
    behaviour_.persistence = at;
    solve_amount();
    return miss_of(*persistence_);
  };
  const ClaimTarget& target = target_of(*persistence_);
  const Root root = find_root(miss_at, 0.98, {0.0, 1.0}, 0.02, near_enough, finest_persistence);
  if (!root.found) {
    const double lowest = miss_at(0.0) + target.value, highest = miss_at(1.0) + target.value;
    refuse(*persistence_, "no persistence reaches it with the other targets met: it goes from " + shown(target, lowest) +
                              " (0) to " + shown(target, highest) + " (1)");
  }
  behaviour_.persistence = root.at;
  round_parameter(behaviour_, *persistence_);
  solve_amount();
}

/// What was found, against what was asked.
void Solver::verify(const ParameterToSet& parameter) const {
  const ClaimTarget& target = target_of(parameter);
  const double found = value_of(task_, behaviour_, target);
  const double step = is_drawn(target) ? 2.0 * grains_[parameter.target] : 0.0;
  const double allowed = parameter.kind == ParameterKind::persistence ? 2e-3 + step : good_enough + step;
  if (std::abs(miss(target, found)) <= allowed) return;
  Behaviour other = behaviour_;
  std::string reach;
  const SearchRange range = *search_range(behaviour_.model, parameter.kind);
  double values[2];
  for (int end = 0; end < 2; ++end) {
    set_parameter(other, parameter, end == 0 ? range.low : range.high);
    values[end] = value_of(task_, other, target);
  }
  std::sort(values, values + 2);
  if (target.value <= values[0] || target.value >= values[1]) {
    refuse(parameter, std::string(name_of(parameter.kind)) + " reaches it: it goes from " + shown(target, values[0]) + " to " +
                          shown(target, values[1]));
  }
  refuse(parameter,
         "it does not go with the other targets of the benefit: with them met as nearly as can be it is " + shown(target, found));
}

}  // namespace

Behaviour calibrated(const CalibrationTask& task, const Behaviour& behaviour) { return Solver(task, behaviour).solve(); }

}  // namespace labacces::takeup
