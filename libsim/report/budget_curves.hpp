// Budget curves of a few standard households under the laws of a run or comparison, for the report.
#pragma once

#include <span>
#include <string>

#include "libsim/law/law.hpp"

namespace labacces::report {

/// A scenario's name and its law.
struct NamedLaw {
  std::string scenario;
  const law::Law* law;
};

/// Disposable income, marginal rate and benefits of three tenant households along the net wage of one adult, 0 to 3,000 EUR a month by 50
/// (format "labacces-budget-curves/1"). A household that a law cannot compute (a law of one's own without wages or disposable income) is
/// left out.
std::string budget_curves_json(std::span<const NamedLaw> laws, Month month);

}  // namespace labacces::report
