#include "libsim/takeup/hazard.hpp"

#include <algorithm>

#include "libsim/base/error.hpp"

namespace labacces::takeup {
namespace {

std::string name_of_step(const BaselineSteps& steps, std::size_t step) {
  const std::string first = std::to_string(steps[step]);
  if (step + 1 == steps.size()) return "months " + first + "+";
  const int last = steps[step + 1] - 1;
  return last == steps[step] ? "month " + first : "months " + first + "-" + std::to_string(last);
}

std::size_t step_of(const BaselineSteps& steps, int month) {
  return static_cast<std::size_t>(std::upper_bound(steps.begin(), steps.end(), month) - steps.begin()) - 1;
}

void check_steps(const BaselineSteps& steps) {
  const bool rise = std::adjacent_find(steps.begin(), steps.end(), [](int a, int b) { return a >= b; }) == steps.end();
  if (steps.empty() || steps[0] != 1 || !rise) throw Error("steps of the baseline rise from month 1, such as 1,4,7,13");
}

}  // namespace

Sample months_at_risk(const Sample& spells, const std::vector<int>& months, const BaselineSteps& steps) {
  check_steps(steps);
  if (months.size() != spells.size()) throw Error("there is not one number of months for each spell");
  Sample out;
  out.names = spells.names;
  for (std::size_t step = 1; step < steps.size(); ++step) out.names.push_back(name_of_step(steps, step));
  out.columns.resize(out.names.size());
  std::vector<std::size_t> at_risk(steps.size(), 0), claims(steps.size(), 0);
  for (std::size_t i = 0; i < spells.size(); ++i) {
    if (months[i] < 1)
      throw Error("spell " + std::to_string(i + 1) + " lasts " + std::to_string(months[i]) + " months: at least 1 was expected");
    for (int month = 1; month <= months[i]; ++month) {
      const std::size_t step = step_of(steps, month);
      for (std::size_t j = 0; j < spells.columns.size(); ++j) out.columns[j].push_back(spells.columns[j][i]);
      for (std::size_t s = 1; s < steps.size(); ++s) out.columns[spells.columns.size() + s - 1].push_back(s == step ? 1.0 : 0.0);
      const bool claim = month == months[i] && spells.claims[i] == 1.0;
      out.claims.push_back(claim ? 1.0 : 0.0);
      out.clusters.push_back(spells.clusters.empty() ? i : spells.clusters[i]);
      if (!spells.strata.empty()) out.strata.push_back(spells.strata[i]);
      if (!spells.weights.empty()) out.weights.push_back(spells.weights[i]);
      ++at_risk[step];
      claims[step] += claim ? 1 : 0;
    }
  }
  for (std::size_t step = 0; step < steps.size(); ++step) {
    if (claims[step] > 0) continue;
    throw Error((at_risk[step] == 0 ? "nobody is at risk in " : "nobody claims in ") + name_of_step(steps, step) +
                ": join that step of the baseline with another");
  }
  return out;
}

std::vector<double> claimed_by(const ChoiceFit& fit, const std::vector<double>& covariates, const BaselineSteps& steps,
                               int until) {
  check_steps(steps);
  std::vector<double> out;
  double waiting = 1.0;
  for (int month = 1; month <= until; ++month) {
    std::vector<double> x = covariates;
    for (std::size_t s = 1; s < steps.size(); ++s) x.push_back(s == step_of(steps, month) ? 1.0 : 0.0);
    waiting *= 1.0 - fit.predict(x).value;
    out.push_back(1.0 - waiting);
  }
  return out;
}

}  // namespace labacces::takeup
