// Several laws x months x variables asked -> one Graph.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "libsim/base/date.hpp"
#include "libsim/law/law.hpp"
#include "libsim/plan/graph.hpp"
#include "libsim/population/population.hpp"

namespace labacces::plan {

/// One variable in one period, by name. A monthly variable asked for a year is the sum of its twelve months when it is a flow
/// (EUR/month), else an Error.
struct Request {
  std::string variable;
  Period period;
};

/// Builds the graph of all requests for all laws (scenario i = laws[i]); outputs are in the order (law, request).
/// Values that the data give for a rule replace it, unit by unit and month by month.
/// Throws Error: unknown variable (nearest name); a rule not in force (names rule, date, nearest version); and, all at once, every
/// input that is needed, has no default and is missing in the data (variable, period, first unit).
Graph build_graph(std::span<const law::Law* const> laws, std::span<const Request> requests, const Population& population);

}  // namespace labacces::plan
