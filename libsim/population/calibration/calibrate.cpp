#include "libsim/population/calibration/calibrate.hpp"

#include <algorithm>
#include <cmath>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/calibration/conflicts.hpp"
#include "libsim/population/calibration/newton.hpp"

namespace labacces::calibration {
namespace {

void check_weights(const Margins& margins, std::span<const double> weights) {
  if (weights.size() != margins.units())
    throw Error("calibration: " + std::to_string(margins.units()) + " units, but " + std::to_string(weights.size()) + " weights");
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!std::isfinite(weights[i]) || weights[i] < 0.0)
      throw Error("calibration: the weight of unit " + std::to_string(i + 1) + " is " + shortest(weights[i]) +
                  "; none may be negative");
  }
}

[[noreturn]] void tell_conflict(const Margins& margins, const std::vector<std::uint32_t>& conflict, const Distance& distance) {
  std::vector<std::string> parts;
  for (const std::uint32_t margin : conflict)
    parts.push_back("'" + margins.margins()[margin].name + "' (" + shortest(margins.margins()[margin].total) + ")");
  const std::string bounds = std::isfinite(distance.upper()) ? " between " + shortest(distance.lower()) + " and " +
                                                                   shortest(distance.upper()) + " times the given ones"
                                                             : "";
  throw Error("calibration: no weights" + bounds + " were found that meet these margins together: " + join(parts, ", ") +
              "; without any one of them there are some");
}

}  // namespace

Calibrated calibrate(const Margins& margins, std::span<const double> weights, const Options& options) {
  const Distance distance(options.method, options.lower, options.upper);
  check_weights(margins, weights);
  const std::vector<std::uint32_t> asked = independent_margins(margins, weights);
  check_reach(margins, weights, distance);
  const NewtonOptions newton{options.tolerance, options.most_steps, options.threads};
  const NewtonResult found = solve(margins, weights, asked, distance, newton);
  if (!found.met) tell_conflict(margins, conflict_among(margins, weights, asked, distance, newton), distance);

  Calibrated out;
  out.steps = found.steps;
  out.weights.resize(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i) out.weights[i] = weights[i] * found.ratios[i];
  out.achieved = totals(margins, out.weights, options.threads);
  for (std::size_t i = 0; i < margins.count(); ++i) {
    const double total = margins.margins()[i].total;
    const double error = std::abs(out.achieved[i] - total);
    out.largest_error = std::max(out.largest_error, total == 0.0 ? error : error / std::abs(total));
  }
  return out;
}

std::vector<Calibrated> calibrate_replicates(const Margins& margins, const std::vector<std::vector<double>>& replicates,
                                             const Options& options) {
  std::vector<Calibrated> out;
  out.reserve(replicates.size());
  for (const std::vector<double>& weights : replicates) out.push_back(calibrate(margins, weights, options));
  return out;
}

}  // namespace labacces::calibration
