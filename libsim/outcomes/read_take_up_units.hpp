// A CSV of units with rights and observed receipt, as data of a report of take-up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsim/outcomes/take_up_data.hpp"

namespace labacces::outcomes {

/// Which columns mean what; "" = none. Each benefit B has the columns B_right and B_receipt (EUR/month, or 1 where it is received) and
/// may have B_claimed (1 where a claim was made); with months, B_right@2024-01 and so on.
struct UnitColumns {
  std::vector<std::string> benefits = {};
  std::string weight = {}, stratum = {}, cluster = {};
  std::string replicates = {};                 ///< what the names of the columns of replicate weights begin with
  std::string replicate_method = "bootstrap";  ///< as replicate_factor
  std::vector<std::string> groups = {};        ///< "tenure", or "age:30/50" for numbers in bands
  std::vector<double> amounts = {};            ///< cut points of the group "amount"
  std::string persons = {};
  std::string living = {}, consumption_units = {};  ///< standard of living (EUR/year) with what is received
};

/// Throws Error with line and column: a column that is missing (nearest name), an empty cell or a text where a number is needed, a negative right or
/// weight, months with a gap or not the same for all, and what is wrong with the survey design.
TakeUpData read_take_up_units(const std::string& file, std::string_view text, const UnitColumns& columns);

}  // namespace labacces::outcomes
