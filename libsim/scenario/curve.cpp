#include "libsim/scenario/curve.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/engine/run.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/population/rewritten.hpp"

namespace labacces::scenario {
namespace {

constexpr double most_points = 100'000.0;
constexpr double months_of_year = 12.0;
constexpr const char* income_rule = "revenu_disponible";
constexpr std::array usual_benefits{"rsa", "ppa", "aide_logement", "aah", "aspa", "asi", "ass", "af", "cf", "asf", "paje_base"};

std::vector<double> axis_of(const CurveAsked& asked) {
  if (!(asked.step > 0.0) || !(asked.to > asked.from) || !std::isfinite(asked.from) || !std::isfinite(asked.to)) {
    throw Error("an axis that rises was expected, found " + shortest(asked.from) + " to " + shortest(asked.to) + " by " +
                shortest(asked.step));
  }
  const double steps = std::floor((asked.to - asked.from) / asked.step + 1e-9);
  if (steps < 1.0 || steps > most_points) {
    throw Error("an axis of 2 to 100 000 points was expected, " + shortest(asked.from) + " to " + shortest(asked.to) + " by " +
                shortest(asked.step) + " has " + shortest(steps + 1.0));
  }
  std::vector<double> axis;
  for (double i = 0.0; i <= steps; i += 1.0) axis.push_back(asked.from + i * asked.step);
  return axis;
}

/// A number: an input, or a rule whose values are given in place of its formula. `option` is how messages name where it was written.
const VariableInfo& number_variable(const Schema& schema, const std::string& name, const std::string& option) {
  const VariableInfo* found = schema.find(name);
  std::vector<std::string> numbers;
  for (const VariableInfo& variable : schema.variables()) {
    if (variable.kind == ValueKind::number) numbers.push_back(variable.name);
  }
  if (found == nullptr) {
    const std::string hint = did_you_mean(name, numbers);
    throw Error(option + ": unknown variable '" + name + "'" + (hint.empty() ? "" : " (" + hint + ")"));
  }
  if (found->kind != ValueKind::number) throw Error(option + ": a number was expected, '" + name + "' is " + found->measure);
  return *found;
}

std::size_t unit_of(const Population& household, Level level, const std::string& entity) {
  const IdList& ids = household.ids(level);
  if (entity.empty()) return 0;
  const auto found = std::find(ids.begin(), ids.end(), entity);
  if (found != ids.end()) return static_cast<std::size_t>(found - ids.begin());
  const std::string hint = did_you_mean(entity, ids);
  throw Error("there is no " + std::string(name_of(level)) + " '" + entity + "'" + (hint.empty() ? "" : "; " + hint));
}

bool is_amount(const law::Variable& variable) {
  return variable.type.kind == ValueKind::number &&
         (variable.type.measure == law::eur_per_month || variable.type.measure == law::eur_per_year);
}

/// A rule as it is asked: in the month, or in its year and then a twelfth of it.
struct AskedLine {
  const law::Variable* variable = nullptr;
  plan::Request request;
  double share = 1.0;
};

AskedLine asked_line(const law::Law& law, const std::string& name, Month month) {
  const auto found = law.find_variable(name);
  if (!found) {
    std::vector<std::string> rules;
    for (const law::Variable& variable : law.variables()) {
      if (!variable.is_input && is_amount(variable)) rules.push_back(variable.name);
    }
    const std::string hint = did_you_mean(name, rules);
    throw Error("the law has no variable '" + name + "'" + (hint.empty() ? "" : "; " + hint));
  }
  const law::Variable& variable = law.variables()[*found];
  if (!is_amount(variable)) throw Error("'" + name + "' is not an amount (EUR/month or EUR/year) but " + variable.measure_text);
  const bool yearly = variable.periodicity == Periodicity::yearly;
  const bool per_year = variable.type.measure == law::eur_per_year;
  return {&variable, {name, yearly ? Period::year(month.year()) : Period::month(month)}, per_year ? 1.0 / months_of_year : 1.0};
}

std::vector<AskedLine> asked_lines(const law::Law& law, const CurveAsked& asked) {
  std::vector<AskedLine> lines;
  for (const std::string& name : asked.outputs) lines.push_back(asked_line(law, name, asked.month));
  if (!asked.outputs.empty()) return lines;
  for (const char* name : usual_benefits) {
    const auto found = law.find_variable(name);
    if (found && !law.variables()[*found].is_input && is_amount(law.variables()[*found]))
      lines.push_back(asked_line(law, name, asked.month));
  }
  if (lines.empty()) throw Error("the law has none of the usual benefits: name the outputs");
  return lines;
}

/// Sums over the units of each copy.
std::vector<double> sums_by_copy(const std::vector<double>& values, std::size_t copies, double share) {
  const std::size_t rows = values.size() / copies;
  std::vector<double> sums(copies, 0.0);
  for (std::size_t i = 0; i < values.size(); ++i) sums[i / rows] += values[i] * share;
  return sums;
}

}  // namespace

Curve curve(const law::Law& law, Population household, const CurveAsked& asked) {
  const std::vector<double> axis = axis_of(asked);
  const Schema schema = law.schema();
  const VariableInfo& vary = number_variable(schema, asked.vary, "--vary");
  const std::size_t unit = unit_of(household, vary.level, asked.entity);
  const std::size_t rows = household.count(vary.level);
  std::vector<AskedLine> lines = asked_lines(law, asked);
  const std::string entity = household.ids(vary.level)[unit];
  const auto base = std::make_shared<const Population>(std::move(household));
  auto copies =
      std::make_shared<const Population>(rewritten(base, vary, axis.size(), [&](std::size_t copy, std::size_t row, double value) {
        return row == unit ? axis[copy] : value;
      }));
  for (const auto& [name, ratio] : asked.also) {
    const VariableInfo& other = number_variable(schema, name, "--also");
    if (other.level != vary.level) {
      throw Error("--also: '" + name + "' is of " + std::string(name_of(other.level)) + ", '" + vary.name + "' of " +
                  std::string(name_of(vary.level)));
    }
    copies = std::make_shared<const Population>(
        rewritten(copies, other, 1, [&, ratio = ratio](std::size_t, std::size_t row, double value) {
          return row % rows == unit ? ratio * axis[row / rows] : value;
        }));
  }

  const auto has_income = law.find_variable(income_rule);
  if (has_income) lines.push_back(asked_line(law, income_rule, asked.month));
  std::vector<plan::Request> requests;
  for (const AskedLine& line : lines) requests.push_back(line.request);
  const law::Law* const laws[] = {&law};
  const plan::Graph graph = plan::build_graph(laws, requests, *copies);
  const std::vector<std::vector<double>> columns = engine::run(plan::schedule(graph), *copies);

  Curve out{vary.name, vary.label, vary.measure, entity, asked.month, axis, {}, {}, {}};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::vector<double> sums = sums_by_copy(columns[i], axis.size(), lines[i].share);
    if (has_income && i + 1 == lines.size()) {
      out.income = std::move(sums);
    } else {
      out.lines.push_back({lines[i].variable->name, lines[i].variable->label, std::move(sums)});
    }
  }
  const law::Variable& varied = law.variables()[*law.find_variable(vary.name)];
  if (out.income.empty() || !is_amount(varied)) return out;
  const double a_month = varied.type.measure == law::eur_per_year ? 1.0 / months_of_year : 1.0;
  for (std::size_t i = 0; i + 1 < axis.size(); ++i) {
    out.marginal_rate.push_back(1.0 - (out.income[i + 1] - out.income[i]) / ((axis[i + 1] - axis[i]) * a_month));
  }
  return out;
}

}  // namespace labacces::scenario
