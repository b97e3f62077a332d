// labacces bench --ask: how long a population of one's own takes for the variables asked.
#pragma once

#include "tools/command.hpp"
#include "tools/options.hpp"

namespace labacces::tools {

/// Reads the population (--population), computes every --ask NAME@PERIOD on one core, the best of three, and prints times and peak memory as
/// one JSON object. Throws Error: no such variable or period.
Exit bench_asked(const po::variables_map& given);

}  // namespace labacces::tools
