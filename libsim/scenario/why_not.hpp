// Why a unit has no right, and what would open it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsim/law/law.hpp"
#include "libsim/population/population.hpp"

namespace labacces::scenario {

/// A condition, or a state of the household, that would open the right if it were otherwise.
struct FailedCondition {
  std::string variable, label, period, unit;
  bool is_input = false;
  std::string now, otherwise;  ///< "no" and "yes", or items of an enumeration
  law::References references;
  double right = 0.0;           ///< if it were otherwise
  bool without_income = false;  ///< it opens the right only together with lower incomes; `right` is that without any
};

/// The smallest change of a number that opens the right, all else as it is.
struct OpeningChange {
  std::string what;      ///< "salaire_net of anna", "all incomes", "loyer of the dwelling", "a child more"
  double factor = 1.0;   ///< by which the numbers given are multiplied; 0 for a child more
  std::string from, to;  ///< of the latest number given, with its period; "" for a child more
  double right = 0.0;
  std::string situation;  ///< the household, without others of the same file, with that change: its right is `right`
};

struct WhyNot {
  std::string variable, label, period, unit;
  double right = 0.0;  ///< above 0: the right is open, and nothing else is told
  std::vector<FailedCondition> conditions;
  std::vector<OpeningChange> changes;
};

/// Looks for them by computing the household again, once for each condition and step. Conditions are the yes/no values and the enumerations in
/// the tree of the figure; changes are of each income given alone, of all together, of the rent, and of the number of children. An empty
/// list says that none of them opens the right by itself. Throws Error as explain().
WhyNot why_not(const law::Law& law, const std::string& file, const std::string& situation, const std::string& variable,
               Period period, const std::string& id);

/// The changes alone, of a right that is closed; of an open one, none.
std::vector<OpeningChange> opening_changes(const law::Law& law, const std::string& file, const std::string& situation,
                                           const std::string& variable, Period period, const std::string& unit);

}  // namespace labacces::scenario
