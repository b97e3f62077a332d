// Several laws x months x variables asked -> one Graph.
#pragma once

#include <cstdint>
#include <functional>
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

/// How the caller takes a decision (Graph::add_decision).
struct Decision {
  std::uint32_t meaning = 0, name = 0;
  std::vector<std::size_t> reads;  ///< outputs, each made before
};

/// A scenario's rights once more, with what is paid of some benefits in place of their rules: month by month, and in a month in the order of
/// `order`, the right of a benefit is worked out from what was paid before, then every unit decides.
struct Resolution {
  std::uint32_t scenario = 0;         ///< of the laws
  std::vector<std::string> order;     ///< benefits that are decided: monthly amounts or yes/no
  std::vector<std::string> benefits;  ///< whose rights are asked; those of the order are among them
  Month first{}, last{};              ///< months in which they are decided; in earlier ones all that is due is paid
  /// The decision on order[place] in first + month.
  std::function<Decision(std::size_t place, std::size_t month)> decide;
};
/// Outputs of a resolution: rights by benefit and month, then decisions (0 or 1) by place in the order and month.
std::size_t output_count(const Resolution& resolution);

/// Builds the graph of all requests for all laws (scenario i = laws[i]); outputs are in the order (law, request).
/// Values that the data give for a rule replace it, unit by unit and month by month.
/// Throws Error: unknown variable (nearest name); a rule not in force (names rule, date, nearest version); and, all at once, every
/// input that is needed, has no default and is missing in the data (variable, period, first unit).
/// Outputs of `resolutions` follow, one after the other; a rule of `order` must not need a later one in the same month (law::SameMonth).
/// Last come the amounts of Graph::assumed, in its order.
Graph build_graph(std::span<const law::Law* const> laws, std::span<const Request> requests, const Population& population,
                  std::span<const Resolution> resolutions = {});

}  // namespace labacces::plan
