// Which inputs of a law the results asked read, and for which periods.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "libsim/law/law.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/population/check/check_population.hpp"

namespace labacces::plan {

/// One input, or one rule whose values the data will give.
struct InputRead {
  std::uint32_t variable = 0;        ///< index in Law::variables()
  std::int32_t first = 0, last = 0;  ///< Month::index, or years of a yearly variable; 0 when it is eternal
  std::vector<std::string> read_by;  ///< the variables asked that read it, in the order asked
};

/// Every input that some household may need for the requests, whatever the values of the others: both sides of each condition count,
/// versions not in force do not. `given` names rules that the data will have: what only they read is left out, and those that are read are
/// in the list. In the order of the law. Throws Error as build_graph does, and for a name in `given` that the law does not know.
std::vector<InputRead> inputs_read(const law::Law& law, std::span<const Request> requests,
                                   std::span<const std::string> given = {});

/// Requests for the variables in a month, those of yearly ones for its year. A name that is no variable is left to whoever reads them.
std::vector<Request> requests_in(const Schema& schema, std::span<const std::string> variables, Month month);

/// The same for results asked of a population in a month: rules for which it holds values replace what is under them.
std::vector<NeededInput> inputs_needed(const law::Law& law, const Schema& schema, std::span<const std::string> outputs,
                                       Month month, const Population& population);

/// A sentence for the gaps of the same periods.
std::vector<std::string> gaps_told(std::span<const Gap> gaps);

}  // namespace labacces::plan
