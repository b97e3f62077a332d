// Schema: the declared variables, found by name.
#include "libsim/population/schema.hpp"

#include <utility>

#include "libsim/base/error.hpp"

namespace labacces {

void Schema::add(VariableInfo variable) {
  const bool is_new = index_.emplace(variable.name, variables_.size()).second;
  SIM_CHECK(is_new, "a variable is declared once");
  variables_.push_back(std::move(variable));
}

const VariableInfo* Schema::find(std::string_view name) const {
  const auto found = index_.find(std::string(name));
  return found == index_.end() ? nullptr : &variables_[found->second];
}

std::vector<std::string> Schema::names() const {
  std::vector<std::string> result;
  result.reserve(variables_.size());
  for (const VariableInfo& variable : variables_) result.push_back(variable.name);
  return result;
}

}  // namespace labacces
