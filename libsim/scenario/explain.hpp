// How a figure came about: the tree of rules, inputs and parameters behind it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libsim/law/law.hpp"
#include "libsim/population/population.hpp"

namespace labacces::scenario {

/// A parameter, table or scale that a version reads, with what it says in that month.
struct ExplainedParameter {
  std::string name, label, value, measure;
  std::string since;
  law::References references;
};

/// One value of a unit: of the unit asked, or of each person of a family.
struct ExplainedValue {
  std::string unit;   ///< id
  std::string value;  ///< as text: amounts to the cent, yes/no, codes, dates
  double number = 0.0;
};

/// A rule or input in one period, with what it is made of.
struct Explanation {
  std::string variable, label, measure, level, period;
  bool is_input = false;
  std::string origin;  ///< inputs: "given", "default"; rules: "" or "given in the data" or "start of the past"
  std::string since;   ///< date of the version used
  law::References references;
  std::vector<ExplainedValue> values;
  std::vector<ExplainedValue> parts;  ///< lets of the version: name and value of the first unit
  std::vector<ExplainedParameter> parameters;
  std::vector<Explanation> children;
  bool shown_before = false;  ///< its children stand earlier in the tree
};

/// Explains `variable` of unit `id` (empty: the first unit) in `period`. Throws Error: unknown variable or unit (nearest name), a rule not
/// in force, missing inputs.
Explanation explain(const law::Law& law, const Population& population, const std::string& variable, Period period,
                    const std::string& id);

}  // namespace labacces::scenario
