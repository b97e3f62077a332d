// The laws of the source tree as the property tests use them: texts, rules in force, random households.
#pragma once

#include <string>
#include <vector>

#include "libsim/law/load_law.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/population/population.hpp"

namespace labacces::property {

/// The embedded files of "france" or "toy".
std::vector<law::LawText> texts_of(const std::string& country);

/// All rules in force: monthly ones in `month` and, when asked, yearly ones in its year.
std::vector<plan::Request> rules_in_force(const law::Law& law, Month month, bool with_years);

/// Random people with sparse amounts: a few of the many kinds of income each, so that means-tested rights are near; `amounts` multiplies them.
Population people_of(const law::Law& law, std::uint64_t seed, int dwellings, double amounts = 1.0, int births_from = 0);

}  // namespace labacces::property
