#include "libsim/scenario/sweep.hpp"

#include <algorithm>
#include <cmath>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"

namespace labacces::scenario {
namespace {

constexpr std::size_t most_points = 400;

double number_of(std::string_view text, std::string_view axis) {
  const auto number = parse_number(trim(text));
  if (!number || !std::isfinite(*number))
    throw Error("--vary " + std::string(axis) + ": a number was expected, found '" + std::string(text) + "'");
  return *number;
}

std::vector<double> range(const std::vector<std::string_view>& parts, std::string_view axis) {
  if (parts.size() != 3) throw Error("--vary " + std::string(axis) + ": FROM:TO:STEP was expected, such as 600:700:25");
  const double from = number_of(parts[0], axis), to = number_of(parts[1], axis), step = number_of(parts[2], axis);
  if (!(step > 0.0) || !(to > from)) throw Error("--vary " + std::string(axis) + ": an axis that rises was expected");
  const double steps = std::floor((to - from) / step + 1e-9);
  if (steps > static_cast<double>(most_points))
    throw Error("--vary " + std::string(axis) + ": at most " + std::to_string(most_points) + " points were expected");
  std::vector<double> values;
  for (double i = 0.0; i <= steps; i += 1.0) values.push_back(from + i * step);
  return values;
}

/// The parameter already has that value from the date on.
bool is_as_it_is(const law::Param& param, Day since, double value) {
  const law::Version<double>* now = nullptr;
  for (const law::Version<double>& version : param.versions) {
    if (version.since <= since) {
      now = &version;
    } else if (version.value != value) {
      return false;
    }
  }
  return now != nullptr && now->value == value;
}

void check_axes(std::vector<SweepAxis>& axes, const law::Law& law) {
  if (axes.empty() || axes.size() > 2) throw Error("one parameter or two were expected: --vary rsa.montant_de_base=600:700:25");
  if (axes.size() == 2 && axes[0].path == axes[1].path) throw Error("--vary: '" + axes[0].path + "' is there twice");
  std::size_t points = 1;
  for (SweepAxis& axis : axes) {
    points *= axis.values.size();
    const auto found = law.find_param(axis.path);
    if (!found) {
      std::vector<std::string> names;
      for (const law::Param& param : law.params()) names.push_back(param.name);
      const std::string hint = did_you_mean(axis.path, names);
      throw Error("--vary: the law has no parameter '" + axis.path + "'" + (hint.empty() ? "" : "; " + hint));
    }
    axis.label = law.params()[*found].label;
    axis.measure = law.params()[*found].measure_text;
  }
  if (points > most_points)
    throw Error("a grid of at most " + std::to_string(most_points) + " points was expected, this one has " +
                std::to_string(points));
}

Scenario at_point(const Scenario& base, const law::Law& law, const SweepAsked& asked, const std::vector<double>& point) {
  Scenario scenario = base;
  scenario.name.clear();
  for (std::size_t a = 0; a < point.size(); ++a) {
    const SweepAxis& axis = asked.axes[a];
    scenario.name += (a == 0 ? "" : ", ") + axis.path + " = " + shortest(point[a]);
    if (is_as_it_is(law.params()[*law.find_param(axis.path)], asked.since, point[a])) continue;
    scenario.reforms.push_back(
        reform_of_parameters("--vary " + axis.path, "axe_" + std::to_string(a + 1), {{axis.path, {{asked.since, point[a]}}}}));
  }
  return scenario;
}

}  // namespace

SweepAxis parse_sweep_axis(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || trim(text.substr(0, equals)).empty()) {
    throw Error("--vary: a parameter and its values were expected, such as rsa.montant_de_base=600:700:25, found '" +
                std::string(text) + "'");
  }
  SweepAxis axis{std::string(trim(text.substr(0, equals))), {}, {}, {}};
  const std::string_view values = text.substr(equals + 1);
  if (values.find(':') != std::string_view::npos) {
    axis.values = range(split(values, ':'), axis.path);
  } else {
    for (const std::string_view value : split(values, ',')) axis.values.push_back(number_of(value, axis.path));
  }
  for (std::size_t i = 1; i < axis.values.size(); ++i) {
    if (!(axis.values[i] > axis.values[i - 1])) throw Error("--vary " + axis.path + ": values that rise were expected");
  }
  return axis;
}

Sweep sweep(const Scenario& scenario, const law::Law& law, const Population& population, const SweepAsked& asked,
            const RunScenarioOptions& options) {
  SweepAsked checked = asked;
  check_axes(checked.axes, law);
  Sweep out{checked.axes, asked.since, {}, {}};
  for (const double first : out.axes[0].values) {
    if (out.axes.size() == 1) out.points.push_back({first});
    for (std::size_t i = 0; out.axes.size() == 2 && i < out.axes[1].values.size(); ++i)
      out.points.push_back({first, out.axes[1].values[i]});
  }
  std::vector<Scenario> scenarios{scenario};
  for (const std::vector<double>& point : out.points) scenarios.push_back(at_point(scenario, law, checked, point));
  std::vector<law::Law> laws;
  laws.reserve(out.points.size());
  std::vector<const law::Law*> seen{&law};
  for (std::size_t i = 1; i < scenarios.size(); ++i)
    seen.push_back(&laws.emplace_back(scenario_law(scenarios[i], asked.extra_files)));
  out.comparison = compare_scenarios(scenarios, seen, population, options);
  return out;
}

}  // namespace labacces::scenario
