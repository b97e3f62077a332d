// One case of the law, run: which of the values it expects agree, or why it was not run.
#pragma once

#include <string>
#include <vector>

#include "libsim/base/date.hpp"
#include "libsim/law/law.hpp"
#include "tools/law_cases.hpp"

namespace labacces::tools {

/// Why a case was not run.
enum class Skip { none, unreadable, reforms, not_covered, not_in_force, unknown_inputs, overseas };

/// "it asks only for what the law lacks": the reason as a summary says it.
std::string reason_of(Skip skip);

/// What became of one case. `agreed` has one entry for each of `compared`.
struct CaseResult {
  Skip skip = Skip::none;
  std::string detail;                   ///< of the skip: names, periods, message
  std::vector<std::string> missing;     ///< inputs that the law lacks and for which the case is skipped
  std::vector<ExpectedValue> compared;  ///< the values expected that the law covers
  std::vector<char> agreed;
  std::vector<std::string> failures;  ///< a line for each value that differs, or for each finding that stopped the case

  bool passed() const { return skip == Skip::none && failures.empty(); }
};

/// How cases are compared.
struct CaseOptions {
  bool openfisca = false;           ///< OpenFisca's own cases: what the law covers of each
  Month from{};                     ///< values of earlier periods are left out
  std::vector<std::string> ignore;  ///< inputs that may be left out when the law lacks them
};

/// Runs a case. A case that uses what the law lacks is skipped. Of OpenFisca's own cases the values that the law covers are compared, unless
/// the input gives a variable that the law lacks (other than as 0 or no), or the commune while the law needs the zone.
CaseResult run_case(const law::Law& law, const Schema& schema, const LawCase& law_case, const CaseOptions& options);

}  // namespace labacces::tools
