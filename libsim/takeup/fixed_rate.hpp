// The first behaviour: one probability of claiming per benefit.
#pragma once

#include <string>
#include <vector>

namespace labacces::takeup {

/// Units that have the right claim it with probability `rate`, whatever its amount.
struct FixedRate {
  std::string benefit;   ///< a variable of the law, in EUR/month
  double rate = 1.0;     ///< in [0, 1]
  std::string source;    ///< the study, or "assumption: ..."; kept in the run record
};

/// The rate of a benefit, or nullptr.
inline const FixedRate* find_rate(const std::vector<FixedRate>& rates, const std::string& benefit) {
  for (const FixedRate& rate : rates) {
    if (rate.benefit == benefit) return &rate;
  }
  return nullptr;
}

}  // namespace labacces::takeup
